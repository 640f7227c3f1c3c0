"""What is followed: kept by its address whatever its form, with how its last refresh went."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from rumor_tui.library.database import open_for_writing
from rumor_tui.library.following import (
    change_follow,
    describe_follow,
    followed_threads,
    list_followed,
    note_found,
    note_refresh,
    threads_at,
)
from rumor_tui.library_types import FollowChange, Followed, FollowKind

FEED = "https://example.com/feed.xml"
THREAD = "https://news.example.com/item?id=1"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_for_writing(tmp_path / "library" / "library.sqlite3")
    yield opened
    opened.close()


def follow(
    connection: sqlite3.Connection, address: str, moment: float, *, kind: FollowKind = "feed", on: bool = True
) -> None:
    change_follow(connection, FollowChange(address, kind, f"Title of {address}", on, moment))


def add_thread(connection: sqlite3.Connection, address: str = "", locator: str = "") -> int:
    cursor = connection.execute(
        "INSERT INTO threads(uid, address, added, active) VALUES(?, ?, 1, 1)", (f"{address} {locator}", address)
    )
    assert cursor.lastrowid is not None
    if locator:
        connection.execute("INSERT INTO locators VALUES(?, ?)", (locator, cursor.lastrowid))
    return cursor.lastrowid


def test_what_is_followed_is_listed_by_title(connection: sqlite3.Connection) -> None:
    change_follow(connection, FollowChange("https://b.example/", "list", "zebra", True, 5.0))
    change_follow(connection, FollowChange("https://a.example/", "feed", "Ant", True, 6.0))
    assert list_followed(connection) == [
        Followed("https://a.example/", "feed", "Ant", 6.0),
        Followed("https://b.example/", "list", "zebra", 5.0),
    ]


def test_following_twice_keeps_the_beginning(connection: sqlite3.Connection) -> None:
    follow(connection, FEED, 5.0)
    follow(connection, FEED, 9.0)
    assert [one.since for one in list_followed(connection)] == [5.0]


def test_another_form_of_an_address_is_the_same_follow(connection: sqlite3.Connection) -> None:
    follow(connection, "https://www.example.com/page?utm_source=x", 5.0)
    follow(connection, "http://example.com/page", 6.0)
    assert [one.address for one in list_followed(connection)] == ["https://www.example.com/page?utm_source=x"]
    follow(connection, "http://example.com/page", 7.0, on=False)
    assert list_followed(connection) == []


def test_following_again_begins_anew(connection: sqlite3.Connection) -> None:
    follow(connection, FEED, 5.0)
    follow(connection, FEED, 6.0, on=False)
    follow(connection, FEED, 7.0)
    assert [one.since for one in list_followed(connection)] == [7.0]


def test_what_is_no_more_followed_keeps_its_row_for_a_merge(connection: sqlite3.Connection) -> None:
    follow(connection, FEED, 5.0)
    follow(connection, FEED, 6.0, on=False)
    assert connection.execute("SELECT changed, removed FROM follows").fetchall() == [(6.0, 1)]


def test_a_problem_stays_until_a_refresh_succeeds(connection: sqlite3.Connection) -> None:
    follow(connection, FEED, 5.0)
    note_refresh(connection, FEED, 10.0)
    note_refresh(connection, FEED, 20.0, "The host cannot be reached.")
    assert [(one.refreshed, one.problem) for one in list_followed(connection)] == [
        (10.0, "The host cannot be reached.")
    ]
    note_refresh(connection, FEED, 30.0)
    assert [(one.refreshed, one.problem) for one in list_followed(connection)] == [(30.0, "")]


def test_what_an_address_turns_out_to_be_is_kept(connection: sqlite3.Connection) -> None:
    follow(connection, FEED, 5.0)
    describe_follow(connection, FEED, "list", "The front page")
    describe_follow(connection, FEED, "list", "")
    assert [(one.kind, one.title) for one in list_followed(connection)] == [("list", "The front page")]


def test_threads_are_followed_by_their_address_or_by_what_they_were_read_from(connection: sqlite3.Connection) -> None:
    by_address = add_thread(connection, address=THREAD)
    by_path = add_thread(connection, locator="/home/ann/thread.txt")
    add_thread(connection, address="https://elsewhere.example/2")
    follow(connection, THREAD, 5.0, kind="thread")
    follow(connection, "/home/ann/thread.txt", 5.0, kind="thread")
    follow(connection, "https://elsewhere.example/2", 5.0, kind="feed")
    assert followed_threads(connection) == {by_address, by_path}
    follow(connection, THREAD, 6.0, kind="thread", on=False)
    assert followed_threads(connection) == {by_path}


def test_a_thread_is_found_by_any_form_of_its_address(connection: sqlite3.Connection) -> None:
    thread = add_thread(connection, address="https://example.com/page")
    assert threads_at(connection, "http://www.example.com/page?utm_source=x") == [thread]
    assert threads_at(connection, "https://example.com/other") == []


def test_what_a_list_brought_is_written_down_once(connection: sqlite3.Connection) -> None:
    thread = add_thread(connection, address=THREAD)
    follow(connection, FEED, 5.0)
    note_found(connection, FEED, thread, 7.0)
    note_found(connection, FEED, thread, 8.0)
    assert connection.execute("SELECT thread, follow, moment FROM found_threads").fetchall() == [(thread, FEED, 7.0)]
