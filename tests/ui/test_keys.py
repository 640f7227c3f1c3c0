"""The one list of bindings, and what derives from it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from rumor_tui import docs
from rumor_tui.reading.session import ReadingSession
from rumor_tui.ui.keys import (
    BINDINGS,
    INDEX,
    LISTING,
    PLACES,
    TABLE,
    TRAIL,
    Binding,
    Chords,
    grouped,
    key_name,
    key_of,
    markdown_table,
    pretty,
    with_overrides,
)
from rumor_tui.ui.library_keys import LIBRARY_PLACES
from rumor_tui.ui.screens.everything import EverythingScreen
from rumor_tui.ui.screens.following import FollowingScreen
from rumor_tui.ui.screens.index import IndexScreen
from rumor_tui.ui.screens.library import LibraryScreen
from rumor_tui.ui.screens.listing import ListingScreen
from rumor_tui.ui.screens.news import NewsScreen
from rumor_tui.ui.screens.reader import ReaderScreen
from rumor_tui.ui.screens.trail import TrailScreen
from tests.ui.helpers import FAMILY, thread_of

MANUAL = Path(docs.__file__).parent / "keys.md"


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_ids_are_unique() -> None:
    assert repeated([b.id for b in TABLE]) == []


def test_each_binding_means_something_somewhere() -> None:
    assert {b.id for b in (*BINDINGS, *LISTING)} == {b.id for b in TABLE}


EVERYWHERE = {**PLACES, **LIBRARY_PLACES}
OF_THE_LIBRARY = (LibraryScreen, NewsScreen, FollowingScreen, EverythingScreen)


def test_no_place_is_named_twice() -> None:
    assert len(EVERYWHERE) == len(PLACES) + len(LIBRARY_PLACES)


@pytest.mark.parametrize("place", EVERYWHERE)
def test_no_two_bindings_of_a_place_share_a_chord(place: str) -> None:
    assert repeated([chord for b in EVERYWHERE[place] for chord in b.chords()]) == []


@pytest.mark.parametrize("place", EVERYWHERE)
def test_the_beginning_of_a_chord_is_never_bound_itself(place: str) -> None:
    chords = [chord for b in EVERYWHERE[place] for chord in b.chords()]
    assert [chord for chord in chords if chord in Chords.of(EVERYWHERE[place]).prefixes] == []


@pytest.mark.parametrize(
    ("screen", "binding"),
    [
        *((ReaderScreen, b) for b in BINDINGS),
        *((ListingScreen, b) for b in LISTING),
        *((IndexScreen, b) for b in INDEX),
        *((TrailScreen, b) for b in TRAIL),
        *((screen, b) for screen in OF_THE_LIBRARY for b in LIBRARY_PLACES[screen.VIEW]),
    ],
    ids=lambda value: value.id if isinstance(value, Binding) else value.__name__,
)
def test_each_action_is_an_action_of_the_screen(screen: type[object], binding: Binding) -> None:
    name = binding.action.split("(")[0]
    of_session = ReadingSession(thread_of(FAMILY)).commands if screen is ReaderScreen else {}
    assert callable(of_session.get(name) or getattr(screen, f"action_{name}", None))


@pytest.mark.parametrize("binding", [b for place in EVERYWHERE.values() for b in place], ids=lambda b: b.id)
def test_each_binding_says_what_it_does(binding: Binding) -> None:
    assert binding.tip
    assert binding.tip[0].isupper()
    assert not binding.tip.endswith(".")
    assert binding.group


# Overrides


def keys_of(overrides: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {b.id: b.chords() for b in with_overrides(overrides)}


def test_without_overrides_the_list_is_the_default_one() -> None:
    assert with_overrides({}) == BINDINGS


def test_an_override_takes_commas_with_and_without_a_space() -> None:
    assert keys_of({"fold-toggle": "f7,  g  x,f8"})["fold-toggle"] == ("f7", "g x", "f8")


def test_an_override_takes_its_keys_from_whoever_has_them() -> None:
    keys = keys_of({"next": "n,down", "top": "space"})
    assert keys["next"] == ("n", "down")
    assert keys["next-match"] == ()
    assert keys["fold-toggle"] == ("enter",)
    assert Chords.of(with_overrides({"next": "n"})).press("n") == "next"


def test_an_override_takes_keys_only_where_both_are_of_use() -> None:
    assert key_of("open-entry", with_overrides({"fold-toggle": "enter"}, LISTING)) == "enter"
    assert key_of("open-entry", with_overrides({"next": "enter"}, LISTING)) == "l"
    assert key_of("palette", with_overrides({"help": "ctrl+p"})) == ""


def test_two_bindings_may_swap_their_keys() -> None:
    keys = keys_of({"next": "k", "previous": "j"})
    assert (keys["next"], keys["previous"]) == (("k",), ("j",))


def test_an_override_changes_nothing_else() -> None:
    changed = {b.id for b, before in zip(with_overrides({"help": "f2"}), BINDINGS, strict=True) if b != before}
    assert changed == {"help"}


# The dispatcher


@pytest.mark.parametrize(
    ("keys", "answers"),
    [
        ("j", ["next"]),
        ("g g", ["", "top"]),
        ("z 3", ["", "fold_deeper(3)"]),
        ("3", ["open_link(3)"]),
        ("g j", ["", ""]),
        ("g j j", ["", "", "next"]),
        ("f12", [None]),
        ("z z x", ["", "", None]),
    ],
)
def test_chords(keys: str, answers: list[str | None]) -> None:
    chords = Chords.of(BINDINGS)
    assert [chords.press(key) for key in keys.split()] == answers


@pytest.mark.parametrize(
    ("key", "character", "name"),
    [
        ("j", "j", "j"),
        ("J", "J", "J"),
        ("upper_j", "J", "J"),
        ("left_curly_bracket", "{", "{"),
        ("left_curly_bracket", None, "{"),
        ("space", " ", "space"),
        ("enter", "\r", "enter"),
        ("ctrl+f", "\x06", "ctrl+f"),
        ("shift+down", None, "shift+down"),
    ],
)
def test_key_names(key: str, character: str | None, name: str) -> None:
    assert key_name(key, character) == name


# What is shown of them


@pytest.mark.parametrize(
    ("keys", "shown"), [("g g, home", "gg, home"), ("escape", "esc"), ("pagedown, ctrl+f", "pgdn, ctrl+f"), ("|", "|")]
)
def test_pretty(keys: str, shown: str) -> None:
    assert pretty(keys) == shown


def test_every_binding_is_in_the_help() -> None:
    shown = [keys for _, rows in grouped() for keys, _ in rows]
    numbered = {b.id for b in BINDINGS if re.fullmatch(r"(fold-level|link)-[2-9]", b.id)}
    assert shown.count("1 … 9") == shown.count("z1 … z9") == 1
    for b in BINDINGS:
        assert b.id in numbered or any(keys.split(" … ")[0] == pretty(b.keys) for keys in shown)


def test_the_table_has_two_columns_in_every_row() -> None:
    for row in markdown_table().splitlines():
        assert len(re.findall(r"(?<!\\)\|", row)) == 3


@pytest.mark.parametrize(
    ("mark", "bindings"),
    [
        ("keys", BINDINGS),
        ("listing keys", LISTING),
        ("index keys", INDEX),
        ("trail keys", TRAIL),
        *((f"{place} keys", bindings) for place, bindings in LIBRARY_PLACES.items()),
    ],
)
def test_the_manual_s_tables_are_these(mark: str, bindings: tuple[Binding, ...]) -> None:
    text = MANUAL.read_text(encoding="utf-8")
    found = re.search(rf"<!-- {mark} -->\n(.*?)\n<!-- /{mark} -->", text, re.DOTALL)
    assert found is not None, f"keys.md has no table of keys between <!-- {mark} --> and <!-- /{mark} -->"
    assert found[1].strip() == markdown_table(bindings)
