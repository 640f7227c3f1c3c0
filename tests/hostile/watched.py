"""The app in this process with a terminal that keeps every byte: what a driver would write, without a pseudo-terminal.

Unlike with Textual's headless driver, which paints nothing, the app composes and writes the same output as for a
terminal: strips behind the line filter, titles, copies, bells and pointers. What it would do outside is noted instead.
"""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from rumor_tui.ui import system
from rumor_tui.ui.app import RumorApp
from tests.hostile.oracle import violations
from tests.ui import settling


class Recorder(HeadlessDriver):
    """A driver that is a terminal to the app and writes to a list."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.written: list[str] = []

    @property
    def is_headless(self) -> bool:
        """No: then nothing would be painted."""
        return False

    def write(self, data: str) -> None:
        """Keep what would be written."""
        self.written.append(data)


class Watched:
    """A running app, its pilot, what it wrote, and what it would have done outside."""

    def __init__(self, app: RumorApp, pilot: Pilot[None], outside: list[str]) -> None:
        self.app, self.pilot, self.outside = app, pilot, outside
        driver = app._driver
        assert isinstance(driver, Recorder)
        self._driver = driver

    @property
    def output(self) -> bytes:
        """All bytes so far."""
        # A lone surrogate cannot be written: it becomes what is no UTF-8, and so a violation.
        return "".join(self._driver.written).encode("utf-8", "surrogatepass")

    def forget(self) -> None:
        """Begin anew."""
        self._driver.written.clear()

    def wrong(self, *, copies: bool = False) -> list[str]:
        """What the app wrote or did that it must not, and the actions that are hidden in what is on the screen."""
        return [
            *violations(self.output, copies=copies),
            *(f"did {deed}" for deed in self.outside),
            *(f"an action on the screen: {style.meta}" for style in self._styles() if "@click" in style.meta),
        ]

    def _styles(self) -> Iterator[Any]:
        for lines in self.app.screen._compositor.render_strips():
            yield from (segment.style for segment in lines if segment.style is not None)


@contextmanager
def _no_outside(outside: list[str]) -> Iterator[None]:
    """Nothing is opened, and no program started: it is noted."""

    def opened(_app: object, address: str) -> str:
        outside.append(f"open {address!r}")
        return f"Opened {address}"

    def started(*given: object, **_: object) -> None:
        outside.append(f"start {given!r}")
        raise OSError("not in a test")

    with patch.object(system, "open_in_browser", opened), patch.object(subprocess, "Popen", started):
        yield


@asynccontextmanager
async def watched(app: RumorApp, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Watched]:
    """Run an app, watched. What raised in it is raised here at the end."""
    outside: list[str] = []
    app.driver_class = Recorder
    with _no_outside(outside), pytest.MonkeyPatch.context() as monkeypatch:
        settling.install(monkeypatch)
        async with app.run_test(headless=False, size=size) as pilot:
            yield Watched(app, pilot, outside)
