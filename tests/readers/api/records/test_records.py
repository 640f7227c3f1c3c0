from __future__ import annotations

from typing import Any

import pytest

from rumor_tui import blocks
from rumor_tui.model import Stub, Thread
from rumor_tui.readers import SourceError, read_source
from tests.readers.api.samples import DATE, HINT, TIME, answer, lines, listing, opened, question, remark, thread


def test_bodies_with_authors_and_no_parents_are_a_guess() -> None:
    result = thread([{"id": 7, "author": "ann", "text": "one"}, {"id": 8, "author": "ben", "text": "two"}])
    assert result.confidence == "guessed"
    assert (list(result.ids), list(result.authors), list(result.bodies)) == (["7", "8"], ["ann", "ben"], ["one", "two"])
    assert list(result.parent) == [-1, -1]
    assert result.format == "plain"


@pytest.mark.parametrize("key", ["parent", "parent_id", "parentId", "in_reply_to", "inReplyTo", "reply_to", "replyTo"])
def test_parents_by_their_usual_names(key: str) -> None:
    rows = [{"id": n, "user": "ann", "body": str(n), key: None if n < 2 else n - 1} for n in range(4)]
    result = thread(rows)
    assert result.confidence == "explicit"
    assert list(result.parent) == [-1, -1, 1, 2]


def test_parents_by_depth_and_by_nesting() -> None:
    rows = [{"author": "a", "text": str(n), "depth": depth} for n, depth in enumerate((0, 1, 2, 1))]
    assert (list(thread(rows).parent), thread(rows).confidence) == ([-1, 0, 1, 0], "explicit")
    nested = {"author": "a", "text": "1", "replies": [{"author": "b", "text": "2", "replies": []}]}
    result = thread([nested, {"author": "c", "text": "3"}])
    assert (list(result.parent), result.confidence) == ([-1, 0, -1], "explicit")
    assert list(result.bodies) == ["1", "2", "3"]


def test_a_lone_comment_with_replies_is_the_article() -> None:
    result = thread({"author": "ann", "text": "one", "replies": [{"author": "ben", "text": "two"}]})
    assert (result.article.byline, list(result.article.pieces), list(result.bodies)) == ("ann", ["one"], ["two"])


def test_fields_of_many_names() -> None:
    row = {
        "_id": "x",
        "user": {"name": "ann"},
        "content": "hi",
        "createdAt": DATE,
        "likes": 3,
        "permalink": "https://e.org",
    }
    comment = thread([row, row | {"_id": "y"}]).comment(1)
    assert (comment.author, comment.body, comment.published) == ("ann", "hi", TIME)
    assert (comment.id, comment.score, comment.url) == ("y", 3, "https://e.org")


@pytest.mark.parametrize("date", [TIME, TIME * 1000, str(TIME), float(TIME), DATE, "2017-07-14T04:40:00+02:00"])
def test_dates_in_many_forms(date: object) -> None:
    assert thread([{"author": "a", "text": "b", "date": date}]).published[0] == TIME


def test_a_date_in_words_is_kept_as_written() -> None:
    result = thread([{"author": "a", "text": "b", "date": "vor 8 Stunden"}])
    assert (result.published[0], result.published_text[0]) == (None, "vor 8 Stunden")


def test_html_shows() -> None:
    assert thread([{"author": "a", "text": "one<p>two &gt; one"}, {"author": "b", "text": "x"}]).format == "html"
    assert thread([{"author": "a", "text": "1 < 2 and <this>"}, {"author": "b", "text": "x"}]).format == "plain"
    assert thread([{"author": "a", "content_html": "x"}]).format == "html"


def test_a_wrapper_tells_of_the_page() -> None:
    rows = [{"author": "ann", "text": "one"}]
    result = thread({"title": "A page", "url": "https://example.com/", "author": "op", "total": 1, "comments": rows})
    assert (result.article.title, result.article.url, result.article.byline) == ("A page", "https://example.com/", "op")
    result = thread({"article": {"title": "A page", "body": "Text."}, "data": {"items": rows}})
    assert (result.article.title, list(result.article.pieces)) == ("A page", ["Text."])
    assert len(result) == 1


def test_pages_that_hold_their_comments_are_a_listing() -> None:
    rows = [{"author": "ann", "text": "one"}, {"author": "ben", "text": "two"}]
    pages = [{"title": f"Page {n}", "author": "op", "text": "Text.", "comments": rows[:n]} for n in (1, 2)]
    for value in (pages, [{"title": page["title"], "comments": page["comments"]} for page in pages]):
        result = listing(value)
        assert [(entry.title, entry.comments) for entry in result.entries] == [("Page 1", 1), ("Page 2", 2)]
    assert thread(pages[1]).article.title == "Page 2"
    assert list(thread(pages[1]).article.pieces) == ["Text."]


def test_json_lines_also_where_the_last_one_breaks_off() -> None:
    data = lines(*({"id": n, "author": "ann", "text": str(n)} for n in range(5)))
    for cut in (0, 4, 12):
        result = read_source(data[: len(data) - cut], HINT)
        assert isinstance(result, Thread)
        assert len(result) == (5 if not cut else 4)


def test_what_is_no_list_of_comments() -> None:
    for value in ([{"author": "ann"}], [{"text": "x"}], [[1]], {"a": [{"b": 1}]}, [{"author": 1.5, "text": 5}]):
        with pytest.raises(SourceError, match="JSON of an unknown kind"):
            opened(value)


def test_keys_that_are_no_names_in_python() -> None:
    assert list(thread([{"from": "ann", "message": "hi", "class": 1, "a b": 2}]).authors) == ["ann"]


def test_replies_in_a_field_of_any_name() -> None:
    inner = {"id": 2, "who": "ben", "says": "And hello to you, too, Ann"}
    rows = [
        {"id": 1, "who": "ann", "says": "Hello to all of you here", "zork": [inner]},
        {"id": 3, "who": "cat", "says": "What a nice day it is today", "zork": []},
    ]
    result = thread({"data": rows})
    assert (list(result.authors), list(result.parent)) == (["ann", "ben", "cat"], [-1, 0, -1])


def test_an_answer_in_a_field_of_its_own_is_a_reply() -> None:
    rows = [
        {"author": "ann", "review": "It is slow.", "rating": 2, "developer_response": "We work on it."},
        {"author": "ben", "review": "It is fine.", "rating": 5, "developer_response": None},
    ]
    result = thread({"reviews": rows})
    assert (list(result.authors), list(result.parent)) == (["ann", "developer", "ben"], [-1, 0, -1])
    rows = [
        {
            "title": "Slow",
            "consumer": {"name": "ann"},
            "text": "It is slow.",
            "stars": 2,
            "reply": {"message": "Sorry!", "publishedDate": DATE},
        },
        {"title": "Fine", "consumer": {"name": "ben"}, "text": "It is fine.", "stars": 5, "reply": None},
    ]
    result = thread({"reviews": rows})
    assert (list(result.authors), list(result.parent)) == (["ann", None, "ben"], [-1, 0, -1])
    assert "Slow" in result.bodies[0]


def test_replies_that_are_only_counted_are_stubs() -> None:
    rows = [{"id": n, "author": "ann", "text": f"text {n}", "reply_count": 3 * n} for n in range(3)]
    assert list(thread(rows).stubs) == [Stub(1, 3), Stub(2, 6)]
    page = {"title": "A page", "author": "op", "body": "Text of it.", "num_comments": 7, "comments": rows[:1]}
    assert list(thread(page).stubs) == [Stub(-1, 6)]


def test_several_chats_and_several_issues_are_listings() -> None:
    def message(number: int) -> dict[str, object]:
        return {"id": number, "type": "message", "date": "2017-07-14T02:40:00", "from": "ann", "text": "hello you"}

    chats = [{"name": name, "type": "private_group", "messages": [message(1), message(2)]} for name in ("one", "two")]
    result = listing({"about": "This is what you asked for.", "chats": {"list": chats}})
    assert [(entry.title, entry.comments) for entry in result.entries] == [("one", 2), ("two", 2)]
    issues = [
        {
            "key": f"M-{n}",
            "fields": {
                "summary": f"Issue {n}",
                "creator": {"displayName": "op"},
                "comment": {
                    "comments": [{"id": n, "author": {"displayName": "ann"}, "body": "Same here.", "created": DATE}]
                },
            },
        }
        for n in (1, 2)
    ]
    result = listing({"issues": issues, "total": 2})
    assert [(entry.title, entry.byline, entry.comments) for entry in result.entries] == [
        ("Issue 1", "op", 1),
        ("Issue 2", "op", 1),
    ]


def test_a_message_without_text_shows_its_files() -> None:
    rows = [
        {"id": 1, "date": DATE, "from": "ann", "text": "", "photo": "photos/mill.jpg"},
        {
            "id": 2,
            "date": DATE,
            "from": "ben",
            "text": "Nice.",
            "files": [{"name": "weir.pdf", "url": "https://e.org/w"}],
        },
        {"id": 3, "date": DATE, "from": "cat", "text": ""},
    ]
    result = thread({"name": "Mills", "messages": rows})
    assert [blocks.body_text(body, result.format) for body in result.bodies] == [
        "[photos/mill.jpg]",
        "Nice.\n\nweir.pdf",
    ]


def test_what_only_describes_something_is_no_comment() -> None:
    package = {
        "name": "mill",
        "version": "1.0",
        "description": "A tool for mills",
        "author": "Ann",
        "scripts": {"a": "b"},
    }
    place = {"properties": {"name": "Mill", "date": "2020-01-01", "description": "An old mill"}, "type": "Feature"}
    for value in (package, {"type": "FeatureCollection", "features": [place]}):
        with pytest.raises(SourceError, match="JSON of an unknown kind"):
            opened(value)


def test_users_are_found_wherever_a_table_of_them_is() -> None:
    rows = [{"id": n, "user_id": f"u{n}", "text": f"text {n}"} for n in range(3)]
    for users in (
        [{"id": "u0", "name": "ann"}, {"id": "u1", "name": "ben"}],
        {"u0": {"name": "ann"}, "u1": {"name": "ben"}},
    ):
        assert list(thread({"comments": rows, "meta": {"people": users}}).authors) == ["ann", "ben", "u2"]


def test_the_copy_of_what_a_note_answers_is_no_comment() -> None:
    def note(key: str, text: str, **fields: object) -> dict[str, object]:
        return {"id": key, "createdAt": "2024-03-03T03:00:00Z", "user": {"name": key.upper(), "username": key},
                "text": text} | fields  # fmt: skip

    first = note("n1", "first note here")
    found = thread([first, note("n2", "second note here", replyId="n1", reply=first)])
    assert list(found.authors) == ["N1", "N2"]
    assert list(found.parent) == [-1, 0]


def test_a_status_and_the_name_of_an_order_are_no_article() -> None:
    rows = [
        {"id": 70 + n, "uname": "ann", "ctime": 1_600_000_000 + n, "message": f"this is text {n}"} for n in range(3)
    ]
    found = thread({"code": 0, "message": "0", "ttl": 1, "data": {"cursor": {"name": "hottest"}, "replies": rows}})
    assert (found.article.title, list(found.article.pieces)) == ("", [])
    assert len(found) == 3


def test_the_first_comment_is_not_the_article_too() -> None:
    def node(key: str, *replies: object) -> dict[str, object]:
        comment = {"id": key, "text": f"<p>text of {key}</p>", "user": {"name": "ann"}, "time": "2023-05-01T10:00:00Z",
                   "title": "Clocks"}  # fmt: skip
        return {"comment": comment, "replies": list(replies)}

    found = thread({"comments": [node("b1", node("b2")), node("b3")]})
    assert found.article.title == "Clocks"
    assert (list(found.article.pieces), found.article.byline) == ([], None)


def test_pieces_of_a_text_are_no_comments() -> None:
    pieces = [{"type": "date", "attrs": {"timestamp": "1700000000000"}}, {"type": "status", "attrs": {"text": "DONE"}},
              {"type": "mention", "attrs": {"id": "5b", "text": "@Ann"}}]  # fmt: skip
    body = {"type": "doc", "content": [{"type": "paragraph", "content": pieces}]}
    rows = [{"id": "5", "author": {"displayName": "Ola"}, "created": "2024-01-01T10:00:00Z", "body": body}]
    found = thread({"fields": {"summary": "Screen flickers", "comment": {"comments": rows}}})
    assert len(found) == 1
    assert all(word in found.bodies[0] for word in ("2023-11-14", "DONE", "@Ann"))


@pytest.mark.parametrize(
    "person",
    [
        {"username": "amb", "name": "Ann Berg"},
        {"login": "amb", "real_name": "Ann Berg"},
        {"handle": "amb", "displayName": "Ann Berg", "name": "amb"},
    ],
)
def test_the_name_that_is_displayed_comes_before_the_one_to_sign_in_with(person: dict[str, str]) -> None:
    rows = [{"id": n, "author": person, "text": f"text number {n}", "date": "2024-01-01"} for n in range(2)]
    assert list(thread(rows).authors) == ["Ann Berg"] * 2


def test_references_stand_in_lists_of_lists() -> None:
    keys = [f"{n}" * 12 for n in "abc"]
    tags: list[list[list[str]]] = [[], [["e", keys[0], "", "root"]], [["e", keys[0]], ["e", keys[1], "", "reply"]]]
    rows = [
        {"id": key, "pubkey": "f" * 12, "created_at": TIME + n, "content": f"Note {n} of three", "tags": tags[n]}
        for n, key in enumerate(keys)
    ]
    assert list(thread(rows).parent) == [-1, 0, 1]


def test_a_single_answer_by_a_short_number() -> None:
    rows = [
        {"id": str(n + 120), "rid": rid, "nick": "ann", "content": f"text {n}"}
        for n, rid in enumerate(("0", "120", "0"))
    ]
    assert list(thread(rows).parent) == [-1, 0, -1]


def test_the_last_ancestor_is_answered() -> None:
    above: list[list[dict[str, str]]] = [[], [{"id": "7", "type": "comment"}], [{"id": "7"}, {"id": "8"}]]
    rows = [{"id": str(n + 7), "author": "ann", "text": f"text {n}", "ancestors": above[n]} for n in range(3)]
    assert list(thread(rows).parent) == [-1, 0, 1]


@pytest.mark.parametrize(
    "extra",
    [
        {"type": "channel_join"},
        {"messagetype": "Event/Call"},
        {"t": "uj"},
        {"system_message": True},
        {"type": "m.room.member"},
    ],
)
def test_notes_of_a_platform_are_set_aside(extra: dict[str, Any]) -> None:
    rows = [{"user": "ann", "text": f"said {n}", "type": "message"} for n in range(3)]
    result = thread([*rows, {"user": "ben", "text": "has joined the room", **extra}])
    assert (len(result), result.aside) == (3, "has joined the room")


@pytest.mark.parametrize("kind", ["message", "bot_message", "m.room.message", "comment", "IssueCommentEvent"])
def test_messages_of_people_and_programs_stay(kind: str) -> None:
    assert len(thread([{"user": "ann", "text": "said it", "type": kind}, {"user": "ben", "text": "and this"}])) == 2


def test_the_address_of_a_profile_is_a_name() -> None:
    for key, address in (("attributedTo", "https://a.example/users/ann"), ("owner_link", "https://b.example/~ann")):
        rows = [{"id": f"n{n}", "content": f"text {n}", key: address, "published": TIME} for n in range(2)]
        assert list(thread(rows).authors) == ["ann", "ann"]


def test_a_post_is_the_article_of_its_comments() -> None:
    comments = [{"comment_text": f"text {n}", "commenter_name": "ben", "comment_time": TIME + n} for n in range(2)]
    result = thread([{"text": "Eel on Saturday", "username": "ann", "time": TIME, "comments_full": comments}])
    assert (list(result.article.pieces), result.article.byline) == (["Eel on Saturday"], "ann")
    assert list(result.parent) == [-1, -1]


def test_objects_of_other_kinds_among_records_are_none() -> None:
    user = {"type": "users", "id": "7", "attributes": {"displayName": "ann"}}
    posts = [
        {"type": "posts", "id": str(n), "attributes": {"contentHtml": f"<p>text {n}</p>", "createdAt": TIME + n},
         "relationships": {"user": {"data": {"type": "users", "id": "7"}}}}
        for n in range(2)
    ]  # fmt: skip
    assert list(thread({"included": [user, *posts]}).authors) == ["ann", "ann"]


def test_titles_that_repeat_what_is_answered_are_dropped() -> None:
    subjects = ("Lid", "Re: Lid", "Re: [Bug 7] Lid")
    rows = [{"author": "ann", "text": f"text {n}", "subject": subject} for n, subject in enumerate(subjects)]
    assert list(thread(rows).bodies) == ["text 0", "text 1", "text 2"]


def test_markdown_that_is_escaped_as_html() -> None:
    rows = [{"author": "ann", "body_markdown": "`a &lt; b`"}, {"author": "ben", "body_markdown": "*no*"}]
    assert list(thread(rows).bodies) == ["`a < b`", "*no*"]


def test_a_question_of_stack_exchange() -> None:
    result = thread({"items": [question(1, remark(9, 1), answer(2, remark(3, 2), remark(4, 2)), answer(5))], "page": 1})
    assert (result.article.title, result.article.byline, result.article.score) == ("Why <this>?", "op", 12)
    assert list(result.article.pieces) == ["<p>The question.</p>"]
    assert dict(zip(result.ids, result.parent, strict=True)) == {"2": -1, "3": 0, "4": 0, "5": -1, "9": -1}
    assert (result.comment(0).author, result.comment(0).url) == ("O'user2", "https://stackoverflow.com/a/2")


@pytest.mark.parametrize(
    "writer",
    [
        {"author_id": [41, "ann"], "email_from": "ann@example.org"},
        {"athlete": {"firstname": "ann", "lastname": ""}},
        {"post_username": "ann", "poster_id": 4},
        {"personEmail": "ann", "personId": "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8x"},
        {"attributedTo": ["ann"]},
    ],
)
def test_names_of_authors_in_other_forms(writer: dict[str, Any]) -> None:
    rows = [{"id": n, "text": f"said {n} times", "date": TIME + n, **writer} for n in range(3)]
    assert list(thread(rows).authors) == ["ann"] * 3


def test_pictures_and_flags_are_no_authors() -> None:
    rows = [
        {"poster": f"https://a.example/p{n}.jpg", "all_day": "True", "comment": f"text {n}", "date": TIME}
        for n in range(3)
    ]
    assert list(thread(rows).authors) == [None] * 3


def test_runs_of_text_in_a_message() -> None:
    rows = [
        {"item": {"message": {"runs": [{"text": "Good "}, {"text": "evening"}]}, "authorName": {"simpleText": "ann"},
                  "timestampUsec": str(TIME * 1_000_000), "timestampText": {"simpleText": "0:01"}}}
        for _ in range(2)
    ]  # fmt: skip
    result = thread(rows)
    assert (result.bodies[0], result.authors[0], result.published[0]) == ("Good evening", "ann", TIME)


def test_where_all_are_of_one_kind_it_is_no_note() -> None:
    rows = [{"type": "topic_name", "user": "ann", "text": f"said {n}"} for n in range(3)]
    assert len(thread(rows)) == 3
