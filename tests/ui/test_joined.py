"""Several discussions read as one, on the screen: moving, the author at the cursor, the list of people, the trail."""

from __future__ import annotations

from rumor_tui.joined import join_threads, make_part
from rumor_tui.model import Article, Thread
from rumor_tui.search.claims.trail import TrailLine
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.ui.paint.theme import DARK, palette
from rumor_tui.ui.screens.trail_items import TrailItems
from tests.ui.helpers import NARROW, WIDE, app_of, cursor, folded, press, reader, rows_of, thread_of, title, told


def joined() -> Thread:
    """Rows: 0 Hacker News with two comments, 3 Reddit with two comments, the first of each by Gabe."""
    news = thread_of("gabe: Only 600 units.\n  ann: Sure?", Article("The story", byline="pg", score=24))
    reddit = thread_of("gabe: It is 414.\nrx7: Or 600 units.", Article("A post", byline="rx7"))
    parts = [
        make_part("Hacker News", news, "https://news.example/1", 5),
        make_part("Reddit r/cars", reddit, "https://reddit.example/1"),
    ]
    return join_threads(Article("About cars", pieces=["There are 600 units."], url="https://page.example/"), parts)


async def test_discussions_are_gone_through_and_folded_like_comments() -> None:
    async with app_of(joined()).run_test(size=WIDE) as pilot:
        assert "4 comments" in title(pilot)
        await press(pilot, "tab")
        shown = [row.rstrip() for row in rows_of(reader(pilot).panes.comments)]
        assert any("▾ Hacker News · pg · 24 points · 2 of 5 comments" in row for row in shown)
        await press(pilot, "right_curly_bracket")
        assert cursor(pilot) == 3
        await press(pilot, "space")
        assert folded(pilot) == [3]
        shown = [row.rstrip() for row in rows_of(reader(pilot).panes.comments)]
        assert any("▸ Reddit r/cars · rx7 · A post" in row and row.endswith("2 comments") for row in shown)


async def test_the_lens_follows_the_author_on_one_site() -> None:
    async with app_of(joined()).run_test(size=NARROW) as pilot:
        await press(pilot, "tab j")
        await press(pilot, "at")
        assert "gabe (Hacker News) · 1 of 1 comment" in told(pilot)


def test_a_trail_names_the_site_of_each_place() -> None:
    index = TextIndex(joined())
    index.build()
    items = TrailItems(index, palette(DARK), lambda row: "", lambda row: f"#{row + 1}")
    places = [(item, text.index("600")) for item, text in enumerate(index.plain) if "600" in text]
    items.take(index, [TrailLine(item, ((at, at + 3),)) for item, at in places], "number")
    shown = [" ".join(items.paint(n, 160).strips[1].text.split()) for n in range(len(places))]
    assert [items.who(n) for n in range(3)] == [("article", ""), ("#2", "gabe"), ("#6", "rx7")]
    assert shown == ["", "Hacker News · first comment", "Reddit r/cars"]
