"""Write the tables that derive from the code into the manual: `python -m tests.write_manual_tables`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rumor_tui import docs


def tables() -> Iterator[tuple[str, str, str]]:
    """Each table: its topic, the mark around it, and its text."""
    from rumor_tui.search.query.unparse import language_table, library_table
    from rumor_tui.ui.keys import BINDINGS, INDEX, LISTING, TRAIL, markdown_table
    from rumor_tui.ui.library_keys import LIBRARY_PLACES

    yield "search", "language", language_table()
    yield "search", "library language", library_table()
    places = {
        "keys": BINDINGS,
        "listing keys": LISTING,
        "index keys": INDEX,
        "trail keys": TRAIL,
    }
    for mark, bindings in places.items():
        yield "keys", mark, markdown_table(bindings)
    for place, bindings in LIBRARY_PLACES.items():
        yield "keys", f"{place} keys", markdown_table(bindings)


def main() -> None:
    """Rewrite what stands between the marks."""
    for topic, mark, table in tables():
        file = Path(docs.__file__).parent / f"{topic}.md"
        text = file.read_text(encoding="utf-8")
        between = re.compile(rf"(?<=<!-- {mark} -->\n).*?(?=\n<!-- /{mark} -->)", re.DOTALL)
        file.write_text(between.sub(lambda _, new=table: new, text), encoding="utf-8")  # type: ignore[misc]


if __name__ == "__main__":
    main()
