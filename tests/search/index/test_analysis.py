from __future__ import annotations

from collections.abc import Callable

import pytest

from rumor_tui import marks as found
from rumor_tui.marks import LexiconBuilder, ThreadLexicon
from rumor_tui.marks.names.lexicon import KnownForm
from rumor_tui.model import Thread
from rumor_tui.search import cooperative
from rumor_tui.search.index import analysis as module
from rumor_tui.search.index.analysis import ThreadAnalysis
from rumor_tui.search.index.authors import author_names
from tests.search.threads import make_thread

BODIES = ["Only 600 examples of the BMW 1M.", "Dr. Segler said 600 examples."]


def sample(bodies: list[str] | None = None) -> ThreadAnalysis:
    thread = make_thread(bodies or BODIES, ["Segler Fan", None], title="BMW plans 600 examples")
    return ThreadAnalysis(thread)


def many(count: int) -> ThreadAnalysis:
    return ThreadAnalysis(make_thread([f"BMW made {n + 100} cars." for n in range(count)], title="600 examples"))


def test_marks_stand_in_the_whole_text_and_the_header_has_none() -> None:
    knowledge = sample()
    text = knowledge.index.item_text(1)
    written = [text[mark.start : mark.end] for mark in knowledge.marks_of(1)]
    assert text.startswith("Segler Fan\n")
    assert "600 examples" in written
    assert not any("Fan" in form for form in written)


def test_the_names_are_kept_as_they_are_compared() -> None:
    knowledge = ThreadAnalysis(make_thread(["a", "b", "c"], ["Ann", "BEN\x07", "BEN\x07"]))
    assert knowledge.names() == [("BEN␇", "ben␇", 2), ("Ann", "ann", 1)]
    assert knowledge.names() is knowledge.names()


def test_a_thread_is_counted_in_all_its_items() -> None:
    knowledge = sample()
    assert knowledge.marks is None
    knowledge.find_marks()
    assert knowledge.marks_known
    assert knowledge.marks is not None
    id = knowledge.marks.id_of("number", "600 examples")
    assert id is not None
    entry = knowledge.marks.entry(id)
    assert (entry.count, entry.in_article) == (3, 1)
    assert [place.item for place in knowledge.marks.where(id)] == [0, 1, 2]
    assert knowledge.marks.id_of("name", "600 examples") is None
    for item in range(knowledge.index.size):
        assert [mark[:2] for mark in knowledge.marks.marks_of(item)] == [mark[:2] for mark in knowledge.marks_of(item)]


def test_overlong_marks_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge = sample(["BMW made 600 examples", ""])
    monkeypatch.setattr(module, "MAX_LABEL", 6)
    assert [mark.value for mark in knowledge.marks_of(1)] == ["BMW"]


def test_what_is_counted_need_not_be_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge = sample()
    first = knowledge.marks_of(1)
    knowledge.find_marks()
    monkeypatch.setattr(found, "find_marks", None)
    knowledge.version += 1
    assert knowledge.held(1) == knowledge.marks_of(1) == first
    assert knowledge.marks is not None
    knowledge.marks.exact = False
    knowledge.version += 1
    assert knowledge.held(1) is None


def test_only_the_beginning_of_a_long_text_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_TEXT", 8)
    assert [mark.value for mark in sample().marks_of(1)] == ["600"]


def test_progress_comes_early_then_grows_and_comes_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_RANK_SECONDS", 0.0)
    monkeypatch.setattr(module, "_RANK_SHARE", 0)
    knowledge, seen = many(60), list[tuple[float, int, int]]()

    def progress(share: float) -> None:
        if marks := knowledge.marks:  # on a slow machine there may be reports while the lexicon is built
            seen.append((share, marks.items, len(marks.narrow(""))))

    knowledge.find_marks(progress)
    shares, items, sizes = (list(column) for column in zip(*seen, strict=True))
    assert shares == sorted(shares)
    assert [share == 1.0 for share in shares] == [False] * (len(shares) - 1) + [True]
    assert items[:3] == [1, 41, 42]
    assert items[-1] == 61
    assert 1 <= sizes[0] < sizes[1] < sizes[-1]


def test_the_evidence_is_gathered_with_progress_and_before_any_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cooperative, "REPORT", 0.0)
    knowledge, seen = many(5), list[tuple[float, bool]]()
    knowledge.find_marks(lambda share: seen.append((share, knowledge.marks is not None)))
    before = [share for share, known in seen if not known]
    assert len(before) == 6
    assert before[-1] == pytest.approx(module.GATHERING_SHARE)


def stop_after(calls: int) -> Callable[[], bool]:
    left = iter(range(calls))
    return lambda: next(left, None) is None


def test_what_was_stopped_holds_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cooperative, "SLICE", 0.0)
    knowledge, shares = many(20), list[float]()
    knowledge.find_marks(stop=stop_after(5))
    assert (knowledge.marks, knowledge.version) == (None, 0)
    knowledge.find_marks(shares.append, stop_after(21 + 5))
    assert knowledge.marks is not None
    assert 0 < knowledge.marks.items < 10
    assert not knowledge.marks_known
    assert 1.0 not in shares
    knowledge.find_conversation(stop_after(3))
    assert knowledge.conversation is None
    knowledge.find_conversation()
    assert knowledge.conversation is not None


class Learned(LexiconBuilder):
    """Learns one form of a name."""

    def lexicon(self) -> ThreadLexicon:
        return ThreadLexicon(frozenset(("zed",)), {"grzmot": KnownForm("name", "Grzmot")})


def test_evidence_makes_other_marks_of_what_was_looked_at_before(monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge = sample(["well, zed said so", ""])
    assert knowledge.marks_of(1) == []
    assert knowledge.held(1) == []
    monkeypatch.setattr(found, "LexiconBuilder", Learned)
    knowledge.find_marks()
    assert knowledge.version == 1
    assert [mark.value for mark in knowledge.marks_of(1)] == ["zed"]


def test_another_state_of_the_thread_begins_with_what_was_known_of_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "LexiconBuilder", Learned)
    before = sample()
    before.find_marks()
    thread: Thread = make_thread(["zed said"] * 3, ["ann", "bob", "cy"])
    after = ThreadAnalysis(thread, before)
    assert after.lexicon.people == {"ann", "bob", "cy"}
    assert after.lexicon.forms == before.lexicon.forms
    assert not ThreadAnalysis(thread).lexicon.forms


def test_marks_are_kept_for_some_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CACHED_ITEMS", 2)
    knowledge = many(5)
    kept = [knowledge.marks_of(item) for item in (1, 2)]
    assert knowledge.marks_of(1) is kept[0]
    knowledge.marks_of(3)
    assert [knowledge.held(item) is not None for item in (1, 2, 3)] == [False, False, True]
    assert knowledge.marks_of(1) == kept[0]


def test_participants_are_those_who_sign() -> None:
    knowledge = sample()
    assert [(one.name, len(one.rows)) for one in knowledge.participants()] == [("Segler Fan", 1)]
    assert knowledge.participants() is knowledge.participants()
    assert knowledge.people == {"Segler Fan"}


def test_what_was_gathered_is_not_replaced_by_a_first_look_that_ends_later(monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge = sample()

    def slowly(thread: Thread) -> frozenset[str]:
        """While the first look asks for the people, the whole thread is gone through."""
        monkeypatch.setattr(module, "author_names", author_names)
        knowledge.find_marks()
        return author_names(thread)

    monkeypatch.setattr(module, "author_names", slowly)
    assert knowledge.lexicon.forms
    assert knowledge.lexicon.forms
