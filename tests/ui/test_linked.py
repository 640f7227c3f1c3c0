"""The page that a post links to: when it comes nothing moves, and whatever reads the article has it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from rumor_tui.joined import join_threads, make_part
from rumor_tui.linked_page import with_page, with_problem
from rumor_tui.loading import LoadJob, Services
from rumor_tui.model import Article, SourceError, Stub, Thread, ThreadBuilder
from rumor_tui.settings import Linked, Settings
from tests.ui.helpers import (
    FAMILY,
    NARROW,
    WIDE,
    Feed,
    app_of,
    cursor,
    press,
    put_cursor,
    read_through,
    reader,
    rows_of,
    screen_row,
    thread_of,
    title,
    told,
    until,
    with_ids,
    with_stubs,
    words_of,
)

LINK = "https://example.com/600"
PASSAGE = "The plant in Leipzig will build six hundred cars a year and no more than that, says its head"


def linking(text: str = FAMILY) -> Thread:
    article = Article("A post", "bob", link=LINK, url=LINK, score=1204)
    return with_ids(thread_of(text, article))


def page() -> Thread:
    article = Article(
        "The page", "ada", pieces=[f"<p>{PASSAGE} of production.</p>", "<p>More of it.</p>"], format="html"
    )
    return ThreadBuilder(article).build("html", source=LINK)


class Source:
    """Somebody who can be asked for what a thread points to."""

    def __init__(self) -> None:
        self.feed = Feed()
        self.asked: list[Thread] = []
        self.more: list[Stub] = []

    @property
    def services(self) -> Services:
        return Services(lambda _: self.feed, self.load_more, self.beside)

    def load_more(self, thread: Thread, stub: Stub) -> LoadJob:
        self.more.append(stub)
        return self.feed

    def beside(self, thread: Thread) -> LoadJob:
        self.asked.append(thread)
        return self.feed


def article_rows(pilot: Pilot[None]) -> list[str]:
    return [row.strip() for row in rows_of(reader(pilot).panes.article)]


async def test_both_panes_are_there_before_the_page_is() -> None:
    async with app_of(linking(), services=Source().services).run_test(size=WIDE) as pilot:
        panes = reader(pilot).panes
        assert not panes.single and panes.article.display and panes.comments.display
        rows = article_rows(pilot)
        assert rows[:3] == ["A post", "bob · 1,204 points", f"→ {LINK} · a reads it here"]
        assert "a article" in told(pilot)


async def test_where_nobody_can_be_asked_no_key_is_named() -> None:
    async with app_of(linking()).run_test(size=WIDE) as pilot:
        assert f"→ {LINK}" in article_rows(pilot)
        await press(pilot, "a")
        assert "There is nobody here who could be asked for it." in told(pilot)


async def test_the_key_loads_it_and_nothing_moves() -> None:
    source, thread = Source(), linking()
    async with app_of(thread, services=source.services).run_test(size=WIDE) as pilot:
        put_cursor(pilot, 5)
        await pilot.pause()
        before = rows_of(reader(pilot).panes.comments)
        await press(pilot, "a")
        await until(pilot, source.feed.started.is_set)
        assert f"→ {LINK} · reading it …" in article_rows(pilot)
        source.feed.put(with_page(thread, page()))
        source.feed.end()
        await until(pilot, lambda: reader(pilot).loader is None)
        assert [row[: row.rfind("│")] for row in before] == [
            row[: row.rfind("│")] for row in rows_of(reader(pilot).panes.comments)
        ]
        assert cursor(pilot) == 5
        rows = [row for row in article_rows(pilot) if row]
        assert rows[0] == "A post" and set(rows[2]) == {"─"}
        assert rows[3:5] == ["The page", f"ada · {LINK}"]
        assert any("Leipzig" in row for row in rows) and not any("→" in row for row in rows)
        assert "a article" not in told(pilot)


async def test_what_is_no_article_is_told_in_the_pane() -> None:
    thread = with_problem(linking(), f"{LINK} is a video, which is not shown here. Open it in a browser.")
    async with app_of(thread, services=Source().services).run_test(size=WIDE) as pilot:
        words = " ".join(row for row in article_rows(pilot) if row)
        assert f"→ {LINK} is a video, which is not shown here. Open it in a browser." in words


async def test_the_key_tries_again_what_could_not_be_had() -> None:
    source = Source()
    thread = with_problem(linking(), f"{LINK} has an internal error.")
    async with app_of(thread, services=source.services).run_test(size=WIDE) as pilot:
        assert "a article" not in told(pilot)
        await press(pilot, "a")
        await until(pilot, source.feed.started.is_set)
        assert f"→ {LINK} · reading it …" in article_rows(pilot)
        source.feed.put(with_page(linking(), page()))
        source.feed.end()
        await until(pilot, lambda: reader(pilot).loader is None)
        assert any("Leipzig" in row for row in article_rows(pilot))


async def test_a_failure_is_one_sentence_and_the_key_tries_again() -> None:
    source = Source()
    async with app_of(linking(), services=source.services).run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        source.feed.fail(SourceError("example.com refuses connections."))
        await until(pilot, lambda: reader(pilot).loader is None)
        assert "example.com refuses connections." in told(pilot)
        assert f"→ {LINK} · a reads it here" in article_rows(pilot)
        await press(pilot, "a")
        assert len(source.asked) == 2


async def test_without_a_link_the_key_says_so() -> None:
    source = Source()
    async with app_of(thread_of(FAMILY), services=source.services).run_test(size=WIDE) as pilot:
        assert "a article" not in told(pilot)
        await press(pilot, "a")
        assert "This links to no page, and its comments are all here." in told(pilot)
        assert not source.asked


@pytest.mark.parametrize(("linked", "asked"), [("always", 1), ("ask", 1), ("never", 0)])
async def test_the_settings_may_forbid_it(linked: Linked, asked: int) -> None:
    source = Source()
    settings = Settings(linked=linked)
    async with app_of(linking(), settings, source.services).run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        assert len(source.asked) == asked
        assert ('linked = "never"' in told(pilot)) == (linked == "never")


@pytest.mark.parametrize(("linked", "asked"), [("always", 1), ("ask", 1), ("never", 0)])
async def test_they_forbid_it_whichever_key_asks_for_embedded_comments(linked: Linked, asked: int) -> None:
    source = Source()
    thread = with_stubs(thread_of(FAMILY), Stub(-1, 0, "disqus", ("forum=x",)))
    async with app_of(thread, Settings(linked=linked), source.services).run_test(size=WIDE) as pilot:
        await press(pilot, "L")
        assert len(source.more) == asked
        assert ('linked = "never"' in told(pilot)) == (linked == "never")


async def test_they_forbid_it_for_a_page_that_is_one_of_several_discussions_too() -> None:
    source = Source()
    page_of_it = with_stubs(thread_of(FAMILY), Stub(-1, 0, "disqus", ("forum=x",)))
    thread = join_threads(Article("Both"), [make_part("A blog", page_of_it), make_part("Reddit", thread_of(FAMILY))])
    async with app_of(thread, Settings(linked="never"), source.services).run_test(size=WIDE) as pilot:
        await press(pilot, "L")
        assert not source.more
        assert 'linked = "never"' in told(pilot)


async def test_what_comes_from_the_web_is_read_by_itself() -> None:
    feed = Feed()
    async with app_of(None, services=Source().services, opening=feed).run_test(size=WIDE) as pilot:
        feed.put(linking(), "8 of 100 comments · reading example.com")
        await until(pilot, lambda: "A post" in title(pilot))
        assert f"→ {LINK} · reading it …" in article_rows(pilot)
        assert "reading example.com" in told(pilot)
        assert "reading the article …" in title(pilot)
        feed.put(with_page(linking(), page()))
        feed.end()
        await until(pilot, lambda: reader(pilot).loader is None)
        assert any("Leipzig" in row for row in article_rows(pilot))
        assert "reading the article" not in title(pilot)


async def test_it_stays_when_more_comments_come() -> None:
    thread = with_page(linking(), page())
    async with app_of(thread, services=Source().services).run_test(size=WIDE) as pilot:
        reader(pilot).replace_thread(linking(FAMILY + "hal: One more\n"))
        await pilot.pause()
        assert len(reader(pilot).thread) == 9
        assert any("Leipzig" in row for row in article_rows(pilot))


async def test_a_quote_of_it_is_linked_afterwards() -> None:
    thread = linking(FAMILY + f"hal: As it says: {PASSAGE} of production. So much for 800.\n")
    source = Source()
    async with app_of(thread, services=source.services).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await press(pilot, "a")
        source.feed.put(with_page(thread, page()))
        source.feed.end()
        await until(pilot, lambda: reader(pilot).loader is None)
        await read_through(pilot)
        quotes = reader(pilot).session.conversation.quotes
        await until(pilot, lambda: quotes.conversation is not None)
        put_cursor(pilot, 8)
        await press(pilot, "V")
        assert reader(pilot).session.state.in_article
        assert any("Leipzig" in row for row in article_rows(pilot))


async def test_search_and_index_take_it_in() -> None:
    thread = with_page(linking(), page())
    async with app_of(thread, services=Source().services).run_test(size=WIDE) as pilot:
        await press(pilot, "/")
        await pilot.press(*"Leipzig", "enter")
        await read_through(pilot)
        assert reader(pilot).session.search.account().startswith("1 ")


async def test_at_a_narrow_terminal_the_article_is_a_tab_away() -> None:
    async with app_of(linking(), services=Source().services).run_test(size=NARROW) as pilot:
        assert reader(pilot).panes.single
        await press(pilot, "tab")
        assert reader(pilot).panes.article.display
        assert any(row.startswith(f"→ {LINK}") for row in article_rows(pilot))


async def test_comments_that_a_script_would_load_are_loaded_by_the_same_key() -> None:
    source = Source()
    thread = with_stubs(thread_of(""), Stub(-1, 0, "disqus", ("six", "", "")))
    async with app_of(thread, services=source.services).run_test(size=WIDE) as pilot:
        assert "a comments" in told(pilot)
        assert "→ its comments are loaded by a script · a loads them here" in article_rows(pilot)
        await press(pilot, "a")
        await until(pilot, source.feed.started.is_set)
        assert not reader(pilot).panes.single  # their room is kept
        source.feed.put(thread_of(FAMILY))
        source.feed.end()
        await until(pilot, lambda: reader(pilot).loader is None)
        assert "ann" in words_of(reader(pilot).panes.comments) and screen_row(pilot) == 0


def with_scripted_discussions() -> Thread:
    """Three discussions: the pages of the second and third one load their comments by a script."""
    stubs = [Stub(-1, 0, "isso", ("x",)), Stub(-1, 0, "waline", ("y",))]
    parts = [make_part(f"blog {nth}", with_stubs(thread_of(""), stub)) for nth, stub in enumerate(stubs)]
    return join_threads(Article("All", pieces=["Text."]), [make_part("Reddit", thread_of(FAMILY)), *parts])


async def test_those_of_joined_discussions_are_loaded_by_the_same_key() -> None:
    source, thread = Source(), with_scripted_discussions()
    async with app_of(thread, services=source.services).run_test(size=WIDE) as pilot:
        assert "a comments" in told(pilot)
        assert "→ some comments are loaded by a script · a loads them here" in " ".join(article_rows(pilot))
        put_cursor(pilot, len(thread) - 1)
        assert words_of(reader(pilot).panes.comments).count("… more comments (L loads them)") == 2
        await press(pilot, "a")
        await until(pilot, source.feed.started.is_set)
        assert "→ some comments are loaded by a script · loading them …" in " ".join(article_rows(pilot))
        assert source.asked == [thread]
        source.feed.put(replace(thread, stubs=[]))
        source.feed.end()
        await until(pilot, lambda: reader(pilot).loader is None)
        assert not any("→" in row for row in article_rows(pilot))
        await press(pilot, "a")
        assert "This links to no page, and its comments are all here." in told(pilot)


async def test_the_settings_forbid_it_there_too() -> None:
    source = Source()
    async with app_of(with_scripted_discussions(), Settings(linked="never"), source.services).run_test(
        size=WIDE
    ) as pilot:
        assert "a comments" not in told(pilot)
        for keys in ("a", "tab L"):
            await press(pilot, keys)
            assert 'linked = "never"' in told(pilot)
        assert not source.asked and not source.more


async def test_the_other_key_loads_those_of_the_discussion_that_the_cursor_is_in() -> None:
    source = Source()
    thread = with_scripted_discussions()
    async with app_of(thread, services=source.services).run_test(size=WIDE) as pilot:
        await press(pilot, "tab L")  # from the article, where those at the top level of all discussions count
        assert [stub.via for stub in source.more] == ["isso"]
        source.feed.end()
        await until(pilot, lambda: reader(pilot).loader is None)
        await press(pilot, "tab")
        put_cursor(pilot, len(thread) - 1)
        await press(pilot, "L")
        assert [stub.via for stub in source.more] == ["isso", "waline"]
