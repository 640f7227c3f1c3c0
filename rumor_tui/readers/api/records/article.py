"""What records are about: an article, read from the object that contains them or from what all of them name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rumor_tui import blocks, markdown_format
from rumor_tui.links import page_elsewhere
from rumor_tui.model import Article, Format
from rumor_tui.readers.api.field_maps import strip_html
from rumor_tui.readers.api.records import names
from rumor_tui.readers.api.records.bodies import MARKDOWN_NAMES, guess_format, repair_mojibake
from rumor_tui.readers.api.records.find import Records
from rumor_tui.readers.api.records.items import Item, Path, column_at, leaves_of, value_at
from rumor_tui.readers.api.records.markup import find_dialect, to_html
from rumor_tui.readers.api.records.names import key_name, name_set, path_names, tokens_of
from rumor_tui.readers.api.records.people import author_column
from rumor_tui.readers.api.records.platforms import LINKS, LinkFields, platform_of
from rumor_tui.readers.api.records.rich_text import is_rich, rich_to_html
from rumor_tui.readers.api.records.roles import Roles, choose_roles, sample_of
from rumor_tui.readers.api.values import date_wording, to_identifier, to_int, to_name, to_timestamp
from rumor_tui.readers.dates.parse import parse_date

_MIN_WORDS = 4


def find_article(records: Records, ids: Sequence[str | None]) -> Article:
    """What the records, with their identifiers, are about: the head, what contains them, or what all of them name."""
    if records.head is not None:
        article = read_article(records.head.value, records.top)
        return article if article.title else replace(article, title=_title_above(records.head.parent).title)
    common = _common_container(records.rows)
    about = _title_above(common) if common is not None else Article()
    return about if about.title else _named_by_all(records, about, ids)


def _common_container(rows: Sequence[Item]) -> Item | None:
    """The innermost item that contains all records."""
    if not rows:
        return None
    chains = []
    for item in sample_of(rows):
        chain: list[Item] = []
        above = item.parent
        while above is not None:
            if above.record < 0:
                chain.append(above)
            above = above.parent
        chains.append(chain)
    others = [{id(item) for item in chain} for chain in chains[1:]]
    return next((item for item in chains[0] if all(id(item) in other for other in others)), None)


def _title_above(item: Item | None) -> Article:
    while item is not None:
        article = read_article(item.value)
        if article.title:
            return article
        item = item.parent
    return Article()


def _named_by_all(records: Records, about: Article, ids: Sequence[str | None]) -> Article:
    """The article that every record names: a title among the fields that say what a record is about."""
    values = [item.value for item in records.rows]
    sample = [leaves_of(value) for value in sample_of(values)]
    paths = [path for path in dict.fromkeys(path for row in sample for path in row) if _is_title_path(path)]
    paths.sort(key=lambda path: -names.TITLES.get(path_names(path)[-1], 0) + 2 * len(path))
    pages = {key: {str(value.get(key)) for value in values} for key in _page_keys(values, ids)}
    if pages and max(map(len, pages.values())) > 1:
        return replace(about, title=f"Comments on {max(map(len, pages.values())):,} pages")
    for path in paths if len(values) > 1 else [path for path in paths if len(path) > 1]:
        titles = {one_text(value_at(value, path)) for value in values}
        if len(titles - {""}) == 1 and "" not in titles:
            holder = value_at(values[0], path[:-1])
            is_other = len(path) > 1 and isinstance(holder, dict) and not _is_of_record(records, path[:-1])
            article = read_article(holder, records.top) if is_other else Article()
            return replace(article, title=clean_title(titles.pop()))
        if len(titles) > 1 and {word for key in path[:-1] for word in tokens_of(key)} & names.CONTEXTS:
            return replace(about, title=f"Comments on {len(titles):,} pages")
    return about


def _page_keys(values: list[dict[str, Any]], ids: Sequence[str | None]) -> list[str]:
    """The fields that say what records are about, and are not their own identifiers."""
    keys = {key for value in sample_of(values) for key in value if key_name(key) in _PAGE_KEYS}
    return [key for key in keys if list(map(to_identifier, column_at(values[:100], (key,)))) != list(ids[:100])]


def _is_of_record(records: Records, path: Path) -> bool:
    """Whether the object at a path of the records is a part of them, since it has their texts."""
    return any(text[: len(path)] == path for roles in records.schemas for text in roles.texts[:1])


_PAGE_KEYS = name_set("post post_id story_id article_id issue_url video_id submission_id link_id")
"""Fields that say what a record is about; with several values the records are about several pages."""


def _is_title_path(path: Path) -> bool:
    around = {word for key in path[:-1] for word in tokens_of(key)}
    last = path_names(path)[-1]
    if around & (names.PEOPLE | names.STOPPED | names.LARGER):
        return False
    if last in ("name", "title") and around & (names.CONTEXTS | names.ROOMS):
        return True
    return last in names.TITLES and names.TITLES[last] >= 42


def read_article(value: dict[str, Any], top: Any = None) -> Article:
    """The article that an object describes; `top` is the document in which tables of people may be."""
    roles = choose_roles([value], alone=True)
    titles = [one_text(value_at(value, path)) for path in roles.titles]
    title = clean_title(next(filter(None, titles), ""))
    date = _first(value, roles.dates)
    moment = to_moment(date)
    body = _first(value, roles.texts)
    format, written = _article_body(body, roles, value)
    if not title and len(written.split()) < _MIN_WORDS and not roles.authors:
        written = ""
    byline = author_column([value], roles.authors, value if top is None else top)[0]
    if byline and byline.isdigit():
        byline = None  # an identifier that no table of people names
    return Article(
        title=title,
        byline=markdown_format.clean_field(byline),
        published=moment,
        published_text=None if moment is not None else date_wording(date),
        url=to_name(_first(value, roles.urls)),
        pieces=list(blocks.split_markdown(written))
        if format == "markdown" and written
        else [written]
        if written
        else [],
        format=format,
        score=to_int(_first(value, roles.scores)),
        link=_linked_page(value),
        discussion_url=_own_page(value),
    )


def _links_of(value: dict[str, Any]) -> LinkFields | None:
    return next((row for row in LINKS if row.keys <= value.keys()), None)


def _own_page(value: dict[str, Any]) -> str | None:
    """The own page of a post of a known site."""
    row = _links_of(value)
    return next(filter(None, (to_name(value_at(value, path)) for path in row.own)), None) if row is not None else None


def _linked_page(value: dict[str, Any]) -> str | None:
    """The page elsewhere that a post of a known site links to."""
    row = _links_of(value)
    if row is None:
        return None
    return page_elsewhere(to_name(value_at(value, row.link)), *(to_name(value_at(value, path)) for path in row.own))


def _first(value: dict[str, Any], paths: Sequence[Path]) -> Any:
    return next((held for path in paths if (held := value_at(value, path)) not in (None, "", [])), None)


def _article_body(body: Any, roles: Roles, value: dict[str, Any]) -> tuple[Format, str]:
    if not isinstance(body, str):
        return ("html", rich_to_html(body)) if is_rich(body) else ("plain", "")
    path = next(path for path in roles.texts if value_at(value, path) == body)
    platform = platform_of([*value, *(value_at(value, path[:-1]) or ())])
    if is_html_name(path):
        return "html", body
    if path_names(path)[-1] in MARKDOWN_NAMES:
        return "markdown", body
    format: Format = platform.format if platform and platform.format else guess_format(body)
    dialect = find_dialect([body]) if format == "plain" else ""
    return ("html", to_html(dialect, {})(body)) if dialect else (format, body)


def clean_title(title: str) -> str:
    """A title as a neutral line, without the markup and the entities of HTML, if it has any."""
    plain = repair_mojibake(strip_html(title) if guess_format(title) == "html" else title)
    return markdown_format.clean_field(plain) or ""


def one_text(value: Any) -> str:
    """A string, or the first one of a list, on one line; empty for any other value."""
    value = value[0] if isinstance(value, list) and value else value
    return " ".join(value.split()) if isinstance(value, str) else ""


def to_moment(value: Any, order: str | None = None) -> float | None:
    """A date of any form in seconds since 1970; `order` is a language in whose order days and months are."""
    moment = to_timestamp(value)
    if moment is None and isinstance(value, str) and any(map(str.isdigit, value)):
        return parse_date(value, language=order)
    return moment if moment else None


def is_html_name(path: Path) -> bool:
    """Whether the names of a path promise HTML."""
    words = {word for key in path for word in tokens_of(key)}
    return bool(words & {"html", "cooked"} or path[-1] == "rendered" or path_names(path)[-1] in ("formatted_body",))


def stated_comments(value: dict[str, Any]) -> int | None:
    """How many comments an object says that it has."""
    for path, held in leaves_of(value).items():
        if len(path) <= 2 and path_names(path)[-1] in names.ARTICLE_COUNTS and to_int(held) is not None:
            return to_int(held)
        if path_names(path)[-2:] in (("comments", "total_count"), ("comments", "count")):
            return to_int(held)
    return None
