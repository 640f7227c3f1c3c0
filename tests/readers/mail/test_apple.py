from __future__ import annotations

import plistlib

import pytest

from rumor_tui.readers.mail.apple import unwrap_message
from tests.readers.mail.samples import message, thread

FLAGS = plistlib.dumps({"flags": 8_590_195_713, "subject": "Cars"})


@pytest.mark.parametrize("off", [0, -7, 40, 100_000])
@pytest.mark.parametrize("blanks", [b"\n", b"      \n", b"\r\n"])
def test_a_message_of_apple_mail(off: int, blanks: bytes) -> None:
    inside = message("ann", body="It is the third one.")
    result = thread(b"%d%b%b%b" % (len(inside) + off, blanks, inside, FLAGS))
    assert (result.article.title, result.article.byline) == ("Cars", "ann")
    assert "\n".join(result.article.pieces).strip() == "It is the third one."


def test_other_messages_stay_as_they_are() -> None:
    assert unwrap_message(message("ann")) == message("ann")
