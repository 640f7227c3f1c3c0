"""Settings from markup, and the one form of a comment."""

from __future__ import annotations

from typing import Any

import pytest

from rumor_tui.model import SourceError, Stub
from rumor_tui.readers.html.embeds.system import named_keys
from rumor_tui.sources.comment_rows import CommentRows, as_id, require, row, server_base, settings_of
from rumor_tui.sources.queries import with_query


def test_settings_are_named() -> None:
    keys = named_keys(server="https://a.example/?x=y", path="", site="s")
    assert keys == ("server=https://a.example/?x=y", "site=s")
    told = settings_of(Stub(-1, 0, "isso", (*keys, "odd")))
    assert (told["server"], told["site"], told["path"], told["odd"]) == ("https://a.example/?x=y", "s", "", "")


def test_what_is_missing_is_asked_of_nobody() -> None:
    require("a", "b")
    with pytest.raises(SourceError, match=r"^These comments cannot be loaded from here\."):
        require("a", "")


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://a.example", "https://a.example"),
        ("https://a.example/isso/", "https://a.example/isso"),
        ("https://a.example:8080/isso/?x=1#y", "https://a.example:8080/isso"),
        ("http://[::1]:9/", "http://[::1]:9"),
    ],
)
def test_a_server_is_its_scheme_host_and_path(address: str, base: str) -> None:
    assert server_base(address) == base


@pytest.mark.parametrize("address", ["", "file:///etc/passwd", "javascript:alert(1)", "https://a:b@c.example/", "//x"])
def test_what_is_no_server(address: str) -> None:
    with pytest.raises(SourceError):
        server_base(address)


def test_what_goes_into_a_query_is_quoted() -> None:
    address = with_query(
        "https://a.example/find", site="a&b=c#d", url="https://b.example/?x=ü", page=0, after=None, q=""
    )
    assert address == "https://a.example/find?site=a%26b%3Dc%23d&url=https%3A%2F%2Fb.example%2F%3Fx%3D%C3%BC&page=0"


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2011-03-08T12:00:00", "2011-03-08T12:00:00Z"),
        ("2011-03-08T12:00:00Z", "2011-03-08T12:00:00Z"),
        ("2011-03-08T12:00:00-05:00", "2011-03-08T12:00:00-05:00"),
        ("2011-03-08T12:00:00+05:00", "2011-03-08T12:00:00+05:00"),
        ("2011-03-08", "2011-03-08"),
        (1299585600.25, 1299585600.25),
    ],
)
def test_a_time_without_a_zone_is_in_utc(date: Any, told: Any) -> None:
    assert row(1, date=date)["created_at"] == told


def test_what_is_of_another_type_is_left_out() -> None:
    made = row("a", parent=["x"], author={"name": "ann"}, date=None, score="many", html=7, deleted=None)
    assert made == {"id": "a"}
    assert row(True, score=3, parent=2) == {"score": 3, "parent_id": "2"}
    assert (as_id(12), as_id(None), as_id(1.5)) == ("12", "", "")


def test_a_comment_does_not_answer_itself() -> None:
    assert row(5, parent=5, text="x") == {"id": "5", "text": "x"}


def test_each_comment_is_held_once() -> None:
    document = CommentRows("Isso", "https://blog.example/")
    assert document.add([row(1, text="x"), row(1, text="y"), row(None, text="z")]) == 1
    assert document.add([row(1, text="x")]) == 0
    assert (document.loaded(), document.total()) == (1, None)
    assert document.data() == b'{"comment_system":"Isso","comments":[{"id":"1","text":"x"}]}'
