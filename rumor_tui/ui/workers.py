"""Work beside the interface: threads that post messages and never touch a widget; above all what is being loaded.

What loads puts the newest content into a mailbox and posts one message; the next one only when that has been looked
at, so that a source that is faster than the screen costs no more than one that is not.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from rumor_tui.model import Listing, SourceError, Thread

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

    from rumor_tui.loading import LoadJob

MARKS = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
"""The running mark, a step at a time."""


def start_worker(work: Callable[[], None], name: str) -> None:
    """Run something in a thread of its own that does not keep the program from ending."""
    threading.Thread(target=work, name=name, daemon=True).start()


def post(owner: MessagePump, message: Message) -> None:
    """Post a message from a thread; it is dropped when the program is ending."""
    with suppress(RuntimeError):
        owner.post_message(message)


@dataclass
class Came(Message):
    """For the app: something is there to be shown on a screen of its own, with the opening if that goes on."""

    content: Thread | Listing
    arriving: Arriving | None = None


@dataclass
class GaveUp(Message):
    """For the app: the opening that it was started for has ended with nothing to show."""

    failure: Exception


class Arriving:
    """One opening under way. `words` and `ended` may be read at any time, what came is fetched by `take`.

    `failure` is what ended it before its time: a SourceError, or a fault of the program.
    """

    @dataclass
    class News(Message):
        """Something came, or the opening has ended."""

        arriving: Arriving

    def __init__(self, opening: LoadJob, name: str = "") -> None:
        self.name = name
        self.words = ""
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
        """Have `owner` told of news from now on, at once if there are some; begin if that has not been done."""
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
        """Whether something came that has not been taken."""
        return self._content is not None

    def take(self) -> Thread | Listing | None:
        """The newest content, if one came since the last time."""
        with self._lock:
            content, self._content = self._content, None
            self._told = False
        return content

    def abandon(self) -> None:
        """Stop, and drop whatever still comes."""
        self._abandoned = True
        self.stop.set()

    # In the thread

    def _work(self) -> None:
        try:
            for arrival in self._opening(self.stop):
                if self._abandoned:
                    return
                self.words = arrival.status
                if arrival.content is not None:
                    with self._lock:
                        self._content = arrival.content
                self._post()
        except Exception as error:  # a thread's end is silent: the screen would wait for ever
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
    """What ended an opening, in a sentence."""
    if isinstance(failure, SourceError):
        return " ".join(str(failure).split())
    return f"The opening stopped at a fault of its own ({type(failure).__name__})."
