"""Issues as the command lines of GitHub and GitLab print them; the issues are invented."""

from __future__ import annotations

from rumor_tui.model import Thread
from rumor_tui.readers import read_source
from rumor_tui.readers.source import Hint

ISSUE = (
    "title:\tThe mill burns\nstate:\tOPEN\nauthor:\tada\nlabels:\tbug\ncomments:\t2\n"
    "assignees:\t\nprojects:\t\nmilestone:\t\n"
    "number:\t7\n--\nIt **burns**.\n\n--\n\nOften.\n"
)
COMMENTS = (
    "author:\tbo\nassociation:\tmember\nedited:\tfalse\nstatus:\tnone\n--\nSince when?\n\n```\nmill --burn\n```\n--\n"
    "author:\tada\nassociation:\tnone\nedited:\ttrue\nstatus:\tnone\n--\nSince 1911.\n--\n"
)
TERMINAL = (
    "\x1b[0;1;39mThe mill burns\x1b[0m old/mill#7\n"
    "\x1b[0;32mOpen\x1b[0m • ada opened about 2 days ago • 2 comments\n"
    "👍 4 • 🎉 1\n\x1b[0;1;39mLabels:\x1b[0m bug\n\n\n  It burns.                                    \n\n\n"
    "bo (Member) • Nov 14, 2023 • Edited\n\n  Since when?   \n\n    mill --burn\n\n\n"
    "ada • 3d • Newest comment\n\n  Since 1911.\n\n\n"
    "View this issue on GitHub: https://github.com/old/mill/issues/7\n"
)
DAY = 86_400.0


def _read(text: str, moment: float | None = None) -> Thread:
    thread = read_source(text.encode(), Hint("issue.txt", moment=moment))
    assert isinstance(thread, Thread)
    return thread


def test_what_gh_prints_into_a_pipe() -> None:
    thread = _read(ISSUE + COMMENTS)
    assert (thread.article.title, thread.article.byline) == ("The mill burns", "ada")
    assert "\n\n".join(thread.article.pieces) == "It **burns**.\n\n--\n\nOften."
    assert [(c.author, c.body) for c in thread.comments()] == [
        ("bo", "Since when?\n\n```\nmill --burn\n```"),
        ("ada", "Since 1911."),
    ]


def test_the_comments_alone() -> None:
    assert [c.author for c in _read(COMMENTS.replace("\n", "\r\n")).comments()] == ["bo", "ada"]


def test_what_gh_prints_into_a_terminal() -> None:
    thread = _read(TERMINAL, moment=20_000 * DAY)
    assert (thread.article.title, thread.article.byline) == ("The mill burns old/mill#7", "ada")
    assert (list(thread.article.pieces), thread.article.published) == (["It burns."], 19_998 * DAY)
    assert [(c.author, c.body, c.published) for c in thread.comments()] == [
        ("bo", "Since when?\n\n  mill --burn", 19_675 * DAY),
        ("ada", "Since 1911.", 19_997 * DAY),
    ]


def test_what_glab_prints() -> None:
    issue = ISSUE.removesuffix("\n--\n\nOften.\n") + "\n"
    notes = "\n--\ncomments/notes:\n\nbo commented 2023-11-14 10:00:00 +0000 UTC\nSince when?\n\n"
    notes += "ada commented 2023-11-15 10:00:00 +0000 UTC\n1911.\n\n"
    thread = _read(issue + notes)
    assert [(c.author, c.body) for c in thread.comments()] == [("bo", "Since when?"), ("ada", "1911.")]
    assert thread.comment(0).published == 19_675 * DAY + 36_000
