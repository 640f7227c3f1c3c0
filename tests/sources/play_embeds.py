"""Pages with a comment system in them, and those systems."""

from __future__ import annotations

from tests.sources import play_own_comments, play_widgets

ROUTES = (*play_widgets.ROUTES, *play_own_comments.ROUTES)
"""Patterns of paths, and what answers them."""

ADDRESSES = {**play_widgets.ADDRESSES, **play_own_comments.ADDRESSES}
"""What there is to open: a name, and its path."""
