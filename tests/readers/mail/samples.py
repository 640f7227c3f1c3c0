"""Mail made for the tests: messages, mailboxes, and what is read of them."""

from __future__ import annotations

from rumor_tui import readers
from rumor_tui.model import Listing, Thread
from rumor_tui.readers import Hint, open_if_single

POSTMARK = b"From x@example.org Thu Jan  1 00:00:00 1970\n"
PLAIN = "\nContent-Type: text/plain; charset=utf-8"


def message(
    identifier: str = "", *, to: str = "", references: str = "", subject: str = "Cars", body: str = "", more: str = ""
) -> bytes:
    """A message by someone of the name of its identifier; `to` and `references` name identifiers, parted by blanks."""

    def named(names: str) -> str:
        return " ".join(f"<{name}@h>" for name in names.split())

    lines = [f"From: {identifier or 'nobody'} <a@example.org>", "Date: Thu, 1 Jan 2026 10:00:00 +0100"]
    lines += [f"Subject: {subject}"] if subject else []
    lines += [f"Message-ID: {named(identifier)}"] if identifier else []
    lines += [f"In-Reply-To: {named(to)}"] if to else []
    lines += [f"References: {named(references)}"] if references else []
    return ("\n".join(lines) + more + "\n\n" + (body or f"I am {identifier}.") + "\n").encode()


def mailbox_of(*messages: bytes) -> bytes:
    """The messages as an mbox."""
    return b"".join(POSTMARK + item + b"\n" for item in messages)


def opened(data: bytes, name: str = "cars.mbox") -> Thread | Listing:
    """What a reader of the mailbox gets: its one thread, or the list of its threads."""
    return open_if_single(readers.read_source(data, Hint(name)))


def thread(data: bytes) -> Thread:
    """The one thread of a mailbox, or of a message."""
    content = opened(data)
    assert isinstance(content, Thread)
    return content


def listing(data: bytes) -> Listing:
    """The threads of a mailbox."""
    content = opened(data)
    assert isinstance(content, Listing)
    return content


def body(text: str, *, head: str = PLAIN) -> str:
    """What is shown of a lone message with this body; `head` holds more fields, each after a newline."""
    return "\n\n".join(thread(message("a", body=text, more=head)).article.pieces)


def outline(content: Thread) -> str:
    """The authors of a thread, indented by their depth."""
    depths: list[int] = []
    for parent in content.parent:
        depths.append(depths[parent] + 1 if parent >= 0 else 0)
    return " ".join("." * depth + (name or "?") for depth, name in zip(depths, content.authors, strict=True))


def shape(data: bytes) -> str:
    """The threads of a mailbox: first message, colon, the others; threads parted by a bar."""
    content = opened(data)
    one_by_one = [content] if isinstance(content, Thread) else [content.open(i) for i in range(len(content.entries))]
    parts = []
    for item in one_by_one:
        assert isinstance(item, Thread)
        parts.append(f"{item.article.byline}: {outline(item)}".rstrip())
    return " | ".join(parts)
