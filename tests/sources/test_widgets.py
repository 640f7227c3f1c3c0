"""Every comment system that a page may embed: from the page to its comments, with paging and with faults."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import NamedTuple

import pytest

from rumor_tui.loading import LoadStep
from rumor_tui.model import SourceError, Stub, Thread
from rumor_tui.readers.html.embeds.self_hosted import SYSTEMS as SELF_HOSTED
from rumor_tui.readers.html.embeds.widgets import SYSTEMS
from rumor_tui.sources.platforms.widgets.closed import NAMES as CLOSED
from rumor_tui.sources.stub_loader import STUB_LOADERS, load_stub
from tests.sources import play_widgets, replies, server, threads
from tests.sources.conftest import QUICK, context, last, opened
from tests.sources.play_widgets import SIZE, SNIPPETS, top_of
from tests.sources.server import SIZES, Play
from tests.sources.test_faults import AMID
from tests.sources.test_platforms import as_made

VIAFOURA = f"/viafoura-comments-api/v4/livecomments/{play_widgets.SITE_UUID}/{play_widgets.CONTAINER_UUID}/comments"


class Case(NamedTuple):
    """What a system's comments look like: their tree is `whole`, in `two` levels, or `flat`.

    `first` is the path of the first answer, `further` that of the one that holds the second page, if there is one.
    """

    first: str
    further: str = ""
    tree: str = "whole"
    scored: bool = True
    linked: bool = False
    size: int = SIZE
    before: int = 0
    """What the identifiers are ahead of the numbers."""


CASES = {
    "Disqus": Case("/disqus-api/embed/comments/", "/disqus-api/api/3.0/threads/listPostsThreaded", linked=True),
    "giscus": Case("/giscus-api/api/discussions", "/giscus-api/api/discussions", "two", scored=False, linked=True),
    "utterances": Case(
        "/github-api/search/issues", "/github-api/repos/o/r/issues/9/comments", "flat", False, True, SIZES["github"]
    ),
    "Gitalk": Case(
        "/github-api/repos/o/r/issues", "/github-api/repos/o/r/issues/9/comments", "flat", False, True, SIZES["github"]
    ),
    "Discourse embedding": Case("/embed/comments", scored=False, size=SIZES["discourse"], before=1),
    "Isso": Case("/isso/", "/isso/", "two"),
    "Remark42": Case("/remark42/api/v1/find", linked=True),
    "Commento": Case("/commento/api/comment/list"),
    "Comentario": Case("/comentario/api/embed/comments"),
    "Cusdis": Case("/cusdis/api/open/comments", "/cusdis/api/open/comments", scored=False),
    "Waline": Case("/waline/api/comment", "/waline/api/comment"),
    "Artalk": Case("/artalk/api/v2/comments", "/artalk/api/v2/comments"),
    "Twikoo": Case("/twikoo", "/twikoo"),
    "Hyvor Talk": Case("/hyvor-talk-api/api/data/v1/comments", "/hyvor-talk-api/api/data/v1/comments", linked=True),
    "Coral": Case("/coral/api/graphql", "/coral/api/graphql", linked=True),
    "OpenWeb": Case("/openweb-api/v1.0.0/conversation/read", "/openweb-api/v1.0.0/conversation/read"),
    "Viafoura": Case("/viafoura-sites-api/v2/www.blog.example/bootstrap/v2", VIAFOURA),
}
PAGED = [name for name, case in CASES.items() if case.further]
IMPATIENT = replace(QUICK, answer=1.5)


def page_of(play: Play, name: str) -> Thread:
    return last(opened(context(play), f"{play.base}/embeds/{name.lower().replace(' ', '-')}"))


def stub_of(page: Thread) -> Stub:
    (stub,) = page.stubs
    return stub


def loaded(play: Play, page: Thread, stub: Stub, limits: object = QUICK) -> list[LoadStep]:
    known = context(play, IMPATIENT) if limits is IMPATIENT else context(play)
    return list(load_stub(known, page, stub, Event()))


def number_of(identity: str | None) -> int:
    """The number of a comment, which is what each identifier ends in."""
    return int(re.findall(r"\d+", identity or "")[-1]) % 1000


def expected_tree(case: Case) -> dict[int, int]:
    made = as_made(case.size)
    if case.tree == "whole":
        return made
    return {one: top_of(one) if parent and case.tree == "two" else 0 for one, parent in made.items()}


def test_every_system_is_tested_and_can_be_loaded() -> None:
    assert set(SNIPPETS) == {*CASES, "Facebook"}
    assert {system.via for system in SYSTEMS} <= set(STUB_LOADERS)
    assert {system.via for system in SYSTEMS} - set(CLOSED) == {
        "disqus", "giscus", "utterances", "gitalk", "discourse-embed", "hyvor-talk", "coral", "openweb", "viafoura",
        *(system.via for system in SELF_HOSTED),
    }  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_all_comments_come_as_they_are(play: Play, name: str) -> None:
    case = CASES[name]
    page = page_of(play, name)
    assert page.article.title == "Six hundred cars"
    assert len(page) == 0
    steps = loaded(play, page, stub_of(page))
    thread = last(steps)
    assert (steps[-1].status, thread.stubs) == ("", [])
    assert thread.article.title == "Six hundred cars"
    numbers = [number_of(identity) - case.before for identity in thread.ids]
    tree = {one: numbers[parent] if parent >= 0 else 0 for one, parent in zip(numbers, thread.parent, strict=True)}
    assert tree == expected_tree(case)
    for row, one in enumerate(numbers):
        said = threads.made(case.size)[one - 1]
        assert thread.authors[row] == said.author
        assert int(thread.published[row] or 0) == said.moment
        assert thread.bodies[row].strip().removeprefix("<p>").removesuffix("</p>") == said.body
        if case.scored:
            assert thread.scores[row] == one
        if case.linked:
            assert str(one) in (thread.urls[row] or "")


@pytest.mark.parametrize("name", PAGED)
def test_the_limit_of_pages_is_kept(play: Play, name: str) -> None:
    page = page_of(play, name)
    few = context(play, replace(QUICK, pages=1))
    steps = list(load_stub(few, page, stub_of(page), Event()))
    assert 0 < len(last(steps)) < CASES[name].size
    if name not in ("utterances", "Gitalk"):
        assert " has more than 1 page of comments, the most that is read." in steps[-1].status


FAULTS = ("drip", "cut", "429-long", "500", "loop", "to-private", "html", "empty")
SENTENCES = {**AMID, "drip": "had not sent all of its answer", "html": "an answer of an unknown kind"}


def after_one(fault: str) -> Callable[[server.Handler], None]:
    """A good answer, and then the fault."""
    count = itertools.count()

    def send(handler: server.Handler) -> None:
        if next(count) == 0:
            handler.send(server.answer(handler.path, handler.server.base, None, handler.question))
        else:
            server.FAULTS[fault](handler)

    return send


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", PAGED)
def test_what_came_of_the_comments_stays(play: Play, monkeypatch: pytest.MonkeyPatch, name: str, fault: str) -> None:
    page = page_of(play, name)
    monkeypatch.setitem(server.FAULTS, "after one", after_one(fault))
    play.faults[CASES[name].further] = (fault if name == "Disqus" else "after one", 10_000)
    steps = loaded(play, page, stub_of(page), IMPATIENT if fault == "drip" else QUICK)
    assert 0 < len(last(steps)) < CASES[name].size
    assert SENTENCES[fault] in steps[-1].status
    assert "missing" in steps[-1].status
    assert last(steps).article.title == "Six hundred cars"


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", CASES)
def test_a_system_that_fails_says_why(play: Play, name: str, fault: str) -> None:
    page = page_of(play, name)
    play.faults[CASES[name].first] = (fault, 10_000)
    play.faults["/viafoura-sites-api/v2/blog.example/bootstrap/v2"] = (fault, 10_000)
    with pytest.raises(SourceError) as raised:
        loaded(play, page, stub_of(page), IMPATIENT if fault == "drip" else QUICK)
    sentence = SENTENCES[fault]
    if fault == "html" and name == "Discourse embedding":
        sentence = "Discourse has no comments on this page"
    assert sentence in str(raised.value)
    assert str(raised.value).endswith((".", "…"))


# Replies that an answer leaves out.


MANY = next(one for one, found in sorted(play_widgets.below().items()) if one and len(found) > play_widgets.SHOWN)
"""A comment with several direct replies."""

ASKED = {
    "Isso": ("/isso/", "parent=1&|parent=1$"),
    "Coral": ("/coral/api/graphql", '"id": ?"c1"'),
    "OpenWeb": (CASES["OpenWeb"].first, f"'parent_id': .'m{MANY}'"),
    "Viafoura": (f"{VIAFOURA}/{play_widgets.uuid(1)}", "limit"),
}
"""Where the replies of one comment are asked for, and what only that question has."""


@pytest.mark.parametrize("name", ASKED)
def test_a_lost_answer_costs_its_own_replies_only(play: Play, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    page = page_of(play, name)
    path, words = ASKED[name]

    def send(handler: server.Handler) -> None:
        if re.search(words, f"{handler.question} {handler.path}"):
            return server.FAULTS["500"](handler)
        handler.send(server.answer(handler.path, handler.server.base, None, handler.question))

    monkeypatch.setitem(server.FAULTS, "one", send)
    play.faults[path] = ("one", 10_000)
    steps = loaded(play, page, stub_of(page))
    assert SIZE - 60 < len(last(steps)) < SIZE
    assert steps[-1].status.startswith("1 request was not answered, so a part is missing. ")


# What wants a key, and what has no comments.


def test_what_wants_a_key_says_so(play: Play) -> None:
    page = page_of(play, "Hyvor Talk")
    for stub, name in (
        (Stub(-1, 0, "hyvor-talk", ("website=8", "page=six")), "Hyvor Talk"),
        (Stub(-1, 0, "coral", (f"server={play.base}/coral-closed", "story=six")), "Coral"),
    ):
        with pytest.raises(SourceError, match=rf"^{name} shows the comments of this page only with a key or a login"):
            loaded(play, page, stub)


@pytest.mark.parametrize("via", CLOSED)
def test_a_closed_system_is_not_asked(play: Play, via: str) -> None:
    page = page_of(play, "Facebook")
    before = list(play.seen)
    with pytest.raises(SourceError, match="only with a key or a login"):
        loaded(play, page, Stub(-1, 0, via))
    assert play.seen == before


def test_disqus_without_its_key_gives_the_first_page(play: Play) -> None:
    page = page_of(play, "Disqus")
    play.faults[f"/disqus-scripts-api{play_widgets.BUNDLE}"] = ("html", 10_000)
    steps = loaded(play, page, stub_of(page))
    assert len(last(steps)) == 50
    assert steps[-1].status.startswith("Disqus shows further comments only with a key, which was not found.")


NOTHING = {
    "giscus": ("repo=o/r", "category=Talk", "term=other"),
    "utterances": ("repo=o/r", "term=other"),
    "gitalk": ("repo=o/r", "label=other"),
    "isso": ("server={base}/isso", "uri=/other/"),
    "remark42": ("server={base}/remark42", "site=cars", "url=https://blog.example/other/"),
    "cusdis": ("server={base}/cusdis", "app=app-1", "page=other"),
    "waline": ("server={base}/waline", "path=/other/"),
    "artalk": ("server={base}/artalk", "page=/other/"),
    "twikoo": ("server={base}/twikoo", "url=/other/"),
    "coral": ("server={base}/coral", "story=other"),
    "openweb": ("spot=sp_abc123", "post=other"),
    "viafoura": ("domain=blog.example", "container=other"),
}


@pytest.mark.parametrize("via", NOTHING)
def test_a_page_without_comments_says_so(play: Play, via: str) -> None:
    page = page_of(play, "Isso")
    stub = Stub(-1, 0, via, tuple(key.format(base=play.base) for key in NOTHING[via]))
    with pytest.raises(
        SourceError, match=r"has no comments on this page, or keeps them under another address of it\.$"
    ):
        loaded(play, page, stub)


# What strangers write into a page.


HOSTILE = ("x@evil.example/", "../../..", "//evil.example/", "six?admin=1#", "\r\nHost: evil.example", "é\x00", "")


@pytest.mark.parametrize("key", HOSTILE)
@pytest.mark.parametrize(
    ("via", "names", "first"),
    [
        ("disqus", ("forum", "identifier", "url", "title"), "/disqus-api/embed/comments/?base=default&"),
        ("giscus", ("repo", "term", "category"), "/giscus-api/api/discussions?"),
        ("utterances", ("repo", "term"), "/github-api/search/issues?"),
        ("gitalk", ("repo", "label"), "/github-api/repos/"),
        ("hyvor-talk", ("website", "page"), "/hyvor-talk-api/api/data/v1/comments?"),
        ("openweb", ("spot", "post"), "/openweb-api/v1.0.0/conversation/read"),
        ("viafoura", ("domain", "container"), "/viafoura-sites-api/v2/"),
    ],
)
def test_a_setting_never_leads_elsewhere(play: Play, via: str, names: tuple[str, ...], first: str, key: str) -> None:
    page = page_of(play, "Isso")
    before = len(play.seen)
    with pytest.raises(SourceError):
        loaded(play, page, Stub(-1, 0, via, tuple(f"{name}={key}" for name in names)))
    assert all(path.startswith(first) and ".." not in path.partition("?")[0] for path in play.seen[before:])


def test_the_forum_learns_which_page_refers_to_it(play: Play) -> None:
    page = page_of(play, "Discourse embedding")
    loaded(play, page, stub_of(page))
    asked = dict(zip(play.seen, play.asked, strict=True))
    (frame,) = [path for path in play.seen if path.startswith("/embed/comments?")]
    assert asked[frame]["referer"] == "https://blog.example/six/"
    assert all("referer" not in headers for path, headers in asked.items() if path != frame)


def test_openweb_is_asked_with_its_headers(play: Play) -> None:
    page = page_of(play, "OpenWeb")
    loaded(play, page, stub_of(page))
    assert (play.asked[-1]["x-spot-id"], play.asked[-1]["x-post-id"]) == ("sp_abc123", "six$1")


def test_an_older_server_of_waline_is_asked_without_the_prefix(play: Play) -> None:
    page = page_of(play, "Waline")
    play.faults["/waline/api/comment"] = ("missing", 10_000)
    play.faults["/waline/comment"] = ("older", 10_000)

    def older(handler: server.Handler) -> None:
        handler.send(server.answer(handler.path.replace("/waline/", "/waline/api/"), handler.server.base))

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(server.FAULTS, "missing", lambda handler: handler.send(replies.Reply(b"{}", 404)))
        patch.setitem(server.FAULTS, "older", older)
        assert len(last(loaded(play, page, stub_of(page)))) == SIZE
