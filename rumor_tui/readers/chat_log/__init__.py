"""Chat logs: lines of a stamp, a name and a text, as messengers export them and IRC programs write them.

Among them are WhatsApp's two forms (Android's and the iPhone's), Telegram's copied text, Signal's, LINE's, KakaoTalk's
and DiscordChatExporter's text, Skype, Teams and Zoom, and the logs of irssi, WeeChat, ZNC, HexChat, mIRC, Eggdrop,
Textual, The Lounge and Pidgin; and what is copied from Slack's window. No program has rules of its own: `stamps` finds
the stamps, `forms` what follows them; `copied` joins names and times that stand on lines of their own.

Every message is a comment. They answer nobody by the log itself, except where a message quotes what it answers; whom
"name: text" addresses is left to the marks of the conversation. Notices (who joined, who left, that messages are
encrypted) are set aside. What stands before the first message, such as the name of the channel, is the article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rumor_tui.readers.source import Hint

if TYPE_CHECKING:
    from rumor_tui.model import Thread

_SAMPLE_LENGTH = 65_536
_SAMPLE_LINES = 400
"""Lines by which a log is recognised."""

_HEAD_LENGTH = 4_096
_CLOCK = r"(?m)^.{0,60}\d[:.][0-5]\d"
"""A time of day near the start of a line: without one, nothing else of a chat is looked for."""

_FORMATTING = r"\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04[0-9A-Fa-f]{0,6}|[\x02\x0f\x11\x16\x1d-\x1f]"
"""Colours and styles in IRC (modern.ircdocs.horse/formatting)."""


def _without_formatting(text: str) -> str:
    return re.sub(_FORMATTING, "", text) if "\x03" in text or "\x02" in text or "\x0f" in text else text


def sniff(text: str, hint: Hint) -> bool:
    """Whether the text is a chat log, by its first lines."""
    text = _without_formatting(text[:_SAMPLE_LENGTH])
    if not re.search(_CLOCK, text[:_HEAD_LENGTH]):
        return False
    from rumor_tui.readers.chat_log.copied import join_heads
    from rumor_tui.readers.chat_log.forms import is_chat

    return is_chat(join_heads(text.splitlines()[:_SAMPLE_LINES]))


def read(text: str, hint: Hint) -> Thread:
    """The messages of a chat log as comments. Never raises."""
    from rumor_tui.readers.chat_log.log import read_log

    return read_log(_without_formatting(text), hint)
