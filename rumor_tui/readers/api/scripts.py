"""JSON behind a few characters of a program: `window.YTD.tweets.part0 = […]`, `var x = {…};`, `callback({…});`.

Also the guards that sites put before JSON so that no other page can run it: `)]}'` (Gerrit), `for (;;);` (Facebook),
`while(1);`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rumor_tui.readers.decode import to_utf8
from rumor_tui.readers.source import Hint, Source

if TYPE_CHECKING:
    from rumor_tui.model import Listing, Thread

_HEAD = 4_096
_START = re.compile(
    rb"\s*(?:/\*.{0,200}?\*/\s*)?(?:"
    rb"\)\]\}',?|for\s*\(\s*;\s*;\s*\)\s*;|while\s*\(\s*(?:1|true)\s*\)\s*;"
    rb"|(?:export\s+default|(?:var|let|const)\s+[\w$]{1,80}\s*=|[\w$.]{1,120}(?:\[[\"'\w.-]{1,80}\]){0,3}\s*=)"
    rb"|[\w$.]{1,80}\s*\("
    rb")\s*(?=[\[{])",
    re.DOTALL,
)


def sniff(data: bytes, hint: Hint) -> bool:
    """Whether JSON follows such a beginning, whole and with nothing behind it."""
    return bool(_START.match(to_utf8(data[:_HEAD]))) and _inner_source(data, hint).document.error is None


def read(data: bytes, hint: Hint) -> Thread | Listing:
    """What is in the JSON. Raises SourceError when that is of an unknown kind."""
    from rumor_tui.readers import read_source

    return read_source(_inner_source(data, hint).data, hint)


def _inner_source(data: bytes, hint: Hint) -> Source:
    data = to_utf8(data)
    match = _START.match(data[:_HEAD])
    end = max(data.rfind(b"}"), data.rfind(b"]"))
    return Source(data[match.end() if match else 0 : end + 1], hint)
