"""Links, copies, files, commands; help, palette, themes and the end."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from rumor_tui.settings import Settings
from rumor_tui.ui import system
from rumor_tui.ui.screens.help import HelpScreen
from rumor_tui.ui.screens.palette import PaletteScreen
from rumor_tui.ui.widgets.prompt import Prompt
from tests.ui.helpers import (
    ADDRESS,
    FAMILY,
    NARROW,
    WIDE,
    app_of,
    cursor,
    folded,
    press,
    read_through,
    reader,
    sample,
    status,
    thread_of,
    type_in,
    until,
    words_of,
)

# Links and text

LINKED = "ann: See [one](https://example.com/1) and [two](https://bücher.example/2) or [bad](javascript:x)"


def record_openings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Instead of a browser, a list that gets each address."""
    opened: list[str] = []

    def take(_app: object, address: str) -> str:
        opened.append(address)
        return f"Opened {address}"

    monkeypatch.setattr(system, "open_in_browser", take)
    return opened


async def test_a_digit_shows_the_address_and_enter_opens_it(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = record_openings(monkeypatch)
    async with app_of(thread_of(LINKED)).run_test(size=WIDE) as pilot:
        await press(pilot, "2")
        prompt = reader(pilot).query_one(Prompt)
        assert "https://xn--bcher-kva.example/2" in "".join(words_of(child) for child in prompt.children)
        assert opened == []
        await press(pilot, "enter")
        assert opened == ["https://xn--bcher-kva.example/2"]
        assert not reader(pilot).query(Prompt)
        assert "Opened" in status(pilot)
        assert reader(pilot).focused is reader(pilot).panes.comments


async def test_any_key_but_enter_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = record_openings(monkeypatch)
    async with app_of(thread_of(LINKED)).run_test(size=WIDE) as pilot:
        for key in ("escape", "j", "q", "n"):
            await press(pilot, f"1 {key}")
            assert opened == []
            assert not reader(pilot).query(Prompt)
            assert pilot.app.is_running


async def test_what_is_no_web_address_is_not_opened() -> None:
    async with app_of(thread_of(LINKED)).run_test(size=WIDE) as pilot:
        links = [sign.target for sign in reader(pilot).panes.comments.link_signs]
        number = next((n for n, target in enumerate(links, 1) if target.startswith("javascript")), 9)
        await press(pilot, str(number))
        assert not reader(pilot).query(Prompt)


async def test_the_page_is_the_articles_from_either_pane() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "j o")
        assert f"{ADDRESS} " in words_of(reader(pilot).query_one(Prompt).children[0])
        await press(pilot, "escape tab o")
        assert f"{ADDRESS} " in words_of(reader(pilot).query_one(Prompt).children[0])


async def test_copying() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "j y")
        assert pilot.app.clipboard == f"{ADDRESS}#1"
        await press(pilot, "Y")
        assert pilot.app.clipboard == "A reply"


async def test_saving(tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("saved") / "thread.txt"
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        field = reader(pilot).query_one("Prompt Input", Input)
        assert field.value == "a-title.md"
        field.value = str(target)
        await press(pilot, "enter")
        await until(pilot, lambda: status(pilot).lstrip().startswith("Saved"))
        assert "The second root" in target.read_text(encoding="utf-8")
        await press(pilot, "s")
        reader(pilot).query_one("Prompt Input", Input).value = str(target)
        target.write_text("mine")
        await press(pilot, "enter")
        assert "exists" in words_of(reader(pilot).query_one(Prompt).children[0])
        await press(pilot, "escape")
        assert target.read_text() == "mine"


@pytest.mark.parametrize("path", ["~nosuchuser/x.md", "x" * 300 + ".md", "nowhere/x.md", "\0.md"])
async def test_saving_to_what_is_no_path_says_so(path: str) -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        reader(pilot).tasks.save(path)
        await until(pilot, lambda: bool(status(pilot).strip()) and "Saving" not in status(pilot))
        assert "Saved" not in status(pilot)


async def test_piping_asks_for_a_command_and_escape_leaves_it() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "|")
        assert "Pipe to" in words_of(reader(pilot).query_one(Prompt).children[0])
        await press(pilot, "escape")
        assert not reader(pilot).query(Prompt)


# The program


@pytest.mark.parametrize("key", ["?", "f1"])
async def test_help_opens_scrolls_and_closes(key: str) -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=NARROW) as pilot:
        await press(pilot, key)
        screen = pilot.app.screen
        assert isinstance(screen, HelpScreen)
        assert "Next comment" in words_of(screen)
        await press(pilot, "j d G")
        assert "closes this help" in words_of(screen)
        await press(pilot, "g")
        assert "Next comment" in words_of(screen)
        await press(pilot, "escape")
        assert pilot.app.screen is reader(pilot)
        await press(pilot, "j")
        assert cursor(pilot) <= 1


async def test_the_palette_runs_an_action() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "ctrl+p")
        palette = pilot.app.screen
        assert isinstance(palette, PaletteScreen)
        await type_in(pilot, "fold every comment")
        found = [palette.items.commands[n].tip for n in palette.items.order]
        assert found == ["Fold every comment", "Unfold every comment"]
        await press(pilot, "enter")
        assert pilot.app.screen is reader(pilot)
        assert len(folded(pilot)) == 8
        await press(pilot, "ctrl+p")
        await type_in(pilot, "fold every comment")
        await press(pilot, "down enter")
        assert folded(pilot) == []
        assert pilot.app.is_running


async def test_the_palette_can_be_left() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "ctrl+p pagedown")
        palette = pilot.app.screen
        assert isinstance(palette, PaletteScreen)
        assert palette.view.cursor > 1
        await type_in(pilot, "zzz")
        assert "No action is called that." in words_of(palette.note)
        await press(pilot, "pageup pagedown down enter")
        assert pilot.app.screen is palette
        await press(pilot, "escape")
        assert palette not in pilot.app.screen_stack
        assert reader(pilot) in pilot.app.screen_stack[-1:]
        await press(pilot, "j")
        assert cursor(pilot) == 1


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_quit(key: str) -> None:
    app = app_of(thread_of(FAMILY))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert app.return_code == 0


async def test_every_theme_paints_the_screen() -> None:
    async with app_of(sample()).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await pilot.pause()
        before = words_of(reader(pilot).panes.comments)
        for name in pilot.app.available_themes:
            reader(pilot).action_theme(name)
            await pilot.pause()
            assert words_of(reader(pilot).panes.comments) == before


async def test_the_suggested_name_can_be_edited() -> None:
    async with app_of(thread_of(FAMILY)).run_test(size=WIDE) as pilot:
        await press(pilot, "s")
        field = reader(pilot).query_one("Prompt Input", Input)
        await pilot.press("backspace", "backspace", "t", "x", "t")
        assert field.value == "a-title.txt"
        await pilot.press("ctrl+u", "x")
        assert field.value == "x"


@pytest.mark.parametrize("opening", ["question_mark", "slash", "ctrl+p", "m"])
async def test_ctrl_q_leaves_from_anywhere_and_ctrl_c_closes_what_is_open(opening: str) -> None:
    for key in ("ctrl+c", "ctrl+q"):
        app = app_of(thread_of(FAMILY))
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press(opening, key)
            await pilot.pause()
            if key == "ctrl+q":
                assert app.return_code == 0
            elif opening != "m":  # which asks for nothing
                assert app.return_code is None
                assert app.screen is reader(pilot)
                await pilot.press("q")
                assert app.return_code == 0


async def test_a_key_that_means_something_else_leaves_nothing() -> None:
    settings = Settings(keys={"search": "ctrl+q"})
    async with app_of(thread_of(FAMILY), settings=settings).run_test(size=WIDE) as pilot:
        await pilot.press("question_mark", "ctrl+q")
        assert pilot.app.return_code is None
