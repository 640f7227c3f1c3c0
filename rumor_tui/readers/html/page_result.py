"""What was found on a page, as plain data that one process can hand to another."""

from __future__ import annotations

from dataclasses import dataclass, field

from rumor_tui import markdown_format
from rumor_tui.model import Article, Confidence, Draft, Entry, Listing, SourceError, Stub, Thread, ThreadBuilder
from rumor_tui.readers import preorder
from rumor_tui.readers.dates import parse
from rumor_tui.readers.hint import Hint


@dataclass(slots=True)
class PageResult:
    """An article with its comments in pre-order, or, where there is neither, the entries of a page of links.

    A draft's `published_text` is what the page shows, and `machine` has, row by row, what it tells programs (ISO 8601
    or seconds), or None. `base` is the moment that ages count from, `language` the page's.
    """

    article: Article
    drafts: list[Draft] = field(default_factory=list)
    machine: list[str | None] = field(default_factory=list)
    confidence: Confidence = "explicit"
    stubs: tuple[Stub, ...] = ()
    entries: tuple[Entry, ...] = ()
    base: float | None = None
    language: str | None = None

    def content(self, hint: Hint) -> Thread | Listing:
        """The thread or the listing."""
        if self.entries:
            return Listing(self.article.title, self.entries, self._unopened, source=hint.name, elsewhere=True)
        builder = ThreadBuilder(self.article, preorder.arrange_drafts(self.drafts))
        thread = builder.build("html", source=hint.name, confidence=self.confidence, stubs=self.stubs)
        written = [machine or draft.published_text for machine, draft in zip(self.machine, self.drafts, strict=True)]
        if builder.drafts is self.drafts:
            thread.published = parse.parse_date_column(written, self.base, self.language)
            _ = thread.published[:1][0] if written else None  # what reads such dates is loaded here, not while painting
        return thread

    def _unopened(self, number: int) -> Thread | Listing:
        address = markdown_format.clean_field(self.entries[number].address) or "This entry"
        raise SourceError(f"{address} is on the web, and not in this page. Open its address.")
