"""Sites whose answers are a plain list of comments, with or without what they are about, as one table.

What is read, and where it is described:

- WordPress `/wp/v2/comments` (developer.wordpress.org/rest-api/reference/comments), alone, or as
  `{"post": …, "comments": […]}`; lists of posts; the comments of WordPress.com's own interface;
- Lobsters `/s/<id>.json`, of all versions: `indent_level`, `depth`, `parent_comment`; lists of stories;
- Lemmy version 3 `/comment/list` (join-lemmy.org/api), with the `post_view` if there is one; lists of posts;
- GitHub issue comments (docs.github.com/rest/issues/comments), alone, or as `{"issue": …, "comments": […]}`, or as
  `gh issue view --json` and GraphQL give them; lists of issues; the same of Gitea;
- Disqus `listPosts` (disqus.com/api/docs/posts/list), with the `thread` if there is one;
- the search of Hacker News (hn.algolia.com/api), `hits`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from rumor_tui.model import Article, Listing, SourceError, Thread
from rumor_tui.readers.api.build import articles_listing, build_thread, drop_duplicates, sort_by_date
from rumor_tui.readers.api.document import (
    Document,
    decode_object,
    decode_objects,
    document_of,
    first_object,
    object_keys,
)
from rumor_tui.readers.api.field_maps import ArticleFields, CommentFields, read_article, row_decoder
from rumor_tui.readers.api.values import scalar_column, to_identifier
from rumor_tui.readers.source import Hint, name_source


def _fields(*alternatives: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(fields.split()) for fields in alternatives)


class Site(NamedTuple):
    """The answers of one site.

    Places are paths as in `Document.at`, separated by spaces; marks are sets of keys, one of which must be present.

    `comment_lists` are the places where comments may be, and `comment_marks` the keys of the first one; `never` are
    keys that no comment has; `outer` are the marks of the outermost object where there is no comment. `about` are the
    places of what the comments are about, read by the fields `article`; `group` is a field of comments that differs
    when they are about several things. `article_lists` are the places of lists of articles without comments, and
    `article_marks` their keys. `fragment` is added to the address of the page, before the identifier of a comment.
    """

    name: str
    comment: CommentFields
    article: ArticleFields
    comment_lists: str
    comment_marks: tuple[frozenset[str], ...]
    outer: tuple[frozenset[str], ...] = ()
    about: str = ""
    group: str = ""
    article_lists: str = "."
    article_marks: tuple[frozenset[str], ...] = ()
    never: frozenset[str] = frozenset()
    fragment: str = ""


WORDPRESS = Site(
    name="WordPress comments",
    comment=CommentFields(
        id="id ID",
        parent="parent parent.ID",
        author="author_name author.name",
        html="content.rendered content",
        published="date_gmt date",
        url="link URL",
        oldest_first=True,
    ),
    article=ArticleFields(
        title="title.rendered title",
        author="author_name _embedded.author.0.name",
        html="content.rendered content",
        published="date_gmt date",
        url="link",
        escaped=True,
    ),
    comment_lists=". comments",
    comment_marks=_fields("post parent author_name content", "ID post parent author content"),
    outer=_fields("post comments"),
    about="post",
    group="post",
    article_lists=". posts",
    article_marks=_fields("title content slug link"),
)

LOBSTERS = Site(
    name="Lobsters stories",
    comment=CommentFields(
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
    article=ArticleFields(
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
    comment_lists="comments .",
    comment_marks=_fields("short_id comment commenting_user", "short_id comment_plain"),
    outer=_fields("short_id comments"),
    about=".",
    article_lists=". stories",
    article_marks=_fields("short_id title submitter_user", "short_id title comment_count"),
)

LEMMY = Site(
    name="Lemmy comments",
    comment=CommentFields(
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
    article=ArticleFields(
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
    comment_lists="comments .",
    comment_marks=_fields("comment creator counts", "comment creator post"),
    outer=_fields("post_view"),
    about="post_view comments.0.post 0.post",
    group="post.id",
    article_lists="posts .",
    article_marks=_fields("post creator counts"),
)

GITHUB = Site(
    name="GitHub issue comments",
    comment=CommentFields(
        parent="in_reply_to_id",
        author="user.login author.login",
        markdown="body",
        published="created_at createdAt",
        score="reactions.+1",
        url="html_url url",
        deleted="isMinimized",
    ),
    article=ArticleFields(
        author="user.login author.login",
        markdown="body",
        published="created_at createdAt",
        score="reactions.+1",
        url="html_url url",
        comments="comments comments.totalCount",
    ),
    comment_lists=". comments.nodes comments issue.comments.nodes issue.comments",
    comment_marks=_fields(
        "body user author_association", "body user issue_url", "body author authorAssociation", "body author createdAt"
    ),
    outer=_fields("issue comments", "title number body author comments"),
    about="issue .",
    group="issue_url",
    never=frozenset({"title"}),
    article_lists=". items",
    article_marks=_fields("number title user", "number title author"),
)

DISQUS = Site(
    name="Disqus posts",
    comment=CommentFields(
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
    article=ArticleFields(
        title="clean_title title",
        author="author.name",
        html="message",
        published="createdAt",
        score="likes",
        url="link",
        comments="posts",
        escaped=True,
    ),
    comment_lists="response posts .",
    comment_marks=_fields("message raw_message", "message author isDeleted", "message author forum"),
    outer=_fields("thread response"),
    about="thread response.0.thread",
    group="thread",
    fragment="#comment-",
    article_lists="response",
    article_marks=_fields("clean_title link", "title feed identifiers"),
)

HN_SEARCH = Site(
    name="Hacker News search",
    comment=CommentFields(
        id="objectID",
        parent="parent_id",
        author="author",
        html="comment_text",
        published="created_at_i created_at",
        score="points",
        prefix="https://news.ycombinator.com/item?id=",
        oldest_first=True,
    ),
    article=ArticleFields(
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
    comment_lists="hits",
    comment_marks=_fields("objectID comment_text parent_id"),
    group="story_id",
    article_lists="hits",
    article_marks=_fields("objectID title num_comments"),
)

SITES = (LEMMY, WORDPRESS, LOBSTERS, GITHUB, DISQUS, HN_SEARCH)


class SiteMatch(NamedTuple):
    """The site of a document, and the place of its comments, or of a list of articles."""

    site: Site
    place: str
    is_articles: bool = False


def sniff(document: Document, hint: Hint) -> bool:
    """Whether the document is an answer of one of the sites."""
    return _find(document) is not None


def read(document: Document, hint: Hint) -> Thread | Listing:
    """The thread, or the articles to choose from. Raises SourceError when the document is of none of the sites."""
    match = _find(document)
    if match is None:
        raise SourceError(f"{name_source(hint)} has no comments of a known site.")
    site, comments = match.site, document.at(match.place)
    if match.is_articles:
        return articles_listing(site.name, decode_objects(comments), site.article, hint)
    rows = drop_duplicates(decode_objects(comments, row_decoder(site.comment, site.group)), site.comment)
    if site.comment.oldest_first:
        rows = sort_by_date(rows, site.comment)
    article = _article_of(document, match, rows)
    fields = site.comment
    if site.fragment and article.url:
        fields = fields._replace(prefix=article.url + site.fragment)
    return build_thread(rows, fields, article, hint.name)


def _find(document: Document) -> SiteMatch | None:
    matches = (find(document, site) for find in (_find_comments, _find_articles) for site in SITES)
    return next(filter(None, matches), None)


def _find_comments(document: Document, site: Site) -> SiteMatch | None:
    inner = [place for place in site.comment_lists.split() if place != "."]
    for place in inner:
        if _is_comment(site, document.at(place)):
            return SiteMatch(site, place)
    if isinstance(document.top, dict) and any(fields <= document.keys for fields in site.outer):
        return None if any(object_keys(document.at(place)) for place in inner) else SiteMatch(site, inner[0])
    return SiteMatch(site, ".") if "." in site.comment_lists.split() and _is_comment(site, document.top) else None


def _is_comment(site: Site, value: Any) -> bool:
    fields = object_keys(value)
    return not site.never & fields and any(marks <= fields for marks in site.comment_marks)


def _find_articles(document: Document, site: Site) -> SiteMatch | None:
    for place in site.article_lists.split():
        first = first_object(document.at(place))
        if any(marks <= first.keys() for marks in site.article_marks) and not _has_comments(first, site):
            return SiteMatch(site, place, is_articles=True)
    return None


def _has_comments(article: dict[str, Any], site: Site) -> bool:
    """Whether an article of a list contains its comments: then it is a list of whole threads."""
    inner = document_of(article)
    return any(_is_comment(site, inner.at(place)) for place in site.comment_lists.split() if place != ".")


def _article_of(document: Document, match: SiteMatch, rows: list[Any]) -> Article:
    site = match.site
    groups = {to_identifier(key) for key in scalar_column(rows, site.group)} - {None}
    if len(groups) > 1:
        return Article(title=f"Comments on {len(groups):,} pages")
    for place in site.about.split():
        value = document.at(place)
        if isinstance(value, dict) and place != match.place:
            return read_article(decode_object(value), site.article)
    return Article()
