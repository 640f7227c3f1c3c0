"""The left pane: the article, scrolled by rows."""

from __future__ import annotations

from rumor_tui.layout import Place
from rumor_tui.reading.effects import Effects
from rumor_tui.reading.position import Reference
from rumor_tui.ui.article_items import ArticleItems
from rumor_tui.ui.view import ItemsView


class ArticleView(ItemsView):
    """Reads like a pager: there is no cursor, only a place."""

    def __init__(self, items: ArticleItems, *, id: str = "article") -> None:
        super().__init__(items, id=id)
        self.article = items

    def settle(self, effects: Effects, kept: Reference) -> None:
        """Show what a command asks of the article; `kept` is where it stood before."""
        if effects.keep_article or effects.restore is not None:
            self.put_back(kept if effects.restore is None else effects.restore[1])
            self.compose_rows()
        if effects.target is not None and effects.target.in_article:
            self.reach(effects.target.item, effects.target.offset or 0)

    def scroll_to_end(self, direction: int) -> None:
        """To the first row (-1), or to the last one (1)."""
        self.top = Place(0, 0) if direction < 0 else self.bottom()
        self.compose_rows()

    def reach(self, item: int, offset: int) -> None:
        """Bring an offset of an item's text into sight."""
        offsets = self.painted(item).offsets
        row = max((y for y, start in enumerate(offsets) if 0 <= start <= offset), default=0)
        self.show(item, row=row)
