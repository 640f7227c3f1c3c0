"""Sites whose answers are a plain list of comments, with or without what they are about: one table.

What is read, and where it is described:

- WordPress `/wp/v2/comments` (developer.wordpress.org/rest-api/reference/comments), alone, or as
  `{"post": …, "comments": […]}`; lists of posts; the comments of WordPress.com's own interface;
- Lobsters `/s/<id>.json`, of all ages: `indent_level`, `depth`, `parent_comment`; lists of stories;
- Lemmy version 3 `/comment/list` (join-lemmy.org/api), with the `post_view` if it is there; lists of posts;
- GitHub issue comments (docs.github.com/rest/issues/comments), alone, or as `{"issue": …, "comments": […]}`, or as
  `gh issue view --json` and GraphQL give them; lists of issues. Gitea's are alike;
- Disqus `listPosts` (disqus.com/api/docs/posts/list), with the `thread` if it is there;
- the search of Hacker News (hn.algolia.com/api), `hits`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from rumor_tui.model import Article, Listing, Thread
from rumor_tui.readers import errors
from rumor_tui.readers.api.build import build_thread, drop_duplicates, sort_by_date
from rumor_tui.readers.api.document import (
    Document,
    decode_object,
    decode_objects,
    document_of,
    first_object,
    object_keys,
)
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields, read_article, row_decoder
from rumor_tui.readers.api.listings import articles_listing
from rumor_tui.readers.api.values import scalar_column, to_identifier
from rumor_tui.readers.hint import Hint, SourceError


def _fields(*alternatives: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(fields.split()) for fields in alternatives)


class Site(NamedTuple):
    """One kind of answer.

    `lists` are the places (as in `document.at`) where the comments may stand; `marks` the fields, in alternatives,
    that the first of them has; `outer` those of the outermost object when there is no comment. `about` are the places
    of what the comments are about, described by `head`; `group` is a comment's field that differs when they are about
    several things. `heads` are the places of a list of such things without comments, and `head_marks` their fields;
    `never` are fields that a comment has not. `fragment` leads from the address of the page to a comment's own.
    """

    name: str
    shape: CommentFields
    head: ArticleFields
    lists: str
    marks: tuple[frozenset[str], ...]
    outer: tuple[frozenset[str], ...] = ()
    about: str = ""
    group: str = ""
    heads: str = "."
    head_marks: tuple[frozenset[str], ...] = ()
    never: frozenset[str] = frozenset()
    fragment: str = ""


WORDPRESS = Site(
    name="WordPress comments",
    shape=CommentFields(
        id="id ID",
        parent="parent parent.ID",
        author="author_name author.name",
        html="content.rendered content",
        published="date_gmt date",
        url="link URL",
        oldest_first=True,
    ),
    head=ArticleFields(
        title="title.rendered title",
        author="author_name _embedded.author.0.name",
        html="content.rendered content",
        published="date_gmt date",
        url="link",
        escaped=True,
    ),
    lists=". comments",
    marks=_fields("post parent author_name content", "ID post parent author content"),
    outer=_fields("post comments"),
    about="post",
    group="post",
    heads=". posts",
    head_marks=_fields("title content slug link"),
)

LOBSTERS = Site(
    name="Lobsters stories",
    shape=CommentFields(
        id="short_id",
        parent="parent_comment",
        depth="depth indent_level",
        author="commenting_user.username commenting_user",
        html="comment",
        markdown="comment_plain",
        published="created_at",
        score="score",
        url="url short_id_url",
        deleted="is_deleted is_moderated",
    ),
    head=ArticleFields(
        id="short_id",
        author="submitter_user.username submitter_user",
        html="description",
        markdown="description_plain",
        published="created_at",
        score="score",
        link="url",
        url="comments_url short_id_url",
        comments="comment_count",
    ),
    lists="comments .",
    marks=_fields("short_id comment commenting_user", "short_id comment_plain"),
    outer=_fields("short_id comments"),
    about=".",
    heads=". stories",
    head_marks=_fields("short_id title submitter_user", "short_id title comment_count"),
)

LEMMY = Site(
    name="Lemmy comments",
    shape=CommentFields(
        id="comment.id",
        parent="comment.parent_id",
        path="comment.path",
        author="creator.name",
        markdown="comment.content",
        published="comment.published",
        score="counts.score comment.score",
        url="comment.ap_id",
        deleted="comment.deleted comment.removed",
    ),
    head=ArticleFields(
        id="post.id id",
        title="post.name name",
        author="creator.name",
        markdown="post.body body",
        published="post.published published",
        score="counts.score post.score",
        link="post.url url",
        url="post.ap_id ap_id",
        comments="counts.comments",
    ),
    lists="comments .",
    marks=_fields("comment creator counts", "comment creator post"),
    outer=_fields("post_view"),
    about="post_view comments.0.post 0.post",
    group="post.id",
    heads="posts .",
    head_marks=_fields("post creator counts"),
)

GITHUB = Site(
    name="GitHub issue comments",
    shape=CommentFields(
        parent="in_reply_to_id",
        author="user.login author.login",
        markdown="body",
        published="created_at createdAt",
        score="reactions.+1",
        url="html_url url",
        deleted="isMinimized",
    ),
    head=ArticleFields(
        author="user.login author.login",
        markdown="body",
        published="created_at createdAt",
        score="reactions.+1",
        url="html_url url",
        comments="comments comments.totalCount",
    ),
    lists=". comments.nodes comments issue.comments.nodes issue.comments",
    marks=_fields(
        "body user author_association", "body user issue_url", "body author authorAssociation", "body author createdAt"
    ),
    outer=_fields("issue comments", "title number body author comments"),
    about="issue .",
    group="issue_url",
    never=frozenset({"title"}),
    heads=". items",
    head_marks=_fields("number title user", "number title author"),
)

DISQUS = Site(
    name="Disqus posts",
    shape=CommentFields(
        parent="parent",
        author="author.name author.username",
        html="message",
        plain="raw_message",
        published="createdAt",
        score="points likes",
        url="url",
        deleted="isDeleted isSpam",
        oldest_first=True,
    ),
    head=ArticleFields(
        title="clean_title title",
        author="author.name",
        html="message",
        published="createdAt",
        score="likes",
        url="link",
        comments="posts",
        escaped=True,
    ),
    lists="response posts .",
    marks=_fields("message raw_message", "message author isDeleted", "message author forum"),
    outer=_fields("thread response"),
    about="thread response.0.thread",
    group="thread",
    fragment="#comment-",
    heads="response",
    head_marks=_fields("clean_title link", "title feed identifiers"),
)

HN_SEARCH = Site(
    name="Hacker News search",
    shape=CommentFields(
        id="objectID",
        parent="parent_id",
        author="author",
        html="comment_text",
        published="created_at_i created_at",
        score="points",
        prefix="https://news.ycombinator.com/item?id=",
        oldest_first=True,
    ),
    head=ArticleFields(
        id="objectID story_id",
        title="title story_title",
        author="author",
        html="story_text",
        published="created_at_i created_at",
        score="points",
        link="url story_url",
        comments="num_comments",
        prefix="https://news.ycombinator.com/item?id=",
    ),
    lists="hits",
    marks=_fields("objectID comment_text parent_id"),
    group="story_id",
    heads="hits",
    head_marks=_fields("objectID title num_comments"),
)

SITES = (LEMMY, WORDPRESS, LOBSTERS, GITHUB, DISQUS, HN_SEARCH)


class SiteMatch(NamedTuple):
    """What of a document is which site's: comments and their place, or a list of what has comments elsewhere."""

    site: Site
    place: str
    heads: bool = False


def sniff(document: Document, hint: Hint) -> bool:
    """Whether one of the sites knows the document."""
    return _find(document) is not None


def read(document: Document, hint: Hint) -> Thread | Listing:
    """The thread, or what there is to choose from. Raises SourceError when none of the sites knows the document."""
    match = _find(document)
    if match is None:
        raise SourceError(f"{errors.name_of(hint)} holds comments of no site that is known.")
    site, comments = match.site, document.at(match.place)
    if match.heads:
        return articles_listing(site.name, decode_objects(comments), site.head, hint)
    rows = drop_duplicates(decode_objects(comments, row_decoder(site.shape, site.group)), site.shape)
    if site.shape.oldest_first:
        rows = sort_by_date(rows, site.shape)
    article = _about(document, match, rows)
    fields = site.shape
    if site.fragment and article.url:
        fields = fields._replace(prefix=article.url + site.fragment)
    return build_thread(rows, fields, article, hint.name)


def _find(document: Document) -> SiteMatch | None:
    for find in (_comments, _heads):
        for site in SITES:
            match = find(document, site)
            if match is not None:
                return match
    return None


def _comments(document: Document, site: Site) -> SiteMatch | None:
    inner = [place for place in site.lists.split() if place != "."]
    for place in inner:
        if _has(site, document.at(place)):
            return SiteMatch(site, place)
    if isinstance(document.top, dict) and any(fields <= document.keys for fields in site.outer):
        return None if any(object_keys(document.at(place)) for place in inner) else SiteMatch(site, inner[0])
    return SiteMatch(site, ".") if "." in site.lists.split() and _has(site, document.top) else None


def _has(site: Site, value: Any) -> bool:
    fields = object_keys(value)
    return not site.never & fields and any(marks <= fields for marks in site.marks)


def _heads(document: Document, site: Site) -> SiteMatch | None:
    for place in site.heads.split():
        first = first_object(document.at(place))
        if any(marks <= first.keys() for marks in site.head_marks) and not _holds_comments(first, site):
            return SiteMatch(site, place, heads=True)
    return None


def _holds_comments(head: dict[str, Any], site: Site) -> bool:
    """Whether something of a list has its comments in it: then the list is one of whole threads."""
    inner = document_of(head)
    return any(_has(site, inner.at(place)) for place in site.lists.split() if place != ".")


def _about(document: Document, match: SiteMatch, rows: list[Any]) -> Article:
    site = match.site
    groups = {to_identifier(key) for key in scalar_column(rows, site.group)}
    if len(groups - {None}) > 1:
        return Article(title=f"Comments on {len(groups - {None}):,} pages")
    for place in site.about.split():
        value = document.at(place)
        if isinstance(value, dict) and place != match.place:
            return read_article(decode_object(value), site.head)
    return Article()
