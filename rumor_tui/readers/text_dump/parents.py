"""Who answers whom in a dump: by indentation, by a stated depth, or by the name that a post says it answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rumor_tui.model import Confidence
from rumor_tui.readers.text_dump.byline_parser import MAX_NAME_LENGTH
from rumor_tui.readers.text_dump.posts import DumpPage, Post
from rumor_tui.readers.vocabulary import page_words
from rumor_tui.readers.vocabulary.matching import LazyPattern, PhraseTable, alternation, first_word_start, fold


def parents_by_column(columns: Sequence[int]) -> list[int | None]:
    """For every post the nearest earlier one that begins further left, in linear time."""
    parents: list[int | None] = []
    open_posts: list[int] = []
    for index, column in enumerate(columns):
        while open_posts and columns[open_posts[-1]] >= column:
            open_posts.pop()
        parents.append(open_posts[-1] if open_posts else None)
        open_posts.append(index)
    return parents


MIN_STEPS = 3
"""Posts that begin further right than the one before, by which nesting shows in a column of bodies."""


def settle_columns(page: DumpPage, posts: Sequence[Post]) -> None:
    """Set the columns of the posts to those of their bodies or headers where only these are nested as a template nests.

    Comments below headings need it: text browsers print these at the left margin. Posts with numbers are a forum's,
    which are not nested, though some begin with a quotation.
    """
    if any(post.number >= 0 for post in posts):
        return
    headers = [min(line.inner for line in page.lines[post.top : max(post.start, post.top + 1)]) for post in posts]
    bodies = [_body_column(page, post) for post in posts]
    for columns in ([post.column for post in posts], headers, bodies):
        if _is_regular(columns):
            for post, column in zip(posts, columns, strict=True):
                post.column = column
            return


def _body_column(page: DumpPage, post: Post) -> int:
    """The column at which most lines of a body begin."""
    columns = Counter(line.inner for line in page.lines[post.start : post.end] if line.text)
    return columns.most_common(1)[0][0] if columns else post.column


def _is_regular(columns: Sequence[int]) -> bool:
    """Whether several posts begin further right than the one before, by about one step, and none left of the first."""
    steps = [high - low for low, high in pairwise(columns) if high > low]
    is_even = len(steps) >= MIN_STEPS and 1 < max(steps) <= min(steps) + 1
    return is_even and min(columns) == columns[0]


def find_parents(posts: Sequence[Post], opener: str | None = None) -> list[int | None]:
    """The parent of every post: by the layout itself, by the depth that the page states, or by where the posts begin.

    Where the columns say nothing, a post that begins with "@name" answers the last post of that name; `opener` is the
    author of the article: answers to it are at the top level.
    """
    if any(post.parent is not None for post in posts):
        return [post.parent for post in posts]
    if _states_depths(posts):
        return parents_by_column([max(post.depth, 0) for post in posts])
    if _only_named(posts):
        return _by_name(posts, opener)
    return parents_by_column([post.column for post in posts])


def parent_confidence(posts: Sequence[Post], parents: Sequence[int | None], *, listed: bool) -> Confidence:
    """How certain the parents are that `find_parents` gave: shown by the page's structure, or only likely.

    `listed` says that the posts are items of a list: then a flat list means that no post answers another one. A flat
    run of other posts may be a conversation whose indentation was lost.
    """
    if not any(post.parent is not None for post in posts) and not _states_depths(posts) and _only_named(posts):
        return "guessed"
    return "structural" if listed or any(parent is not None for parent in parents) else "guessed"


def _states_depths(posts: Sequence[Post]) -> bool:
    """Whether the page states the depths of enough posts, none of them more than one below the post before."""
    stated = [post.depth for post in posts if post.depth >= 0]
    steps = all(low <= high + 1 for high, low in pairwise(stated))
    return any(stated) and len(stated) * 10 >= len(posts) * 3 and steps


def _only_named(posts: Sequence[Post]) -> bool:
    """Whether the columns say nothing, while some posts name whom they answer."""
    flat = len({post.column for post in posts}) == 1
    return any(post.answers for post in posts) and flat


def _by_name(posts: Sequence[Post], opener: str | None) -> list[int | None]:
    last: dict[str, int | None] = {opener.casefold(): None} if opener else {}
    parents: list[int | None] = []
    for index, post in enumerate(posts):
        parents.append(last.get(post.answers.casefold()) if post.answers else None)
        if post.author:
            last[post.author.casefold()] = index
    return parents


_OPENINGS = PhraseTable(page_words.REPLY_TO)
_WHO = r"\s*(?P<who>\S.{0,200})"


_BY_NAME = LazyPattern(lambda: rf"\s(?:{alternation(page_words.BY)})\s")
_HANDLE = LazyPattern(lambda: r"@([\w.-]{2,40})")


def find_reply_targets(page: DumpPage, posts: Sequence[Post], opener: str | None) -> None:
    """Set `answers` of every post that names whom it answers; a line that says so is removed from its body."""
    names = {post.author.casefold(): post.author for post in posts if post.author}
    if opener:
        names[opener.casefold()] = opener
    for post in posts:
        post.answers = _target_in_body(page, post) or _target_in_header(page, post, names)


def _target_in_body(page: DumpPage, post: Post) -> str:
    """The name in a line such as "In reply to … by name", first in the body or last."""
    for row in (post.end - 1, post.start):
        if not post.start <= row < post.end:
            continue
        target = _after_opening(page.lines[row].text)
        if target and not target.startswith("@"):
            who = re.sub(r"\s*\([^()]*\)\s*$", "", _BY_NAME.compiled.split(target)[-1]).strip()
            if 0 < len(who) <= MAX_NAME_LENGTH:
                _drop_line(page, post, row)
                return who
    return ""


def _after_opening(text: str) -> str:
    """What follows words such as "in reply to" at the beginning of a line, or an empty string."""
    if len(text) >= 200:
        return ""
    low = fold(text)
    matches = (re.compile(_WHO).fullmatch(text, end) for end in _OPENINGS.ends(low, first_word_start(low)))
    return next((match["who"] for match in matches if match), "")


def _drop_line(page: DumpPage, post: Post, row: int) -> None:
    if row == post.end - 1:
        post.end = row
        while post.end > post.start and page.classes[post.end - 1].kind == "blank":
            post.end -= 1
    else:
        post.start = row + 1


def _target_in_header(page: DumpPage, post: Post, names: dict[str, str]) -> str:
    """The other person's name where the header has it right after the author's, or as a handle."""
    author = post.author or ""
    for row in range(post.top, min(post.start, post.top + 12)):
        text = page.lines[row].text
        if len(author) < 2 or len(text) > 2 * MAX_NAME_LENGTH or not text.startswith(author) or page.classes[row].date:
            continue
        rest = text[len(author) :].strip(" ·>→↪▶|»:@")
        handle = _HANDLE.compiled.search(text, len(author)) if "@" in text else None
        if rest.casefold() in names and rest.casefold() != author.casefold():
            return rest
        if handle and handle.group(1).casefold() != author.casefold():
            return handle.group(1)
    return ""
