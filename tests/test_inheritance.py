"""No tower of classes: a class of ours inherits from at most one class of ours that is not abstract.

Errors are left out: they are caught by the wider kind that they belong to, and hold nothing but a sentence.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import rumor_tui
from rumor_tui.ui.screens.base import BaseScreen
from rumor_tui.ui.screens.list_screen import ListScreen

ROOT = Path(rumor_tui.__file__).parent


def modules() -> Iterator[str]:
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(("rumor_tui", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
        if not name.endswith("__main__"):
            yield name


def is_ours(cls: type) -> bool:
    return cls.__module__.split(".")[0] == "rumor_tui"


def is_abstract(cls: type) -> bool:
    """Whether a method is still to be written, or the class is a Protocol (Textual's metaclass does not tell)."""
    names = {name for base in cls.__mro__ for name in vars(base)}
    return bool(getattr(cls, "_is_protocol", False)) or any(
        getattr(inspect.getattr_static(cls, name, None), "__isabstractmethod__", False) for name in names
    )


@pytest.mark.parametrize("module", list(modules()))
def test_at_most_one_concrete_base(module: str) -> None:
    of_module = [cls for cls in vars(import_module(module)).values() if inspect.isclass(cls)]
    classes = [cls for cls in of_module if cls.__module__ == module and not issubclass(cls, Exception)]
    bases = {cls: [b for b in cls.__mro__[1:] if is_ours(b) and not is_abstract(b)] for cls in classes}
    assert {cls.__name__: names for cls, names in bases.items() if len(names) > 1} == {}


def test_the_bases_of_the_screens_are_abstract() -> None:
    assert is_abstract(BaseScreen)
    assert is_abstract(ListScreen)
