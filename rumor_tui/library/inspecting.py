"""The library looked over as a whole, before a backup is made of it: no damage may take the place of a good copy."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from rumor_tui.library.database import open_for_reading
from rumor_tui.library.recovery import find_damage
from rumor_tui.library.repairing import has_damaged_documents, repair_documents

if TYPE_CHECKING:
    from rumor_tui.library.writer import Writer


def is_whole(path: Path, writer: Writer) -> bool:
    """Whether the library is whole, or was mended now. If not, a backup took its place. Raises LibraryError.

    It reads all of the file: about a second for each 150 MB.
    """
    if find_damage(path):
        writer.restore()
        return False
    with closing(open_for_reading(path)) as connection:
        is_damaged = has_damaged_documents(connection)
    if is_damaged:
        repair = writer.run(lambda connection: repair_documents(connection, path))
        if any(repair):
            writer.notices.append(repair.notice)
    return True
