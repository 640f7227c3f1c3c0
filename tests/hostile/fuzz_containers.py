"""Inputs for the readers of containers: what is inside is changed and packed again, or the packed bytes are broken."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import plistlib
import zipfile
from collections.abc import Callable
from functools import cache
from random import Random

from tests.hostile.fuzz_mutation import ODD_VALUES, Mutator
from tests.hostile.fuzz_seeds import documents, outlook_message, packed, recorded, requests_record, saved_by_safari

PAGES = (
    b"<html><head><title>T</title></head><body><p>Text of a page.</p></body></html>",
    b"A title\n\nSome text of a page.\n",
    b'[{"author":"ann","text":"Six."},{"author":"b","text":"No."}]',
    b"From: a@h\nSubject: T\nDate: Thu, 1 Jan 2026 10:00:00 +0100\n\nHi.\n",
    b"<p>By <b>rail</b>?</p>",
    b"id,author,text\n1,ann,Six hundred.\n2,bob,More.\n",
    b"",
)
"""What is in containers."""

MEMBERS = (
    *("page.html", "page_files/f.html", "a.txt", "b.md", "conversations.json", "messages/c/messages.json", "Posts.xml"),
    *("../x.html", "/etc/x", "a\x00b", "x" * 200, "a/b/c/d/e.html", "", "export/channel/2020-01-01.json", "users.json"),
    *("__MACOSX/._a", "WhatsApp Chat.txt", "index.html", "mail.mbox", "a.eml", "é.txt", "x.zip", "comments.csv"),
)
"""What the files of an archive are called."""

PACKERS: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: gzip.compress(data, 1, mtime=0),
    lambda data: bz2.compress(data, 1),
    lambda data: lzma.compress(data, preset=0),
    lambda data: gzip.compress(data[: len(data) // 2], 1, mtime=0) + gzip.compress(data[len(data) // 2 :], 1, mtime=0),
)


def _broken(mutator: Mutator, dice: Random, data: bytes) -> bytes:
    """The packed bytes, now and then with a fault."""
    return mutator.change(data) if dice.random() < 0.35 else data


def _inner(mutator: Mutator, dice: Random) -> bytes:
    return mutator.change(dice.choice(PAGES))


def make_compressed(mutator: Mutator, dice: Random) -> bytes:
    """Something packed as a stream."""
    return _broken(mutator, dice, dice.choice(PACKERS)(_inner(mutator, dice)))


def make_zip(mutator: Mutator, dice: Random) -> bytes:
    """An archive of a few files, with any names."""
    files = {}
    for _ in range(dice.choice((1, 1, 2, 3))):
        name = dice.choice(MEMBERS)
        if dice.random() < 0.2:
            name = mutator.change(name.encode()).decode("utf-8", "replace")
        files[name[:300]] = _inner(mutator, dice)
    method = dice.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    return _broken(mutator, dice, packed(files, method))


def make_webarchive(mutator: Mutator, dice: Random) -> bytes:
    """A property list as Safari writes it, or one with other values in it."""
    saved = saved_by_safari(_inner(mutator, dice), dice.choice(("text/html", "text/plain", "image/png", "x")))
    if dice.random() < 0.4:
        value = dice.choice((*ODD_VALUES, b"", b"\xff", [{"WebMainResource": {}}]))
        place = saved["WebMainResource"] if dice.random() < 0.6 else saved
        assert isinstance(place, dict)
        place[dice.choice(list(place))] = value
    try:
        data = plistlib.dumps(saved, fmt=dice.choice((plistlib.FMT_BINARY, plistlib.FMT_BINARY, plistlib.FMT_XML)))
    except (TypeError, OverflowError, ValueError, AttributeError):  # of what no property list holds
        data = mutator.make()
    return _broken(mutator, dice, data)


def make_outlook(mutator: Mutator, dice: Random) -> bytes:
    """A message of Outlook with changed texts, properties and bodies."""
    texts = {}
    for number in dice.sample((0x1000, 0x0037, 0x0042, 0x0065, 0x1035, 0x1042, 0x1039, 0x007D, 0x0C1A), 5):
        texts[_inner(mutator, dice).decode("utf-8", "replace")] = number
    more = {}
    if dice.random() < 0.5:
        more["__substg1.0_10130102"] = _inner(mutator, dice)
    if dice.random() < 0.3:
        more["__substg1.0_10090102"] = mutator.change(_RTF)
    if dice.random() < 0.3:
        more["__properties_version1.0"] = mutator.change(
            bytes(32) + b"\x40\x00\x39\x00\x06\0\0\0" + b"\x00\x10\x20\x30" * 2
        )
    if dice.random() < 0.3:
        more["__attach_version1.0_#00000000/__substg1.0_3707001F"] = mutator.change("map.pdf".encode("utf-16-le"))
    data = outlook_message(texts, more)
    if dice.random() < 0.35:
        at = dice.randrange(len(data))
        data = data[:at] + bytes((dice.randrange(256),)) + data[at + 1 :]
    return data


_RTF = (
    b"\x2d\x00\x00\x00\x2b\x00\x00\x00LZFu\xf1\xc5\xc7\xa7\x03\x00\x0a\x00rcpg125"
    b"\x42\x32\x0a\xf3 hel\x09\x00 bw\x05\xb0ld}\x0a\x80\x0f\xa0"
)
"""The example of compressed RTF in MS-OXRTFCP 4.1.1."""


def make_warc(mutator: Mutator, dice: Random) -> bytes:
    """Records of a web archive with the lengths that they have, or not."""
    if dice.random() < 0.4:
        return mutator.make()
    parts = []
    for _ in range(dice.choice((1, 1, 2))):
        kind = dice.choice(("text/html", "text/plain", "application/json", "text/plain; charset=x", "image/png"))
        coding = dice.choice(
            ("", "", "Content-Encoding: gzip\r\n", "Content-Encoding: br\r\n", "Transfer-Encoding: chunked\r\n")
        )
        inner = _inner(mutator, dice)
        if "gzip" in coding:
            inner = gzip.compress(inner, 1, mtime=0)
        block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{coding}\r\n".encode() + inner
        parts.append(recorded(block, dice.choice(("response", "response", "conversion", "resource", "warcinfo"))))
    return _broken(mutator, dice, b"".join(parts))


def make_har(mutator: Mutator, dice: Random) -> bytes:
    """A record of requests with a changed page in it."""
    if dice.random() < 0.5:
        return mutator.make()
    value = json.loads(requests_record(_inner(mutator, dice).decode("utf-8", "replace")))
    content = value["log"]["entries"][0]["response"]["content"]
    if dice.random() < 0.3:
        content["encoding"] = dice.choice(("base64", "x", 5, None))
    if dice.random() < 0.3:
        content["mimeType"] = dice.choice(("text/plain", "application/json", "image/png", "", 5, None))
    return json.dumps(value).encode()


@cache
def _json_documents() -> tuple[bytes, ...]:
    return tuple(data for data in documents() if data[:1] in (b"{", b"[") and len(data) < 500)


def make_script(mutator: Mutator, dice: Random) -> bytes:
    """JSON in a script."""
    data = mutator.mutated_json(dice.choice(_json_documents()))
    if dice.random() < 0.3:
        data = mutator.change(data)
    return (
        dice.choice((b"var x = ", b"window.__DATA__=", b"callback(", b""))
        + data
        + dice.choice((b";\n", b")", b"", b");"))
    )


MAKERS: dict[str, Callable[[Mutator, Random], bytes]] = {
    "compressed": make_compressed,
    "containers.zip_archive": make_zip,
    "containers.webarchive": make_webarchive,
    "containers.har": make_har,
    "mail.outlook": make_outlook,
    "warc": make_warc,
    "api.scripts": make_script,
}
"""How inputs are made for the readers, by their modules, where changing bytes would hardly get past the first look."""
