"""Sites whose pages load their own comments by a script."""

from __future__ import annotations

from tests.sources.replies import Route

ROUTES: tuple[tuple[str, Route], ...] = ()
"""Patterns of paths, and what answers them."""

ADDRESSES: dict[str, str] = {}
"""What there is to open: a name, and its path."""
