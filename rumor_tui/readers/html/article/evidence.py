"""What on a page speaks for an article, whatever of it may be comments: cheap, and read before both are chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rumor_tui.readers.html.article.main_content import find_main_content
from rumor_tui.readers.html.article.title import find_headline, page_title
from rumor_tui.readers.html.dom import Dom

_LIVE_BLOG: Final = re.compile(r"^(?:[\w-]{0,30}[-_])?live-?(?:blog|ticker|updates?)(?:$|[-_])")
"""Classes of a live blog."""


@dataclass(frozen=True, slots=True)
class ArticleEvidence:
    """What the article would be if the page had no comments. Elements are numbers in the `Dom`; 0 is none.

    `headline` is the heading that says the page's title; `marked` the element that the page marks as an article's text
    (`itemprop=articleBody`, `<article>`) or names so, with the most prose; `main` the element with the main content,
    comments not considered. `declared` is whether the metadata calls the page an article (`og:type`, JSON-LD).
    `prose` is the weight of the page's prose.
    """

    headline: int
    marked: int
    main: int
    declared: bool
    prose: int
    live: bool = False
    """Whether the page says that it is a live blog, whose dated updates are the article."""


def article_evidence(dom: Dom) -> ArticleEvidence:
    """The evidence for an article on a page."""
    title = page_title(dom)
    content = find_main_content(dom.density, title)
    declared = bool(dom.head.headline) or dom.head.meta("og:type").startswith("article")
    main = content.row if content.is_article else 0
    return ArticleEvidence(
        find_headline(dom, title), content.marked, main, declared, dom.density.prose[0], is_live_blog(dom)
    )


def is_live_blog(dom: Dom) -> bool:
    """Whether a page is a live blog by its metadata, its microdata or the names of elements."""
    if "is_live_blog" not in dom.memo:
        dom.memo["is_live_blog"] = _is_live_blog(dom)
    is_live: bool = dom.memo["is_live_blog"]
    return is_live


def _is_live_blog(dom: Dom) -> bool:
    if "LiveBlogPosting" in dom.head.kinds:
        return True
    names = {name for names in set(dom.classes) for name in names if "live" in name}
    if any(map(_LIVE_BLOG.search, names)):
        return True
    return any("LiveBlogPosting" in (attrs.get("itemtype") or "") for attrs in dom.attrs)
