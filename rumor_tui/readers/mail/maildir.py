"""Folders of mail: maildir (`cur`, `new`), MH (numbered files), and plain folders of .eml or .emlx files.

The heads of the files are read at once, their bodies when a row is asked for, so even a folder of gigabytes opens. A
mail program may meanwhile rename files, as maildir requires for every flag.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

from rumor_tui.columns import LazyColumn
from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.readers.mail.apple import unwrap_message
from rumor_tui.readers.mail.headers import parse_mail_date, raw_field
from rumor_tui.readers.mail.mailbox import MAX_LENGTH_GUESS, Mailbox, is_message, split_message
from rumor_tui.readers.mail.reader import mailbox_listing, mailbox_title
from rumor_tui.readers.source import Hint, name_source

_HEAD = 32_768
"""Bytes that are read of each file at first; the rest of a longer head counts as text."""

_ENDINGS = (".eml", ".emlx")


def sniff_folder(path: str) -> bool:
    """Whether a folder is a maildir, or all its files are messages by name and the first one by content."""
    folder = Path(path)
    if (folder / "cur").is_dir() and (folder / "new").is_dir():
        return True
    files = _files(folder)
    return bool(files) and all(map(_is_named_as_mail, files)) and is_message(_read_head(files[0]))


def read_folder(path: str) -> Thread | Listing:
    """The one thread of a folder, or its threads as a listing. Raises SourceError when there is no mail in it."""
    folder, hint = Path(path), Hint(path)
    files = [file for name in ("cur", "new") for file in _files(folder / name)] or _files(folder)
    messages = sorted(_messages(files), key=lambda message: message[:2])
    if not messages:
        raise SourceError(f"{name_source(hint)} is a mail folder without any mail. Open another one.")
    paths = [file for _, _, file, _, _ in messages]
    places = _CurrentFiles([folder / "new", folder / "cur"] if (folder / "cur").is_dir() else [folder])
    box = Mailbox(
        mailbox_title(hint),
        [head for _, _, _, head, _ in messages],
        LazyColumn(places.body, paths),
        array("i", [length for *_, length in messages]),
    )
    return mailbox_listing(box, path)


def _files(folder: Path) -> list[Path]:
    """The visible files of a folder, without its subfolders, in the order of their names, numbers as numbers."""
    try:
        files = [file for file in folder.iterdir() if not file.name.startswith(".") and file.is_file()]
    except OSError:
        return []
    return sorted(files, key=lambda file: (_number(file), file.name))


def _number(file: Path) -> int:
    """The number at the beginning of a name: MH's, or the time of delivery in a maildir."""
    digits = file.name.partition(".")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else 0


def _is_named_as_mail(file: Path) -> bool:
    return file.suffix.lower() in _ENDINGS or (file.name.isascii() and file.name.isdigit())


def _messages(files: list[Path]) -> Iterator[tuple[float, int, Path, bytes, int]]:
    """For each readable file: its date, its position, its path, its head, and the length of its text at most.

    A message without a date takes that of the file before it.
    """
    last = 0.0
    for place, file in enumerate(files):
        start = _read_head(file)
        head, _ = split_message(start)
        if not start or not head:
            continue
        last = parse_mail_date(raw_field(head, b"date")) or last
        yield last, place, file, head, max(min(_size(file) - len(head), MAX_LENGTH_GUESS), 0)


def _read_head(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return unwrap_message(opened.read(_HEAD))
    except OSError:
        return b""


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


class _CurrentFiles:
    """Where the messages of folders are now, by the part of their names that stays the same.

    The folders are listed when a message is first missed, and again when one is missed and they have changed since:
    a folder of many thousand messages may have been moved as a whole, and each of them is asked for.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(dict.fromkeys(folders))
        self._state: tuple[int, ...] = ()
        self._known: dict[str, Path] = {}

    def body(self, file: Path) -> bytes:
        """The body in a file, or in the renamed file; a line that says so where the file is gone."""
        own = _stable_name(file.name)
        content = _read_body(file)
        if content is None:
            content = _read_body(self._known.get(own))
        if content is None and self._renewed():
            content = _read_body(self._known.get(own))
        return b"(This message is no longer in the folder.)" if content is None else content

    def _renewed(self) -> bool:
        """List the folders again if they have changed; the answer says whether they had."""
        state = tuple(map(_change_time, self._folders))
        if state == self._state:
            return False
        self._state = state
        self._known = {_stable_name(file.name): file for folder in self._folders for file in _list_files(folder)}
        return True


def _stable_name(name: str) -> str:
    """The part of a file's name that stays the same when flags change: all up to the colon."""
    return name.partition(":")[0]


def _read_body(file: Path | None) -> bytes | None:
    try:
        return None if file is None else split_message(unwrap_message(file.read_bytes()))[1]
    except OSError:
        return None


def _change_time(folder: Path) -> int:
    """When names in a folder last changed, in nanoseconds since 1970; 0 where it is unknown."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _list_files(folder: Path) -> list[Path]:
    """Everything in a folder, without a look at the files."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []
