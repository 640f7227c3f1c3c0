"""Every pattern of the program: those of its modules, those that are made when first used, and those in calls of re."""

from __future__ import annotations

import ast
import gc
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import rumor_tui
from rumor_tui.readers.vocabulary.matching import LazyPattern

_CALLS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "_pattern"}
_DEEP = 3
"""Containers in containers in which a module keeps its patterns."""


def all_patterns() -> dict[tuple[str, int], str]:
    """The sources and flags of all patterns of text, each with the module where it was found."""
    found: dict[tuple[str, int], str] = {}
    for module in _modules():
        for pattern in [*_kept(vars(module), _DEEP), *_in_calls(module)]:
            if isinstance(pattern.pattern, str):
                found.setdefault((pattern.pattern, pattern.flags & ~re.UNICODE), module.__name__)
    for lazy in [one for one in gc.get_objects() if isinstance(one, LazyPattern)]:
        found.setdefault((lazy.compiled.pattern, lazy.compiled.flags & ~re.UNICODE), "made when it is first used")
    return found


def _modules() -> Iterator[ModuleType]:
    for module in pkgutil.walk_packages(rumor_tui.__path__, "rumor_tui."):
        if not module.name.endswith("__main__"):
            yield importlib.import_module(module.name)


def _kept(value: object, deep: int) -> Iterator[re.Pattern[str]]:
    """The patterns in a value, which may be a container of them."""
    if isinstance(value, re.Pattern):
        yield value
    elif deep and isinstance(value, (dict, list, tuple, set, frozenset)):
        for one in [*value.values()] if isinstance(value, dict) else value:
            yield from _kept(one, deep - 1)


def _in_calls(module: ModuleType) -> Iterator[re.Pattern[str]]:
    """The patterns that functions of a module write where they use them, as a text or as the name of one."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in _CALLS:
            first = node.args[0]
            source = first.value if isinstance(first, ast.Constant) else vars(module).get(_name(first))
            if isinstance(source, str):
                try:
                    yield re.compile(source)
                except re.error:
                    continue  # `"…".split("(")` is a call of the same name


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
