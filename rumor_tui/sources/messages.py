"""Errors of fetching, as one sentence that names the host and one that says what to do; see `notices` for the rest."""

from __future__ import annotations

import errno
import re
import socket
import ssl
from collections.abc import Callable, Iterator

import httpcore2
import httpx2

from rumor_tui.model import SourceError
from rumor_tui.text import neutralise_line

_LONGEST_NAME = 100
_BROKE_OFF = "broke off in the middle. Try again later."


class FetchError(SourceError):
    """An address could not be fetched.

    `transient` means that it may succeed later or in another way; `status` is the HTTP status if that was the reason,
    otherwise 0; `pause` are the seconds that the server asks to wait; `offline` means that the host could not be
    reached, `slow` that there is no time to try again; `partial` is what was received of the body, or with
    `cut` the beginning of that; `final` means that no other way to read the address is worth trying.
    """

    def __init__(
        self,
        sentence: str,
        *,
        status: int = 0,
        transient: bool = False,
        offline: bool = False,
        slow: bool = False,
        pause: float | None = None,
        partial: bytes = b"",
        cut: bool = False,
        final: bool = False,
    ) -> None:
        super().__init__(sentence)
        self.status = status
        self.transient = transient
        self.offline = offline
        self.slow = slow
        self.pause = pause
        self.partial = partial
        self.cut = cut
        self.final = final


def label(name: str) -> str:
    """A host or an address for use in a sentence: neutral, on one line, shortened."""
    neutral = neutralise_line(name).strip()
    return neutral if len(neutral) <= _LONGEST_NAME else neutral[: _LONGEST_NAME - 1] + "…"


def private_host(host: str) -> str:
    """A host outside the public internet that the user did not type."""
    return (
        f"{label(host)} is an address of this machine or of a private network, and a page on the web pointed to it, "
        "so it was not asked. Type the address yourself if you want it."
    )


def not_an_address(address: str) -> str:
    """An invalid address, or not a web address."""
    return f"{label(address) or 'That'} is not an address that can be opened. Give one that begins with http:// or https://."


def no_address(label_of: str = "") -> str:
    """A thread, or one of its discussions, that was not loaded from an address is to be loaded again."""
    what = f"The discussion {label(label_of)}" if label_of else "This"
    return f"{what} was not loaded from an address, so it cannot be loaded again."


def has_credentials() -> str:
    """A user name or password in an address."""
    return "The address holds a name or a password, which rumor-tui does not send. Leave out what is before the @."


def bad_redirect(host: str, target: str) -> str:
    """A redirect to something that is not a web address."""
    return f"{label(host)} redirects to {label(target)}, which is not an http or https address, so it was not followed."


def needs_login(site: str) -> str:
    """A list that a site shows only to those who are logged in; `site` is its host."""
    return f"{label(site)} shows this list only after a login, and rumor-tui never logs in. Open it in a browser."


def redirect_loop(host: str, most: int) -> str:
    """Too many redirects."""
    return f"{label(host)} redirects in circles: {most} redirects led to no page. Look at the address in a browser."


def too_large(host: str, most: int, what: str) -> str:
    """A body beyond the limit `most` in bytes; `what` is the verb ("holds", "unpacks to")."""
    return (
        f"The answer of {label(host)} {what} more than {_size(most)}, the most that is read. Save the page and open it."
    )


def total_too_large(host: str, most: int) -> str:
    """All bodies together are beyond the limit."""
    return f"All answers of {label(host)} together are more than {_size(most)}, the most that is read of one thread."


def too_many_requests(host: str, most: int) -> str:
    """More requests than are allowed for one address."""
    return f"{label(host)} would need more than {most:,} requests, the most that is allowed for one thread."


def slow(host: str, seconds: float | None) -> str:
    """An answer that was not complete in time; None for one that was not waited for."""
    if seconds is None:
        return f"{label(host)} had not sent all of its answer."
    return f"{label(host)} had not sent all of its answer after {seconds:g} s. Try again later."


def cannot_decompress(host: str) -> str:
    """A body that is not encoded as its headers say."""
    return f"{label(host)} sent an answer that cannot be decompressed. Try again later, or save the page in a browser."


def part_shown(error: FetchError) -> str:
    """Why an answer is incomplete, and how much of it came."""
    size = _rounded(len(error.partial))
    return f"{error} Its beginning ({size}) is shown." if error.cut else f"{error} What came of it ({size}) is shown."


def _rounded(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1_000_000 else f"{max(round(count / 1e3), 1)} kB"


def broke_off(host: str) -> str:
    """An answer whose end is missing."""
    return f"{label(host)} {_BROKE_OFF}"


def unknown_encoding(host: str, packing: str) -> str:
    """A content encoding that was not requested."""
    return (
        f"{label(host)} compresses its answer as {label(packing)}, which was not requested. Save the page in a browser."
    )


def nested_encoding(host: str) -> str:
    """Nested content encodings."""
    return f"{label(host)} compresses its answer more than once, which is not supported. Save the page in a browser."


def empty_answer(host: str) -> str:
    """An answer without a body."""
    return f"{label(host)} answered with nothing to read. Look at the address in a browser."


def _size(count: int) -> str:
    return f"{count / 1e6:g} MB" if count >= 100_000 else f"{count / 1e3:g} kB"


_STATUS = {
    401: ("requires a login, and rumor-tui never logs in", "Save the page in a browser and open that"),
    402: ("requires payment", "Save the page in a browser and open that"),
    403: ("does not let rumor-tui read it", "Save the page in a browser and open that"),
    404: ("has no such page", "Check the address"),
    410: ("had that page and removed it", "Look for a copy in a web archive"),
    429: ("asks for fewer requests", "Try again later"),
    451: ("may not show it, for legal reasons", "Look for a copy in a web archive"),
}
_SERVER_ERROR = ("has an internal error", "Try again later")
_OTHER = ("refuses it", "Look at the address in a browser")


def status(host: str, code: int, pause: float | None = None) -> str:
    """An HTTP error status; `pause` are the seconds that the server asks to wait."""
    if pause is not None and code in (429, 503):
        return f"{label(host)} asks to wait {_wait(pause)} (HTTP {code}). Try again then."
    what, advice = _STATUS.get(code, _SERVER_ERROR if code >= 500 else _OTHER)
    return f"{label(host)} {what} (HTTP {code}). {advice}."


def _wait(seconds: float) -> str:
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    days = seconds / 86_400
    return f"{seconds / 3600:.0f} h" if days < 2 else f"{days:,.0f} days" if days < 730 else f"{days / 365:,.0f} years"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and its causes."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        if isinstance(seen, BaseExceptionGroup):
            yield from seen.exceptions
        seen = seen.__cause__ or seen.__context__


_Explanation = tuple[str, bool]
"""The rest of a sentence after the name of the host, and whether the host could not be reached."""


def _lookup(error: BaseException) -> _Explanation | None:
    if isinstance(error, socket.gaierror):
        return "cannot be found. Check the address and the connection to the network.", True
    return None


def _proxy(error: BaseException) -> _Explanation | None:
    if isinstance(error, httpx2.ProxyError | httpcore2.ProxyError):
        return "could not be reached through the system's proxy. Check HTTP_PROXY and HTTPS_PROXY.", True
    return None


def _certificate(error: BaseException) -> _Explanation | None:
    if isinstance(error, ssl.SSLCertVerificationError):
        why = label(error.verify_message or "unknown reason")
        return f"has a certificate that cannot be trusted ({why}). Check the address and this machine's date.", False
    if isinstance(error, ssl.SSLError):
        return "and this machine cannot agree on encryption. Look at the address in a browser.", False
    return None


_ERRNO = {
    errno.ECONNREFUSED: "refuses connections. Check the address, or try again later.",
    errno.ENETUNREACH: "cannot be reached: there is no route to its network. Check the connection.",
    errno.EHOSTUNREACH: "cannot be reached: there is no route to it. Check the connection.",
    errno.ETIMEDOUT: "does not answer. Try again later.",
}


def _system(error: BaseException) -> _Explanation | None:
    number = error.errno if isinstance(error, OSError) else None
    return (_ERRNO[number], True) if number in _ERRNO else None


def _kind(error: BaseException) -> _Explanation | None:
    for kinds, told, offline in _BY_TYPE:
        if isinstance(error, kinds):
            return told, offline
    return None


_BY_TYPE: tuple[tuple[tuple[type[BaseException], ...], str, bool], ...] = (
    ((httpx2.ConnectTimeout, httpcore2.ConnectTimeout), "does not answer. Try again later.", True),
    ((httpx2.ConnectError, httpcore2.ConnectError), "cannot be reached. Check the address and the connection.", True),
    ((httpx2.TimeoutException, httpcore2.TimeoutException), "stopped answering. Try again later.", False),
    ((httpx2.RemoteProtocolError, httpcore2.RemoteProtocolError), "", False),
    ((httpx2.TransportError, httpcore2.NetworkError, OSError), _BROKE_OFF, False),
)

_CUT = re.compile(r"incomplete|without sending|disconnected", re.IGNORECASE)


def fetch_failure(host: str, error: BaseException, partial: bytes = b"") -> FetchError:
    """The FetchError for an exception that a library raised during a request to `host`."""
    chain = list(_causes(error))
    for look in _EXPLAINERS:
        for one in chain:
            if (told := look(one)) is not None:
                rest = told[0] or _protocol(chain)
                passing = not isinstance(one, ssl.SSLError)
                return FetchError(f"{label(host)} {rest}", transient=passing, offline=told[1], partial=partial)
    return FetchError(f"{label(host)} could not be asked ({type(error).__name__}). Try again later.", partial=partial)


_EXPLAINERS: tuple[Callable[[BaseException], _Explanation | None], ...] = (
    _certificate,
    _proxy,
    _lookup,
    _system,
    _kind,
)


def _protocol(chain: list[BaseException]) -> str:
    """A connection that was cut, or an answer that is not HTTP."""
    if any(_CUT.search(str(one)) for one in chain):
        return _BROKE_OFF
    return "gave an answer that is not valid HTTP. Look at the address in a browser."


def unexpected_answer(address: str) -> str:
    """An answer of an API that is not JSON or has an unknown structure."""
    return f"{label(address)} gave an answer of an unknown kind. Look at the page in a browser."


def unreadable_answer(error: BaseException) -> str:
    """An answer that could not be processed, with the type of the error."""
    return f"An answer came in a form that is not known ({type(error).__name__}). Look at the page in a browser."


def total_timeout(seconds: float) -> str:
    """Loading took longer than allowed."""
    return f"Not everything was loaded after {seconds:g} s, so the rest was not waited for. Open it again to go on."


def not_a_thread_page(address: str) -> str:
    """A further page that is a list, not a part of the thread."""
    return f"{label(address)} is not a further page of this thread. Open it by itself."


def stopped() -> str:
    """Stopped before anything was received."""
    return "It was stopped before anything was loaded. Open it again."


def cannot_start(error: BaseException) -> str:
    """Fetching could not be started, with the type of the error."""
    return f"Nothing can be fetched on this machine just now ({type(error).__name__}: {label(str(error))}). Try again."


def cannot_load_stub() -> str:
    """A stub that cannot be loaded."""
    return "These comments cannot be loaded from here. Open the page in a browser to see them."


def no_embedded_comments(system: str) -> str:
    """A comment system that knows no comments on a page."""
    return f"{system} has no comments on this page, or keeps them under another address of it."


def wants_key(system: str) -> str:
    """A comment system that shows a site's comments only to programs with a key, or to people who logged in."""
    return (
        f"{system} shows the comments of this page only with a key or a login, and rumor-tui has neither. "
        "Open the page in a browser to see them."
    )


def already_loading() -> str:
    """More of the thread is being loaded already."""
    return "More of this thread is being loaded already. Wait for it, or stop it, and ask again."


def not_in_list(entry: int) -> str:
    """An entry of a list whose threads are at their addresses."""
    return f"Thread {entry + 1:,} of the list is at its own address. Open that one."


def not_an_article(address: str, kind: str) -> str:
    """A link to something that is no article: `kind` says what it is ("a video")."""
    return f"{label(address)} is {kind}, which is not shown here. Open it in a browser."


def no_article(address: str) -> str:
    """A page without the text of an article."""
    return f"{label(address)} has no text that could be read as an article. Look at it in a browser."


def not_a_discussion(address: str) -> str:
    """An address of a list where a discussion was expected."""
    return f"{label(address)} is a list, and not a discussion. Open it by itself."


def comments_for_members(address: str) -> str:
    """Comments that only somebody who is logged in may read."""
    return f"{label(address)} shows these comments to its members only. Log in with a browser to read them."


def comments_closed(address: str) -> str:
    """Comments that a site does not give to programs."""
    return f"{label(address)} does not give its comments to programs. Open the page in a browser to see all of them."


def nothing_beside() -> str:
    """A thread that points to nothing that could be loaded."""
    return "This links to no page, and its comments are all here."
