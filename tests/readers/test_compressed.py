from __future__ import annotations

import bz2
import gzip
import lzma
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import readers
from rumor_tui.readers import Hint, SourceError, compressed
from tests.made_threads import steady
from tests.reading import load, read_source

TEXT = b"A title\n\n" + b"\n\n".join(b"Paragraph %d of this text." % number for number in range(20_000))
PACKERS: tuple[Callable[[bytes], bytes], ...] = (
    gzip.compress,
    bz2.compress,
    lzma.compress,
    zstandard.ZstdCompressor(write_checksum=True).compress,
)


def sentence(data: bytes, name: str = "page.gz") -> str:
    with pytest.raises(SourceError) as caught:
        readers.read_source(data, Hint(name))
    return str(caught.value)


@pytest.mark.parametrize("pack", PACKERS)
def test_what_is_packed_is_read(pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / "page.txt.packed"
    path.write_bytes(pack(TEXT))
    result = load(str(path))
    assert (result.article.title, len(result.article.pieces)) == ("A title", 20_000)


@pytest.mark.parametrize("pack", PACKERS)
def test_parts_one_after_the_other_are_one(pack: Callable[[bytes], bytes]) -> None:
    data = b"".join(pack(TEXT[at : at + 30_000]) for at in range(0, len(TEXT), 30_000))
    assert compressed.decompress(data, Hint("x")) == TEXT
    assert compressed.decompress(data + bytes(500), Hint("x")) == TEXT


def test_very_many_parts_take_their_time_and_no_more() -> None:
    item = gzip.compress(b"x")
    assert compressed.decompress(item * 50_000, Hint("x")) == b"x" * 50_000


def test_the_name_inside_is_that_without_the_ending() -> None:
    assert read_source(gzip.compress(b"# Title\n\nText"), Hint("a/notes.md.GZ")).article.title == "Title"


@pytest.mark.parametrize("pack", PACKERS)
def test_what_breaks_off_or_is_damaged_is_a_sentence(pack: Callable[[bytes], bytes]) -> None:
    data = pack(TEXT)
    assert "breaks off" in sentence(data[:-20])
    assert "breaks off" in sentence(data[:30])
    assert "is damaged" in sentence(data[:50] + b"\xff\x00" * 20 + data[90:])


def test_an_empty_one_is_empty() -> None:
    assert "is empty" in sentence(gzip.compress(b""))


def test_what_is_packed_twice_is_a_sentence() -> None:
    assert "more than once" in sentence(gzip.compress(gzip.compress(TEXT)))


def gzip_bomb() -> bytes:
    """A gibibyte of zeros in a megabyte; the end, which nobody comes to, is not there."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first, second = (packer.compress(bytes(1024**2)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + 1023 * second


def bzip2_bomb() -> bytes:
    """A hundred mebibytes of zeros in a hundred bytes."""
    return bz2.compress(bytes(100 * 1024**2), 1)


def xz_bomb() -> bytes:
    """The same in twenty kilobytes."""
    return lzma.compress(bytes(100 * 1024**2), preset=0)


@pytest.mark.slow
@pytest.mark.parametrize("bomb", [gzip_bomb, bzip2_bomb, xz_bomb])
def test_a_bomb_is_given_up_within_little_memory(bomb: Callable[[], bytes]) -> None:
    data = bomb()
    tracemalloc.start()
    assert "far larger" in sentence(data)
    assert tracemalloc.get_traced_memory()[1] < 64 * 1024**2
    tracemalloc.stop()


@steady
@given(
    st.sampled_from(list(compressed.SIGNATURES)), st.binary(max_size=300), st.integers(0, 400), st.binary(max_size=4)
)
def test_whatever_follows_the_first_bytes_is_read_or_refused(start: bytes, tail: bytes, at: int, damage: bytes) -> None:
    whole = dict(zip(compressed.SIGNATURES, PACKERS, strict=True))[start](TEXT[:500])
    for data in (start + tail, whole[:at] + damage + whole[at + len(damage) :]):
        try:
            readers.read_source(data, Hint("x"))
        except SourceError as error:
            assert "report" not in str(error)
