"""What a sniff imports: every source is shown to nearly every reader, so a sniff pays for all other formats."""

from __future__ import annotations

import base64
import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

import rumor_tui
from rumor_tui.readers import READERS

ROOT = Path(rumor_tui.__file__).parents[1]

_HEAVY = (
    "email lxml selectolax dateparser dateutil httpx2 httpcore2 hishel anyio ssl http xml sqlite3 regex"
    " markdown_it ftfy chardet fastwarc gzip bz2 lzma textual rich"
)
HEAVY = frozenset(_HEAVY.split())
"""What takes long to import, and what only the reader of one format needs."""

OF_JSON = frozenset(("msgspec", "json", "html"))
"""What only sources that look like JSON may load besides: its parsers, and the entities of the HTML that is in it."""

OF_MAIL = "rumor_tui.readers.mail."
"""Modules that only what begins like a message may load, as a page does that is saved as one file."""

_POST = {"uri": "at://did:plc:a/app.bsky.feed.post/1", "record": {"text": "Hi", "createdAt": "2026-01-02T03:04:05Z"}}
_COMMENT = {"author": "ann", "body": "Six hundred cars, they say.", "created_utc": 1767312000, "id": "c1"}
_REDDIT = [
    {"kind": "Listing", "data": {"children": [{"kind": "t3", "data": {"title": "T", "selftext": "Text"}}]}},
    {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": {**_COMMENT, "replies": ""}}]}},
]

SAMPLES: dict[str, bytes] = {
    "packed source (gzip, bzip2, xz, zstd)": gzip.compress(b"text", mtime=0),
    "web archive (WARC, WET, ARC)": b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
    "zip archive": b"PK\x05\x06" + bytes(18),
    "message of Outlook (msg)": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(24),
    "web archive of Safari": b"bplist00" + bytes(24),
    "page saved as one file (MHTML)": (
        b'From: <Saved by Blink>\nSubject: T\nContent-Type: multipart/related; boundary="b"\n\n'
        b"--b\nContent-Type: text/html\n\n<p>Text.\n--b--\n"
    ),
    "mailbox or message": b"From ann Thu Jan  1 00:00:00 1970\nFrom: ann\nSubject: T\n\nText.\n",
    "data dump of Stack Exchange": b'<?xml version="1.0"?>\n<posts>\n<row Id="1" PostTypeId="1" Body="x" />\n</posts>',
    "rumor-tui's own JSON": b'{"version": 1, "source": "", "article": {"title": "T"}, "comments": []}',
    "Hacker News item (Algolia JSON)": (
        b'{"id":1,"title":"T","created_at_i":5,"children":[{"id":2,"text":"hi","children":[]}]}'
    ),
    "JSON Feed": b'{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","content_text":"x"}]}',
    "record of requests (HAR)": b'{"log":{"version":"1.2","entries":[]}}',
    "Hacker News items (Firebase JSON)": b'{"by":"ann","id":1,"kids":[2],"time":5,"title":"T","type":"story"}',
    "Reddit JSON": json.dumps(_REDDIT).encode(),
    "Bluesky thread": json.dumps({"thread": {"post": _POST, "replies": []}}).encode(),
    "Mastodon context": (
        b'{"ancestors":[],"descendants":[{"id":"1","in_reply_to_id":null,"content":"hi","account":{"acct":"a"}}]}'
    ),
    "Discourse topic": b'{"post_stream":{"posts":[{"id":1,"post_number":1,"topic_id":1,"cooked":"hi"}]},"title":"T"}',
    "comments of a comment system": b'{"comment_system":"Isso","comments":[{"id":"1","author":"ann","text":"Six."}]}',
    "one of these in a wrapper, or several": json.dumps({"data": _REDDIT}).encode(),
    "any other list of comments in JSON": b'[{"author":"ann","text":"Six hundred."},{"author":"bob","text":"More."}]',
    "an error instead of a thread": b'{"message":"Not Found","status":"404"}',
    "JSON in a script": b'var x = [{"author":"ann","text":"Six hundred."},{"author":"bob","text":"More."}];\n',
    "rumor-tui's own page": (
        b'<!DOCTYPE html><meta name="generator" content="rumor-tui"><article data-title="T"><h1>T</h1></article>'
    ),
    "rumor-tui's own text": b"T\n=\n\nText.\n\n1 comment\n\n#1 ann\n  Hi.\n",
    "table of comments (CSV, TSV)": b"id,author,text\n1,ann,Six hundred.\n2,bob,More.\n",
    "feed (RSS, Atom)": b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title></channel></rss>',
    "other XML": b'<?xml version="1.0"?><topic><title>T</title><p>Text.</p></topic>',
    "Markdown with the tags of a page": b'<div class="a">\n\n# T\n\n</div>\n\n' * 8,
    "web page": b"<!doctype html><title>T</title><body><p>Text.",
    "Movable Type's export": (
        b"AUTHOR: ada\nTITLE: T\nDATE: 11/14/2023 10:00:00 PM\n-----\nBODY:\nText.\n-----\nCOMMENT:\nAUTHOR: bo\nHi.\n"
    ),
    "raw text of a Discourse topic": b"ada | 2023-11-14 22:10:20 UTC | #1\n\nText.\n\n-------------------------\n",
    "issue as a command line prints it": b"title:\tT\nstate:\tOPEN\nauthor:\tada\n--\nText.\n",
    "talk page in wikitext": b"== T ==\nHi. [[User:Ada|Ada]] ([[User talk:Ada|talk]]) 12:34, 14 November 2023 (UTC)\n",
    "messages with their fields in one text": (
        b"Today's topics\n\n-----\n\nFrom: ada\nSubject: Mill\n\nHi.\n\n-----\n\nFrom: bo\nSubject: Mill\n\nHo.\n"
    ),
    "chat log": b"[14/11/2023, 20:10:02] ada: The mill burned.\n[14/11/2023, 20:11:02] bo: When?\n",
    "Markdown with front matter or a discussion": (
        b"---\ntitle: T\n---\n\nText.\n\n## 1 comment\n\n- **ann** \xc2\xb7 #1\n\n  Hi.\n"
    ),
    "text copied from a web page": (ROOT / "seeds" / "bmw-1m-production-rumors.txt").read_bytes(),
    "other Markdown and plain text": b"# A title\n\nPlain text, and nothing else.\n",
}
"""A source for each row of the table, by the row's name; it is told in the test that the row does know it."""

SCRIPT = """
import base64, json, sys
from rumor_tui.readers import READERS, Hint, Source
source = Source(base64.b64decode(sys.argv[1]), Hint("page"))
known = sys.argv[2]
if source.looks_like_json: source.document
source.text
before = set(sys.modules)
loaded = {}
for reader in READERS:
    if reader.name != known:
        reader.sniff(source)
        loaded[reader.name] = sorted(set(sys.modules) - before)
        before = set(sys.modules)
print(json.dumps([loaded, next(reader for reader in READERS if reader.sniff(source)).name]))
"""


def test_there_is_a_sample_of_every_format() -> None:
    assert list(SAMPLES) == [reader.name for reader in READERS]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sniffs_of_the_other_formats_import_nothing_heavy(name: str) -> None:
    data = SAMPLES[name]
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, base64.b64encode(data).decode(), name],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    loaded, first = json.loads(run.stdout)
    assert first == name
    heavy = HEAVY if data.lstrip()[:1] in (b"{", b"[") else HEAVY | OF_JSON
    like_mail = data.startswith(b"From ") or data.partition(b"\n")[0].partition(b":")[0].isalpha()
    result = {
        reader: [m for m in modules if m.partition(".")[0] in heavy or (m.startswith(OF_MAIL) and not like_mail)]
        for reader, modules in loaded.items()
    }
    assert {reader: modules for reader, modules in result.items() if modules} == {}
