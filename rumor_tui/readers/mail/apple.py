"""Messages as Apple Mail keeps them (.emlx): the length of the message, the message, and a property list behind it.

A `.partial.emlx` has the same form; the attachments that it lacks are files beside it.
"""

from __future__ import annotations

import re

_LENGTH = re.compile(rb"\s*(\d{1,12})[ \t]*\r?\n(?=[!-9;-~]+[ \t]*:|From )")
_PROPERTIES = re.compile(rb"\s*<\?xml[^>]{0,200}>\s*<!DOCTYPE plist")


def unwrap_message(data: bytes) -> bytes:
    """The message without the length before it and the property list behind it; other bytes as they are.

    Where the length is wrong, as in a file that was edited, the message ends where the property list begins.
    """
    length = _LENGTH.match(data)
    if length is None:
        return data
    end = length.end() + int(length[1])
    is_right = end <= len(data) and (not data[end:].strip() or _PROPERTIES.match(data, end))
    if not is_right:
        place = data.rfind(b"<?xml", length.end())
        end = place if place >= 0 and _PROPERTIES.match(data, place) else len(data)
    return data[length.end() : end]
