"""Short names for lists of threads, such as `hn/new` or `r/python`: what the rows of the platforms say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import quote

from rumor_tui.sources.config import Sites, sites_in_use
from rumor_tui.sources.platform import Platform, ShortName
from rumor_tui.sources.platforms import PLATFORMS

_LIKENESS = 0.75
"""How like a short name a word must be to be a misspelt one, as `difflib` measures it (0 to 1)."""


def _rows() -> Iterator[tuple[Platform, ShortName]]:
    for platform in PLATFORMS:
        for name in platform.short_names:
            yield platform, name


def expand_short_name(word: str, sites: Sites | None = None) -> str | None:
    """The address that a short name stands for; None if the word is none.

    Without `sites`, they are those of this run, which may be a server that simulates them.
    """
    sites = sites_in_use() if sites is None else sites
    for platform, name in _rows():
        match = re.fullmatch(name.pattern, word)
        if match is not None:
            parts = {key: quote(value or "", safe="@,") for key, value in match.groupdict().items()}
            return _base(platform, parts.get("host", ""), sites) + name.address.format(**parts)
    return None


def _base(platform: Platform, host: str, sites: Sites) -> str:
    """What the address begins with: the platform's site or the host that was typed, or the server that plays them."""
    if platform.site is None:
        return sites.simulator or f"https://{host}"
    if not sites.simulator:
        return f"https://{platform.site.pages[0]}"
    return f"{sites.simulator}/{platform.site.key}"


def short_name_table() -> dict[str, list[str]]:
    """The short names as the help writes them, by the name of their platform."""
    table: dict[str, list[str]] = {}
    for platform, name in _rows():
        table.setdefault(platform.name, []).append(name.words)
    return table


def explain_misspelt(word: str) -> str | None:
    """A sentence on a word that is meant to be a short name and is none; None for any other word.

    Meant so is what begins like one, and a single word that is very like one.
    """
    known = [name.words for _, name in _rows()]
    head, slash, _ = word.partition("/")
    near = [words for words in known if slash and words.partition("/")[0] == head and words != head]
    if not near and "." not in word:
        near = get_close_matches(word, [words for words in known if words.islower()], 3, _LIKENESS)
    if not near:
        return None
    return f"{word} is neither a file nor a short name. Near it: {', '.join(near)}. See rumor-tui --help."
