"""Issues and pull requests as the command lines of GitHub and GitLab print them.

`gh issue view N --comments` in a pipe prints blocks: fields such as `author:<TAB>name`, a line `--`, the text in
Markdown, a line `--`; `glab` prints the issue in the same way, then notes below `comments/notes:`. In a terminal `gh`
prints the title, a line such as `Open • ann opened about 2 days ago • 9 comments`, and comments below heads such as
`ben (Member) • 3d • Edited`. (github.com/cli/cli, pkg/cmd/issue/view and pkg/cmd/pr/shared/comments.go;
gitlab.com/gitlab-org/cli, internal/commands/issue/view.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rumor_tui.readers.site_text import split_at_heads
from rumor_tui.readers.source import Hint

if TYPE_CHECKING:
    from rumor_tui.model import Article, Draft, Thread

_FIELDS = r"^(?:[a-z][a-z -]{2,20}:\t[^\n]*\n){2,20}\n?--[ \t\r]*(?:\n|\Z)"
_FIELD = r"(?m)^([a-z][a-z -]{2,20}):\t([^\n]*)$"
_SUMMARY = (
    r"^(?:Open|Closed|Merged|Draft)\b[^\n]{0,40} • (?P<author>\S{1,60}) "
    r"(?:opened|wants to merge|closed|merged)\b[^\n•]{0,120}(?: • [^\n]*)?$"
)
_COMMENT_HEAD = (
    r"^(?P<author>[\w.\[\]-]{1,60})(?: (?:approved|commented|requested changes|left review comments|dismissed))?"
    r"(?: \((?P<role>[A-Z][\w ]{2,30})\))? • (?P<when>[^•\n]{1,20}?)(?P<more>(?: • (?:Edited|Newest comment))*)[ \t]*$"
)
_NOTE_HEAD = r"^(?P<author>\S{1,60}) commented (?P<when>\d{4}-\d\d-\d\d[^\n]{0,40}|[^\n]{1,30} ago)[ \t]*$"
_NOTES = "\n--\ncomments/notes:\n"
_AGE = r"about [^•\n]{1,30} ago|(?:less than|over|almost) [^•\n]{1,30} ago|[^•\n]{1,20} ago"
_ESCAPES = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]|\x1b\]8;[^\x1b\x07]{0,2000}(?:\x1b\\|\x07)")
_FOOT = re.compile(
    r"\n(?:—{4,}[^\n]{0,80}—{4,}|Use --comments to view the full conversation|View the full review: [^\n]*"
    r"|View this (?:issue|pull request) on [^\n]*)(?=\n|\Z)"
)
_INDENT = re.compile(r"^  ", re.MULTILINE)
_HEAD = 4_096


def sniff(text: str, hint: Hint) -> bool:
    """Whether the text begins with the fields of an issue or a comment, or with the summary of an issue."""
    head = text[:_HEAD]
    if re.match(_FIELDS, head) and head.startswith(("title:\t", "author:\t")):
        return True
    return " • " in head and bool(re.search(_SUMMARY, "\n".join(_plain(head).split("\n")[:4]), re.MULTILINE))


def _plain(text: str) -> str:
    """The text without a terminal's colours and links."""
    return _ESCAPES.sub("", text) if "\x1b" in text else text


def read(text: str, hint: Hint) -> Thread:
    """The issue as the article, its comments as comments. Never raises."""
    from rumor_tui.model import ThreadBuilder

    text = _plain(text)
    article, drafts = _read_blocks(text) if re.match(_FIELDS, text) else _read_terminal(text, hint)
    return ThreadBuilder(article, drafts).build("markdown", source=hint.name)


def _read_blocks(text: str) -> tuple[Article, list[Draft]]:
    from rumor_tui.markdown_format import clean_field
    from rumor_tui.model import Article, Draft

    article, drafts = Article(), []
    text, _, notes = text.partition(_NOTES)
    for head, below in split_at_heads(re.finditer(_FIELDS, text, re.MULTILINE), text)[1]:
        fields = dict(re.findall(_FIELD, head.group()))
        body = below.strip("\n").removesuffix("\n--").strip("\n")
        if "title" in fields:
            article = _article(fields["title"], fields.get("author"), body)
            article.url = clean_field(fields.get("url"))
        else:
            drafts.append(Draft(author=clean_field(fields.get("author")), body="" if body == "--" else body))
    return article, drafts + _drafts_below(_NOTE_HEAD, notes, None)


def _article(title: str, author: str | None, body: str) -> Article:
    from rumor_tui import blocks
    from rumor_tui.markdown_format import clean_field
    from rumor_tui.model import Article

    pieces = blocks.split_markdown(body) if body.strip() else []
    return Article(title=clean_field(title) or "", byline=clean_field(author), pieces=pieces, format="markdown")


def _drafts_below(head_pattern: str, text: str, base: float | None) -> list[Draft]:
    """A draft for every head in a text, with the text up to the next head."""
    from rumor_tui.markdown_format import clean_field
    from rumor_tui.model import Draft
    from rumor_tui.readers.dates.parse import parse_date

    return [
        Draft(
            author=clean_field(head["author"]),
            published=parse_date(head["when"], base),
            published_text=clean_field(head["when"]),
            body=_body(below),
        )
        for head, below in split_at_heads(re.finditer(head_pattern, text, re.MULTILINE), text)[1]
    ]


def _body(printed: str) -> str:
    """A text as it was before the terminal's margin, without what the program says below it."""
    return _INDENT.sub("", _FOOT.sub("", printed).strip("\n")).strip()


def _read_terminal(text: str, hint: Hint) -> tuple[Article, list[Draft]]:
    from rumor_tui.markdown_format import clean_field
    from rumor_tui.readers.dates.parse import parse_date

    text = "\n".join(line.rstrip() for line in text.split("\n"))
    summary = re.search(_SUMMARY, text, re.MULTILINE)
    end = summary.end() if summary else 0
    drafts = _drafts_below(_COMMENT_HEAD, text[end:], hint.moment)
    first = re.search(_COMMENT_HEAD, text[end:], re.MULTILINE)
    body = text[end : end + first.start()] if first else text[end:]
    title = text[: summary.start()].strip() if summary else ""
    body = re.sub(r"\A(?:\n[^\n]+)+", "", body)  # facts without a blank line above them: labels, reviewers, reactions
    article = _article(title, summary["author"] if summary else None, _body(body))
    age = re.search(_AGE, summary.group()) if summary else None
    if age:
        article.published_text = clean_field(age.group())
        article.published = parse_date(age.group().removeprefix("about "), hint.moment)
    return article, drafts
