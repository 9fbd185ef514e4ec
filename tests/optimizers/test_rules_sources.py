"""The package of rules has no way to run what is typed as Python."""

import ast
from pathlib import Path

import pytest

from downslope.optimizers import rules

MODULES = sorted(Path(rules.__file__).parent.glob("*.py"))
FORBIDDEN = {
    *("eval", "exec", "compile", "getattr", "setattr", "hasattr", "globals", "locals", "vars", "__import__"),
    *(
        "import_module",
        "literal_eval",
        "ast",
        "builtins",
        "importlib",
        "pickle",
        "marshal",
        "sympy",
        "sympify",
    ),
    *("attrgetter", "methodcaller", "__dict__", "__getattribute__"),
}


def words(source):
    """Return every name, attribute and imported module of a source."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                found.add(name)
            case ast.alias(name=name) | ast.ImportFrom(module=str(name)):
                found |= {name, *name.split(".")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_nothing_that_runs_text_is_named(path):
    assert not words(path.read_text("utf-8")) & FORBIDDEN


@pytest.mark.parametrize("source", ["eval('x')", "import ast", "from ast import parse", "x.__dict__"])
def test_the_reader_of_words_sees(source):
    assert words(source) & FORBIDDEN
