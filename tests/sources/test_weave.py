"""Several things loaded at the same time: what is handed on, what fails, and that stopping reaches all."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Barrier, Event

from rumor_tui.loading import LoadJob, LoadStep
from rumor_tui.model import Article, SourceError, Thread, ThreadBuilder
from rumor_tui.sources.weave import MAX_STRANDS, Strand, Weave


def thread(title: str) -> Thread:
    return ThreadBuilder(Article(title)).build("plain")


def job(*steps: LoadStep | Exception) -> LoadJob:
    def run(stop: Event) -> Iterator[LoadStep]:
        for step in steps:
            if isinstance(step, Exception):
                raise step
            yield step

    return run


def titles(strands: list[Strand]) -> Thread:
    return thread("+".join(one.content.article.title for one in strands if isinstance(one.content, Thread)))


def woven(*jobs: LoadJob, stop: Event | None = None) -> tuple[list[LoadStep], list[Strand]]:
    strands = [Strand(one) for one in jobs]
    weave = Weave(lambda: titles(strands))
    for strand in strands:
        weave.add(strand)
    return list(weave.steps(stop or Event())), strands


def test_all_that_came_is_handed_on_as_one() -> None:
    steps, strands = woven(job(LoadStep(thread("a"))), job(LoadStep(thread("b")), LoadStep(thread("c"))))
    last = next(step.content for step in reversed(steps) if step.content is not None)
    assert isinstance(last, Thread) and last.article.title == "a+c"
    assert all(strand.ended and strand.failure is None for strand in strands)


def test_an_empty_thread_is_content() -> None:
    empty = thread("a")
    assert not len(empty)
    steps, _ = woven(job(LoadStep(empty)))
    assert any(step.content is not None for step in steps)


def test_a_failure_costs_the_others_nothing() -> None:
    steps, strands = woven(
        job(LoadStep(thread("a")), SourceError("No.")), job(ValueError("x")), job(LoadStep(thread("c")))
    )
    assert [str(strand.failure) for strand in strands] == [
        "No.", "An answer came in a form that is not known (ValueError). Look at the page in a browser.", "None",
    ]  # fmt: skip
    last = next(step.content for step in reversed(steps) if step.content is not None)
    assert isinstance(last, Thread) and last.article.title == "a+c"


def test_only_so_many_run_at_the_same_time() -> None:
    together, ran = Barrier(MAX_STRANDS, timeout=60), []

    def waiting(stop: Event) -> Iterator[LoadStep]:
        ran.append(together.wait())
        yield LoadStep(None, "met")

    woven(*[waiting] * (2 * MAX_STRANDS))
    assert len(ran) == 2 * MAX_STRANDS


def test_stopping_reaches_all_and_starts_no_more() -> None:
    stop, seen = Event(), Event()

    def waiting(halt: Event) -> Iterator[LoadStep]:
        yield LoadStep(thread("a"))
        while not halt.is_set():
            seen.wait(0.01)

    strand = Strand(waiting)
    weave = Weave(lambda: titles([strand]))
    weave.add(strand)
    for _ in weave.steps(stop):
        stop.set()
    weave.add(Strand(job(LoadStep(thread("b")))))
    assert weave.strands == [strand] and strand.ended


def test_who_goes_away_ends_all() -> None:
    ended = Event()

    def waiting(halt: Event) -> Iterator[LoadStep]:
        yield LoadStep(thread("a"))
        while not halt.is_set():
            ended.wait(0.01)
        ended.set()

    strand = Strand(waiting)
    weave = Weave(lambda: titles([strand]))
    weave.add(strand)
    steps = weave.steps(Event())
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert ended.wait(60)
