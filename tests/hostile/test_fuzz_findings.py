"""What fuzzing has found, each with the smallest input that shows it; all of it was mended."""

from __future__ import annotations

import pytest

from tests.hostile.fuzz_targets import targets

EMPTY_NAME = b"PK\x03\x04PK\x01\x02" + bytes(42) + b"PK\x05\x06" + bytes(4) + b"\1\0\1\0\x2e\0\0\0\4\0\0\0\0\0"
"""A zip archive with a file that has no name."""

FINDINGS = [
    ("containers.zip_archive", EMPTY_NAME),
    ("xml_export", b'<?xml?><!----><s n="" xmlns:t="&#xD800;" p=""><c['),
    ("feed", b'<rss><channel><title>&#xD800;</title><item><title a="&#xDFFF;">T</title></item></channel></rss>'),
    ("opml", b'<opml n=""><u t="&#xD800;"'),
    ("markdown", b"# comment\n- **n** \xc2\xb7 #1 \xc2\xb7 3 points \xc2\xb7 id 7 \xc2\xb7 [permalink](\xc2\xad)"),
    ("text_dump", b"s\x1bNov 4\nn\na\xe2\x80\xa2 3d\ne"),
    ("text_dump", b"eMar 0\nW?\n\n\xc2\x9beMar 0"),
    ("site_text.wikitext", b"=\x7f=\nH[[UA:a]]2:34 4 023 (TC)"),
    ("own_json", b'{"version":"\\ud83d","":"","article":{"":""},"":[]}'),
    ("own_json", b'{"article":{},"comments":[{"\\ud8ed":""},{"":null}]}'),
    ("text_dump", b"Comment\nAnn ArcherAugust 2\nBJul 2\nTJul 8\nIn reply toAnn Archer"),
    ("plain_text", b"# Comment\n- **a**- \x001-3"),
    ("plain_text", b"s\x00.\nnt\n* r\n- **y** 2011-3-0Comment\n\nt.\n\no1-3-08"),
    ("plain_text", "# Comment\n- **a**- 1-0\u2028e".encode()),
    ("own_text", b" \xc2\xb7 ps:\xc2\x9b\n4 comment\n\n#1 .\n\n   #2 o\n\n      #3 d\n\n#4 d"),
    ("site_text.movable_type", b"TITLE:\x00\nBODY:\n-----\nCOMMENT:\n--------\nA"),
    ("site_text.movable_type", b"TLE:\nDATE:\x00\n-----\nBODY:\n--------\nO"),
    ("dumps", b'{"id":9999999999999999992,"type":"comment"}\n{"id":3,"type":"comment"}'),
    ("own_text", b"1 comment\n\n#1 d \xc2\xb7 ht:\xc2\x9b"),
    ("chat_log", b"0:00 <a>\nday 4 20230:11 <o>\n5 emb\xc2\x8523]8:05:00 <a>"),
    ("markdown", b"---\nt: x\nauthor" + b":" * 60 + b"ate: 2011-03-08 14:/e.example/ 7\n---\n\n# "),
    ("containers.mhtml", b"Content-Type: text/html\n\n\nType" + b":" * 60 + b"-ID:1-02-30: text\n\ntex\nltru\nt800;\n"),
    ("text_dump", b"a" + b" posted on" * 40 + b"x on 2011-03-08 14:00\n\nb"),
    ("site_text.wikitext", b"==H==\nT " + b"'" * 200 + b"x [[User:A]] 12:34, 4 May 2023 (UTC)\n" * 2),
    ("markdown", b"# T\n\n" + b"-" * 2_000 + b"x\n\n- **a** - 1 h ago\n\n  b\n"),
    ("addresses", b"http:// xn--a"),
    ("addresses", b"http://-xn--"),
    ("lenient_json", b"[9\x0b]"),
    ("query.matching", b"\xef\xbb\xbf\xef\xbb\xbf"),
]
"""The target, and an input that it once failed on."""


@pytest.mark.parametrize(("name", "data"), FINDINGS)
def test_what_was_found_stays_mended(name: str, data: bytes) -> None:
    targets()[name].run(data)
