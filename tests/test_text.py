"""The gate that all text passes: nothing invisible or steering comes through, and lengths and widths are known."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len as rich_cell_len

from rumor_tui.text import (
    MAX_MARKS,
    cell_len,
    fold,
    mend,
    mend_encoding,
    neutralise,
    neutralise_for_file,
    neutralise_line,
)

ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\t\n\r\x1b\x7f\x9b\u200c\u200d\u202e\u0300\u0301\u093c\u094d\u0915\u0937\u0645\ufe0f\ud800\u0984"
        ),
    )
)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain words\n", "plain words\n"),
        ("“curly” – café ☕", "“curly” – café ☕"),
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("\x1b]52;c;ZXZpbA==\x07", "␛]52;c;ZXZpbA==␇"),
        ("a\x9b31m\x7f\x00", "a\ufffd31m␡␀"),
        ("a\r\nb\rc\u2028d\u2029e\vf\fg\x85h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("a\tb\n\tc", "a   b\n    c"),
        ("\u202egnp.exe\u2066x\u200f", "gnp.exex"),
        ("in\u00advi\u200bsi\u2060ble\ufeff", "invisible"),
        ("1\ufe0f\u20e3 👍🏽 ❤\ufe0f", "1 👍 ❤"),
        ("👨\u200d👩\u200d👧", "👨👩👧"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("z" + "\u0301" * 50 + "a", "z" + "\u0301" * MAX_MARKS + "a"),
        ("\ud83d\ude00", "\ufffd\ufffd"),
        ("\u0378\uffff", "\ufffd\ufffd"),
        ("☰ menu", "≡ menu"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क\u094d\u200dष", "क\u094d\u200dष"),
        ("می\u200c خواهم a\u200cb\u200d", "می خواهم ab"),
        ("क\u094d\u200d\u200c\u200dष", "क\u094d\u200dष"),
    ],
)
def test_neutralise(raw: str, shown: str) -> None:
    assert neutralise(raw) == shown


@given(ODD)
@example("\u0915" + "\u093c\u200d" * 9 + "\u0937")
@example("\u0915\u200d\u0984")
def test_what_is_neutral_stays_so_and_steers_nothing(raw: str) -> None:
    text = neutralise(raw)
    assert neutralise(text) == text
    assert len(text) <= 4 * len(raw)
    for char in text:
        category = unicodedata.category(char)
        assert char in "\n\u200c\u200d" or category not in ("Cc", "Cf", "Cs", "Zl", "Zp"), ascii(char)


SCIENTIST = "\U0001f469\U0001f3fd\u200d\U0001f52c"
SCOTLAND = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbsct") + "\U000e007f"
JOINERS = "\u200d\ufe0f\ufe0e\u20e3\U0001f3fd\U000e0067\U000e007f\u200b\u202e"


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        (f"a {SCIENTIST}{SCIENTIST} b", None),
        ("❤\ufe0f 1\ufe0f\u20e3 #\u20e3 ☎\ufe0e", None),
        ("🤝👩\u200d🔬\U0001fa77", None),
        (SCOTLAND, None),
        ("می\u200cخواهم", None),
        ("☰ menu", "≡ menu"),
        ("\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "hidden") + "\U000e007f", "\U0001f3f4"),
        ("a\ufe0f\u200db\u20e3 \u0378\U000107c0", "ab \ufffd\ufffd"),
        ("👩\u200d\u200d🔬\u202e", "👩🔬"),
        ("a\n\U0001f3fb\U0001f3fc\u200d👩", "a\n👩"),
    ],
)
def test_a_file_keeps_emoji_as_they_are(raw: str, written: str | None) -> None:
    assert neutralise_for_file(raw) == (raw if written is None else written)


@given(st.text(st.one_of(st.sampled_from("👩🔬❤1#a\n\t\U0001fa77\U0001f3f4" + JOINERS), st.characters())))
@example("👩" + "\u200d👩" * 30)
@example("👩\u202e\u200d🔬")
def test_what_is_neutral_for_a_file_stays_so_and_steers_nothing(raw: str) -> None:
    text = neutralise_for_file(raw)
    assert neutralise_for_file(text) == text
    assert neutralise(text) == neutralise(raw)
    assert len(text) <= 4 * len(raw)
    for char in text:
        category = unicodedata.category(char)
        assert char in "\n\u200c\u200d" or category not in ("Cc", "Cs", "Zl", "Zp"), ascii(char)
        assert char not in "\u200b\u202e"


@given(st.text(st.sampled_from("\u0915\u093c\u0301\u200d\u0345a"), max_size=40))
def test_marks_never_heap_up(raw: str) -> None:
    row = 0
    for char in neutralise(raw).replace("\u200d", ""):
        row = row + 1 if unicodedata.category(char) == "Mn" else 0
        assert row <= MAX_MARKS


@pytest.mark.slow
def test_each_character_alone_is_neutral_after_one_pass() -> None:
    text = "a".join(map(chr, range(sys.maxunicode + 1)))
    once = neutralise(text)
    assert neutralise(once) == once


def test_ordinary_text_is_not_copied() -> None:
    for text in ("x" * 100_000 + "\n", "“typeset” — text…", "Größe, 東京, Ελλάδα"):
        assert neutralise(text) is text


def test_hostile_lengths_stay_bounded() -> None:
    assert len(neutralise("\t" * 100_000)) == 400_000
    assert len(neutralise("e" + "\u0301" * 1_000_000)) == 1 + MAX_MARKS
    assert neutralise("\u200d" * 500_000 + "x") == "x"


def test_neutralise_line() -> None:
    assert neutralise_line("  a\n\tb\x1b\u2029c ") == "a b␛ c"


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("It didn ‘t take long, they ‘ve gone.", "It didn’t take long, they’ve gone."),
        ("We ‘re sure it ‘s one of M3 ‘s, I ‘ll say", "We’re sure it’s one of M3’s, I’ll say"),
        ("I 'm in, he 'd say; you ’ve won", "I'm in, he'd say; you’ve won"),
        ("Dr. Segler ‘s car won ‘t", "Dr. Segler’s car won’t"),
        ("one , two . Three .", "one, two. Three."),
        ("cafÃ© and donâ€™t", "café and don’t"),
        ("naïve â and Ã alone", "naïve â and Ã alone"),
    ],
)
def test_mend(broken: str, mended: str) -> None:
    assert mend(broken) == mended


@pytest.mark.parametrize(
    "text",
    [
        "he said ‘tis true",
        "the ‘80s and ‘90s",
        "the letter ‘s’ and the ‘t’ in it",
        "the 's suffix",
        "Quoi ? Non ! Ceci : cela ; fin",
        "use .net or .5 of it",
        "wait . . . what",
        "don’t, it's, they’ve",
        "SÃO PAULO, ÂNGELO",
        "&amp; “quotes” ﬁ stay",
    ],
)
def test_mend_leaves_what_is_right(text: str) -> None:
    assert mend(text) == text


def test_mojibake_between_tags_is_mended_without_them() -> None:
    broken = "<p title='Ã'>cafÃ©</p>\n<b>donâ€™t</b>é" * 3
    assert mend_encoding(broken, "<>\n") == "<p title='Ã'>café</p>\n<b>don’t</b>é" * 3
    assert len(mend_encoding("Ã©" * 100_000)) == 200_000


@given(st.text(st.sampled_from("nItdsx ‘’'.,A\n\xc3\xa9â€™é")))
def test_mend_twice_is_mend_once(text: str) -> None:
    once = mend(text)
    assert mend(once) == once


@given(st.text())
def test_cell_len_is_what_rich_counts(text: str) -> None:
    assert cell_len(text) == rich_cell_len(text)


def test_cell_len_of_each_character_is_what_rich_counts() -> None:
    chars = [chr(code) for code in range(0x3400)]
    assert [cell_len(char) for char in chars] == [rich_cell_len(char) for char in chars]


@given(st.text())
def test_fold_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_fold_keeps_the_length_of_each_character() -> None:
    text = "".join(map(chr, range(sys.maxunicode + 1)))
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Don’t “Quote” ‘ME’", "don't \"quote\" 'me'"),
        ("1–2—3−4", "1-2-3-4"),
        ("a\xa0b\u2009c…", "a b c…"),
        ("İSTANBUL ΟΔΟΣ οδός", "istanbul οδοσ οδόσ"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
