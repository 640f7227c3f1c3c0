"""What follows the stamp in a line of a chat log: somebody's message, what somebody did, or a notice of the program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import Literal, NamedTuple

from rumor_tui.readers.chat_log.stamps import Stamp, StampedLine, parse_stamped_line, strip_marks

Form = Literal["angle", "from", "columns", "bar", "colon", "head", "action", "notice"]
"""How a line names its author: `<name> text`, `From name to everyone: text`, `name TAB text`, `name | text`,
`name: text`, or `name` alone with the text in the lines below; `* name does`; anything else."""

_QUOTES = '"“”«»'
_NAMED_FORMS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    ("angle", re.compile(r"<\s?(?P<name>[^<>\s][^<>\n]{0,62})>(?:[ \t]{1,2}(?P<text>.*)|\Z)", re.DOTALL)),
    (
        "from",
        re.compile(
            r"\s?From\s{1,2}(?P<name>\S.{0,80}?)(?:\s{1,2}[Tt]o\s{1,2}\S.{0,80}?)?\s?:(?:\s|\Z)(?P<text>.*)", re.DOTALL
        ),
    ),
    ("columns", re.compile(r"(?P<name>[^\t]{0,64})\t(?P<text>.*)", re.DOTALL)),
    ("bar", re.compile(r"\s{0,40}(?P<name>[^\s:|│┃][^:|│┃]{0,40}?)\s{1,2}[|│┃](?:\s(?P<text>.*)|\Z)", re.DOTALL)),
    (
        "colon",
        re.compile(
            rf"(?P<name>[^\s:#*=<>\[\]{{}}{_QUOTES}][^:<>\[\]{{}}{_QUOTES}\t]{{0,62}}?)\s?:(?:\s(?P<text>.*)|\Z)",
            re.DOTALL,
        ),
    ),
    ("head", re.compile(r"(?P<name>[^\s:#*=<>\[\]{}-][^:<>\[\]{}\t\n]{0,40}?)(?P<text>)\Z")),
)
_ACTION = re.compile(r"\s?(?:\*|•|Action:)\s{1,2}(?P<name>[^\s:]{1,40})\s(?P<text>.*)", re.DOTALL)
_EVENT = re.compile(
    r"\s?(?:\(?[^\s@]{1,40}@[^\s)]{1,200}\)? )?(?:has (?:joined|left|quit|parted|changed|set|been|kicked)"
    r"|joined|left|quit|sets? mode|gives|removes|is now known as)\b",
    re.IGNORECASE,
)
"""What IRC programs say of a name, in the form in which they write actions."""

_PREFIX = re.compile(r"\A(?:[@+%&!~.](?![\d\s])|~\s)+")
"""The modes of somebody in an IRC channel, and WhatsApp's mark of who is not among the contacts."""

_NO_NAMES = frozenset({"--", "-->", "<--", "=!=", "*", "**", "***", "-!-", "<-", "->", "→", "←", "⇐", "!", "", "…"})
_LEVELS = frozenset(
    {"trace", "debug", "info", "notice", "warn", "warning", "error", "err", "critical", "fatal", "severe", "kernel"}
)
"""The names of levels in the log of a program, which is no chat."""

_MAX_HEAD_WORDS = 5
_SYNTAX = re.compile(r"[.!?…,;]\Z| - ")
_PREAMBLE = 14
"""Lines that are not blank before the first stamp, at most."""


class ChatLine(NamedTuple):
    """A stamped line taken apart; `name` is empty for a notice, whose text is all that follows the stamp."""

    stamp: Stamp
    form: Form
    name: str
    text: str


def parse_chat_line(stamped: StampedLine) -> ChatLine:
    """A stamped line in the first form that it has."""
    if stamped.name:
        form: Form = "colon" if stamped.rest.strip() else "head"
        return ChatLine(stamped.stamp, form, clean_nick(stamped.name), stamped.rest)
    rest = stamped.rest.lstrip(" ")
    action = _ACTION.match(rest)
    if action:
        return ChatLine(
            stamped.stamp, "notice" if _EVENT.match(action["text"]) else "action", action["name"], action["text"]
        )
    for form, pattern in _NAMED_FORMS:
        match = pattern.match(rest)
        if match and _is_name(match["name"].strip(), form):
            return ChatLine(stamped.stamp, form, clean_nick(match["name"]), match["text"] or "")
    return ChatLine(stamped.stamp, "notice", "", rest)


def clean_nick(name: str) -> str:
    """A name without the marks that chat programs put before it."""
    name = strip_marks(name.strip()).strip()
    return strip_marks(_PREFIX.sub("", name)).strip() or name


def _is_name(name: str, form: Form) -> bool:
    if name in _NO_NAMES or not any(map(str.isalnum, name)):
        return form == "angle"
    if form == "head":
        return len(name.split()) <= _MAX_HEAD_WORDS and not _SYNTAX.search(name)
    return form != "colon" or " - " not in name


def main_form(lines: Iterable[ChatLine]) -> Form | None:
    """The form of a log's messages: the most frequent one, where a nickname in angle brackets counts for more."""
    counts = Counter(line.form for line in lines if line.form not in ("notice", "action"))
    if not counts:
        return None
    best, most = counts.most_common(1)[0]
    return "angle" if counts["angle"] > 1 and counts["angle"] * 5 >= most else best


def is_message(line: ChatLine, form: Form, speakers: Container[str] = ()) -> bool:
    """Whether a line of a log whose messages have the given form is a message, or what one of the speakers did."""
    return line.form == form or (line.form == "action" and line.name in speakers)


def is_chat(lines: Sequence[str]) -> bool:
    """Whether lines, the first ones of a text, are those of a chat: most are stamped, and the stamps name people.

    Where only a time of day stands before a name, as in a timetable, people must have spoken more than once.
    """
    filled = [line for line in lines if line.strip()]
    if not any(map(parse_stamped_line, filled[:_PREAMBLE])):
        return False
    parsed = [parse_chat_line(stamped) for stamped in map(parse_stamped_line, filled) if stamped]
    form = main_form(parsed)
    messages = [line for line in parsed if form and is_message(line, form)]
    if form is None or len(messages) < 2 or len(parsed) * (12 if form == "head" else 7) < len(filled):
        return False
    names = Counter(line.name for line in messages)
    if sum(count for name, count in names.items() if name.partition(" ")[0].lower() in _LEVELS) * 4 > len(messages):
        return False
    return _is_certain(messages, form) or len(names) * 10 <= len(messages) * 7


def _is_certain(messages: Sequence[ChatLine], form: Form) -> bool:
    """Whether the form alone tells a chat: nicknames in angle brackets, or a day and brackets or a colon."""
    dated = sum(bool(line.stamp.date) for line in messages) * 2 > len(messages)
    bracketed = sum(line.stamp.bracketed for line in messages) * 2 > len(messages)
    if form in ("angle", "from"):
        return True
    return dated and (bracketed or form in ("colon", "columns", "bar"))
