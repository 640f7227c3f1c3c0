"""What the fuzzing of lines and texts begins with: queries, addresses, dates, settings, prose, threads, dumps."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.hostile.fuzz_seeds import ODD
from tests.hostile.fuzz_seeds import documents as every_document


def documents(most: int = 300, longest: int = 600) -> list[bytes]:
    found = [item for item in every_document() if len(item) <= longest]
    return found[:: max(1, len(found) // most)]


def odd() -> list[bytes]:
    return [*(piece.encode("utf-8", "surrogatepass") for piece in ODD), *documents(80, 200)]


def threads() -> list[bytes]:
    """Threads in our own JSON, of a few comments."""
    found = []
    for number in range(8):
        comments = [
            {"index": row, "parent": (row - 1) // 2 if row else None, "author": ["ann", "bob", "cy"][row % 3],
             "id": f"c{row}" if number % 3 else None, "text": f"{row} said number {row * 7} of {number}"}
            for row in range(2 + number)
        ]  # fmt: skip
        found.append(json.dumps({"version": 1, "article": {"title": "T"}, "comments": comments}).encode())
    return found


def dumps() -> list[bytes]:
    """Files of JSON lines."""
    reddit = [
        {"id": f"c{row}", "subreddit": "r", "link_id": "t3_a", "parent_id": "t3_a", "body": "Six."} for row in (1, 2)
    ]
    news = [{"id": row, "type": "comment", "parent": 1, "by": "ann", "text": "Six."} for row in (2, 3)]
    threads = [{"id": row, "title": "T", "children": [{"id": 9, "text": "Hi."}], "comments": []} for row in (2, 3)]
    lines = [b"\n".join(json.dumps(one).encode() for one in rows) for rows in (reddit, news, threads)]
    return [*lines, b"\n".join(lines[:2])]


def queries() -> list[bytes]:
    from rumor_tui.search.query.operators import LIBRARY_OPERATORS, OPERATORS, SYNTAX_SIGNS

    lines = [*(it.example for it in SYNTAX_SIGNS), *(it.example for it in OPERATORS.values())]
    lines += [it.example for it in LIBRARY_OPERATORS.values()]
    lines += [
        "units:>500 by:gabe",
        "600 or -414",
        '"two words" depth:>2',
        "/a(b|c)+/i",
        "$5..10k",
        "after:2011-03",
        "a\nabc",
    ]
    return [line.encode() for line in lines]


ADDRESSES = (
    *(
        "https://a.example/",
        "http://a:80/b?c=d#e",
        "mailto:a@b.example",
        "//a/b",
        "HTTP://ÄÖ.example/",
        "http://[::1]/",
    ),
    *(
        "https://user:pw@a.example:8443/x",
        "https://www.youtube.com/watch?v=x",
        "https://old.reddit.com/r/a/comments/b/c/",
    ),
    *(
        "https://web.archive.org/web/2011/http://a.example/",
        "http://a.example/?utm_source=x&b=1",
        "https://xn--a/",
        "a.b",
    ),
    *("https://t.co/x?url=http%3A%2F%2Fa.example%2F", "https://a.example/amp/", "https://m.a.example/index.html#!/x"),
)
HOSTS = (
    *(
        "hn/new",
        "r/python",
        "so/rust",
        "lobsters",
        "http://127.1/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://0/",
    ),
    *("http://[::ffff:127.0.0.1]/", "http://localhost.:80/", "http://[64:ff9b::7f00:1]/", "http://1.1.1.1/", "reddit"),
)
DATES = (
    *(
        "2011-03-08T14:05:00Z",
        "March 8, 2011 at 2:05 pm",
        "8. März 2011",
        "08/03/2011 15:05",
        "3 hours ago",
        "1299593100",
    ),
    *("vor 8 Stunden", "yesterday", "2011年3月8日", "Tue, 08 Mar 2011 14:05:00 +0000", "۱۷ اسفند ۱۳۸۹", "8 mars 2011"),
    *("by Ada on 4 March 2021", "Posted: 2011.03.08 | 14:05", "il y a 3 jours", "1/2/03", "13:05", "2011-W10-2", "’11"),
)
SETTINGS = (
    'theme = "nord"\nindent = 4\nsplit = 40\ndates = "absolute"\n', 'order = "newest"\nlinked = "ask"\nlit = true\n',
    'library = false\nlibrary_limit = 5\n[keys]\nfold-toggle = "space,enter"\n', "a = 1\n", "indent = 99\n", "x = [1,",
)  # fmt: skip
OPML = (
    '<?xml version="1.0"?><opml version="2.0"><head/><body><outline text="A" type="rss" xmlUrl="https://a.example/f"/>'
    '<outline text="B"><outline title="C" type="link" url="https://b.example/"/></outline></body></opml>',
)
PROSE = (
    "Gabe said there are 600 units, not 414, at $50k each in May 2011.",
    "BMW M3 CSL, 0-60 in 4.2 s; 1,500 kg (3,300 lb)",
    "a third of a million, two and a half, twenty-five hundred", "@ann wrote: > 600 cars\nNo, ann: 3.5% of 1.2 bn €",
    "Dr. A. B. Müller von der Stadt Köln, 12:34 Uhr, 3.–5. Mai", "https://a.example/600 mail a@b.example #5 v1.2.3 Q1",
)  # fmt: skip


def encoded(lines: tuple[str, ...]) -> Callable[[], list[bytes]]:
    return lambda: [line.encode() for line in lines]
