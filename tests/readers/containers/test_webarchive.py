from __future__ import annotations

import plistlib
from typing import Any

import pytest

from rumor_tui import readers
from rumor_tui.readers import Hint, SourceError
from tests.readers.containers.samples import PAGE, comment_list, is_whole_page, page, thread

FORMATS = pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])


def archive(html: str, address: str = "https://cape.example/lamp", frames: list[Any] | None = None) -> dict[str, Any]:
    resource = {
        "WebResourceData": html.encode("latin-1"),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "ISO-8859-1",
        "WebResourceURL": address,
    }
    image = {"WebResourceData": b"\x89PNG", "WebResourceMIMEType": "image/png", "WebResourceURL": "x"}
    held: dict[str, Any] = {"WebMainResource": resource, "WebSubresources": [image]}
    return held if frames is None else {**held, "WebSubframeArchives": frames}


def sentence(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        readers.read_source(data, Hint("page.webarchive"))
    return str(caught.value)


@FORMATS
def test_a_saved_page(form: Any) -> None:
    result = thread(plistlib.dumps(archive(PAGE.replace("granite", "Größe")), fmt=form))
    assert result.article.url == "https://cape.example/lamp"
    assert list(result.authors) == ["ruth", "pavel"]
    assert any("Größe" in piece for piece in result.article.pieces)


@FORMATS
def test_the_comments_may_be_in_a_frame(form: Any) -> None:
    inner = archive(f"<html><body>{comment_list()}</body></html>", "about:blank")
    frames = [archive(page("Ad"), "https://ads.example/", [inner])]
    assert is_whole_page(thread(plistlib.dumps(archive(page(), frames=frames), fmt=form)))


def test_other_property_lists_are_refused() -> None:
    assert "no web archive with a page" in sentence(plistlib.dumps({"a": 1}, fmt=plistlib.FMT_BINARY))
    assert "no web archive with a page" in sentence(plistlib.dumps({"WebMainResource": 7}))


def test_damaged_and_hostile_ones_are_sentences() -> None:
    whole = plistlib.dumps(archive(PAGE), fmt=plistlib.FMT_BINARY)
    assert "damaged" in sentence(whole[:-20])
    assert "damaged" in sentence(b"bplist00" + b"\xff" * 200)
    deep = plistlib.dumps({"WebMainResource": 1}).replace(b"<integer>1</integer>", b"<array>" * 100_000)
    assert sentence(deep).endswith(".")
    entity = b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'
    assert "damaged" in sentence(entity + b"<plist><dict><key>WebMainResource</key><string>&c;</string></dict></plist>")
    shared: Any = ["x"]
    for _ in range(40):
        shared = [shared, shared]
    assert "no web archive" in sentence(plistlib.dumps({"WebMainResource": shared}, fmt=plistlib.FMT_BINARY))
