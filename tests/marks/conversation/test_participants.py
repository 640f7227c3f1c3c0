"""Whom a text calls by name, where several could be meant."""

from __future__ import annotations

import pytest

from rumor_tui.marks.conversation.participants import MAX_SHARING, Participants

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def johns(count: int) -> Participants:
    """So many people with one first name, each of whom said something once."""
    return Participants([f"Johnny Q{LETTERS[n // 26 % 26]}{LETTERS[n % 26]}x{n // 676 * 'z'}" for n in range(count)])


def test_a_first_name_of_a_few_calls_the_one_who_spoke_last() -> None:
    call = johns(MAX_SHARING).mention_at("Johnny, is it so?", 0, MAX_SHARING)
    assert call is not None
    assert call.person == MAX_SHARING - 1


def test_a_first_name_of_many_calls_nobody_and_looks_at_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    last_row = Participants.last_row

    def counted(self: Participants, person: int, before: int) -> int | None:
        looked.append(person)
        return last_row(self, person, before)

    monkeypatch.setattr(Participants, "last_row", counted)
    people = johns(2000)
    assert [people.mention_at("Johnny, is it so?", 0, row) for row in range(2000)] == [None] * 2000
    assert looked == []
