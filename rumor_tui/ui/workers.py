"""Background threads of the interface, which post messages and never touch a widget; above all the one that loads.

It puts the newest content into a mailbox and posts one message, and the next one only after that has been read: a
source that is faster than the screen costs no more than one that is not.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from textual.message import Message

from rumor_tui.model import Listing, SourceError, Thread

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

    from rumor_tui.library_types import ClaimSubject
    from rumor_tui.loading import LoadJob
    from rumor_tui.place import Place
    from rumor_tui.reading.source_article import SourceArticle

MARKS = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
"""The frames of the progress mark."""


def start_worker(work: Callable[[], None], name: str) -> None:
    """Run `work` in a daemon thread."""
    threading.Thread(target=work, name=name, daemon=True).start()


def post(owner: MessagePump, message: Message) -> None:
    """Post a message from a thread; it is dropped when the program is ending."""
    with suppress(RuntimeError):
        owner.post_message(message)


def hand_over(owner: MessagePump, take: Callable[..., object], *results: object) -> None:
    """Have `take` called with the results of a thread, in the interface's; dropped when the program is ending."""
    with suppress(RuntimeError):
        owner.call_later(take, *results)


class Beginning(NamedTuple):
    """Where to begin in a thread: at a comment, by its handle in the library and its row; else where the reader was."""

    handle: int = 0
    row: int = -1
    place: Place | None = None


@dataclass
class Came(Message):
    """For the app: show this content on a screen of its own; `loader` is the opening if that goes on.

    `beginning` is where to begin in a thread of the library.
    """

    content: Thread | Listing
    loader: Loader | None = None
    beginning: Beginning | None = None


LibraryView = Literal["library", "news", "following", "everything", "claim"]
"""The library's own screens."""


@dataclass
class ViewWanted(Message):
    """For the app: show one of the library's screens."""

    view: LibraryView


@dataclass
class ClaimWanted(Message):
    """For the app: show the trail of a claim through the library."""

    subject: ClaimSubject


@dataclass
class SourceRead(Message):
    """For the app: show the text of a thread's source on a screen of its own."""

    source: SourceArticle


@dataclass
class GaveUp(Message):
    """For the app: the opening that it was started for ended without any content."""

    failure: Exception


class Loader:
    """An opening that goes on in a thread. `words` and `ended` may be read at any time; `take` fetches the content.

    `failure` is the error that ended it: a SourceError, or a fault of the program.
    """

    @dataclass
    class News(Message):
        """There is new content, or the opening has ended."""

        loader: Loader

    def __init__(self, opening: LoadJob, name: str = "", *, reads_links: bool = False) -> None:
        self.name = name
        self.reads_links = reads_links
        """Whether the page that a post links to is loaded too."""
        self.words = ""
        self.partial = False
        """Whether a part of what should have come did not (see `LoadStep`)."""
        self.ended = False
        self.failure: Exception | None = None
        self.stop = threading.Event()
        self._opening = opening
        self._owner: MessagePump | None = None
        self._content: Thread | Listing | None = None
        self._told = False
        self._abandoned = False
        self._lock = threading.Lock()
        self._started = False

    # For the screen

    def tell(self, owner: MessagePump) -> None:
        """Post news to `owner` from now on, beginning with what is there; the first call starts the thread."""
        with self._lock:
            self._owner = owner
            self._told = False
        if not self._started:
            self._started = True
            start_worker(self._work, "opening")
        else:
            self._post()

    @property
    def waiting(self) -> bool:
        """Whether there is content that has not been taken."""
        return self._content is not None

    def take(self) -> Thread | Listing | None:
        """The newest content; None if it has been taken before."""
        with self._lock:
            content, self._content = self._content, None
            self._told = False
        return content

    def abandon(self) -> None:
        """Stop, and drop whatever is still loaded."""
        self._abandoned = True
        self.stop.set()

    # In the thread

    def _work(self) -> None:
        try:
            for arrival in self._opening(self.stop):
                if self._abandoned:
                    return
                self.words, self.partial = arrival.status, arrival.partial
                if arrival.content is not None:
                    with self._lock:
                        self._content = arrival.content
                self._post()
        except Exception as error:  # a thread dies silently: the screen would wait for ever
            self.failure = error
        finally:
            self.ended = True
            self._post(always=True)

    def _post(self, *, always: bool = False) -> None:
        with self._lock:
            owner = self._owner
            if owner is None or self._abandoned or (self._told and not always):
                return
            self._told = True
        post(owner, self.News(self))


def account(failure: Exception) -> str:
    """The error that ended an opening, as a sentence."""
    if isinstance(failure, SourceError):
        return " ".join(str(failure).split())
    return f"The opening stopped at a fault of its own ({type(failure).__name__})."
