from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.readers import decode
from tests.made_threads import steady

GERMAN = "Über die Größe der Wörter läßt sich streiten. " * 20
RUSSIAN = "Обсуждение статьи продолжается уже второй день, и конца ему не видно. " * 20


@steady
@given(st.binary(max_size=400))
def test_any_bytes_become_text_that_utf8_can_hold(data: bytes) -> None:
    decode.decode_text(data).encode("utf-8", "surrogatepass")


@steady
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_text_in_utf8_comes_back(text: str) -> None:
    data = text.encode()
    if not decode.looks_like_utf16(data):
        assert decode.decode_text(data) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_goes(encoding: str) -> None:
    assert decode.decode_text(GERMAN.encode(encoding)) == GERMAN


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_known_without_a_mark(encoding: str) -> None:
    assert decode.decode_text(GERMAN.encode(encoding)) == GERMAN


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="koi8-r">',
        "<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>",
        '<?xml version="1.0" encoding="KOI8-R"?>',
        "# -*- coding: koi8-r -*-",
    ],
)
def test_a_declared_charset_that_decodes_is_believed(declaration: str) -> None:
    text = f"{declaration}\nНет.\n"
    assert decode.decode_text(text.encode("koi8-r")) == text


def test_utf8_is_believed_before_a_wrong_declaration() -> None:
    text = '<meta charset="iso-8859-1">' + GERMAN
    assert decode.decode_text(text.encode()) == text


def test_an_escaping_encoding_is_found_by_its_declaration() -> None:
    text = "# -*- coding: iso-2022-jp -*-\n日本語\n"
    assert decode.decode_text(text.encode("iso-2022-jp")) == text


@pytest.mark.parametrize("name", [b"utf-7", b"no-such-charset", b"hex", b"utf-16"])
def test_a_declaration_that_cannot_be_meant_is_passed_over(name: bytes) -> None:
    data = b"<meta charset=" + name + b">+ADw-\n"
    assert decode.decode_text(data) == data.decode()


def test_stray_bytes_leave_utf8_text_utf8() -> None:
    data = GERMAN.encode() + b"\xff broken \xe4 " + GERMAN.encode()
    assert decode.decode_text(data) == f"{GERMAN}\ufffd broken \ufffd {GERMAN}"


def test_a_stray_byte_far_behind_does_not_turn_the_text_into_another() -> None:
    text = "plain words " * 20_000 + GERMAN
    assert decode.decode_text(text.encode() + b"\xff") == text + "\ufffd"


def test_one_accent_in_windows_1252_is_read_as_such() -> None:
    assert decode.decode_text("It is the best café in town.".encode("cp1252")) == "It is the best café in town."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        ("Über allem. " * 900, "latin-1"),
        ("Le menu coûte 14 € le vendredi. La crème brûlée est à part.", "cp1252"),
        ("Båten gick på grund utanför ön.", "cp1252"),
        ("Não há razão para a exposição.", "latin-1"),
        ("Wójt gminy ogłosił, że wieża kościoła zostanie rozebrana.", "cp1250"),
        ("Die Brücke über den Fluß ist zu, sagte Herr Müller.", "cp437"),
        ("Старый мост закрыли в 1987 году.", "koi8-r"),
        (RUSSIAN, "cp1251"),
        ("日本語のテキストです。" * 99, "shift_jis"),
    ],
)
def test_other_encodings_are_guessed(text: str, encoding: str) -> None:
    assert decode.decode_text(text.encode(encoding)) == text


def test_guessing_reads_a_sample_only(monkeypatch: pytest.MonkeyPatch) -> None:
    import chardet

    sizes: list[int] = []

    def detect(sample: bytes, **options: object) -> dict[str, str | None]:
        sizes.append(len(sample))
        return {"encoding": None}

    monkeypatch.setattr(chardet, "detect", detect)
    assert decode.decode_text(b"\xe9" * 300_000) == "é" * 300_000
    assert sizes == [65_536]


def test_utf8_never_loads_the_guesser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "chardet", None)
    assert decode.decode_text(GERMAN.encode() + b"\xff") == GERMAN + "\ufffd"


def test_json_keeps_its_bytes_and_loses_its_mark() -> None:
    data = b'{"a": "\xc3\xa9"}'
    assert decode.to_utf8(data) is data
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-32"):
        assert decode.to_utf8(data.decode().encode(encoding)) == data


def test_a_charset_that_came_with_the_bytes() -> None:
    declared = '<meta charset="iso-8859-1">Größe'
    assert decode.decode_text("Привет".encode("koi8-r"), "KOI8-R") == "Привет"
    assert decode.decode_text(declared.encode("cp1250"), "windows-1250") == declared
    assert decode.decode_text(declared.encode(), "koi8-r") == declared
    assert decode.decode_text(declared.encode("latin-1"), "no such charset") == declared
    assert decode.decode_text(b"+AG4-", "utf-7") == "+AG4-"


def test_an_escape_that_means_something_is_no_junk_before_a_text() -> None:
    assert decode.without_junk(b"\x1b\x00 text") == b" text"
    coloured = b"\x1b[1mA title\x1b[0m"
    assert decode.without_junk(coloured) == coloured
    japanese = "\u65e5\u672c".encode("iso2022_jp")
    assert decode.without_junk(japanese) == japanese
