"""What is said while something is loaded, and of what came: progress, what is missing, copies, who did not answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from rumor_tui.labels import format_age, plural
from rumor_tui.sources import messages


def copy_age(age: float) -> str:
    """The age of a cached copy, given in seconds."""
    return f"a copy of {format_age(0.0, age)} ago" if age >= 60 else "a copy of just now"


def failed_requests(count: int, why: str) -> str:
    """Failed requests for parts of a thread, with the message of the first one."""
    return f"{count:,} request{' was' if count == 1 else 's were'} not answered, so a part is missing. {why}"


def load_progress(loaded: int, total: int | None, noun: str = "comment") -> str:
    """How many comments, or entries of a list, have been loaded, of how many."""
    if total is not None and total >= loaded:
        return f"{loaded:,} of {plural(total, noun)}"
    return plural(loaded, noun)


def page_progress(number: int, loaded: int) -> str:
    """Which page is being fetched, and how many comments there are so far."""
    return f"page {number:,} · {plural(loaded, 'comment')}"


def stopped_at(loaded: int, total: int | None, noun: str = "comment") -> str:
    """Stopped by the user."""
    return f"Stopped: {load_progress(loaded, total, noun)}."


OFFLINE = "Offline: "
"""What begins the sentence on a copy that replaces what could not be reached."""


def from_cache(age: float, why: messages.FetchError) -> str:
    """A cached copy, `age` seconds old, replaces what could not be fetched."""
    return f"{OFFLINE}{copy_age(age)}." if why.offline else f"{why} Here is {copy_age(age)}."


def beside_from_cache(sentence: str, *, page: bool) -> str:
    """The sentence on a copy, where only the linked page, or only embedded comments, had to be replaced by one."""
    return f"{'The linked page is' if page else 'The comments are'} {sentence.removeprefix(OFFLINE)}"


def more_available(count: int) -> str:
    """Comments that could still be loaded."""
    return f"{plural(count, 'comment')} more can be loaded."


def incomplete(loaded: int, total: int | None, why: str, noun: str = "comment") -> str:
    """A part is missing at the end, and why."""
    return f"A part is missing ({load_progress(loaded, total, noun)} loaded): {why}"


def loading_page(address: str) -> str:
    """The linked page is being loaded."""
    return f"reading {messages.label(_host(address))}"


def loading_comments() -> str:
    """The comments of a system that the page embeds are being loaded."""
    return "loading comments"


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or address).removeprefix("www.")
    except ValueError:
        return address


def discussions_title(page: str) -> str:
    """The title of a list of the threads about a page, given without its scheme."""
    return f"Discussions of {messages.label(page)}"


def asking(answered: int, asked: int, waiting: Sequence[str]) -> str:
    """How many platforms have answered, and who has still to answer."""
    return f"asked {answered} of {asked} · {', '.join(waiting)} to come"


def no_answer(name: str, seconds: float) -> str:
    """A platform that has not answered within its time."""
    return f"{name} did not answer within {seconds:g} s."


def unanswered(problems: Mapping[str, str]) -> str:
    """Which platforms did not answer, or not in full, each with the first sentence of why."""
    told = "; ".join(f"{name} ({_first_sentence(why)})" for name, why in problems.items())
    return f"No full answer from {told}."


def nobody_answered(problems: Mapping[str, str]) -> str:
    """No platform answered; the first one's reason stands for those of all."""
    return f"None of {plural(len(problems), 'platform')} could be asked. {next(iter(problems.values()))}"


def no_discussions(answered: int) -> str:
    """All have answered, and none knows a discussion."""
    return f"None of the {answered} that answered knows a discussion of this page."


def stopped_asking(answered: int, asked: int) -> str:
    """Stopped by the user before all have answered."""
    return f"Stopped: {answered} of {asked} had answered."


def no_page_to_ask_for() -> str:
    """A thread or a file that has no address on the web."""
    return "This has no address on the web that others could discuss. Open the page by its address."


def only_private(address: str) -> str:
    """A page of this machine or of a private network."""
    return f"{messages.label(address)} is on this machine or in a private network, so nobody else is asked for it."


def _first_sentence(text: str) -> str:
    """The first sentence, without its full stop; a host may end in one, too ("localhost. is an address …")."""
    return re.split(r"\. (?=[A-Z0-9])", text, maxsplit=1)[0].rstrip(".")


def replies_left_out(system: str, count: int) -> str:
    """Replies that a comment system counts and has no address for."""
    return f"{system} does not hand out {plural(count, 'reply')}. Open the page in a browser for them."


def rest_wants_key(system: str) -> str:
    """A comment system that shows what follows the first page of comments only with a key."""
    return f"{system} shows further comments only with a key, which was not found. Open the page in a browser for them."


def too_many_pages(system: str, most: int) -> str:
    """A comment system that has more pages of comments than are read of one page."""
    return (
        f"{system} has more than {plural(most, 'page')} of comments, the most that is read. Open the page in a browser."
    )
