"""Screens open and close in one place, keys take turns, and two sizes in a row do not chase each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Size

import rumor_tui.ui
from rumor_tui.ui.screens.help import HelpScreen
from rumor_tui.ui.screens.palette import PaletteScreen
from rumor_tui.ui.stage import close_screen, drop_screen, keep_screen, open_screen, replace_screen, uncover_screen
from tests.ui.helpers import FAMILY, NARROW, WIDE, app_of, cursor, reader, tap, thread_of

UI = Path(rumor_tui.ui.__file__).parent
OPENING = {
    *("push_screen", "push_screen_wait", "pop_screen", "pop_until_active", "switch_screen", "switch_mode", "dismiss"),
    *("install_screen", "uninstall_screen", "action_dismiss", "action_push_screen", "action_pop_screen"),
}
MOUNTING = {"screens/base.py", "widgets/search_bar.py"}
"""Where something is mounted later than its screen: the prompt, of which there is one, and the parts of the search."""


def calls(path: Path) -> set[str]:
    """The names of the methods that a module calls."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.func.attr for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}


def test_no_other_module_opens_or_closes_screens() -> None:
    modules = {str(path.relative_to(UI)): calls(path) for path in UI.rglob("*.py")}
    assert {name for name, called in modules.items() if called & OPENING} == {"stage.py"}
    assert {
        name for name, called in modules.items() if called & {"mount", "mount_all", "compose_add_child"}
    } == MOUNTING
    prompts = [
        path for path in UI.rglob("*.py") if "Prompt(" in path.read_text() and "class Prompt(" not in path.read_text()
    ]
    assert [path.name for path in prompts] == ["base.py"]


@pytest.mark.parametrize(
    ("keys", "screens"),
    [
        ("? ?", 1),
        ("? q", 1),
        ("? escape j", 1),
        ("? ? ? ? ?", 2),
        ("? q ? q ? q ?", 2),
        ("ctrl+p ctrl+p", 2),
        ("ctrl+p escape escape", 1),
        ("ctrl+p escape ctrl+p escape", 1),
        ("ctrl+p pagedown pageup z z z pagedown enter enter escape", 1),
        ("s s", 1),
        ("s escape s escape | escape", 1),
        ("W W", 1),
        ("W W W ?", 3),
    ],
)
async def test_keys_that_come_at_once_are_each_for_the_screen_that_is_there_then(keys: str, screens: int) -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await tap(pilot, keys)
        assert len(pilot.app.screen_stack) == screens
        assert pilot.app.is_running


async def test_a_key_after_one_that_closes_a_screen_is_for_the_screen_below() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await tap(pilot, "? escape j j ? q j")
        assert cursor(pilot) == 3


async def test_what_is_typed_at_once_is_in_the_prompt_in_order() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await tap(pilot, "s ctrl+u a b left c d end e")
        prompt = reader(pilot).prompt
        assert prompt is not None
        field = prompt.query_one("Input")
        assert getattr(field, "value", "") == "acdbe"


async def test_an_action_of_the_palette_is_the_one_that_was_typed_however_fast() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await tap(pilot, "ctrl+p s o l a r enter ? escape j")
        assert pilot.app.theme.startswith("solarized")
        assert pilot.app.screen is reader(pilot)
        assert cursor(pilot) == 1


async def test_keys_after_the_one_that_quits_do_nothing() -> None:
    app = app_of(thread_of(FAMILY))
    async with app.run_test(size=WIDE) as pilot:
        await tap(pilot, "j q ? s j ctrl+p")
    assert app.return_code == 0


async def test_opening_and_closing_twice_is_once() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        app, below = pilot.app, reader(pilot)
        cover = HelpScreen(below.bindings_list, below.palette)
        open_screen(app, cover)
        open_screen(app, cover)
        assert app.screen_stack == [below, cover]
        close_screen(cover)
        close_screen(cover)
        close_screen(below)
        assert app.screen_stack == [below]
        await pilot.pause()


async def test_closing_a_screen_closes_those_above_it() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        app, below = pilot.app, reader(pilot)
        covers = [HelpScreen(below.bindings_list, below.palette) for _ in range(3)]
        for cover in covers:
            open_screen(app, cover)
        uncover_screen(covers[1])
        assert app.screen_stack == [below, *covers[:2]]
        uncover_screen(covers[2])
        close_screen(covers[0])
        assert app.screen_stack == [below]
        await pilot.pause()


async def test_only_the_topmost_screen_is_replaced() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        app, below = pilot.app, reader(pilot)
        one, other = PaletteScreen(below), HelpScreen(below.bindings_list, below.palette)
        open_screen(app, one)
        replace_screen(below, other)
        assert app.screen_stack == [below, one]
        replace_screen(one, other)
        assert app.screen_stack == [below, other]
        await pilot.pause()


async def test_a_screen_that_is_kept_can_be_opened_again() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        app, below = pilot.app, reader(pilot)
        cover = HelpScreen(below.bindings_list, below.palette)
        keep_screen(app, cover)
        for _ in range(2):
            open_screen(app, cover)
            await pilot.pause()
            drop_screen(app, cover)
            assert app.screen is cover
            await tap(pilot, "escape")
            assert cover.is_running
        drop_screen(app, cover)
        await pilot.pause()
        assert not cover.is_running


@pytest.mark.parametrize("keys", ["", "?"])
async def test_a_size_that_the_terminal_does_not_have_any_more_is_forgotten(keys: str) -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await tap(pilot, keys)
        screen = pilot.app.screen
        for _ in range(3):
            for columns in (90, 100):
                size = Size(columns, 30)
                screen.post_message(events.Resize(size, size))
        await pilot.pause()
        assert screen.size == WIDE
        await pilot.resize_terminal(*NARROW)
        assert screen.size == NARROW
