"""Web archives of Safari (.webarchive): a property list with the page, its images, and the archives of its frames.

A property list is binary or XML; plistlib reads both, refuses entities in XML, and shares what a binary one refers to
twice. Other property lists are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rumor_tui.model import SourceError
from rumor_tui.readers.source import Hint, name_source

if TYPE_CHECKING:
    from rumor_tui.model import Listing, Thread
    from rumor_tui.readers.containers.pages import SavedDocument

BINARY_START = b"bplist00"
MAX_FRAMES = 200
"""Frames that are taken, also those of frames."""

_HEAD = 4_096
_SEARCHED = 200_000
_MAIN = b"WebMainResource"


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether it is a binary property list, or one in XML with a page."""
    return data.startswith(BINARY_START) or (b"<plist" in data[:_HEAD] and _MAIN in data[:_SEARCHED])


def read(data: bytes, hint: Hint) -> Thread | Listing:
    """The page with its comments. Raises SourceError when it is no archive of a page."""
    import plistlib

    from rumor_tui.readers.containers.pages import SavedPage, read_page

    try:
        archive = plistlib.loads(data)
    except Exception as error:  # plistlib raises many kinds for damaged property lists
        raise SourceError(
            f"{name_source(hint)} is a property list that is damaged. Save the page or download the file again."
        ) from error
    documents = _documents(archive)
    if not documents:
        raise SourceError(
            f"{name_source(hint)} is a property list, and no web archive with a page. Open text or a web page instead."
        )
    return read_page(SavedPage(documents[0], documents[1:]), hint)


def _documents(archive: Any) -> list[SavedDocument]:
    """The page, and then its frames, without recursion."""
    from rumor_tui.readers.containers.pages import SavedDocument

    documents: list[SavedDocument] = []
    waiting = [archive]
    for held in waiting:
        resource = held.get("WebMainResource") if isinstance(held, dict) else None
        if not isinstance(resource, dict):
            continue
        data = resource.get("WebResourceData")
        if isinstance(data, bytes):
            address, charset = resource.get("WebResourceURL"), resource.get("WebResourceTextEncodingName")
            documents.append(SavedDocument(data, _web_address(address), charset if isinstance(charset, str) else ""))
        frames = held.get("WebSubframeArchives")
        if isinstance(frames, list):
            waiting.extend(frames[: MAX_FRAMES - len(waiting)] if len(waiting) < MAX_FRAMES else ())
    return documents


def _web_address(address: Any) -> str:
    is_web = isinstance(address, str) and address.lower().startswith(("http://", "https://"))
    return address if is_web else ""
