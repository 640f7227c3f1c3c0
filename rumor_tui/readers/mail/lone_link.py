"""The address that a message is sent for: its only link, where it has nearly nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rumor_tui import blocks
from rumor_tui.links import page_elsewhere
from rumor_tui.model import Format

_MAX_WORDS = 15
"""Words beside the link: a greeting, a name, "worth reading"."""
_MAX_LENGTH = 30_000
"""Characters of a body that is looked at: HTML needs many for few words."""
_MAX_TEXT = 1_500
"""Characters of its text."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'\x00-\x1f]{1,2000}")
_SIGNATURE = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"^>.*$", re.MULTILINE)


def find_lone_link(pieces: Sequence[str], format: Format) -> str | None:
    """The only link of a message with a few words beside it; signatures and quoted lines do not count."""
    body = "\n".join(pieces)
    if len(body) > _MAX_LENGTH:
        return None
    parsed = blocks.parse_body(body, format) if format == "html" else []
    text = "\n".join(block.text for block in parsed if not block.quote) if format == "html" else body
    text = _QUOTED.sub("", _SIGNATURE.sub("", text))
    if len(text) > _MAX_TEXT or len(_ADDRESS.sub(" ", text).split()) > _MAX_WORDS:
        return None
    written = [match.rstrip(".,;:!?)]") for match in _ADDRESS.findall(text)]
    written += [span.target for block in parsed for span in block.spans if span.role == "link"]
    found = {page for address in written if (page := page_elsewhere(address))}
    return found.pop() if len(found) == 1 else None
