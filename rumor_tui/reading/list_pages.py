"""The pages of a list of threads: the entries of the next one behind those that are there."""

from __future__ import annotations

from dataclasses import replace

from rumor_tui.model import Listing, Thread


def append_page(listing: Listing, page: Listing) -> Listing:
    """The list with the entries of its next page behind its own, and the address of the page after that.

    Lists move on while they are read, so that a page may repeat entries of the one before: those with an address that
    is there already are left out.
    """
    known = {entry.address for entry in listing.entries if entry.address}
    rows = []
    for row, entry in enumerate(page.entries):
        if entry.address not in known:
            rows.append(row)
            known.update(filter(None, (entry.address,)))
    size = len(listing.entries)

    def open_entry(row: int) -> Thread | Listing:
        return listing.open(row) if row < size else page.open(rows[row - size])

    entries = (*listing.entries, *(page.entries[row] for row in rows))
    return replace(listing, entries=entries, open=open_entry, count=None, whole=None, further=page.further)
