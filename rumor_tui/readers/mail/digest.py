"""Several messages in one text, each below a few lines of its fields.

So are the digests of mailing lists (RFC 1153; LISTSERV's), the chains of answers that mail programs write below a
message ("-----Original Message-----", From, Sent, To, Subject) in whatever language, and the conferences of bulletin
boards as their readers saved them. Digests in MIME (`multipart/digest`) have their messages as parts. What is found
becomes a mailbox, so that subjects and identifiers make the threads as they do in mail.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import dedent

from rumor_tui.columns import LazyColumn
from rumor_tui.readers.decode import decode_text
from rumor_tui.readers.mail.bodies import body_text
from rumor_tui.readers.mail.headers import format_mail_date, parse_mail_date, raw_field, subject_topic
from rumor_tui.readers.mail.mailbox import Mailbox, box_of_messages
from rumor_tui.readers.mail.mime import digest_messages

_NAMES = {
    "From": "from|posted by|author|von|de|da|van|fra|från|lähettäjä|od|от|kimden|发件人|差出人|寄件者|보낸 사람",
    "Date": "date|sent|gesendet|datum|envoyé|enviado|enviado el|enviada em|fecha|inviato|data|verzonden|sendt|skickat"
    "|lähetetty|wysłano|odesláno|отправлено|дата|gönderilme|发送时间|日期|送信日時|보낸 날짜",
    "Subject": "subject|subj|topic|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe|temat|předmět|тема"
    "|konu|主题|主旨|件名|제목",
    "Message-ID": "message-id|number|msg#",
    "In-Reply-To": "in-reply-to|refer#|reply to",
    "References": "references",
    "": "to|an|à|para|a|aan|till|til|do|komu|кому|kime|收件人|宛先|받는 사람|cc|kopie|msg|read|recvd|conf|area"
    "|url|merge|organization|importance|content-type|content-transfer-encoding|mime-version|x-mailer|reply-to|attachments|anlagen",
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split("|")}
"""What fields are called, in the languages of common mailers; the last row are those that nobody reads."""

_FIELD = re.compile(r"[ \t]{0,12}\*{0,2}(?P<name>[^\W\d_][\w#-]*(?: [\w-]{1,12})?)[ \xa0]{0,2}:\*{0,2}(?:[ \t\xa0]|$)")
_COLUMN = re.compile(r"(?<![ \t])[ \t]{2,}(?=[A-Z][\w#]{2,12}:)")
_COLUMNS = re.compile(r"[ \t]{3,}")
_RULE = re.compile(r"[ \t]*([-_=*─━—–~+]{3,})[ \t]*$")
_TITLE = re.compile(
    r"[ \t]*[-_=*>]{3,}[ \t]?[^\W_][\w ]{2,40}[ \t]?[-_=*]{3,}[ \t]*$|[Mm]essage: \d{1,4}$|commit [0-9a-f]{7,64}\b"
    r"|\d{1,3}[a-z]?\. (?P<subject>\S.{0,200})$"
)
"""What stands above the fields: "-----Original Message-----" in any language, the number of a message in a digest,
which may have the subject behind it, or the name of a change in `git log`."""

_OF_MAIL = re.compile(rb"\n(?:message-id|received|mime-version|path|references)[ \t]*:", re.IGNORECASE)
"""Fields that programs write and people do not copy."""

_KEPT = ("Subject", "Message-ID", "In-Reply-To", "References")
_CONTENT_TYPE = "text/plain; charset=utf-8"
_MAX_FIELD_LINES = 40
_MAX_LINES_ABOVE = 10
_MAX_LISTED = 200
"""Subjects that are looked for in a digest's list of them."""


@dataclass(slots=True)
class MessageHead:
    """The fields of a message, and the lines that they take; `above` is the first of those that belong to them."""

    fields: dict[str, str]
    above: int
    end: int
    rule: str


def unpack_digests(box: Mailbox) -> Mailbox:
    """The mailbox with the messages of its digests in place of these; the same object where it has none.

    So are texts unpacked that only begin as mail does, with the fields of the first of several messages.
    """
    if not any(map(_may_be_digest, box.heads)):
        return box
    places: list[tuple[Mailbox, int]] = []
    for row, head in enumerate(box.heads):
        inside = _messages_inside(box, row) if _may_be_digest(head) else []
        opened = box_of_messages(inside, box.name)
        places += [(opened, place) for place in range(len(inside))] or [(box, row)]
    if len(places) == len(box.heads):
        return box
    return Mailbox(
        box.name,
        LazyColumn(lambda place: place[0].heads[place[1]], places),
        LazyColumn(lambda place: place[0].bodies[place[1]], places),
        array("i", [each.lengths[row] for each, row in places]),
        box.escaped,
    )


def _may_be_digest(head: bytes) -> bool:
    return b"igest" in head or not _OF_MAIL.search(head)


def _messages_inside(box: Mailbox, row: int) -> list[tuple[bytes, bytes]]:
    if messages := digest_messages(box.heads[row], box.bodies[row]):
        return messages
    if b"igest" in (raw_field(box.heads[row], b"subject") or b""):
        return split_messages(body_text(box, row))
    return [] if _OF_MAIL.search(box.heads[row]) else split_messages(_whole_text(box, row))


def _whole_text(box: Mailbox, row: int) -> str:
    return decode_text(box.heads[row].lstrip() + b"\n\n" + box.bodies[row])


def split_messages(text: str) -> list[tuple[bytes, bytes]]:
    """The heads and bodies of the messages in a text; none where it has less than two.

    What stands before the first head is a message, too, unless it is the digest's list of subjects.
    """
    lines = text.split("\n")
    heads = find_heads(lines)
    if len(heads) < 2:
        return []
    rule = _common_rule(heads)
    ends = [*(head.above for head in heads[1:]), len(lines)]
    fields = [head.fields for head in heads]
    bodies = [_body(lines[head.end : end], rule) for head, end in zip(heads, ends, strict=True)]
    for before, after in pairwise(fields):
        if "Subject" not in after and "Subject" in before:  # the next message of a topic
            after["Subject"] = f"Re: {before['Subject'].removeprefix('Re: ')}"
    first = _body(lines[: heads[0].above], "")
    is_chain = _is_chain(fields, bool(first))
    if first and (is_chain or not _lists_subjects(first, fields)):
        fields = [{"Subject": fields[0].get("Subject", "")} if is_chain else {}, *fields]
        bodies = [first, *bodies]
    if is_chain:
        _link_chain(fields)
    return [(_head_bytes(each), body.encode("utf-8", "replace")) for each, body in zip(fields, bodies, strict=True)]


def _lists_subjects(text: str, fields: Sequence[dict[str, str]]) -> bool:
    low, topics = text.casefold(), {*map(_topic, fields[:_MAX_LISTED])} - {""}
    return bool(topics) and all(topic in low for topic in topics)


def _topic(fields: dict[str, str]) -> str:
    return subject_topic(fields.get("Subject", ""))[0]


def find_heads(lines: Sequence[str]) -> list[MessageHead]:
    """The runs of lines that are fields, among them who wrote the message and when, or about what."""
    heads: list[MessageHead] = []
    row = 0
    while row < len(lines):
        head = _head_at(lines, row, heads[-1].end if heads else 0) if ":" in lines[row][:40] else None
        row = head.end if head else row + 1
        if head:
            heads.append(head)
    return heads


def _head_at(lines: Sequence[str], row: int, last: int) -> MessageHead | None:
    """The fields that begin at a row, below a blank line, a rule or a title; None where no message begins there.

    `last` is where the head above ends. Fields above the row are those of a topic with several messages.
    """
    if row > last and lines[row - 1].strip() and not _is_mark(lines[row - 1]):
        return None
    fields: dict[str, str] = {}
    end = row
    for line in lines[row : row + _MAX_FIELD_LINES]:
        found = list(_fields_of(line))
        if not found and not (fields and line[:1] in " \t" and line.strip()):
            break
        fields = {**dict(found), **fields}
        end += 1
    if "From" not in fields or not fields["From"] or not fields.keys() & {"Date", "Subject"}:
        return None
    above = row
    while above > max(last, row - _MAX_LINES_ABOVE) and _is_above(lines[above - 1]):
        above -= 1
        fields = {**dict(_fields_of(lines[above])), **fields}
    title = next(filter(None, map(_TITLE.match, lines[above:row])), None)
    if title and title["subject"]:
        fields.setdefault("Subject", title["subject"].strip())
    _settle_date(fields)
    rule = next((match[1] for line in lines[above:row] if (match := _RULE.match(line))), "")
    return MessageHead(fields, above, end, rule)


def _is_above(line: str) -> bool:
    return not line.strip() or _is_mark(line) or next(_fields_of(line), None) is not None


def _is_mark(line: str) -> bool:
    return bool(_RULE.match(line) or _TITLE.match(line))


def _fields_of(line: str) -> Iterator[tuple[str, str]]:
    """The fields of a line: one, or several in columns; none where the first one has no known name."""
    for written in _COLUMN.split(line) if "  " in line.strip() else [line]:
        match = _FIELD.match(written)
        field = _FIELDS.get(" ".join(match["name"].lower().split())) if match else None
        if match is None or (field is None and written is line):
            return
        yield field or "", written[match.end() :].strip()


def _common_rule(heads: Sequence[MessageHead]) -> str:
    """The line of dashes that ends the messages, where most of them are so separated."""
    rules = Counter(head.rule for head in heads[1:] if len(head.rule) >= 20)
    rule, count = rules.most_common(1)[0] if rules else ("", 0)
    return rule if count * 2 >= len(heads) - 1 else ""


def _body(lines: Sequence[str], rule: str) -> str:
    """The text between two heads, without the rules at its ends; a line that separates messages ends it."""
    start = next((row for row, line in enumerate(lines) if line.strip() and not _RULE.match(line)), len(lines))
    end = next((row for row in range(start, len(lines)) if rule and lines[row].strip() == rule), len(lines))
    while end > start and (not lines[end - 1].strip() or _is_mark(lines[end - 1])):
        end -= 1
    return dedent("\n".join(lines[start:end]))


def _is_chain(fields: Sequence[dict[str, str]], has_answer: bool) -> bool:
    """Whether every message answers the next one: the newest is the first, and all are about the same."""
    moments = [parse_mail_date(each["Date"].encode()) for each in fields]
    falls = all(late >= early for late, early in pairwise([moment for moment in moments if moment is not None]))
    topics = set(map(_topic, fields))
    return len(topics) == 1 and "" not in topics and falls and (has_answer or moments[0] != moments[-1])


def _link_chain(fields: Sequence[dict[str, str]]) -> None:
    for number, each in enumerate(fields):
        each["Message-ID"] = f"<{number}@chain>"
        if number + 1 < len(fields):
            each["In-Reply-To"] = f"<{number + 1}@chain>"


def _settle_date(fields: dict[str, str]) -> None:
    """Give the fields a date as mail has it; where none of them has one, it may stand behind the name in columns."""
    from rumor_tui.readers.dates.parse import parse_date

    fields["From"], *rest = _COLUMNS.split(fields["From"])
    written = fields.get("Date") or (rest[-1] if rest else "")
    moment = parse_date(written) or parse_mail_date(written.encode())
    fields["Date"] = written if moment is None else format_mail_date(moment)


def _head_bytes(fields: dict[str, str]) -> bytes:
    """The fields as a head of mail."""
    shown = {name: fields.get(name, "") for name in ("From", "Date", *_KEPT)} | {"Content-Type": _CONTENT_TYPE}
    return "".join(f"\n{name}: {value}" for name, value in shown.items() if value).encode("utf-8", "replace")
