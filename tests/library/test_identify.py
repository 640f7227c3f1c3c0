"""Which thread of the library another one is: by its place, by its bytes, or by its comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rumor_tui.library.keeper import Keeper
from rumor_tui.library.locators import locator_of, locators_of
from rumor_tui.model import Article, Thread
from rumor_tui.readers import Hint, as_thread, read_source
from tests.library.made_threads import a_thread

TEXTS = [f"Comment {number}." for number in range(10)]
IDS = [str(number) for number in range(10)]


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "library" / "library.sqlite3")
    yield keeper
    keeper.close()


def of_file(path: Path, text: str) -> Thread:
    path.write_text(text, encoding="utf-8")
    return as_thread(read_source(text.encode(), Hint(str(path))))


def at(address: str, *texts: str, discussion: str | None = None, ids: bool = True) -> Thread:
    article = Article("T", url=address, discussion_url=discussion)
    return a_thread(texts, ids=[text.strip("!") for text in texts] if ids else (), article=article, source=address)


def number(keeper: Keeper, thread: Thread) -> int:
    return keeper.record(thread).thread_id


def test_an_address_in_any_of_its_forms_is_one_thread(keeper: Keeper) -> None:
    first = number(keeper, at("https://www.forum.example/t/1?utm_source=x", "one"))
    assert number(keeper, at("https://forum.example/t/1", "entirely", "different")) == first
    assert number(keeper, at("https://forum.example/t/2", "one")) != first


def test_a_file_that_was_edited_is_the_same_thread(keeper: Keeper, tmp_path: Path) -> None:
    first = number(keeper, of_file(tmp_path / "page.md", "# A title\n\nText.\n"))
    assert number(keeper, of_file(tmp_path / "page.md", "# A title\n\nOther text.\n")) == first


def test_a_file_that_was_moved_is_the_same_thread(keeper: Keeper, tmp_path: Path) -> None:
    first = number(keeper, of_file(tmp_path / "page.md", "# A title\n\nText.\n"))
    moved = of_file(tmp_path / "elsewhere.md", "# A title\n\nText.\n")
    assert number(keeper, moved) == first
    assert number(keeper, of_file(tmp_path / "elsewhere.md", "# A title\n\nOther text.\n")) == first


def test_a_file_that_was_replaced_is_another_thread(keeper: Keeper, tmp_path: Path) -> None:
    first = number(keeper, of_file(tmp_path / "page.md", "# A title\n\nText.\n"))
    second = number(keeper, of_file(tmp_path / "page.md", "# Nothing alike\n\nOther things.\n"))
    assert second != first
    assert number(keeper, of_file(tmp_path / "page.md", "# Nothing alike\n\nOther things!\n")) == second


def test_a_saved_page_is_the_thread_of_its_address_if_it_shares_comments(keeper: Keeper, tmp_path: Path) -> None:
    first = number(keeper, at("https://forum.example/t/1", *TEXTS))
    saved = replace(at("https://forum.example/t/1", *TEXTS[:4], "new"), source=str(tmp_path / "page.html"))
    assert number(keeper, saved) == first
    other = replace(at("https://forum.example/t/1", "nothing", "alike"), source=str(tmp_path / "other.html"))
    assert number(keeper, other) != first


@pytest.mark.parametrize(("common", "same"), [(5, True), (4, False)])
def test_half_of_the_smaller_one_must_be_in_common(keeper: Keeper, common: int, same: bool) -> None:
    first = number(keeper, at("https://forum.example/t/1", *TEXTS))
    shared = [*TEXTS[:common], *(f"other {at}" for at in range(10 - common))]
    assert (number(keeper, replace(at("https://forum.example/t/1", *shared), source="")) == first) is same


def test_discussions_of_one_page_are_different_threads_of_one_article(keeper: Keeper) -> None:
    page = "https://news.example/article"
    number(keeper, at(page, "one", discussion="https://forum.example/t/1"))
    number(keeper, replace(at(page, "two", discussion="https://other.example/9"), source="https://other.example/9"))
    first, second = keeper.entries()
    assert first.thread_id != second.thread_id
    assert first.group == second.group == page


def test_threads_of_a_container_are_told_apart_by_their_articles(tmp_path: Path) -> None:
    path = tmp_path / "box.mbox"
    path.touch()
    first = a_thread(["one"], article=Article("First"), source=str(path))
    second = a_thread(["two"], article=Article("Second"), source=str(path))
    assert locator_of(first) != locator_of(second)
    assert locator_of(first) == locator_of(replace(first, bodies=["edited"]))
    assert locator_of(first).startswith(f"{path}\n")


@pytest.mark.parametrize("source", ["", "-"])
def test_standard_input_is_no_place_to_come_back_to(source: str) -> None:
    assert locators_of(source) == []
    assert locator_of(a_thread(["one"], source=source)) == ""


def test_a_name_without_a_file_is_no_place(tmp_path: Path) -> None:
    assert locator_of(a_thread(["one"], source=str(tmp_path / "nothing.json"))) == ""


def test_a_relative_path_is_that_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert locators_of("a/../page.html") == [str(tmp_path / "page.html")]
    assert locators_of("page.html.gz") == [str(tmp_path / "page.html.gz"), str(tmp_path / "page.html")]


def test_a_path_that_is_no_text_can_be_bound(keeper: Keeper, tmp_path: Path) -> None:
    thread = of_file(tmp_path / "odd\udcff.md", "# A title\n\nText.\n")
    assert number(keeper, thread) == number(keeper, thread)
    assert keeper.place_of(str(tmp_path / "odd\udcff.md")) is None
