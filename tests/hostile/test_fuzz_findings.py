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
    ("query.matching", b"\xef\xbb\xbf\xef\xbb\xbf"),
]
"""The target, and an input that it once failed on."""


@pytest.mark.parametrize(("name", "data"), FINDINGS)
def test_what_was_found_stays_mended(name: str, data: bytes) -> None:
    targets()[name].run(data)
