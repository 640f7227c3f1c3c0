"""Reading a page in a process of its own, which is ended when it takes too long or too much memory.

What the process finds comes back as it is; when nothing comes, the page is its plain text, which `blocks` reads tag by
tag in proportion to its length whatever the nesting.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from rumor_tui.model import Article
from rumor_tui.readers.base import Hint
from rumor_tui.readers.html.found import Found

DEADLINE: Final = 12.0
"""Seconds that a page may take."""
MEMORY: Final = 2 * 1024**3
"""Bytes of address space that reading a page may take."""

_HOME: Final = Path(__file__).parents[3]
"""The folder that this package is in, wherever the program was started."""
_PIECE: Final = 20_000


def find(text: str, hint: Hint, deadline: float = DEADLINE) -> Found:
    """All that a page has, or its plain text with a word on why it is no more."""
    found = _ask(text, hint, deadline)
    return _plain(text) if found is None else found


def _ask(text: str, hint: Hint, deadline: float) -> Found | None:
    # -P: what lies in the folder that the page was opened from is not to be imported.
    command = [sys.executable, "-P", "-c", "from rumor_tui.readers.html.apart import answer; answer()"]
    try:
        run = subprocess.run(
            command,
            input=pickle.dumps((text, hint)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=deadline,
            check=True,
            env={**os.environ, "PYTHONPATH": str(_HOME)},
        )
        found = pickle.loads(run.stdout)
    except Exception:  # whatever it was that ended it or garbled its answer
        return None
    return found if isinstance(found, Found) else None


def answer() -> None:
    """The other process: read the page that comes in, within the limits, and write what was found."""
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (int(DEADLINE) + 1, int(DEADLINE) + 2))
    from rumor_tui.readers.html import reading

    text, hint = pickle.loads(sys.stdin.buffer.read())
    found = reading.find(text, hint)
    found.article.pieces = list(found.article.pieces)
    sys.stdout.buffer.write(pickle.dumps(found))


def _plain(text: str) -> Found:
    said = "<p><em>This page is too large or nested too deeply: only its plain text is shown.</em></p>"
    pieces = [said, *_cut(text)]
    return Found(Article(title=_title(text), pieces=pieces, format="html"))


def _cut(text: str) -> list[str]:
    """The page in pieces, cut before tags; where one of them ends matters little to plain text."""
    pieces, start = [], 0
    while start < len(text):
        end = text.find("<", start + _PIECE) if start + _PIECE < len(text) else -1
        end = len(text) if end < 0 else end
        pieces.append(text[start:end])
        start = end
    return pieces


def _title(text: str) -> str:
    from rumor_tui import blocks, bylines

    low = text[:200_000].lower()
    start, end = low.find("<title"), low.find("</title")
    if not 0 <= start < end:
        return ""
    return bylines.name(blocks.plain(text[start:end].partition(">")[2][:500], "html")) or ""
