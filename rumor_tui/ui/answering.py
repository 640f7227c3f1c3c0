"""The screen's actions for quotes, and for who answers whom."""

from __future__ import annotations

from rumor_tui.ui.following import FollowingScreen


class AnsweringScreen(FollowingScreen, inherit_bindings=False):
    """What these keys do."""
