"""A pilot that waits for what is queued, where Textual's own waits for the process to be idle.

Textual's `wait_for_idle` takes a process for idle that used less than a millisecond of 20: on a loaded machine that is
a process that got no processor, and a test went on before its keys were worked through. And on a free machine it waits
for the background, too, which hides that a test does not. Here nothing depends on the clock: a key, a pause and another
size are over when all messages are worked through and the screen is laid out and painted. What threads and timers of
the program do later is not waited for: see `until` in `tests.ui.helpers`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from textual.app import App, ReturnType
from textual.message_pump import MessagePump
from textual.pilot import Pilot

CALM = 5
"""Turns without a message after which none is under way: it may pass the app, the widget, the screen, and back."""

TURNS = 10_000
"""Turns after which a screen that never comes to rest is left alone."""


class SettlingPilot(Pilot[ReturnType]):
    """A pilot whose keys and pauses end when the app has nothing more to do by itself."""

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has been worked through."""
        for key in keys:
            await super().press(key)
            await self.pause()

    async def pause(self, delay: float | None = None) -> None:
        """Wait until the app has come to rest, or, with a delay, so many seconds."""
        if delay is not None:
            await super().pause(delay)
            return
        calm = 0
        for _ in range(TURNS):
            if _has_ended(self.app):
                return
            await super().pause(0)
            calm = 0 if _is_busy(self.app) else calm + 1
            if calm == CALM:
                return


def _has_ended(app: App[ReturnType]) -> bool:
    """Whether there is no screen any more that could come to rest."""
    return app.return_code is not None or app._exception is not None or not app.screen_stack


def _is_busy(app: App[ReturnType]) -> bool:
    """Whether a message is under way, or a screen waits for its layout or painting."""
    if app._resize_timer is not None or any(pump.message_queue_size or pump._next_callbacks for pump in _pumps(app)):
        return True
    screen = app.screen
    return bool(screen._layout_required or screen._dirty_widgets or screen._callbacks)


def _pumps(app: App[ReturnType]) -> Iterator[MessagePump]:
    yield app
    for screen in app.screen_stack:
        yield from screen.walk_children(with_self=True)


async def _wait_for_nothing(*_: float) -> None:
    """What `wait_for_idle` does here."""
    await asyncio.sleep(0)


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have all apps be driven by a settling pilot."""
    monkeypatch.setattr("textual.pilot.Pilot", SettlingPilot)
    for module in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{module}.wait_for_idle", _wait_for_nothing)
