"""Texts that take long to parse: the interface answers meanwhile, shows how they begin, and keeps the place.

The full attack, with all hostile documents under a terminal, is `python -m tests.bench.holding`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event, Thread

import pytest
from textual.pilot import Pilot

from rumor_tui.blocks.effort import SHOWN
from rumor_tui.model import Article, Draft, Format, ThreadBuilder
from rumor_tui.reading.excerpts import STILL_READING
from rumor_tui.ui.paint.bodies import PLAIN_WORDS, WAITING_WORDS
from rumor_tui.ui.screens.help import HelpScreen
from tests.pseudo import PATIENCE
from tests.ui.helpers import app_of, press, reader, status, until, words_of

LONG: dict[str, tuple[Format, str]] = {
    "hard breaks by blanks": ("markdown", "*a*  \n" * 1_500),
    "links": ("markdown", "[*a*](http://b.c) " * 1_000),
    "a list": ("markdown", "- *a* and [b](http://c.d)\n" * 800),
    "a table": ("markdown", "|*a*|b|\n|-|-|\n" + "|c|*d*|\n" * 800),
    "elements": ("html", "<p><b>*a*</b>" * 3_000),
}
"""Texts beyond what is parsed at once; each begins with *a*, which is marked up in all but the last."""


class Held:
    """Holds what the threads of a test are to do until it is let go."""

    def __init__(self) -> None:
        self.go = Event()
        self.held: list[str] = []

    def start(self, work: Callable[[], None], name: str) -> None:
        """Begin to wait in a thread, as `start_worker` begins the work."""
        self.held.append(name)

        def wait() -> None:
            assert self.go.wait(PATIENCE)
            work()

        Thread(target=wait, name=name, daemon=True).start()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Nothing long is parsed until the test lets it go."""
    holding = Held()
    monkeypatch.setattr("rumor_tui.ui.paint.bodies.start_worker", holding.start)
    yield holding
    holding.go.set()


def shown(pilot: Pilot[None]) -> str:
    return words_of(reader(pilot).panes.comments)


@pytest.mark.parametrize("name", LONG)
async def test_keys_answer_while_a_comment_is_parsed(name: str, held: Held) -> None:
    format, body = LONG[name]
    drafts = [Draft("first words", "ann"), Draft(body, "bob"), Draft("last words", "cy")]
    app = app_of(ThreadBuilder(Article(title="it"), drafts).build(format))
    async with app.run_test(size=(60, 24)) as pilot:
        await press(pilot, "j")
        assert held.held
        assert "*a*" in shown(pilot)
        for keys in ("J", "K", "G", "k"):
            await press(pilot, keys)
        assert WAITING_WORDS in words_of(reader(pilot).panes.comments) or reader(pilot).panes.comments.cursor == 1
        await press(pilot, "?")
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, "escape")
        await press(pilot, "g g j")
        before = reader(pilot).panes.comments.screen_row(1)
        held.go.set()
        bodies = reader(pilot).panes.comments.comments.bodies
        await until(pilot, lambda: not bodies.waits(1))
        assert reader(pilot).panes.comments.screen_row(1) == before
        if format == "markdown":
            assert "*a*" not in shown(pilot)
        await press(pilot, "G")
        assert "last words" in shown(pilot)
        assert WAITING_WORDS not in shown(pilot)


async def test_a_place_in_what_is_parsed_is_found_when_it_comes(held: Held) -> None:
    pieces = ["- a line of a list\n" * 800 + "- **needle** in it\n" + "- a line of a list\n" * 50]
    app = app_of(ThreadBuilder(Article(title="it", pieces=pieces, format="markdown")).build("markdown"))
    async with app.run_test(size=(60, 24)) as pilot:
        await press(pilot, "/")
        await press(pilot, "n e e d l e")
        analysis = reader(pilot).session.analysis
        await until(pilot, lambda: (counts := reader(pilot).session.search.counts) is not None and counts.exact)
        assert analysis.index.ready
        await press(pilot, "enter")
        view = reader(pilot).panes.article
        assert "• needle in it" not in words_of(view)
        held.go.set()
        await until(pilot, lambda: not view.article.bodies.waits(1))
        assert "• needle in it" in words_of(view)


async def test_what_takes_too_long_stays_plain_text_and_says_so(held: Held) -> None:
    body = "*a* [b](c)\n" * (SHOWN // 11)
    app = app_of(ThreadBuilder(Article(title="it"), [Draft(body, "bob")]).build("markdown"))
    async with app.run_test(size=(90, 24)) as pilot:
        held.go.set()
        await until(pilot, lambda: not reader(pilot).panes.comments.comments.bodies.waits(0))
        await press(pilot, "G")
        reader(pilot).panes.comments.scroll_rows(1_000_000)
        await pilot.pause()
        assert "*a* [b](c)" in shown(pilot)
        assert PLAIN_WORDS in shown(pilot)


async def test_a_long_article_is_copied_when_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    article = Article(title="it", pieces=["some words"] * 50_000, format="markdown")
    app = app_of(ThreadBuilder(article).build("markdown"))
    monkeypatch.setattr("rumor_tui.search.index.texts.TextIndex.build", lambda *given: None)
    async with app.run_test(size=(60, 24)) as pilot:
        await press(pilot, "G")
        await press(pilot, "k")
        reader(pilot).change(lambda: reader(pilot).session.excerpts.commands()["copy_text"](0))
        await pilot.pause()
        assert STILL_READING[:40] in status(pilot)
