"""Folders of mail: maildir (`cur`, `new`), MH (numbered files), and plain folders of .eml files.

The files' heads are read at once and their bodies when a row is asked for, so that a folder of gigabytes opens. A
mail program that renames a file meanwhile, as maildir has it for every flag, does no harm.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

from rumor_tui.columns import LazyColumn
from rumor_tui.model import Listing, Thread
from rumor_tui.readers import refuse
from rumor_tui.readers.base import Hint, SourceError
from rumor_tui.readers.mail import content, fields
from rumor_tui.readers.mail.box import LONGEST_GUESS, Box, is_message, parted
from rumor_tui.readers.mail.reading import title_of

_HEAD = 32_768
"""Bytes that are read of each file at first; where the head is longer, the rest of it counts as text."""

_ENDINGS = (".eml", ".mht")


def sniff_folder(path: str) -> bool:
    """Whether a folder holds mail: it is a maildir, or all its files are messages by name and the first by content."""
    folder = Path(path)
    if (folder / "cur").is_dir() and (folder / "new").is_dir():
        return True
    files = _files(folder)
    return bool(files) and all(map(_is_named_as_mail, files)) and is_message(_start(files[0]))


def read_folder(path: str) -> Thread | Listing:
    """The one thread of a folder, or its threads as a listing. Raises SourceError when there is no mail in it."""
    folder, hint = Path(path), Hint(path)
    files = [file for name in ("cur", "new") for file in _files(folder / name)] or _files(folder)
    found = sorted(_messages(files), key=lambda one: one[:2])
    if not found:
        raise SourceError(f"{refuse.name(hint)} is a mail folder without any mail. Open another one.")
    paths = [file for _, _, file, _, _ in found]
    places = _Places([folder / "new", folder / "cur"] if (folder / "cur").is_dir() else [folder])
    box = Box(
        title_of(hint),
        [head for _, _, _, head, _ in found],
        LazyColumn(places.body, paths),
        array("i", [length for *_, length in found]),
    )
    return content.opened(box, path)


def _files(folder: Path) -> list[Path]:
    """The visible files right in a folder, in the order of their names, numbers as numbers."""
    try:
        files = [file for file in folder.iterdir() if not file.name.startswith(".") and file.is_file()]
    except OSError:
        return []
    return sorted(files, key=lambda file: (_number(file), file.name))


def _number(file: Path) -> int:
    """The number that a name begins with: MH's own, or the second of a delivery in a maildir."""
    digits = file.name.partition(".")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else 0


def _is_named_as_mail(file: Path) -> bool:
    return file.suffix.lower() in _ENDINGS or (file.name.isascii() and file.name.isdigit())


def _messages(files: list[Path]) -> Iterator[tuple[float, int, Path, bytes, int]]:
    """For each file that can be read: its date, its place, its path, its head, and how much text it may have.

    A message without a date takes that of the file before it.
    """
    last = 0.0
    for place, file in enumerate(files):
        start = _start(file)
        head, _ = parted(start)
        if not start or not head:
            continue
        last = fields.moment(fields.value(head, b"date")) or last
        yield last, place, file, head, max(min(_size(file) - len(head), LONGEST_GUESS), 0)


def _start(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_HEAD)
    except OSError:
        return b""


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


class _Places:
    """Where the messages of folders are now, by the part of their names that is their own.

    The folders are listed when a message is first missed, and again when one is missed and they have changed since:
    a folder of many thousand messages may have been moved as a whole, and each of them is asked for.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(dict.fromkeys(folders))
        self._state: tuple[int, ...] = ()
        self._known: dict[str, Path] = {}

    def body(self, file: Path) -> bytes:
        """The body in a file, or in the one that took its place; a line that says so where it is gone."""
        own = _own(file.name)
        said = _read(file)
        if said is None:
            said = _read(self._known.get(own))
        if said is None and self._renewed():
            said = _read(self._known.get(own))
        return b"(This message is no longer in the folder.)" if said is None else said

    def _renewed(self) -> bool:
        """Whether the folders had to be listed anew."""
        state = tuple(map(_changed, self._folders))
        if state == self._state:
            return False
        self._state = state
        self._known = {_own(file.name): file for folder in self._folders for file in _listed(folder)}
        return True


def _own(name: str) -> str:
    """What stays of a file's name when a mail program notes flags in it: all up to its colon."""
    return name.partition(":")[0]


def _read(file: Path | None) -> bytes | None:
    try:
        return None if file is None else parted(file.read_bytes())[1]
    except OSError:
        return None


def _changed(folder: Path) -> int:
    """When names in a folder last changed, in nanoseconds since 1970; 0 where it cannot be told."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _listed(folder: Path) -> list[Path]:
    """All that is in a folder, without a look at any of it."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []
