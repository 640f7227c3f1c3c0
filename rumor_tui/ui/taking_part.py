"""The screen's actions for people and time: the author lens, muting, participants, the timeline."""

from __future__ import annotations

from rumor_tui.ui.answering import AnsweringScreen


class TakingPartScreen(AnsweringScreen, inherit_bindings=False):
    """What these keys do."""
