"""Hostile documents: what a stranger may put into a file so that a reader fails, hangs, or takes all memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from tests.hostile.document_kinds import Make, Table, containers, data, mail, markdown, pages, texts, xml


class HostileDocument(NamedTuple):
    """A name for people, the ending of a file's name, and what makes the document of n repetitions.

    A full attack has 50,000 of them; where one repetition is large, the document has a share of that, so that none is
    longer than some 20 MB (a bomb is, once it is unpacked).
    """

    name: str
    suffix: str
    make: Make


_KINDS: Final[dict[str, Table]] = {
    "Markdown": markdown.DOCUMENTS,
    "page": pages.DOCUMENTS,
    "data": data.DOCUMENTS,
    "mail": mail.DOCUMENTS,
    "XML": xml.DOCUMENTS,
    "container": containers.DOCUMENTS,
    "text": texts.DOCUMENTS,
}

HOSTILE_DOCUMENTS: Final[Sequence[HostileDocument]] = tuple(
    HostileDocument(f"{kind}: {name}", suffix, make)
    for kind, table in _KINDS.items()
    for name, (suffix, make) in table.items()
)
