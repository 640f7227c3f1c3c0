"""The files in an archive: the one that can be read, a saved page with its frames, or a listing.

Nothing is unpacked to the disk, and a file is read from the archive when it is opened, within limits. Names are only
shown, and never used as paths.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Entry, Listing, SourceError
from rumor_tui.readers.containers.pages import MAX_COMPANIONS, SavedDocument, SavedPage, read_page
from rumor_tui.readers.folder import format_size
from rumor_tui.readers.source import Hint, hint_inside, name_source

if TYPE_CHECKING:
    from rumor_tui.model import Thread

MAX_LOOKED_AT = 10_000
"""Files of an archive of which the beginning is looked at."""

MAX_JOINED_BYTES = 256 * 1024**2
"""Bytes of the files that are read as one conversation or one mailbox."""

_HEAD = 4_096
"""Bytes of each file that are checked, to leave out files that are not text."""

_ASSETS = frozenset(
    {
        *("css", "js", "mjs", "map", "png", "jpg", "jpeg", "gif", "webp", "avif", "heic", "ico", "bmp", "svg", "tif"),
        *("woff", "woff2", "ttf", "otf", "eot", "mp3", "mp4", "m4a", "m4v", "mov", "avi", "mkv", "webm", "ogg", "wav"),
        *("opus", "oga", "tgs", "webmanifest", "pdf", "exe", "dll", "so", "pyc", "class"),
    }
)
"""Endings of files that are part of a page or are media."""

_DATA_IN_SCRIPT = re.compile(rb"\s*(?:window\.)?[A-Za-z_$][\w.$]{0,100}\s*=\s*[\[{]")
_PAGE = re.compile(r"\.x?html?\Z", re.IGNORECASE)
_FOLDER_MARK = re.compile(r"[-_.]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\.json\Z")
_HIDDEN = re.compile(r"(?:\A|/)(?:\.(?!\.?/)|__MACOSX/)")


class Member(NamedTuple):
    """A file in an archive: its path there, its size in bytes, when it was changed (1970 UTC), and what reads it.

    `read` gives its first bytes, as many as asked for, or all of them for None; it raises SourceError.
    """

    path: str
    size: int
    changed: float | None
    read: Callable[[int | None], bytes]


class Item(NamedTuple):
    """What is listed of an archive: a file, or several that belong together, and what opens it."""

    path: str
    size: int
    changed: float | None
    open: Callable[[], Thread | Listing]
    read: Callable[[], bytes] = bytes
    """Its bytes; none where it is several files."""


def read_members(members: Sequence[Member], hint: Hint, kind: str) -> Thread | Listing:
    """The only thing in an archive that can be read, or the list of all. Raises SourceError when there is none.

    `kind` is what the archive is for people, such as "a zip archive".
    """
    seen = sorted((member for member in members if not _HIDDEN.search(member.path) and member.size), key=_by_path)
    if len(seen) > 1 and all(map(_is_message, seen)) and sum(member.size for member in seen) <= MAX_JOINED_BYTES:
        from rumor_tui.readers.mail import reader

        return reader.read_messages((member.read(None) for member in seen), hint)
    items = _items(seen, hint)
    if not items:
        raise SourceError(
            f"{name_source(hint)} is {kind} without anything that could be opened: it has {len(members):,} "
            f"file{'' if len(members) == 1 else 's'}, and none is a page, a text, JSON or mail. Open another one."
        )
    if len(items) == 1:
        return items[0].open()
    return _listing(items, len(seen), hint)


def _is_message(member: Member) -> bool:
    return member.path.lower().endswith((".eml", ".emlx"))


def _by_path(member: Member) -> tuple[str, str]:
    return member.path.casefold(), member.path


def _listing(items: list[Item], files: int, hint: Hint) -> Listing:
    name = markdown_format.clean_field(hint.name.replace("\\", "/").rsplit("/", 1)[-1]) or "Archive"
    title = name if files <= MAX_LOOKED_AT else f"{name} (only the first {MAX_LOOKED_AT:,} of {files:,} files)"

    def entry(item: Item) -> Entry:
        shown = markdown_format.clean_field(item.path) or "?"
        return Entry(title=shown, published=item.changed, summary=format_size(item.size))

    return Listing(
        title, LazyColumn(entry, items), lambda index: _open_with_related(index, items), source=hint.name, noun="file"
    )


def _open_with_related(index: int, items: Sequence[Item]) -> Thread | Listing:
    """An item, joined with those that speak of the same page."""
    from rumor_tui.readers.related import Member as RelatedMember
    from rumor_tui.readers.related import open_with_related

    return open_with_related(index, [RelatedMember(item.size, item.read, item.open) for item in items])


def _items(members: Sequence[Member], hint: Hint) -> list[Item]:
    """What can be opened, in the order of the paths."""
    days = _conversations(members)
    pages = {member.path for member in members if _PAGE.search(member.path)}
    stems = {stem: path for path in pages for stem in (path, _PAGE.sub("", path))}
    frames: dict[str, list[Member]] = {}
    rest: list[Member] = []
    for member in members:
        owner = _page_of(member.path, stems)
        if owner is None:
            rest.append(member)
        elif member.path in pages:
            frames.setdefault(owner, []).append(member)
    items = [_conversation(folder, held, members, hint) for folder, held in days.items()]
    for member in rest[:MAX_LOOKED_AT]:
        if days and _is_of_conversations(member, days):
            continue
        if member.path in pages:
            opener = partial(_open_page, member, frames.get(member.path, []), hint)
            items.append(Item(member.path, member.size, member.changed, opener, partial(member.read, None)))
        elif _is_readable(member):
            opener = partial(_open_member, member, hint)
            items.append(Item(member.path, member.size, member.changed, opener, partial(member.read, None)))
    return items


def _page_of(path: str, stems: dict[str, str]) -> str | None:
    """The saved page to whose folder of images and frames a file belongs: "page_files" beside "page.html"."""
    for mark in _FOLDER_MARK.finditer(path, 0, max(path.rfind("/"), 0)):
        page = stems.get(path[: mark.start()])
        if page is not None:
            return page
    return None


def _is_readable(member: Member) -> bool:
    """Whether a file begins as something that a reader may know."""
    from rumor_tui.readers import check_head

    ending = member.path.rsplit(".", 1)[-1].lower() if "." in member.path else ""
    try:
        head = b"" if ending in _ASSETS and ending != "js" else member.read(_HEAD)
        if not head or (ending == "js" and not _DATA_IN_SCRIPT.match(head)):
            return False
        check_head(head, Hint(member.path))
    except SourceError:
        return False
    return True


def _name_inside(hint: Hint, path: str) -> str:
    """The name of a file in an archive; it is the path of no file on the disk."""
    kept = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return f"{hint.name or 'archive'}/{'/'.join(kept)}"


def _open_member(member: Member, hint: Hint) -> Thread | Listing:
    from rumor_tui.readers import open_if_single, read_source

    inside = hint_inside(hint, _name_inside(hint, member.path), moment=member.changed)
    return open_if_single(read_source(member.read(None), inside))


def _open_page(member: Member, frames: Sequence[Member], hint: Hint) -> Thread | Listing:
    inside = hint_inside(hint, _name_inside(hint, member.path), moment=member.changed)
    documents = [SavedDocument(frame.read(None), "", "", frame.changed) for frame in frames[:MAX_COMPANIONS]]
    return read_page(SavedPage(SavedDocument(member.read(None), "", "", member.changed), documents), inside)


# Exports of chats as a file a day


def _conversations(members: Sequence[Member]) -> dict[str, list[Member]]:
    """The folders that hold only JSON files named by days, as in Slack's export, with these files in order."""
    folders: dict[str, list[Member]] = {}
    for folder, held in groupby(members, key=lambda member: member.path.rpartition("/")[0]):
        folders.setdefault(folder, []).extend(held)
    return {
        folder: held
        for folder, held in folders.items()
        if folder and all(_DAY.search(member.path.rpartition("/")[2]) for member in held)
    }


def _is_of_conversations(member: Member, days: dict[str, list[Member]]) -> bool:
    """Whether a file is a day of a conversation, or one of the tables of users and channels beside their folders."""
    folder, _, name = member.path.rpartition("/")
    return folder in days or (name.endswith(".json") and folder in {path.rpartition("/")[0] for path in days})


def _conversation(folder: str, held: Sequence[Member], members: Sequence[Member], hint: Hint) -> Item:
    size = sum(member.size for member in held)
    users = next((member for member in members if member.path.rpartition("/")[2] == "users.json"), None)
    return Item(folder, size, held[-1].changed, partial(_open_conversation, folder, held, users, hint))


def _open_conversation(folder: str, held: Sequence[Member], users: Member | None, hint: Hint) -> Thread | Listing:
    """The days of a conversation as one JSON document, with the users beside the messages."""
    from rumor_tui.readers import open_if_single, read_source

    days: list[bytes] = []
    size = 0
    for member in held:
        day = member.read(None).strip()
        size += len(day)
        if size > MAX_JOINED_BYTES:
            raise SourceError(
                f"{markdown_format.clean_field(folder)} in {name_source(hint)} is larger than "
                f"{MAX_JOINED_BYTES // 1024**2} MiB, the most that is read of a conversation. Open one of its days."
            )
        if day.startswith(b"[") and day.endswith(b"]") and day[1:-1].strip():
            days.append(day[1:-1])
    table = users.read(None).strip() if users else b"[]"
    document = b'{"users":%b,"messages":[%b]}' % (table if table.startswith(b"[") else b"[]", b",".join(days))
    name = _name_inside(hint, folder)
    content = open_if_single(read_source(document, hint_inside(hint, name)))
    if not isinstance(content, Listing) and not content.article.title:
        content.article.title = markdown_format.clean_field(folder.rpartition("/")[2]) or ""
    return content
