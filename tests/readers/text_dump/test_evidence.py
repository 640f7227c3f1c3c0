"""What shows that posts are a discussion: comments are read, sections of documents are not."""

from __future__ import annotations

import pytest

from rumor_tui.readers.source import Hint
from rumor_tui.readers.text_dump import sniff

HINT = Hint("page.txt")


def posts(*heads: str) -> str:
    """Posts with these lines as headers, below a paragraph."""
    bodies = "".join(
        f"{head}\n\nThe mill on the hill turned for {'a' * n} while, and the miller saw it.\n\n"
        for n, head in enumerate(heads)
    )
    return f"The mill\n\nIt stands on a hill, and it turns when the wind blows, which it does on most days.\n\n{bodies}"


@pytest.mark.parametrize(
    "heads",
    [
        ("ann March 4, 2023", "bob March 5, 2023", "cleo March 6, 2023"),
        ("ann wrote:", "bob wrote:", "ann wrote:", "bob wrote:"),
    ],
)
def test_bylines_are_a_discussion(heads: tuple[str, ...]) -> None:
    assert sniff(posts(*heads), HINT)


@pytest.mark.parametrize(
    "heads",
    [
        ("Mill 1.4.2 March 4, 2023", "Mill 1.4.1 March 3, 2023", "Mill 1.4.0 March 2, 2023"),
        ("March 4, 2023", "March 3, 2023", "March 2, 2023"),
        (".. code-block:: sh", "import mill", ".. code-block:: sh", "import hill", ".. code-block:: sh", "import wind"),
        ("mill(name)", "Example:", "hill(name)", "Example:", "wind(name)", "Example:"),
    ],
)
def test_sections_of_documents_are_none(heads: tuple[str, ...]) -> None:
    assert not sniff(posts(*heads), HINT)


def test_a_stated_number_makes_up_for_one_author() -> None:
    heads = [f"ann March {day}, 2023" for day in range(1, 6)]
    assert not sniff(posts(*heads), HINT)
    assert sniff(posts("5 comments\n\nann March 1, 2023", *heads[1:]), HINT)
