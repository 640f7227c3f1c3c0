"""Markup that is neither HTML nor Markdown: BBCode, Jira's wiki markup, VK's and Matrix' own."""

from __future__ import annotations

import pytest

from rumor_tui import blocks
from rumor_tui.readers.api.records.markup import find_dialect, name_mentions, strip_fallback, to_html
from tests.readers.api.samples import thread


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("so [b]bold[/b] it is", "bbcode"),
        ("so [b:2ab3c]bold[/b:2ab3c] it is", "bbcode"),
        ("[url=https://e.org/]here[/url]", "bbcode"),
        ("{quote}old{quote}", "wiki"),
        ("h3. Steps\nfirst", "wiki"),
        ("[~ann] please look", "wiki"),
        ("[id501|Olga], at the market", "vk"),
        ("a [list] of [things]", ""),
        ("a {code-named} plan. h3 is no heading", ""),
        ("plain words", ""),
    ],
)
def test_a_dialect_is_known_by_what_only_it_writes(text: str, dialect: str) -> None:
    assert find_dialect([text]) == dialect


@pytest.mark.parametrize(
    ("dialect", "text", "shown"),
    [
        ("bbcode", "[quote=ann]one < two[/quote]\nNo, [i]never[/i].", "ann:\n\none < two\n\nNo, never."),
        ("bbcode", "[h1]Good[/h1]\n[list]\n[*] light\n[*] cheap\n[/list]", "Good\n\nlight\n\ncheap"),
        ("bbcode", "[unknown]x[/unknown] and [b]y[/b]", "[unknown]x[/unknown] and y"),
        ("wiki", "h3. Steps\n# open\n# close\n\nIt *fails*.", "Steps\n\nopen\n\nclose\n\nIt fails."),
        ("wiki", "{quote}It fails.{quote}\r\nHow, [~ann]?", "It fails.\n\nHow, @Ann?"),
        ("wiki", "{noformat}\na=1 *b*\n{noformat}", "a=1 *b*"),
        ("wiki", "bq. said\nsee [this|https://e.org/a]", "said\n\nsee this"),
        ("wiki", "||Till||Sum||\n|1|2.40|", "Till | Sum\n\n1 | 2.40"),
        ("vk", "[id5|Olga], [club7|the shop] is open", "Olga, the shop is open"),
    ],
)
def test_dialects_as_people_see_them(dialect: str, text: str, shown: str) -> None:
    assert blocks.body_text(to_html(dialect, {"ann": "Ann"})(text), "html") == shown


def test_text_in_a_dialect_is_never_markup_of_its_own() -> None:
    for dialect in ("bbcode", "wiki", "vk"):
        assert "<script" not in to_html(dialect, {})("<script>[b]x[/b] {quote}y")


@pytest.mark.parametrize("dialect", ["bbcode", "wiki", "vk"])
@pytest.mark.parametrize("piece", ["[", "[b", "[b]", "*a ", "{quote", "{quote}", "|", "||a", "\n", "_a ", "!a."])
def test_long_texts_take_linear_time(dialect: str, piece: str) -> None:
    find_dialect([piece * 20_000])
    assert to_html(dialect, {})(piece * 20_000 + "x")


def test_mentions_have_the_names_of_people_in_the_document() -> None:
    assert name_mentions("hi <@U1> and <@!22>, <@33>", {"U1": "Ann", "22": "Ben"}) == "hi @Ann and @Ben, <@33>"
    found = thread(
        [
            {"id": "1001", "author": {"id": "71", "username": "a_1", "global_name": "Ann"}, "content": "ask <@72> now",
             "mentions": [{"id": "72", "username": "ben", "global_name": "Ben"}], "timestamp": "2024-01-01T10:00:00Z"},
            {"id": "1002", "author": {"id": "72", "username": "ben", "global_name": "Ben"}, "content": "no, ask Ann",
             "mentions": [], "timestamp": "2024-01-01T10:01:00Z"},
        ]
    )  # fmt: skip
    assert list(found.authors) == ["Ann", "Ben"]
    assert "@Ben now" in found.bodies[0]


def test_the_quotation_in_an_answer_is_dropped() -> None:
    assert strip_fallback("> <@ann:e.org> one\n> two\n\nthree") == "three"
    assert strip_fallback("<mx-reply><blockquote>one</blockquote></mx-reply>two") == "two"
    assert strip_fallback("> a quotation of somebody else\n\nyes") == "> a quotation of somebody else\n\nyes"


def test_a_later_version_takes_the_place_of_a_message() -> None:
    def event(key: str, **content: object) -> dict[str, object]:
        return {"type": "m.room.message", "sender": "@ann:e.org", "event_id": key, "content": content,
                "origin_server_ts": 1_700_000_000_000}  # fmt: skip

    answer = {"m.in_reply_to": {"event_id": "$1"}}
    replaced = {"rel_type": "m.replace", "event_id": "$2"}
    found = thread(
        {
            "room_name": "Choir",
            "messages": [
                event("$1", body="Who has the key?"),
                event("$2", body="> <@ann:e.org> Who has the key?\n\nMe", **{"m.relates_to": answer}),
                event("$3", body="* Not me", **{"m.new_content": {"body": "Not me"}, "m.relates_to": replaced}),
            ],
        }
    )
    assert list(found.bodies) == ["Who has the key?", "Not me"]
    assert list(found.parent) == [-1, 0]
