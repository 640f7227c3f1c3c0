"""An opening that runs while the screen is used: a thread of its own, and a mailbox that holds the newest arrival.

The thread never touches a widget. It puts what came into the mailbox and posts one message; the next one only when
that has been looked at, so that a source that is faster than the screen costs no more than one that is not.
"""

from __future__ import annotations

import threading
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
        self._thread: threading.Thread | None = None

    # For the screen

    def tell(self, owner: MessagePump) -> None:
        """Have `owner` told of news from now on, at once if there are some; begin if that has not been done."""
        with self._lock:
            self._owner = owner
            self._told = False
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="opening", daemon=True)
            self._thread.start()
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
                self.words = arrival.words
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
        with suppress(RuntimeError):  # the program is ending
            owner.post_message(self.News(self))


def account(failure: Exception) -> str:
    """What ended an opening, in a sentence."""
    if isinstance(failure, SourceError):
        return " ".join(str(failure).split())
    return f"The opening stopped at a fault of its own ({type(failure).__name__})."
