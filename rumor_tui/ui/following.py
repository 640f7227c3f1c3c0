"""The screen's actions for following a claim: the index of numbers and names, and the trail of one of them."""

from __future__ import annotations

from rumor_tui.ui.finding import FindingScreen


class FollowingScreen(FindingScreen, inherit_bindings=False):
    """What these keys do."""
