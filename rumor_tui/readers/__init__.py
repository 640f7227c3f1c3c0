"""Readers: the bytes of a source become a Thread, or a Listing of what can be opened from it.

`READERS` is one ordered table. A reader is a module with `sniff(payload, hint) -> bool` and
`read(payload, hint) -> Thread | Listing`; the row names the payload that it takes: the bytes as they are, the bytes of
a JSON document, a partly decoded one (`api.document`), or text. The first reader whose `sniff` recognises the content
reads it; the file name alone never decides. A reader's module is imported only when its turn comes, so opening a text
loads no JSON library and vice versa. `FOLDERS` is the same table for folders.
"""

from __future__ import annotations

import os
import stat
from functools import partial
from importlib import import_module
from io import BytesIO, FileIO
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from rumor_tui.model import Article, Draft, Entry, Listing, SourceError, Thread, ThreadBuilder
from rumor_tui.readers.decode import is_binary, without_junk
from rumor_tui.readers.source import (
    Hint,
    Source,
    UnknownJsonError,
    check_first_bytes,
    describe_open_failure,
    describe_read_failure,
    describe_too_large,
    describe_too_slow,
)
from rumor_tui.readers.time_limit import ReadingTooLongError, run_limited, seconds_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["FOLDERS", "READERS", "Hint", "Reader", "Source", "SourceError", "check_head", "read_path", "read_source"]


def as_thread(content: Thread | Listing) -> Thread:
    """The content as one thread, for exports and pipes. Raises SourceError.

    A listing that has no thread as a whole becomes its title with a comment for each entry.
    """
    if isinstance(content, Thread):
        return content
    if content.whole is not None:
        return content.whole()
    builder = ThreadBuilder(Article(title=content.title))
    for entry in content.entries:
        builder.add(_draft_of_entry(entry, content.elsewhere))
    return builder.build("plain", source=content.source)


def open_if_single(content: Thread | Listing) -> Thread | Listing:
    """The content, or the only thread of a listing that has only one. Raises SourceError.

    An export of a mailbox has all its messages as comments, but its only thread is read with an article.
    """
    if isinstance(content, Listing) and content.whole is not None and len(content.entries) == 1:
        return content.open(0)
    return content


def _draft_of_entry(entry: Entry, elsewhere: bool) -> Draft:
    """An entry as a comment: its title, number of comments and site, the page that it is about, and its summary.

    Where the entries are `elsewhere`, their addresses are told, too.
    """
    counted = "" if entry.comments is None else f"{entry.comments:,} comment{'' if entry.comments == 1 else 's'}"
    facts = " · ".join(filter(None, (entry.title, counted, entry.site)))
    addresses = "\n".join(filter(None, (entry.link, entry.address if elsewhere else "")))
    return Draft(
        body="\n\n".join(filter(None, (facts, entry.summary, addresses))),
        author=entry.byline,
        published=entry.published,
        published_text=entry.published_text,
        score=entry.score,
        url=entry.address or None,
    )


Payload = Literal["data", "json", "document", "text"]


class Reader(NamedTuple):
    """One row of the table: a reader's name for people, the attribute of `Source` that it takes, and its module.

    `starts` are the first bytes of what it reads, if these are fixed, and `marks` are strings of which a text has one
    near its beginning; its module is not loaded for anything else.
    """

    name: str
    takes: Payload
    module: str
    starts: tuple[bytes, ...] = ()
    marks: tuple[str, ...] = ()

    def sniff(self, source: Source) -> bool:
        """Whether this reader recognises the content."""
        if self.takes in ("json", "document") and not source.looks_like_json:
            return False
        if self.starts and not source.data.startswith(self.starts):
            return False
        if self.marks and not any(mark in source.text[:_MARKED_LENGTH] for mark in self.marks):
            return False
        return bool(self.load_module().sniff(getattr(source, self.takes), source.hint))

    def read(self, source: Source) -> Thread | Listing:
        """The thread, or the listing; raises SourceError when the content is broken."""
        content: Thread | Listing = self.load_module().read(getattr(source, self.takes), source.hint)
        return content

    def load_module(self) -> Any:
        """The reader's module, imported if it was not yet."""
        return import_module(f"rumor_tui.readers.{self.module}")


XML_STARTS = (b"<?xml", b"\xef\xbb\xbf<?xml")
"""How XML begins that says what it is."""

AUTHOR_FIELDS = (
    *("From:", "From :", "Author:", "Posted by:", "Von:", "De:", "De :", "Da:", "Van:", "Fra:", "Från:", "Od:", "От:"),
    *("发件人", "差出人", "寄件者", "보낸 사람", "Lähettäjä:", "Kimden:"),
)
"""The field of mail that names its author, in the languages of `mail.digest`."""

READERS = (
    Reader(
        "packed source (gzip, bzip2, xz, zstd)",
        "data",
        "compressed",
        (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd"),
    ),
    Reader("web archive (WARC, WET, ARC)", "data", "warc", (b"WARC/", b"filedesc:")),
    Reader("zip archive", "data", "containers.zip_archive", (b"PK\x03\x04", b"PK\x05\x06")),
    Reader("message of Outlook (msg)", "data", "mail.outlook", (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)),
    Reader("web archive of Safari", "data", "containers.webarchive", (b"bplist00", *XML_STARTS)),
    Reader("page saved as one file (MHTML)", "data", "containers.mhtml"),
    Reader("mailbox or message", "data", "mail"),
    Reader("data dump of Stack Exchange", "data", "xml_export.stack_exchange", XML_STARTS),
    Reader("rumor-tui's own JSON", "json", "own_json"),
    Reader("Hacker News item (Algolia JSON)", "json", "api.hacker_news_algolia"),
    Reader("JSON Feed", "json", "feed.json_feed"),
    Reader("record of requests (HAR)", "json", "containers.har"),
    Reader("Hacker News items (Firebase JSON)", "document", "api.hacker_news_firebase"),
    Reader("Reddit JSON", "document", "api.reddit"),
    Reader("Bluesky thread", "document", "api.bluesky"),
    Reader("Mastodon context", "document", "api.mastodon"),
    Reader("Discourse topic", "document", "api.discourse"),
    Reader("comments of a comment system", "document", "api.comment_system"),
    Reader("one of these in a wrapper, or several", "document", "api.envelopes"),
    Reader("any other list of comments in JSON", "document", "api.records.reader"),
    Reader("an error instead of a thread", "document", "api.error_answers"),
    Reader("JSON in a script", "data", "api.scripts"),
    Reader("rumor-tui's own page", "text", "own_html", marks=('content="rumor-tui"',)),
    Reader("rumor-tui's own text", "text", "own_text"),
    Reader("table of comments (CSV, TSV)", "text", "api.tables"),
    Reader("feed (RSS, Atom)", "text", "feed"),
    Reader("other XML", "text", "xml_export", XML_STARTS),
    Reader("Markdown with the tags of a page", "text", "markdown_tagged"),
    Reader("web page", "text", "html"),
    Reader("Movable Type's export", "text", "site_text.movable_type", marks=("BODY:",)),
    Reader("raw text of a Discourse topic", "text", "site_text.discourse_raw", marks=(" | #",)),
    Reader("issue as a command line prints it", "text", "site_text.issue_view", marks=(":\t", " • ")),
    Reader("talk page in wikitext", "text", "site_text.wikitext", marks=("[[",)),
    Reader("messages with their fields in one text", "text", "mail.copied", marks=AUTHOR_FIELDS),
    Reader("chat log", "text", "chat_log"),
    Reader("Markdown with front matter or a discussion", "text", "markdown"),
    Reader("text copied from a web page", "text", "text_dump"),
    Reader("other Markdown and plain text", "text", "plain_text"),
)
"""Before the first row that takes text, what looks like JSON or is not text is refused, since no reader recognised it.
Our own exports come before other formats, since a comment may quote anything; the last row takes every text."""

FOLDERS = (("folder of mail", "mail.maildir"), ("folder of files", "folder"))
"""For folders: a name for people, and a module with `sniff_folder(path) -> bool` and `read_folder(path)`; the first
whose `sniff_folder` recognises the folder reads it, and the last one takes every folder."""

GUESSING_READERS = {"chat_log": True, "markdown": True, "text_dump": False, "plain_text": True}
"""Readers that guess where the comments in a text begin and end, which is checked afterwards; and whether they set text
aside on purpose: most set aside whatever is left over."""

MAX_SOURCE_BYTES = 4 * 1024**3
"""Bytes that are read from one source at most, also from an endless device."""

_CHUNK = 65_536
_STEP = 4 * 1024**2
"""Bytes that are read at once."""
_SHARE = 8
"""What has no size, such as a pipe, may be endless: it may take this part of the machine's memory."""
_MARKED_LENGTH = 65_536
"""Characters of a text among which the marks of its format are."""


def read_path(path: str, standard_input: int = 0) -> Thread | Listing:
    """The content of a file, a folder, a pipe or a device; "-" is standard input, which has this descriptor.

    Raises only SourceError.
    """
    hint = Hint(path)
    try:
        with open(standard_input if path == "-" else path, "rb", buffering=0, closefd=path != "-") as file:
            data = _read_all(file, hint)
    except IsADirectoryError as error:
        return _with_readable_errors(partial(_read_folder, path, error), hint)
    except (OSError, ValueError, MemoryError) as error:
        raise SourceError(describe_open_failure(hint, error)) from error
    try:
        return read_source(data, hint)
    except UnknownJsonError as error:
        show = partial(_show_json, data, hint, error)
        return _with_readable_errors(lambda: run_limited(show, seconds_for(len(data))), hint)


def _show_json(data: bytes, hint: Hint, refusal: SourceError) -> Thread | Listing:
    """JSON in which nobody says anything, as it stands, since it is what was asked for."""
    from rumor_tui.readers.api import other_json

    source = Source(data, hint)
    if not other_json.sniff(source.document, hint):
        raise refusal
    return _with_original(
        source, Reader("other JSON", "document", "api.other_json"), other_json.read(source.document, hint)
    )


def read_source(data: bytes, hint: Hint) -> Thread | Listing:
    """The content of the bytes, or their plain text where finding more takes too long (see `time_limit`).

    Raises only SourceError, with a message for people.
    """
    source = _source_of(data, hint)

    def read() -> Thread | Listing:
        try:
            return run_limited(lambda: _read(source), seconds_for(len(data)))
        except ReadingTooLongError:
            return _read_plainly(source)

    return _with_readable_errors(read, hint)


def _source_of(data: bytes, hint: Hint) -> Source:
    """A source, without what stands around its text by mistake; what a reader expects just so stays as it is."""
    check_head(data, hint)
    return Source(data if _is_expected(data) else without_junk(data), hint)


def _read_plainly(source: Source) -> Thread:
    """All of a text without its structure. Raises SourceError for what is not text."""
    from rumor_tui.readers.fallback import read_as_plain_text

    if is_binary(source.data[:_CHUNK]):
        raise SourceError(describe_too_slow(source.hint))
    thread = read_as_plain_text(source)
    _with_original(source, READERS[-1], thread)
    return thread


def _with_readable_errors(read: Callable[[], Thread | Listing], hint: Hint) -> Thread | Listing:
    """The result of `read`; any exception becomes a SourceError with a message for people."""
    try:
        return read()
    except SourceError:
        raise
    except ReadingTooLongError:
        raise SourceError(describe_too_slow(hint)) from None
    except Exception as error:
        raise SourceError(describe_read_failure(hint, error)) from error


def _read_folder(path: str, refusal: OSError) -> Thread | Listing:
    for _, module in FOLDERS:
        reader: Any = import_module(f"rumor_tui.readers.{module}")
        if reader.sniff_folder(path):
            content: Thread | Listing = reader.read_folder(path)
            return content
    raise SourceError(describe_open_failure(Hint(path), refusal)) from refusal


def _read(source: Source) -> Thread | Listing:
    """The content that the first reader gives which recognises the source and does not lose much of its text.

    Where all of them do, which a text in Markdown may come to, the whole text is the article.
    """
    for reader in _readers_in_turn(source):
        if reader.sniff(source) and (content := _read_completely(source, reader)) is not None:
            return _with_original(source, reader, content)
    from rumor_tui.readers.fallback import read_as_article

    return _with_original(source, READERS[-1], read_as_article(source))


def _read_completely(source: Source, reader: Reader) -> Thread | Listing | None:
    """What a reader gives; None when it loses so much of the text that the reading is wrong (see `fallback`)."""
    content = reader.read(source)
    if not isinstance(content, Thread):
        return content
    if reader.takes == "document" and content.original is None:  # a page inside a container knows its own
        from rumor_tui.readers.fallback import read_most_texts

        others = READERS[READERS.index(reader) + 1 :]
        return read_most_texts(source, content, [other for other in others if other.takes == "document"])
    if reader.module in GUESSING_READERS and not (reader.module == "markdown" and _is_stated(content)):
        from rumor_tui.readers.fallback import complete_text

        return complete_text(source, content, aside=GUESSING_READERS[reader.module])
    return content


def _is_stated(thread: Thread) -> bool:
    """Whether a thread has comments that its source marks as such, as our own Markdown does, or so a linked page.

    The comments may be empty.
    """
    return (len(thread) > 0 and thread.confidence == "explicit") or thread.article.linked is not None


def _with_original(source: Source, reader: Reader, content: Thread | Listing) -> Thread | Listing:
    from rumor_tui.readers.original import attach_original

    if reader.takes in ("json", "document"):
        return attach_original(content, source.data, source.hint, "json")
    return attach_original(
        content, source.data, source.hint, "page" if reader.module in ("html", "own_html") else "text"
    )


def check_head(head: bytes, hint: Hint) -> None:
    """Raise SourceError when the first bytes are not those of text, unless a reader expects just these."""
    if not _is_expected(head):
        check_first_bytes(head, hint)


def _is_expected(head: bytes) -> bool:
    """Whether a reader expects just these first bytes."""
    return any(reader.starts and head.startswith(reader.starts) for reader in READERS)


def _readers_in_turn(source: Source) -> Iterator[Reader]:
    """The rows in order; before the first one that takes text, what is not text is refused."""
    checked = False
    for reader in READERS:
        if reader.takes == "text" and not checked:
            if source.looks_like_json:
                source.check_json()
            source.check_text()
            checked = True
        yield reader


def _read_all(file: FileIO, hint: Hint) -> bytes:
    """Everything in an open file, as long as it was then, since it may grow for ever.

    Raises SourceError where its first bytes or its size show that it cannot be read.
    """
    head = file.read(_CHUNK) or b""
    check_head(head, hint)
    status = os.fstat(file.fileno())
    is_file = stat.S_ISREG(status.st_mode) and status.st_size > 0  # those of /proc have no size
    if is_file:
        if status.st_size > MAX_SOURCE_BYTES:
            raise SourceError(describe_too_large(hint, MAX_SOURCE_BYTES))
        file.seek(0)
        return _read_at_once(file, max(status.st_size, len(head)))
    most = min(MAX_SOURCE_BYTES, _memory() // _SHARE)
    data = BytesIO()  # which hands out what it holds without a copy
    data.write(head)
    while data.tell() <= most and (chunk := file.read(min(_STEP, most + 1 - data.tell()))):
        data.write(chunk)
    if data.tell() > most:
        raise SourceError(describe_too_large(hint, most))
    return data.getvalue()


def _read_at_once(file: FileIO, size: int) -> bytes:
    """So many bytes of a file, or all where there are fewer; mostly in one call, into memory of just that size."""
    data = file.read(size) or b""
    while len(data) < size and (more := file.read(size - len(data))):  # one call gives 2 GiB at most
        data += more
    return data


def _memory() -> int:
    """The bytes of memory of this machine, or what most have where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (OSError, ValueError, AttributeError):
        return 8 * 1024**3
