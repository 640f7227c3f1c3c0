"""Raised and lowered text: never run together with what it stands beside, and never lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumor_tui.blocks import body_text, parse_body
from rumor_tui.blocks.scripts import script_text
from rumor_tui.marks import find_marks
from tests.made_threads import steady


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("2<sup>30</sup> bytes", "2³⁰ bytes"),
        ("H<sub>2</sub>O, x<sup>n+1</sup>, 10<sup>−9</sup> m", "H₂O, xⁿ⁺¹, 10⁻⁹ m"),
        ("x<sup>T</sup> 2<sup>k/2</sup> e<sup>iπ</sup> 10<sup>0.5</sup>", "x^T 2^(k/2) e^iπ 10^0.5"),
        ("V<sub>max</sub> a<sub>i,j</sub>", "V_max a_(i,j)"),
        ("a<sup>b<sup>c</sup></sup>", "a^(b^c)"),
        ("the 5<sup>th</sup>, M<sup>me</sup>, le XX<sup>e</sup>, N<sup>o</sup> 5", "the 5th, Mme, le XXe, Nº 5"),
        ("Wheel<sup>TM</sup>", "Wheel™"),
        ("mill<sup><a href='#f1'>[1]</a></sup> ford<sup>2,3</sup> weir<sup>*</sup>", "mill[1] ford²,³ weir*"),
        ("<sup>1</sup> A miller.", "¹ A miller."),
        ("<sup>1</sup>/<sub>2</sub> mile", "¹/₂ mile"),
        ("word<sup>set small for its looks alone</sup>", "wordset small for its looks alone"),
        ("<sub>Sent from my mill</sub>", "Sent from my mill"),
        ("a<sup>never closed", "anever closed"),
        ("a<sup>1<p>2</sup>3", "a1\n\n23"),
        ("<pre>2<sup>30</sup></pre>", "2³⁰"),
    ],
)
def test_html(html: str, text: str) -> None:
    assert body_text(html, "html") == text


def test_spans_move_with_the_text() -> None:
    (block,) = parse_body("<b>x<sup><a href='u'>ab</a></sup></b> <i>y</i>", "html")
    assert [(block.text[span.start : span.end], span.role) for span in block.spans] == [
        ("x^ab", "strong"),
        ("ab", "link"),
        ("y", "emphasis"),
    ]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("2<sup>30</sup> H<sub>2</sub>O", "2³⁰ H₂O"),
        ("`2<sup>30</sup>` and 2\\<sup>30</sup>", "2<sup>30</sup> and 2<sup>30</sup>"),
        ("<sup>[x](http://y.z)</sup>", "<sup>x</sup>"),
    ],
)
def test_markdown(markdown: str, text: str) -> None:
    assert body_text(markdown, "markdown") == text


@pytest.mark.parametrize(
    ("html", "values"),
    [
        ("2<sup>30</sup> bytes, and not 230 bytes", ["2^30 bytes", "230 bytes"]),
        ("10<sup>6</sup> cars, 5.2x10<sup>−9</sup> m", ["10^6 cars", "5.2x10^-9 m"]),
        ("in 1990<sup>12</sup>, 40 km<sup>2</sup> of it", ["1990", "40 km²"]),
    ],
)
def test_a_power_is_read_as_what_it_amounts_to(html: str, values: list[str]) -> None:
    assert [mark.value for mark in find_marks(body_text(html, "html")) if mark.kind == "number"] == values


@given(st.sampled_from(("sup", "sub")), st.text(max_size=30), st.sampled_from(("", " ", "a", "2", ")", "A")))
@settings(steady, max_examples=400)
def test_no_character_is_lost(tag: str, text: str, before: str) -> None:
    signs = {0x2013: "-", 0x2212: "-"}
    kept = iter(unicodedata.normalize("NFKC", script_text(tag, text, before)).translate(signs))
    assert all(char in kept for char in unicodedata.normalize("NFKC", text).translate(signs))


@given(st.integers(0, 99), st.integers(0, 10**12))
@steady
def test_figures_never_run_together(base: int, exponent: int) -> None:
    for tag in ("sup", "sub"):
        text = body_text(f"a {base}<{tag}>{exponent}</{tag}> b", "html")
        assert f"{base}{exponent}" not in text
