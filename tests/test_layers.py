"""The import rule of the rooms, held in fresh interpreters: what is in `sys.modules` after each import.

Every module of a room is imported, and what it imports only when called is not: `.importlinter` sees to that.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "rumor_tui"

GROUND = frozenset({"columns", "model", "text"})
ALLOWED: dict[str, frozenset[str]] = {
    "columns": frozenset(),
    "model": frozenset({"columns"}),
    "row_map": frozenset(),
    "isolated": frozenset(),
    "canonical": GROUND | {"canonical_rules"},
    "text": frozenset(),
    "outline": GROUND,
    "labels": GROUND,
    "blocks": GROUND,
    "marks": GROUND | {"blocks"},
    "search": GROUND | {"blocks", "labels", "marks", "row_map"},
    "discussion_rows": GROUND,
    "joined": GROUND | {"blocks", "discussion_rows"},
    "layout": GROUND | {"outline"},
    "reading": GROUND
    | {
        "blocks",
        "changes",
        "discussion_rows",
        "joined",
        "labels",
        "layout",
        "library_types",
        "linked_page",
        "links",
        "marks",
        "markdown_format",
        "outline",
        "place",
        "row_map",
        "search",
    },
    "readers": GROUND
    | {
        "blocks",
        "canonical",
        "canonical_rules",
        "discussion_rows",
        "isolated",
        "joined",
        "labels",
        "linked_page",
        "links",
        "markdown_format",
    },
    "sources": GROUND
    | {
        "blocks",
        "canonical",
        "canonical_rules",
        "discussion_rows",
        "isolated",
        "joined",
        "labels",
        "linked_page",
        "links",
        "loading",
        "markdown_format",
        "readers",
        "settings",
    },
}
"""For each room the rooms that it may import."""

LATE_PARTS = tuple(
    f"rumor_tui.{name}"
    for name in (
        *("ui.screens.listing", "ui.screens.waiting", "ui.screens.discussions", "canonical", "joined"),
        *("marks.names.tagger", "marks.names.name_finder", "marks.numbers.quantity", "marks.conversation.quotes"),
        *("search.index.mark_index", "search.index.conversation"),
        *("search.query.ast", "search.query.parser", "search.query.matcher", "search.query.compile"),
    )
)
"""What of ours only a list of threads or an opening needs, or what is known of a thread."""

FORBIDDEN: dict[str, frozenset[str]] = {
    "ui": frozenset({"readers", "sources", "cli"}),
    "export": frozenset({"readers", "sources", "ui", "search", "marks", "layout"}),
}
"""For the rooms that may import much, what they must not."""

FOLLOWING = tuple(
    f"rumor_tui.{name}"
    for name in (
        *("ui.widgets.list_view", "ui.screens.list_screen", "ui.screens.index", "ui.screens.index_items"),
        *("ui.screens.trail", "ui.screens.trail_items", "ui.widgets.density_strip", "search.claims"),
    )
)
"""What of ours only an index or a trail needs, and lists."""

LATE_NAMES = (
    "msgspec markdown_it ftfy chardet regex dateutil dateparser sqlite3 http html email selectolax"
    " lxml xml fastwarc gzip bz2 lzma zlib httpx2 httpcore2 hishel anyio ssl rumor_tui.sources"
)
LATE = tuple(LATE_NAMES.split())
"""What opening the sample has no need of, and what takes long to import."""


def modules_of(room: str) -> list[str]:
    """Every module of a room, by its full name."""
    folder = PACKAGE / room
    if not folder.is_dir():
        return [f"rumor_tui.{room}"]
    files = sorted(folder.rglob("*.py"))
    return [".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in files]


@cache
def loaded_by(code: str) -> set[str]:
    """The names of all modules that are there after running `code` in a fresh interpreter."""
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())


def imports(names: Iterable[str]) -> str:
    return "\n".join(f"import {name}" for name in names)


def rooms(loaded: set[str]) -> set[str]:
    """Which of our rooms are among the modules."""
    return {name.split(".")[1] for name in loaded if name.startswith("rumor_tui.")}


def all_rooms() -> list[str]:
    names = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    return sorted(names - {"__init__", "__main__"})


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    assert rooms(loaded_by(imports(modules_of(room)))) <= ALLOWED[room] | {room}


@pytest.mark.parametrize("room", FORBIDDEN)
def test_a_room_imports_nothing_that_it_must_not(room: str) -> None:
    assert not rooms(loaded_by(imports(modules_of(room)))) & FORBIDDEN[room]


def test_nothing_outside_ui_imports_textual() -> None:
    names = [name for room in all_rooms() if room != "ui" for name in modules_of(room)]
    loaded = loaded_by(imports(names))
    assert "textual" not in loaded
    assert "ui" not in rooms(loaded)


def test_opening_a_file_loads_nothing_of_the_web() -> None:
    code = "from rumor_tui.cli import main, sample\nmain(['export', str(sample()), '--to', 'text', '-o', '/dev/null'])"
    loaded = loaded_by(code)
    assert [name for name in ("rumor_tui.sources", "httpx2", "httpcore2", "hishel", "anyio") if name in loaded] == []


def test_ui_is_what_imports_textual() -> None:
    assert "textual" in loaded_by(imports(modules_of("ui")))


def test_opening_the_sample_loads_nothing_heavy() -> None:
    code = "from rumor_tui.cli import sample\nfrom rumor_tui.readers import read_path\n"
    code += "assert len(read_path(str(sample())))"
    loaded = loaded_by(code)
    assert [name for name in (*LATE, "textual", "rich") if name in loaded] == []


def test_showing_the_sample_loads_nothing_heavy() -> None:
    """The app is made and its first items are painted, as on the first screen."""
    code = """
from rumor_tui.cli import sample
from rumor_tui.readers import read_path
from rumor_tui.settings import Settings
from rumor_tui.ui.app import Opened, RumorApp
from rumor_tui.ui.screens.reader import ReaderScreen
thread = read_path(str(sample()))
app = RumorApp(Opened(thread, Settings()))
screen = ReaderScreen(thread, Settings(), app.palette)
panes = screen.panes
for items, count in ((panes.article_items, len(thread.article.pieces) + 1), (panes.comment_items, len(thread))):
    for item in range(count):
        items.paint(item, 58)
"""
    loaded = loaded_by(code)
    # Textual itself loads what it wants; what is asked here is that we add nothing to it.
    of_textual = loaded_by("from textual.app import App\nfrom textual.screen import Screen\nimport textual.scroll_view")
    assert [name for name in (*LATE, *LATE_PARTS, *FOLLOWING) if name in loaded - of_textual] == []


def test_the_contracts_hold_in_the_text_of_the_code() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    if not program.exists():
        pytest.skip("import-linter is not installed")
    run = subprocess.run([program, "--no-cache"], capture_output=True, text=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_contract_names_every_package() -> None:
    """A new package must be given its layer."""
    names = re.findall(r"\w+", (ROOT / ".importlinter").read_text(encoding="utf-8").partition("layers =")[2])
    assert [room for room in all_rooms() if room not in names] == []


def test_only_ui_names_textual() -> None:
    """Neither at the top of a module nor in a function nor for types alone."""
    naming = [
        str(file.relative_to(ROOT))
        for file in PACKAGE.rglob("*.py")
        if "ui" not in file.relative_to(PACKAGE).parts[:1]
        and re.search(r"^\s*(?:from|import) textual\b", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert naming == []
