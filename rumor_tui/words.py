"""What is worded in one place and shown in many: counts with their nouns, and the title."""

from __future__ import annotations

from rumor_tui.model import Thread
from rumor_tui.text import mend, neutralise_line


def plural(count: int, one: str) -> str:
    """The count with its noun: "1 reply", "1,204 replies"."""
    many = one[:-1] + "ies" if one.endswith("y") else one + ("es" if one.endswith("ch") else "s")
    return f"{count:,} {one if count == 1 else many}"


def missing_words(count: int, one: str) -> str:
    """So many more of what `one` names, which are not there: "12 more replies"; 0 stands for nobody knows how many."""
    if not count:
        return "more " + plural(2, one).partition(" ")[2]
    number, _, noun = plural(count, one).partition(" ")
    return f"{number} more {noun}"


def title_of(thread: Thread) -> str:
    """The article's title as people see it and search looks through it: neutral, on one line, mended in a dump.

    It is made neutral last, since mending may bring controls to light: mojibake can stand for any character.
    """
    title = thread.article.title
    return neutralise_line(mend(title) if thread.repair else title)
