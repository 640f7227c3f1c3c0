"""Every test of the screen runs in an empty folder, and knows nothing of the terminal that it was started from.

Its pilot waits for what is queued, not for a process that seems to be idle.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui import settling


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "COLORTERM", "BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "TEXTUAL", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def settles(monkeypatch: pytest.MonkeyPatch) -> None:
    settling.install(monkeypatch)
