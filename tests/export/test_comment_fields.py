"""The forms in which a body is written."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.export.comment_fields import body_in_both, body_to_markdown, body_to_text
from rumor_tui.model import Format

_TEXTS = st.text() | st.lists(
    st.sampled_from(["<p>", "</p>", "<b>", "</b>", "&amp;", "> ", "* ", "\n", "\n\n", "600", "é", "\x1b", "](a)", "["])
).map("".join)


@pytest.mark.parametrize("format", get_args(Format))
@given(body=_TEXTS)
def test_read_once_for_both_a_body_is_the_same(format: Format, body: str) -> None:
    assert body_in_both(body, format) == (body_to_text(body, format), body_to_markdown(body, format))
