"""What a thread was read from, as a key: an absolute path, a member of a container, or a canonical address.

Light: this is asked for before the first screen stands.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rumor_tui.model import Article, Thread

_WEB: Final = ("http://", "https://")
_PACKED: Final = (".gz", ".bz2", ".xz", ".zst", ".tgz")
"""Endings of compressed files, whose threads have the name of what is inside."""

MEMBER: Final = "\n"
"""What parts the path of a container from the member in it."""


def locators_of(source: str) -> list[str]:
    """The keys under which a thread may be known that is read from a source, a path or an address, by that alone."""
    if source.lower().startswith(_WEB):
        from rumor_tui.canonical import canonical_address

        return [canonical_address(source)]
    if source in ("", "-"):
        return []
    path = clean(os.path.abspath(source))  # noqa: PTH100 - resolve() would follow links
    return [path, *(path[: -len(ending)] for ending in _PACKED if path.lower().endswith(ending))]


def locator_of(thread: Thread) -> str:
    """The key of what a thread was read from; "" where it is nothing to come back to, such as standard input."""
    source = thread.source
    if source.lower().startswith(_WEB):
        return locators_of(source)[0]
    if source in ("", "-") or (thread.original is None and not os.path.lexists(source)):
        return ""
    path = locators_of(source)[0]
    whole = thread.original is not None and thread.original.data is not None
    return path if whole else f"{path}{MEMBER}{member_key(thread.article)}"


def lasting_source(thread: Thread) -> str:
    """A thread's source as it is found from any folder: a path is absolute."""
    source = thread.source
    is_path = not source.lower().startswith(_WEB) and bool(locator_of(thread))
    return clean(os.path.abspath(source)) if is_path else clean(source)  # noqa: PTH100 - see above


def member_key(article: Article) -> str:
    """What tells a thread from the others of its container: its article's own facts, which stay when it grows."""
    from hashlib import blake2b

    facts = (article.title, article.byline, article.published, article.published_text, article.url)
    return blake2b(repr(facts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def clean(text: str) -> str:
    """A text that SQLite takes, without halves of surrogate pairs and without NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
