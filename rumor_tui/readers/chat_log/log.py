"""The messages of a chat log as comments: what is a message, what a notice, and which day it was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rumor_tui.columns import LazyColumn
from rumor_tui.markdown_format import clean_field
from rumor_tui.model import Article, Draft, Thread, ThreadBuilder
from rumor_tui.readers.chat_log.copied import join_heads
from rumor_tui.readers.chat_log.forms import (
    ChatLine,
    Form,
    is_message,
    main_form,
    parse_chat_line,
)
from rumor_tui.readers.chat_log.stamps import Calendar, parse_stamped_line, strip_marks
from rumor_tui.readers.dates.parse import parse_date
from rumor_tui.readers.preorder import arrange_drafts
from rumor_tui.readers.source import Hint

_RULE = re.compile(r"[=\-_—*]{8,}\s*\Z|Session Ident: ")
_SESSION = re.compile(r"(?:---|\*{3,}|={3,}|—{3,}|Session |\[|\d{4}[/.-])[^\n]{4,120}\Z")
"""A line in which programs state that a log began or ended, or that the day changed."""

_LONGEST_STATEMENT = 120
_CHANNEL = re.compile(r"(?:Channel|Chat|Conversation)\b[^:]{0,40}:\s?(?P<name>\S.*)")
_ENCRYPTED = re.compile(
    r"end-to-end|ende-zu-ende|bout en bout|extremo a extremo|ponta a ponta|end-to-endversleuteld|端到端|сквозн", re.I
)
_LEFT_TO_RIGHT = "\u200e"
_LONGEST_PLACEHOLDER = 40
"""WhatsApp marks what it says itself, and names of files are the shorter ones of these."""

_ANSWERED = re.compile(
    r"(?:Replying to [\"“](?P<text>[^\n]{1,200}?)(?:\.\.\.|…)?[\"”]:?|\[In reply to (?P<name>[^\]\n]{1,60})\])\s*"
)


def read_log(text: str, hint: Hint) -> Thread:
    """The messages of a chat log as comments. Never raises."""
    lines = join_heads(text.split("\n"))
    parsed = [(line, parse_chat_line(stamped) if (stamped := parse_stamped_line(line)) else None) for line in lines]
    form = main_form(chat for _, chat in parsed if chat)
    form = form or "colon"
    log = _Log(form, Calendar(chat.stamp for _, chat in parsed if chat), hint)
    messages = [chat for _, chat in parsed if chat and is_message(chat, form)]
    log.speakers.update(chat.name for chat in messages)
    log.groups.update(_own_names(messages))
    for line, chat in parsed:
        log.add(line, chat)
    return log.thread(hint)


def _is_own(chat: ChatLine) -> bool:
    """Whether the messenger itself wrote a line, or what stands for a file."""
    return chat.text.lstrip().startswith(_LEFT_TO_RIGHT)


def _own_names(messages: Sequence[ChatLine]) -> set[str]:
    """The names under which only the messenger speaks, and not only for files: those of groups."""
    groups = {chat.name for chat in messages if _is_own(chat) and len(chat.text) > _LONGEST_PLACEHOLDER}
    return groups - {chat.name for chat in messages if not _is_own(chat)}


class _Log:
    """A log while it is read: its messages, what is before them, and what is set aside."""

    def __init__(self, form: Form, calendar: Calendar, hint: Hint) -> None:
        self.form = form
        self.calendar = calendar
        self.speakers: set[str] = set()
        self.groups: set[str] = set()
        self.drafts: list[Draft] = []
        self.bodies: list[list[str]] = []
        self.written: list[str] = []
        self.preamble: list[str] = []
        self.aside: list[str] = []
        self.open = False
        calendar.note_day(_date_in_name("/".join(hint.name.replace("\\", "/").split("/")[-2:])))

    def add(self, line: str, chat: ChatLine | None) -> None:
        """Take the next line: a message, a notice, or, without a stamp, what belongs to the message before it."""
        if chat and is_message(chat, self.form, self.speakers) and not self._is_notice(chat):
            self._open_message(chat)
        elif chat:
            self._states_session(chat.text)
            self.aside.append(line)
        elif _RULE.match(line):
            self.open = False
            self.aside.append(line)
        elif self._states_session(line):
            self.aside.append(line)
        elif self.open:
            self.bodies[-1].append(line)
        elif self.drafts:
            self.aside.append(line)
        else:
            self.preamble.append(line)

    def _open_message(self, chat: ChatLine) -> None:
        text = strip_marks(chat.text.lstrip())
        body = f"* {chat.name} {text}" if chat.form == "action" else text
        self.open = True
        self.drafts.append(Draft(author=clean_field(chat.name)))
        self.bodies.append([body])
        self.written.append(self.calendar.written(chat.stamp))

    def _is_notice(self, chat: ChatLine) -> bool:
        """Whether the messenger wrote a message itself: that the chat is encrypted, who came and who left."""
        if not self.drafts and _ENCRYPTED.search(chat.text):
            return True
        text = strip_marks(chat.text.lstrip())
        if not _is_own(chat) or text.startswith("<"):
            return False
        return len(text) > _LONGEST_PLACEHOLDER or text.startswith(chat.name) or chat.name in self.groups

    def _states_session(self, line: str) -> bool:
        """Whether a line is the program's: about the log itself, or the day of what follows."""
        if not line.strip() or len(line) > _LONGEST_STATEMENT or not _SESSION.match(line):
            return False
        return self.calendar.note_day(line)

    def thread(self, hint: Hint) -> Thread:
        """The finished thread."""
        for draft, lines in zip(self.drafts, self.bodies, strict=True):
            draft.body = "\n".join(lines).strip()
        for row, written in enumerate(self.written):
            self.drafts[row].published_text = clean_field(written)
        _find_answered(self.drafts)
        builder = ThreadBuilder(_article(self.preamble, hint), arrange_drafts(self.drafts))
        thread = builder.build("plain", source=hint.name, aside="\n".join(self.aside))
        thread.published = LazyColumn(_moment, thread.published_text)
        return thread


def _date_in_name(path: str) -> str:
    """The last date in a path, such as in "#bridge_20231114.log", or else the path with spaces for its signs."""
    dates = re.findall(r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)", path)
    return "-".join(dates[-1]) if dates else re.sub(r"[_/]", " ", path)


def _moment(written: str | None) -> float | None:
    return parse_date(written) if written else None


def _article(preamble: Sequence[str], hint: Hint) -> Article:
    """What stands before the first message, under the name of the channel, or of the file."""
    lines = [strip_marks(line.strip()) for line in preamble if line.strip() and not _RULE.match(line)]
    named = next(filter(None, map(_CHANNEL.match, lines)), None)
    name = hint.name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    title = named["name"] if named else lines[0] if lines and len(lines[0]) <= _LONGEST_STATEMENT else name
    kept = [line for line in lines if line != title]
    return Article(title=clean_field(title) or "Chat", pieces=["\n".join(kept)] if kept else [], format="plain")


def _find_answered(drafts: Sequence[Draft]) -> None:
    """Set the parents of messages that quote the beginning of what they answer, or name whom they answer."""
    by_name: dict[str, int] = {}
    for row, draft in enumerate(drafts):
        match = _ANSWERED.match(draft.body)
        if match:
            parent = _quoted_row(drafts, row, match["text"]) if match["text"] else by_name.get(match["name"])
            if parent is not None:
                draft.parent, draft.body = parent, draft.body[match.end() :]
        by_name[draft.author or ""] = row


_QUOTE_REACH = 400
"""Messages before an answer among which the one that it quotes is looked for."""


def _quoted_row(drafts: Sequence[Draft], row: int, text: str) -> int | None:
    return next((k for k in range(row - 1, max(-1, row - _QUOTE_REACH), -1) if drafts[k].body.startswith(text)), None)
