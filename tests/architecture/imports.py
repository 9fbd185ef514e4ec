"""What each module of the package imports, read from its source."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "backend" / "downslope"


def module_name(path):
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def _is_for_types_only(node):
    return isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")


def _statements(tree):
    """Give every import at any depth, but not those that only a type checker sees."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        elif not _is_for_types_only(node):
            yield from _statements(node)


def _targets(statement):
    if isinstance(statement, ast.Import):
        return [alias.name for alias in statement.names]
    assert statement.level == 0, "imports within the package are absolute"
    submodules = [f"{statement.module}.{alias.name}" for alias in statement.names]
    return [name for name in submodules if name in MODULES] or [statement.module]


def imports(source):
    """Return the dotted names of the modules that this source imports."""
    return {target for statement in _statements(ast.parse(source)) for target in _targets(statement)}


IMPORTS = {name: imports(path.read_text("utf-8")) for name, path in MODULES.items()}


# A worker process starts here: what is behind is imported by a function that only a worker runs.
BEHIND_DOORS = {"downslope.engine.process": {"downslope.engine.worker"}}


def loaded_with(name):
    """Return all modules of the package that are loaded when `name` is, itself and its parents included."""
    found, waiting = set(), [name]
    while waiting:
        name = waiting.pop()
        if name in found or name not in MODULES:
            continue
        found.add(name)
        waiting += [name.rpartition(".")[0], *(IMPORTS[name] - BEHIND_DOORS.get(name, set()))]
    return found
