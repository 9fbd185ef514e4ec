"""The package of formulas has no way to run what is typed as Python."""

import ast
from pathlib import Path

import pytest

from downslope.objectives import formulas

PACKAGE = Path(formulas.__file__).parent
MODULES = sorted(PACKAGE.glob("*.py"))
FORBIDDEN = {
    *("eval", "exec", "compile", "getattr", "setattr", "hasattr", "globals", "locals", "vars"),
    *("__import__", "import_module", "literal_eval", "sympify", "S", "parse_expr", "lambdify", "parse_latex"),
    *(
        "ast",
        "builtins",
        "importlib",
        "pickle",
        "marshal",
        "operator.attrgetter",
        "attrgetter",
        "methodcaller",
    ),
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
    # re.compile makes patterns of our own, hasattr asks whether the platform has a timer.
    allowed = {"scanner": {"compile"}, "names": {"compile"}, "typesetting": {"hasattr"}}
    assert words(path.read_text("utf-8")) & FORBIDDEN <= allowed.get(path.stem, set())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_what_is_compiled_is_a_pattern(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("compile"):
            assert ast.unparse(node.func) == "re.compile"


@pytest.mark.parametrize(
    "source", ["eval('x')", "import ast", "from ast import parse", "x.sympify(1)", "from sympy import S"]
)
def test_the_reader_of_words_sees(source):
    assert words(source) & FORBIDDEN


def test_sympy_is_imported_only_where_a_derivative_is_asked_for():
    users = {path.stem for path in MODULES if "sympy" in words(path.read_text("utf-8"))}
    assert users == {"symbolic", "kinks"}
    for path in MODULES:
        top = ast.parse(path.read_text("utf-8")).body
        imported = {ast.unparse(node) for node in top if isinstance(node, ast.ImportFrom | ast.Import)}
        if path.stem not in users:
            assert not any("symbolic" in line or "kinks" in line for line in imported)
