"""Where a page is discussed: every platform that can find threads by what they are about is asked, side by side.

Each platform has a deadline of its own and fails alone; what others have found is handed on as it comes. Entries stay
in the order of their coming, so that no row moves under the reader: within a platform, those with most comments first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Any, NamedTuple

from rumor_tui.canonical import canonical_address, distinct_pages, search_forms, search_key
from rumor_tui.loading import LoadStep
from rumor_tui.model import Entry, Listing, SourceError
from rumor_tui.sources import messages, notices
from rumor_tui.sources.addresses import platform_name
from rumor_tui.sources.async_runner import AsyncRunner
from rumor_tui.sources.config import Access, Sites
from rumor_tui.sources.fetch import Fetcher, origin_of
from rumor_tui.sources.hosts import is_private_name
from rumor_tui.sources.loader import LoadContext
from rumor_tui.sources.plan_context import ListingDocument, PlanContext, SnapshotBuffer
from rumor_tui.sources.platform import Platform
from rumor_tui.sources.platforms import PLATFORMS

DEADLINE = 10.0
"""Seconds that a platform has for all of its answers."""

ANSWER_SECONDS = 8.0
"""Seconds for one answer, less than the deadline: what a platform's other answers have brought is kept then."""

_LONGEST_PAUSE = 2.0
"""Seconds that are waited if a platform asks for a pause."""

_POLL_SECONDS = 0.05


class FindResult(NamedTuple):
    """What a platform has found; `problem` is a sentence on why that is not all, or empty."""

    entries: Sequence[Entry]
    problem: str = ""


@dataclass(slots=True)
class Search:
    """A search that runs: the pages, what was found, who has still to answer, and who did not."""

    pages: Sequence[str]
    waiting: list[str]
    entries: list[Entry] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    asked: int = 0
    known: set[str] = field(default_factory=set)
    """The canonical addresses of the pages and of the discussions found: none is listed twice, nor a page itself."""

    def __post_init__(self) -> None:
        self.asked = len(self.waiting)
        self.known.update(map(canonical_address, self.pages))

    def take(self, name: str, result: FindResult) -> None:
        """Add the answer of a platform."""
        self.waiting.remove(name)
        if result.problem:
            self.problems[name] = result.problem
        wanted = set(map(canonical_address, self.pages))
        for entry in sorted(result.entries, key=lambda entry: -(entry.comments or 0)):
            place = canonical_address(entry.address)
            if place not in self.known and (not entry.link or canonical_address(entry.link) in wanted):
                self.known.add(place)
                self.entries.append(entry)

    def sort_problems(self, platforms: Sequence[Platform]) -> None:
        """Put those who did not answer in the order of the table, whenever each of them failed."""
        names = [platform.name for platform in platforms]
        self.problems = {name: self.problems[name] for name in names if name in self.problems}

    def listing(self) -> Listing:
        """What was found so far."""
        title = notices.discussions_title(search_key(self.pages[0]))
        return replace(ListingDocument(self.pages[0], title, self.entries).content(), noun="discussion")


def find_discussions(context: LoadContext, addresses: Sequence[str], stop: Event) -> Iterator[LoadStep]:
    """Find the threads about a page, which may have several addresses; see `loading.LoadJob`.

    Raises SourceError if there is no address that others could know, or if nobody answered.
    """
    platforms = [platform for platform in PLATFORMS if platform.find is not None]
    search = Search(_known_to_others(context, addresses), [platform.name for platform in platforms])
    with AsyncRunner(_impatient(context.access)) as runner:
        news = Event()
        tasks = {
            platform.name: runner.start(_question(platform, context.sites, search.pages)) for platform in platforms
        }
        for task in tasks.values():
            task.add_done_callback(lambda _: news.set())
        yield LoadStep(None, notices.asking(0, search.asked, search.waiting))
        while search.waiting and not stop.is_set():
            news.wait(_POLL_SECONDS)
            news.clear()
            if _take_answers(search, tasks) and search.waiting:
                yield LoadStep(search.listing(), _progress(search))
        copied, oldest = runner.fetcher.copied, runner.fetcher.oldest
    copies = [] if copied is None else [notices.from_cache(oldest, copied)] if search.entries else []
    search.sort_problems(platforms)
    if len(search.problems) == search.asked and not search.entries:
        raise SourceError(notices.nobody_answered(search.problems))
    yield LoadStep(search.listing(), " ".join([*copies, *_outcome(search)]))


def _known_to_others(context: LoadContext, addresses: Sequence[str]) -> list[str]:
    """The pages to ask for, each in the form in which it would be posted; raises SourceError if there are none.

    Addresses of this machine and of private networks are told to nobody. A thread's own address is asked for only if
    there is no page that it is about.
    """
    pages = distinct_pages(addresses)
    public = [page for page in pages if context.sites.simulator or not is_private_name(_host(page))]
    if not public:
        raise SourceError(notices.only_private(pages[0]) if pages else notices.no_page_to_ask_for())
    articles = [page for page in public if not platform_name(page, context.sites)]
    return [forms[0] for page in articles or public if (forms := search_forms(page))]


def _host(address: str) -> str:
    try:
        return origin_of(search_forms(address)[0])[0]
    except messages.FetchError:
        return "localhost"  # what cannot be asked for is told to nobody


def _impatient(access: Access) -> Access:
    """The access with limits that let a platform fail by itself before its deadline."""
    limits = access.limits
    return replace(
        access,
        limits=replace(
            limits,
            answer=min(limits.answer, ANSWER_SECONDS),
            longest_pause=min(limits.longest_pause, _LONGEST_PAUSE),
        ),
    )


def _question(
    platform: Platform, sites: Sites, pages: Sequence[str]
) -> Callable[[Fetcher], Coroutine[Any, Any, FindResult]]:
    return lambda fetcher: _ask(platform, PlanContext(fetcher, sites, SnapshotBuffer()), pages)


async def _ask(platform: Platform, work: PlanContext, pages: Sequence[str]) -> FindResult:
    """Ask a platform for all pages. Never raises: what was found before a failure stays."""
    entries: list[Entry] = []
    problem = ""
    assert platform.find is not None
    try:
        async with asyncio.timeout(DEADLINE):
            for page in pages:
                entries += await platform.find(work, page)
    except TimeoutError:
        problem = notices.no_answer(platform.name, DEADLINE)
    except messages.FetchError as error:
        problem = str(error)
    except Exception as error:  # an answer may have a form that nobody expects
        problem = messages.unreadable_answer(error)
    failures = work.buffer.failures
    return FindResult(entries, problem or (str(failures[0]) if failures else ""))


def _take_answers(search: Search, tasks: dict[str, Future[FindResult]]) -> bool:
    """Add the answers that have come. False if none has."""
    done = [name for name in search.waiting if tasks[name].done()]
    for name in done:
        search.take(name, tasks[name].result())
    return bool(done)


def _progress(search: Search) -> str:
    return notices.asking(search.asked - len(search.waiting), search.asked, search.waiting)


def _outcome(search: Search) -> list[str]:
    """What is to be said at the end: who did not answer, and whether nothing was found."""
    said = []
    if search.waiting:
        said.append(notices.stopped_asking(search.asked - len(search.waiting), search.asked))
    elif not search.entries:
        said.append(notices.no_discussions(search.asked - len(search.problems)))
    if search.problems:
        said.append(notices.unanswered(search.problems))
    return said
