"""What is missing of joined discussions: loaded as if each of them was read alone, by either key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from threading import Event

import pytest

from rumor_tui.discussion_rows import discussion_rows, embedded_stubs
from rumor_tui.joined import join_threads, make_part, split_thread
from rumor_tui.loading import LoadStep
from rumor_tui.model import Article, Draft, SourceError, Stub, Thread, ThreadBuilder
from rumor_tui.readers import Hint
from rumor_tui.readers.several import group_sources
from rumor_tui.row_map import RowMap
from rumor_tui.sources import LoadContext
from rumor_tui.sources.beside import load_beside, pointed_to
from rumor_tui.sources.stub_loader import load_stub
from tests.reading import read_source
from tests.sources import play_own_comments, server
from tests.sources.conftest import context, last, opened
from tests.sources.play_widgets import SNIPPETS
from tests.sources.server import ADDRESSES, SIZES, Play, playing
from tests.sources.test_own_comments import CASES as OWN
from tests.sources.test_stub_loader import paged
from tests.sources.test_widgets import CASES

PAGES = {
    **{name: f"/embeds/{name.lower().replace(' ', '-')}" for name in CASES},
    **{name: play_own_comments.ADDRESSES[name] for name in OWN},
}
"""Pages that embed a comment system, by its name."""

Load = Callable[[LoadContext, Thread, Stub], Iterator[LoadStep]]
KEYS: dict[str, Load] = {
    "a": lambda known, thread, stub: load_beside(known, thread, Event()),
    "L": lambda known, thread, stub: load_stub(known, thread, stub, Event()),
}
"""What the two keys ask for."""


def saved(play: Play, name: str) -> Thread:
    """A page as it is read from a file that a browser saved."""
    return read_source(server.answer(PAGES[name], play.base).body, Hint(play.base + PAGES[name]))


@cache
def news() -> Thread:
    """A whole discussion, of an address that is not played any more: nothing of it is to be asked for again."""
    with playing() as play:
        return last(opened(context(play), play.base + ADDRESSES["Hacker News"]))


def around(page: Thread) -> Thread:
    """A thread in which the page is one of three discussions."""
    parts = [make_part("Hacker News", news(), "https://a.example/"), make_part("A blog", page, page.source)]
    more = make_part("Reddit r/cars", news(), "https://b.example/")
    return replace(join_threads(Article("The article", pieces=["Its text."]), [*parts, more]), notice="One is lost.")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", PAGES)
def test_embedded_comments_come_as_if_their_page_was_read_alone(play: Play, name: str, key: str) -> None:
    page = saved(play, name)
    alone = last(list(load_stub(context(play), page, page.stubs[0], Event())))
    before = around(page)
    (stub,) = embedded_stubs(before)
    assert stub.parent == discussion_rows(before)[1]
    thread = last(list(KEYS[key](context(play), before, stub)))
    first, second, third = split_thread(thread)
    assert list(second.thread.ids) == list(alone.ids) and list(second.thread.parent) == list(alone.parent)
    assert list(second.thread.authors) == list(alone.authors)
    assert (second.label, second.address, second.thread.stubs) == ("A blog", page.source, [])
    assert len(first.thread) == len(third.thread) == SIZES["hn"]
    assert thread.article == before.article and thread.notice == "One is lost."
    assert -1 not in RowMap.between(before, thread).every()


def test_one_key_loads_those_of_all_discussions(play: Play) -> None:
    pages = [saved(play, name) for name in ("Isso", "Remark42", "Waline")]
    before = join_threads(Article("All"), [make_part(f"blog {n}", page) for n, page in enumerate(pages)])
    steps = list(load_beside(context(play), before, Event()))
    alone = [last(list(load_stub(context(play), page, page.stubs[0], Event()))) for page in pages]
    assert [list(part.thread.ids) for part in split_thread(last(steps))] == [list(one.ids) for one in alone]
    assert not embedded_stubs(last(steps)) and steps[-1].status == ""


def test_the_same_system_in_two_discussions_is_asked_for_each(play: Play) -> None:
    page = saved(play, "Isso")
    before = join_threads(Article("Both"), [make_part("x", page), make_part("y", page)])
    assert len({pointed.key for pointed in pointed_to(context(play), before)}) == 2
    first, second = split_thread(last(list(load_beside(context(play), before, Event()))))
    assert len(first.thread) and list(first.thread.ids) == list(second.thread.ids)


@pytest.mark.parametrize("key", KEYS)
def test_a_saved_article_keeps_what_loads_its_comments(play: Play, key: str) -> None:
    """Its comments are a discussion like the others, of which a file only says who has them."""
    page = saved(play, "Isso")
    link = page.article.url or page.source
    about = replace(news(), article=Article("A post", "pg", link=link))
    before = group_sources([page, about])
    assert isinstance(before, Thread) and before.article.pieces == page.article.pieces
    (stub,) = embedded_stubs(before)
    thread = last(list(KEYS[key](context(play), before, stub)))
    own = split_thread(thread)[0]
    assert len(own.thread) and not own.thread.article.title and not any(own.thread.article.pieces)
    assert len(split_thread(thread)[1].thread) == SIZES["hn"]


@pytest.mark.parametrize("key", KEYS)
def test_a_system_that_cannot_be_asked_says_so(play: Play, key: str) -> None:
    assert "Facebook" in SNIPPETS
    page = read_source(server.answer("/embeds/facebook", play.base).body, Hint("page.html"))
    before = around(page)
    try:
        words = list(KEYS[key](context(play), before, embedded_stubs(before)[0]))[-1].status
    except SourceError as error:
        words = str(error)
    assert "Facebook" in words and words.endswith(".")


def test_discussions_without_their_page_get_it_by_the_key(play: Play) -> None:
    link = f"{play.base}/linked/article"
    threads = [
        replace(news(), article=Article(title, link=link), source=f"{n}.json") for n, title in enumerate(("One", "Two"))
    ]
    before = group_sources(threads)
    assert isinstance(before, Thread) and before.is_joined and before.article.link == link
    thread = last(list(load_beside(context(play), before, Event())))
    assert thread.article.linked is not None and thread.article.linked.title == "Leipzig builds six hundred cars"
    assert list(thread.ids) == list(before.ids) and thread.is_joined


def test_a_further_page_of_the_article_does_not_begin_with_it_again(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when it is read alone: what the page repeats is known from the article, and not from its discussion's row."""
    address = f"{play.base}/topic"
    article = Article("The article", "ada", pieces=["Six hundred cars."], url=address)
    page = replace(ThreadBuilder(article).build("markdown", source=address), stubs=[Stub(-1, 0, "page", (address,))])

    def send(handler: server.Handler) -> None:
        handler.send(server.answer("/embeds/isso", play.base))

    def read(data: bytes, hint: Hint) -> Thread:
        return replace(paged(b"page 2 of 2", hint), article=replace(article))

    monkeypatch.setitem(server.FAULTS, "topic", send)
    monkeypatch.setattr("rumor_tui.sources.loader.read_source", read)
    play.faults["/topic"] = ("topic", 9)
    own = replace(page, article=replace(article, title="", byline=None, pieces=()))
    other = ThreadBuilder(Article("A post", "bob", pieces=["Mine."])).build("markdown")
    before = join_threads(article, [make_part("A blog", own, address), make_part("Reddit", other)])
    thread = last(list(load_stub(context(play), before, before.stubs[0], Event())))
    assert list(thread.authors) == [None, "a2", "bob"]
    assert thread.bodies[0] == ""


def test_comments_beside_the_discussions_stay(play: Play) -> None:
    page = saved(play, "Isso")
    builder = ThreadBuilder(Article(""))
    builder.add(Draft("One", "ann"))
    builder.add(Draft("Two", "bob", parent=0))
    before = builder.build("html").join(join_threads(Article("All"), [make_part("A blog", page)]))
    thread = last(list(load_beside(context(play), before, Event())))
    assert len(split_thread(thread)[0].thread) + 3 == len(thread)
    assert list(thread.authors[-2:]) == ["ann", "bob"]
    assert list(thread.parent[-2:]) == [-1, len(thread) - 2]
