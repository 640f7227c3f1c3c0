"""No circle of imports: nothing imports, by whatever way, what imports it.

All imports count, also those inside functions and those for type checkers: a circle of late imports is one all the
same, since neither of its modules can be understood without the other.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]

Graph = dict[str, set[str]]


def module_name(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.Module, modules: set[str]) -> Iterator[str]:
    """The modules of ours that one imports anywhere in its text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                if full in modules or node.module in modules:
                    yield full if full in modules else node.module


def imports_of_package() -> Graph:
    """For each module those that it imports."""
    files = {module_name(file): file for file in sorted((ROOT / "rumor_tui").rglob("*.py"))}
    trees = {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in files.items()}
    return {name: set(imported(tree, set(files))) - {name} for name, tree in trees.items()}


def reachable(graph: Graph, start: str) -> set[str]:
    """All that a module imports, and what that imports, and so on."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for name in graph[waiting.pop()] - seen:
            seen.add(name)
            waiting.append(name)
    return seen


def circles(graph: Graph) -> list[list[str]]:
    """The groups of modules of which each imports all others, by whatever way."""
    reach = {name: reachable(graph, name) for name in graph}
    groups = {tuple(sorted(other for other in reach[name] if name in reach[other])) for name in graph}
    return sorted(list(group) for group in groups if group)


def test_a_circle_is_found_however_long() -> None:
    assert circles({"a": {"b"}, "b": {"c", "d"}, "c": {"a"}, "d": set(), "e": {"a"}}) == [["a", "b", "c"]]
    assert circles({"a": {"b"}, "b": {"c"}, "c": set()}) == []


def test_late_imports_and_those_for_type_checkers_count() -> None:
    text = """
from x import y
if TYPE_CHECKING:
    from x.z import Name
def work():
    import x.late
    from x import Value
"""
    modules = {"x", "x.y", "x.z", "x.late"}
    assert set(imported(ast.parse(text), modules)) == modules


def test_no_module_imports_what_imports_it() -> None:
    assert list(circles(imports_of_package())) == []
