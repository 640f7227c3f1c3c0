"""JSON in the shapes of many sites, JSON that is broken, and tables of comments."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from tests.hostile.document_kinds import Make, Table, cut, nest, repeat

_ALGOLIA = '{"id": ¤, "type": "comment", "author": "a¤", "text": "<p>w", "created_at_i": 1500000000, "children": ['
_REDDIT = (
    '{"kind": "t1", "data": {"id": "c¤", "name": "t1_c¤", "author": "a", "body": "w *x*", "score": 1,'
    ' "created_utc": 1500000000.0, "replies": {"kind": "Listing", "data": {"children": ['
)
_REDDIT_HEAD = (
    '[{"kind": "Listing", "data": {"children": [{"kind": "t3", "data": {"id": "p", "name": "t3_p", "title": "T",'
    ' "author": "a", "selftext": "x", "created_utc": 1500000000.0, "permalink": "/r/t/comments/p/"}}]}},'
    ' {"kind": "Listing", "data": {"children": ['
)
_OWN_HEAD = '{"version": 1, "article": {"title": "T", "text": "x"}, "comments": ['
_RECORDS = (
    '{"id": ¤, "parent_id": ¢, "author": "ann¤", "body": "Words of number ¤.", "created_at": "2024-01-02T03:04:05Z"}'
)


def dump(value: Callable[[int], Any]) -> Make:
    """The JSON of a value."""
    return lambda n: json.dumps(value(n)).encode()


def _own(index: str = "¤", parent: str = "¢", **more: str) -> Make:
    fields = "".join(f', "{name}": {value}' for name, value in more.items())
    piece = f'{{"index": {index}, "parent": {parent}, "author": "a¤", "text": "Words ¤."{fields}}}'
    return repeat(piece, _OWN_HEAD, "]}", join=",")


def _discourse(n: int, to: Callable[[int], int | None]) -> dict[str, Any]:
    posts = [
        {
            **{"id": i, "post_number": i, "reply_to_post_number": to(i), "username": f"u{i}", "topic_id": 7},
            **{"cooked": "<p>w</p>", "created_at": "2017-07-14T02:40:00Z", "post_type": 1, "topic_slug": "t"},
        }
        for i in range(1, n + 1)
    ]
    return {"id": 7, "title": "T", "slug": "t", "post_stream": {"posts": posts, "stream": list(range(1, n + 1))}}


def _records(n: int, parent: Callable[[int], Any], body: str = "Words.") -> list[dict[str, Any]]:
    return [
        {"id": i, "parent_id": parent(i), "author": f"a{i}", "body": body, "created_at": "2024-01-02T03:04:05Z"}
        for i in range(n)
    ]


def _firebase(n: int) -> list[dict[str, Any]]:
    story = {"id": 0, "type": "story", "by": "a", "title": "T", "time": 1500000000, "kids": list(range(1, n))}
    return [
        story,
        *({"id": i, "type": "comment", "by": "b", "parent": i - 1, "text": "w", "time": 1} for i in range(1, n)),
    ]


def _mastodon(n: int) -> dict[str, Any]:
    return {
        "ancestors": [],
        "descendants": [
            {
                **{
                    "id": str(i),
                    "in_reply_to_id": str(i - 1),
                    "content": "<p>w</p>",
                    "created_at": "2024-01-02T03:04:05Z",
                },
                **{"account": {"acct": f"a{i}", "display_name": "A"}, "url": f"https://m.example/{i}", "uri": f"u{i}"},
            }
            for i in range(1, n)
        ],
    }


def _har(n: int) -> dict[str, Any]:
    answer = {"status": 200, "content": {"mimeType": "text/html", "text": "<html><title>T</title><p>words of a page"}}
    return {"log": {"entries": [{"request": {"url": f"http://a.example/{i}"}, "response": answer} for i in range(n)]}}


DOCUMENTS: Final[Table] = {
    "nested lists": (".json", nest("[", "]", "")),
    "nested objects": (".json", nest('{"a":', "}", "1")),
    "open lists": (".json", repeat("[")),
    "open objects": (".json", repeat('{"a":')),
    "nested comments of any site": (".json", nest('{"author": "a", "body": "w", "replies": [', "]}", "")),
    "one list in another within the depth": (".json", lambda n: ("[" * 900 + "1," * n + "1" + "]" * 900).encode()),
    "numbers": (".json", repeat("1", "[", "]", join=",")),
    "one huge number": (".json", repeat("9", '{"id": ', "}")),
    "huge exponents": (
        ".json",
        repeat('{"id": 1e99999, "score": -1e308, "body": "w", "author": "a"}', "[", "]", join=","),
    ),
    "not numbers": (".json", repeat("NaN", "[", "]", join=",")),
    "one long text": (".json", repeat("x", '{"body": "', '"}')),
    "escapes": (".json", repeat("\\u0000\\ud800\\u001b[31m", '{"body": "', '", "author": "a"}')),
    "texts": (".json", repeat('"words of number ¤"', "[", "]", join=",")),
    "one key often": (".json", repeat('"a": 1', "{", "}", join=",")),
    "many keys": (".json", repeat('"a¤": "words of some number"', "{", "}", join=",")),
    "keys of comments often": (".json", repeat('"body": "w", "author": "a"', "{", "}", join=",")),
    "records of different keys": (".json", repeat('{"body": "w", "author": "a", "k¤": 1}', "[", "]", join=",")),
    "records of many keys": (
        ".json",
        lambda n: json.dumps([{"body": "w", "author": "a", **{f"k{j}": j for j in range(300)}}] * (n // 100)).encode(),
    ),
    "a broken string": (".json", repeat('{"body": "w}', "[", "]", join=",")),
    "a broken end": (".json", cut(repeat(_RECORDS, "[", "]", join=","), 0.9991)),
    "a cut in an escape": (".json", lambda n: ('[{"body": "' + "\\u12" * n).encode()),
    "commas": (".json", repeat(",", "[", "]")),
    "trailing commas": (".json", repeat(_RECORDS + ",", "[", "]")),
    "lines": (".jsonl", repeat(_RECORDS + "\n")),
    "lines of nothing": (".jsonl", repeat("{}\n")),
    "lines that are broken": (".jsonl", repeat('{"body": "w", "author": \n')),
    "documents behind each other": (".json", repeat("{}[]")),
    "blanks before": (".json", lambda n: b" " * n + b'[{"author": "a", "body": "w"}]'),
    "NUL in between": (".json", repeat(_RECORDS + "\0", "[", "]", join=",")),
    "UTF-16": (".json", lambda n: repeat(_RECORDS, "[", "]", join=",")(n).decode().encode("utf-16")),
    "bytes that are not UTF-8": (".json", lambda n: b'[{"author": "a\xff", "body": "' + b"\xe9\x80" * n + b'"}]'),
    "a chain": (".json", dump(lambda n: _records(n, lambda i: i - 1 if i else None))),
    "a chain backwards": (".json", dump(lambda n: _records(n, lambda i: i + 1 if i < n - 1 else None))),
    "one parent": (".json", dump(lambda n: _records(n, lambda i: 0 if i else None))),
    "a cycle": (".json", dump(lambda n: _records(n, lambda i: (i + 1) % n))),
    "cycles of two": (".json", dump(lambda n: _records(n, lambda i: i ^ 1))),
    "their own parents": (".json", dump(lambda n: _records(n, lambda i: i))),
    "parents that are not there": (".json", dump(lambda n: _records(n, lambda i: 10**30 + i))),
    "parents of all types": (".json", dump(lambda n: _records(n, lambda i: (None, True, 1.5, "x", [], {}, -1)[i % 7]))),
    "one identifier": (
        ".json",
        repeat('{"id": 7, "parent_id": 7, "author": "a", "body": "words"}', "[", "]", join=","),
    ),
    "links in one comment": (
        ".json",
        repeat('<a href=\\"http://a.example/¤\\">x</a> ', '[{"author": "a", "body": "', '"}]'),
    ),
    "addresses in one comment": (".json", repeat("http://a.example/¤ ", '[{"author": "a", "body": "', '"}]')),
    "comments with links": (
        ".json",
        dump(lambda n: _records(n, lambda i: None, "see http://a.example/ and [x](http://b)")),
    ),
    "comments that quote": (
        ".json",
        dump(lambda n: _records(n, lambda i: None, "> Words of some length here.\n\nNo.")),
    ),
    "comments that name each other": (
        ".json",
        repeat('{"id": ¤, "author": "ann¤", "body": "@ann¢ ann¢: no"}', "[", "]", join=","),
    ),
    "dates that cannot be": (
        ".json",
        repeat('{"author": "a", "body": "words", "created_at": "99999-99-99T99:99:99Z"}', "[", "]", join=","),
    ),
    "dates as huge numbers": (
        ".json",
        repeat('{"author": "a", "body": "words", "created_at": 99999999999999999999¤}', "[", "]", join=","),
    ),
    "dates in words": (
        ".json",
        repeat('{"author": "a", "body": "words", "date": "¤ days ago at noon"}', "[", "]", join=","),
    ),
    "HTML that is deep in a comment": (".json", nest("<div>", "</div>", head='[{"author": "a", "body": "', tail='"}]')),
    "formatting that is open in a comment": (".json", repeat("<b><p>x", '[{"author": "a", "body": "', '"}]')),
    "our own, a chain": (".json", _own()),
    "our own, flat": (".json", _own(parent="null")),
    "our own, one index": (".json", _own(index="1", parent="1")),
    "our own, a cycle": (
        ".json",
        dump(
            lambda n: {
                "version": 1,
                "article": {"title": "T"},
                "comments": [{"index": i, "parent": (i + 1) % n, "text": "w"} for i in range(n)],
            }
        ),
    ),
    "our own, huge numbers": (".json", _own(score="9" * 30, parent="-9999999999999999999999")),
    "our own, wrong types": (".json", _own(author="[1]", text="{}", deleted='"x"')),
    "our own, stubs": (
        ".json",
        repeat(
            '{"parent": ¤, "count": 99999999999999999999, "via": "page", "keys": ["http://a/"]}',
            '{"version": 1, "article": {"title": "T"}, "comments": [{"index": 0, "text": "w"}], "stubs": [',
            "]}",
            join=",",
        ),
    ),
    "our own, notes": (".json", _own(notes='[{"passage": "Words", "text": "note ¤"}]')),
    "our own, discussions": (
        ".json",
        _own(parent="null", discussion='{"site": "S¤", "comments": 99999999999999999999}'),
    ),
    "our own, a huge version": (
        ".json",
        lambda n: ('{"version": ' + "9" * n + ', "article": {}, "comments": []}').encode(),
    ),
    "our own, deep notes": (".json", nest("[", "]", "", head=_OWN_HEAD + '{"text": "w", "notes": ', tail="}]}")),
    "Algolia, a chain": (
        ".json",
        nest(_ALGOLIA, "]}", "", head='{"id": 1, "type": "story", "title": "T", "children": [', tail="]}"),
    ),
    "Algolia, wide": (
        ".json",
        repeat(_ALGOLIA + "]}", '{"id": 1, "type": "story", "title": "T", "children": [', "]}", join=","),
    ),
    "Algolia, chains within the depth": (
        ".json",
        lambda n: repeat(
            _ALGOLIA * 100 + "]}" * 100, '{"id": 1, "type": "story", "title": "T", "children": [', "]}", join=","
        )(n // 50),
    ),
    "Firebase": (".json", dump(_firebase)),
    "Reddit, a chain": (".json", nest(_REDDIT, "]}}}}", "", head=_REDDIT_HEAD, tail="]}}]")),
    "Reddit, wide": (".json", repeat(_REDDIT + "]}}}}", _REDDIT_HEAD, "]}}]", join=",")),
    "Reddit, stubs": (
        ".json",
        repeat(
            '{"kind": "more", "data": {"count": 9999999999999999999999, "parent_id": "t1_c¤", "children": ["a"]}}',
            _REDDIT_HEAD,
            "]}}]",
            join=",",
        ),
    ),
    "Discourse, a chain": (".json", dump(lambda n: _discourse(n, lambda i: i - 1 if i > 1 else None))),
    "Discourse, a cycle": (".json", dump(lambda n: _discourse(n, lambda i: i + 1))),
    "Mastodon": (".json", dump(_mastodon)),
    "Bluesky, a chain": (
        ".json",
        nest(
            '{"$type": "app.bsky.feed.defs#threadViewPost", "post": {"uri": "at://a/¤", "author": {"handle": "a"},'
            ' "record": {"text": "w", "createdAt": "2024-01-02T03:04:05Z"}}, "replies": [',
            "]}",
            "",
            head='{"thread": ',
            tail="}",
        ),
    ),
    "Lemmy paths": (
        ".json",
        lambda n: json.dumps(
            {
                "comments": [
                    {
                        "comment": {
                            "id": i,
                            "content": "w",
                            "path": "0." + ".".join(map(str, range(max(i - 50, 0), i + 1))),
                            "published": "2024-01-02T03:04:05Z",
                        },
                        "creator": {"name": "a"},
                        "post": {"name": "T"},
                        "counts": {},
                    }
                    for i in range(1, n // 4)
                ]
            }
        ).encode(),
    ),
    "a wrapper in a wrapper": (".json", nest('{"data": ', "}", '[{"author": "a", "body": "w"}]')),
    "columns as in a grid": (
        ".json",
        lambda n: json.dumps({"columns": ["id", "author", "body"], "rows": [[i, "a", "w"] for i in range(n)]}).encode(),
    ),
    "JSON Feed": (
        ".json",
        repeat(
            '{"id": "¤", "title": "T ¤", "content_html": "<p>w", "url": "http://a.example/¤"}',
            '{"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [',
            "]}",
            join=",",
        ),
    ),
    "record of requests": (".har", dump(_har)),
    "record of requests, deep": (".har", nest('{"log": {"entries": [', "]}}", "")),
    "an error": (".json", repeat("x", '{"error": {"code": 404, "message": "', '"}}')),
    "JSON in a script": (".js", repeat(_RECORDS, "window.__data = [", "];", join=",")),
    "JSON in a script, open": (".js", repeat("[{", "window.__data = ")),
    "rich text, deep": (
        ".json",
        nest('{"type": "doc", "content": [', "]}", '{"type": "text", "text": "w"}', '[{"author": "a", "body": ', "}]"),
    ),
    "rich text, wide": (
        ".json",
        repeat(
            '{"type": "text", "text": "w ¤", "marks": [{"type": "bold"}]}',
            '[{"author": "a", "body": {"type": "doc", "content": [',
            "]}}]",
            join=",",
        ),
    ),
    "a table of comments": (
        ".csv",
        repeat('¤,¢,ann¤,"Words, ""many"" of ¤",2024-01-02\n', "id,parent,author,body,date\n"),
    ),
    "a wide table": (".csv", lambda n: ("author,body" + ",c" * n + "\n" + "a,b" + ",d" * n + "\n").encode()),
    "a table with open quotes": (".csv", repeat('1,"a\n', "author,body\n")),
    "a table of quotes": (".csv", repeat('"', "author,body\n")),
    "a table of empty rows": (".csv", repeat("\n", "author,body\na,b\n")),
    "a table of tabs": (".tsv", repeat("a\tb\n", "author\tbody\n")),
    "a table with rows of all lengths": (
        ".csv",
        lambda n: ("author,body\n" + "".join("a" + ",b" * (i % 400) + "\n" for i in range(n // 50))).encode(),
    ),
    "a table with a huge field": (".csv", repeat("x", 'author,body\na,"', '"\n')),
    "a table with NUL": (".csv", repeat("a\0,b\n", "author,body\n")),
    "a table that is a cycle": (".csv", repeat("¤,¤,ann,words\n", "id,parent_id,author,body\n")),
    "a table that was cut": (
        ".csv",
        cut(repeat('¤,"a, b",ann,"words\nof two lines"\n', "id,title,author,body\n"), 0.777),
    ),
}
