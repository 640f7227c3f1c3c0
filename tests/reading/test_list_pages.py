"""The pages of a list joined to one list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.model import Article, Entry, Listing, Thread, ThreadBuilder
from rumor_tui.reading.list_pages import append_page


def listing_of(name: str, numbers: list[int], further: str = "") -> Listing:
    """A list whose entries have the addresses of these numbers (0: none), and open a thread of their place in it."""

    def open_entry(row: int) -> Thread:
        return ThreadBuilder(Article(title=f"{name} {row}")).build("plain")

    entries = [Entry(f"Thread {n}", address=f"https://example.com/{n}" if n else "") for n in numbers]
    return Listing(name, entries, open_entry, source=name, elsewhere=True, further=further)


def opened(listing: Listing) -> list[str]:
    found = map(listing.open, range(len(listing.entries)))
    return [thread.article.title for thread in found if isinstance(thread, Thread)]


def test_new_entries_stand_behind_the_others() -> None:
    joined = append_page(listing_of("a", [1, 2, 0], "second"), listing_of("b", [2, 3, 0, 3, 4], "third"))
    assert [entry.title for entry in joined.entries] == [f"Thread {n}" for n in (1, 2, 0, 3, 0, 4)]
    assert opened(joined) == ["a 0", "a 1", "a 2", "b 1", "b 2", "b 4"]
    assert (joined.title, joined.source, joined.elsewhere, joined.further) == ("a", "a", True, "third")


@given(st.lists(st.lists(st.integers(1, 30), unique=True), min_size=1, max_size=5))
def test_pages_after_pages_hold_each_address_once(pages: list[list[int]]) -> None:
    joined = listing_of("0", pages[0])
    for number, page in enumerate(pages[1:], 1):
        joined = append_page(joined, listing_of(str(number), page))
    wanted = list(dict.fromkeys(n for page in pages for n in page))
    assert [entry.title for entry in joined.entries] == [f"Thread {n}" for n in wanted]
    first = {n: (number, page.index(n)) for number, page in reversed(list(enumerate(pages))) for n in page}
    assert opened(joined) == [f"{first[n][0]} {first[n][1]}" for n in wanted]
