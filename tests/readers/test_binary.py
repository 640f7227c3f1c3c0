from __future__ import annotations

import pytest

from rumor_tui.readers import Hint, SourceError, read_source
from rumor_tui.readers.binary import FORMATS, BinaryFormat


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.name)
def test_each_format_is_refused_with_its_name(row: BinaryFormat) -> None:
    with pytest.raises(SourceError) as caught:
        read_source(b"\x02" * row.offset + row.magic + b"\0\1\2" * 50, Hint("file"))
    assert str(caught.value).startswith(f"file is {row.name}")
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("text", ["MZ is how it begins.", "BM, he said", "RIFF raff", "!BDN", "ID3 tags", "{curly}"])
def test_texts_that_begin_so_are_texts(text: str) -> None:
    assert list(read_source(text.encode(), Hint("file")).article.pieces) == [text]  # type: ignore[union-attr]


@pytest.mark.parametrize(("brand", "name"), [(b"ftypavif", "AVIF"), (b"ftypisom", "MP4"), (b"ftypheic", "HEIC")])
def test_brands_of_one_container_are_told_apart(brand: bytes, name: str) -> None:
    with pytest.raises(SourceError, match=name):
        read_source(b"\0\0\0\x18" + brand + b"\0\0", Hint("file"))
