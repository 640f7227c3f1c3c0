"""What a page has, as plain data that one process can send to another.

It is a module of its own because the sandbox needs it without the parser, which runs in the subprocess.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rumor_tui import markdown_format
from rumor_tui.model import Article, Confidence, Draft, Entry, Listing, SourceError, Stub, Thread, ThreadBuilder
from rumor_tui.readers.dates.parse import parse_date_column
from rumor_tui.readers.preorder import arrange_drafts, to_preorder
from rumor_tui.readers.source import Hint


@dataclass(slots=True)
class PageResult:
    """An article with its comments in pre-order, or the entries of a page of links.

    A draft's `published_text` is the date that the page shows; `machine_dates` has, row by row, the date that it gives
    to programs (ISO 8601 or seconds since 1970), or None. `base` is the moment that ages are relative to, in seconds
    since 1970 UTC; `language` is the page's.
    """

    article: Article
    drafts: list[Draft] = field(default_factory=list)
    machine_dates: list[str | None] = field(default_factory=list)
    confidence: Confidence = "explicit"
    stubs: tuple[Stub, ...] = ()
    entries: tuple[Entry, ...] = ()
    base: float | None = None
    language: str | None = None

    def is_sound(self) -> bool:
        """Whether the parts fit each other; what another process sent has the right types, and no more than that."""
        return len(self.machine_dates) == len(self.drafts) and (self.base is None or abs(self.base) < 1e15)

    def content(self, hint: Hint) -> Thread | Listing:
        """The thread or the listing."""
        if self.entries:
            return Listing(self.article.title, self.entries, self._open_entry, source=hint.name, elsewhere=True)
        builder = ThreadBuilder(self.article, arrange_drafts(self.drafts))
        thread = builder.build("html", source=hint.name, confidence=self.confidence, stubs=self.stubs)
        dates = [date or draft.published_text for date, draft in zip(self.machine_dates, self.drafts, strict=True)]
        rows = to_preorder([draft.parent for draft in self.drafts])[0]
        thread.published = parse_date_column([dates[row] for row in rows], self.base, self.language)
        _ = thread.published[:1][0] if dates else None  # loads the date parser now rather than while painting
        return thread

    def _open_entry(self, number: int) -> Thread | Listing:
        address = markdown_format.clean_field(self.entries[number].address) or "This entry"
        raise SourceError(f"{address} is on the web, and not in this page. Open its address.")
