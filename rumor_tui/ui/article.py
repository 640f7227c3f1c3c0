"""The left pane: the article, scrolled by rows."""

from __future__ import annotations

from rumor_tui.layout import Place
from rumor_tui.ui.article_items import ArticleItems
from rumor_tui.ui.view import ItemsView


class ArticleView(ItemsView):
    """Reads like a pager: there is no cursor, only a place."""

    def __init__(self, items: ArticleItems, *, id: str = "article") -> None:
        super().__init__(items, id=id)
        self.article = items

    def top_of_page(self) -> None:
        """To the first row."""
        self.top = Place(0, 0)
        self.compose_rows()

    def end_of_page(self) -> None:
        """To the last row."""
        self.top = self.bottom()
        self.compose_rows()

    def reach(self, item: int, offset: int) -> None:
        """Bring an offset of an item's text into sight."""
        offsets = self.painted(item).offsets
        row = max((y for y, start in enumerate(offsets) if 0 <= start <= offset), default=0)
        self.show(item, row=row)
