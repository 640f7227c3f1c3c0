from __future__ import annotations

from threading import Thread

import pytest

from rumor_tui.search import cooperative
from rumor_tui.search.cooperative import TimeSlicer, never_stop, rest_while_busy, stop_after


class Clock:
    """A clock that goes only when told to, or when somebody sleeps."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        self.slept: list[float] = []
        self.goes = False
        """Whether it goes while somebody sleeps."""
        monkeypatch.setattr(cooperative, "perf_counter", lambda: self.now)
        monkeypatch.setattr(cooperative, "monotonic", lambda: self.now)
        monkeypatch.setattr(cooperative, "sleep", self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds if self.goes else 0.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def _ten_pieces(clock: Clock) -> None:
    work = TimeSlicer()
    for _ in range(10):
        clock.now += cooperative.SLICE / 2.5
        work.rest()


def test_work_rests_once_a_slice(clock: Clock) -> None:
    aside = Thread(target=_ten_pieces, args=(clock,))
    aside.start()
    aside.join()
    assert clock.slept == [cooperative.REST] * 3


def test_work_that_is_waited_for_does_not_rest(clock: Clock) -> None:
    _ten_pieces(clock)
    assert clock.slept == []


def test_stop_is_asked_at_rests_only(clock: Clock) -> None:
    work = TimeSlicer(stop=lambda: True)
    assert not work.rest()
    clock.now += cooperative.SLICE
    assert work.rest()
    assert not work.rest()


def test_reports_are_due_at_their_interval(clock: Clock) -> None:
    work = TimeSlicer()
    due = []
    for _ in range(9):
        clock.now += cooperative.REPORT / 2.5
        due.append(work.report_due())
    assert due == [False, False, True] * 3


def test_time_runs_out(clock: Clock) -> None:
    stop = stop_after(0.5)
    assert not stop()
    clock.now += 0.6
    assert stop()
    assert not never_stop()


def test_work_rests_until_keys_have_ceased(clock: Clock) -> None:
    clock.goes = True
    keys = [99.9]
    rest = rest_while_busy(lambda: keys[-1], quiet=0.5, patience=60.0)
    assert not rest()
    assert clock.slept == []  # that key came before there was work
    keys.append(clock.now)
    clock.now += 0.25
    assert not rest()
    assert clock.slept == [0.25]
    assert not rest()
    assert clock.slept == [0.25]


def test_a_key_that_is_held_does_not_stop_work_for_ever(clock: Clock) -> None:
    clock.goes = True
    first = [True]
    rest = rest_while_busy(lambda: clock.now - 5.0 if first and first.pop() else clock.now, quiet=0.5, patience=2.0)
    for _ in range(10):
        assert not rest()
    assert clock.slept == [0.5] * 4
