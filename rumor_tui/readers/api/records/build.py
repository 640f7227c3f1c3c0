"""Records become a thread, or a listing of threads or of articles."""

from __future__ import annotations

import itertools
import re
from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rumor_tui import markdown_format
from rumor_tui.model import Confidence, Format, Listing, Stub, Thread, ThreadBuilder
from rumor_tui.readers.api.build import make_listing, thread_entry, threads_listing
from rumor_tui.readers.api.field_maps import strip_html
from rumor_tui.readers.api.records.article import (
    clean_title,
    find_article,
    is_html_name,
    one_text,
    read_article,
    stated_comments,
    to_moment,
)
from rumor_tui.readers.api.records.bodies import MARKDOWN_NAMES, has_files, make_bodies, repair_mojibake
from rumor_tui.readers.api.records.find import Records, drop_rows, find_records, identifier_of, is_rated, take_root
from rumor_tui.readers.api.records.items import Item, column_at, leaves_of, value_at
from rumor_tui.readers.api.records.links import Links, find_links
from rumor_tui.readers.api.records.markup import MENTION, strip_fallback
from rumor_tui.readers.api.records.names import path_names
from rumor_tui.readers.api.records.people import author_column, people_by_id
from rumor_tui.readers.api.records.platforms import Platform, platform_of
from rumor_tui.readers.api.records.roles import sample_of
from rumor_tui.readers.api.values import date_wording, name_column, to_int, to_name, to_timestamp
from rumor_tui.readers.dates.parse import MAX_DATE_LENGTH
from rumor_tui.readers.preorder import to_preorder
from rumor_tui.readers.source import Hint

_MIN_WORDS = 4
_REPLY_PREFIX = re.compile(r"\A(?:(?:re|aw|sv|fwd?)\s?:\s*|\[[^\]]{1,40}\]\s*){1,5}", re.IGNORECASE)
"""What programs put before the title of what is answered."""

_NO_FLAG = (None, False, 0, "", "0", "false", "False", "no", "null")


def read_records(records: Records, hint: Hint) -> Thread | Listing:
    """The thread of the records; or the threads or articles to choose from."""
    if records.articles:
        return _articles_listing(records.articles, hint)
    if records.pages:
        threads = [_thread_of_page(page, hint) for page in records.pages]
        return threads[0] if len(threads) == 1 else threads_listing("Threads", threads, hint)
    return _thread(records, hint)


def _thread_of_page(page: Item, hint: Hint) -> Thread:
    content = read_records(find_records(page.value), hint)
    return content if isinstance(content, Thread) else content.open(0)  # type: ignore[return-value]


def _articles_listing(items: Sequence[Item], hint: Hint) -> Thread | Listing:
    articles = [read_article(item.value) for item in items]

    def open_article(index: int) -> Thread:
        return ThreadBuilder(articles[index]).build("plain", source=hint.name)

    if len(items) == 1:
        return open_article(0)
    threads = [open_article(index) for index in range(len(items))]
    entries = [
        replace(thread_entry(thread), comments=stated_comments(item.value), address=_page_address(item.value, thread))
        for thread, item in zip(threads, items, strict=True)
    ]
    return make_listing("Articles", entries, open_article, hint)


def _page_address(value: dict[str, Any], thread: Thread) -> str:
    """The address of an article's own page, where its comments are, not that of what it links to."""
    pages = (to_name(value.get(key)) for key in ("comments_url", "html_url", "short_id_url", "permalink"))
    platform = platform_of(value)
    if platform is not None and platform.prefix and identifier_of(value):
        return platform.prefix + (identifier_of(value) or "")
    return next(filter(None, pages), None) or thread.article.url or ""


# One thread


def _thread(records: Records, hint: Hint) -> Thread:
    texts, moments, links = _texts_and_links(records)
    if _replace_versions(records, links) or _drop_duplicates(records, links, texts):
        texts, moments, links = _texts_and_links(records)
    root = _root_of(records, links)
    if root is not None:
        take_root(records, root)
        texts, moments, links = _texts_and_links(records)
    kept = _kept_rows(records, texts, links)
    article = find_article(records, links.ids)
    rows = records.values
    platform = platform_of(key for row in sample_of(rows) for key in row)
    people = _mentioned_people(records, texts)
    bodies = make_bodies(texts, _titles(records), rows, _promised_format(records), platform, people=people)
    dates = records.column("dates")
    order = _file_order(records, links, moments, platform)
    parents = _renumber(order, links.parents)
    sequence, above = to_preorder(parents)
    wordings = [None if moment is not None else date_wording(date) for moment, date in zip(moments, dates, strict=True)]
    stubs = _stubs(records, links)
    thread = Thread(
        article=article,
        parent=array("i", [-1] * len(rows)),
        authors=name_column(_authors(records)),
        bodies=bodies.bodies,
        lengths=array("i", bodies.lengths),
        format=bodies.format,
        published=moments,
        published_text=wordings if any(wordings) else (),
        ids=list(map(markdown_format.clean_field, links.ids)),
        scores=_scores(records, platform),
        urls=_addresses(records, links, platform, article.url),
        deleted=_deleted(records),
        source=hint.name,
        aside=_aside(records),
        confidence=_confidence(records, links),
        stubs=stubs,
    )
    return (
        thread.select([order[row] for row in sequence], above)
        if kept is None
        else _select(thread, order, sequence, above, kept)
    )


def _mentioned_people(records: Records, texts: Sequence[Any]) -> dict[str, str]:
    """The names of the people whose identifiers stand in the texts."""
    wanted = {key for text in texts if isinstance(text, str) and "<@" in text for key in MENTION.findall(text)}
    known = people_by_id(records.top, wanted, {id(row) for row in records.values}) if wanted else {}
    if len(known) < len(wanted):  # people who are known only by what they said themselves
        for row, name in zip(records.values, _authors(records), strict=True):
            for key in wanted.intersection(value for value in row.values() if isinstance(value, str)):
                known.setdefault(key, name or key)
    return known


def _aside(records: Records) -> str:
    """The platform's own notes, of which nobody is the author."""
    texts = [value for item in records.system for value in leaves_of(item.value).values() if isinstance(value, str)]
    return "\n".join(text for text in texts if len(text.split()) >= _MIN_WORDS - 1)


def _scores(records: Records, platform: Platform | None) -> list[int | None] | tuple[()]:
    values = column_at(records.values, platform.score) if platform and platform.score else records.column("scores")
    scores = list(map(to_int, values))
    return scores if any(score is not None for score in scores) else ()


def _renumber(order: Sequence[int], parents: Sequence[int | None]) -> list[int | None]:
    """The parents of the rows in another order, in the numbers of that order."""
    places = {row: place for place, row in enumerate(order)}
    above = (parents[row] for row in order)
    return [None if parent is None else places[parent] for parent in above]


def _select(thread: Thread, order: list[int], sequence: list[int], above: list[int], kept: list[bool]) -> Thread:
    """The thread without rows that have nothing to show and no replies."""
    new: dict[int, int] = {}
    rows: list[int] = []
    parents: list[int] = []
    for place, row in enumerate(sequence):
        if kept[order[row]]:
            new[place] = len(rows)
            rows.append(order[row])
            parents.append(new.get(above[place], -1) if above[place] >= 0 else -1)
    return thread.select(rows, parents)


def _drop_duplicates(records: Records, links: Links, texts: Sequence[Any]) -> bool:
    """Drop records that are there twice, for example where pages overlap or some are shown as the best ones."""
    seen: dict[tuple[str, str], int] = {}
    double: dict[int, int] = {}
    for row, key in enumerate(links.ids):
        first = seen.setdefault((key, str(texts[row])[:200]), row) if key else row
        if first != row:
            double[row] = first
    if double:
        drop_rows(records, double)
    return bool(double)


def _replace_versions(records: Records, links: Links) -> bool:
    """Give records the content of their later versions, which are records no more."""
    platform = platform_of(key for item in sample_of(records.rows) for key in item.value)
    if platform is None or not platform.versions:
        return False
    places = {key: row for row, key in enumerate(links.ids) if key}
    later: dict[int, int] = {}
    for row, item in enumerate(records.rows):
        relation = value_at(item.value, platform.versions)
        target = places.get(str(relation.get("event_id")), row) if isinstance(relation, dict) else row
        if target != row and relation.get("rel_type") == "m.replace":
            later[row] = target
            first, new = records.rows[target], value_at(item.value, ("content", "m.new_content"))
            if isinstance(new, dict) and isinstance(first.value.get("content"), dict):
                relates = first.value["content"].get("m.relates_to")
                first.value = first.value | {"content": new | ({"m.relates_to": relates} if relates else {})}
    if later:
        drop_rows(records, later)
    return bool(later)


def _texts_and_links(records: Records) -> tuple[list[Any], list[float | None], Links]:
    texts = records.column("texts")
    if not records.rows:
        return texts, [], Links([], [], False)
    moments = moments_of(records.column("dates"))
    links = find_links(records.values, records.owners, texts, moments, [item.key for item in records.rows])
    parents = [records.heads.get(row) if parent is None else parent for row, parent in enumerate(links.parents)]
    texts = [strip_fallback(text) if isinstance(text, str) and text[:1] in "><" else text for text in texts]
    return texts, moments, Links(links.ids, parents, links.known or bool(records.heads))


def _root_of(records: Records, links: Links) -> int | None:
    """The one record of a flat list that all others are about: it answers nothing, and it alone has a title."""
    if records.head is not None or len(records.rows) < 2:
        return None
    titles = [] if is_rated(records.rows[0].value) else _titles(records)
    titled = [row for row, title in enumerate(titles) if title]
    roots = [row for row, parent in enumerate(links.parents) if parent is None]
    return titled[0] if len(titled) == 1 and roots == titled else None


def _kept_rows(records: Records, texts: Sequence[Any], links: Links) -> list[bool] | None:
    """Which rows are kept: those with a text, a file, a flag, or replies; None where all are."""
    answered = {parent for parent in links.parents if parent is not None}
    flags = _flags(records)
    kept = []
    for row, text in enumerate(texts):
        there = bool(text) and (not isinstance(text, str) or bool(text.strip()))
        kept.append(there or row in answered or flags[row] or has_files(records.rows[row].value))
    return None if all(kept) else kept


def _titles(records: Records) -> list[str]:
    """The titles that records have of their own, as reviews do; empty where all have the same one."""
    titles = [one_text(value) for value in records.column("titles")]
    bare = [_REPLY_PREFIX.sub("", title).casefold() for title in titles if title]
    if len(bare) > 1 and len(set(bare)) == 1:
        return [""] * len(titles)
    return list(map(clean_title, titles))


def _promised_format(records: Records) -> Format | None:
    """The format that the names of the texts promise."""
    used = {records.schemas[kind].texts[0] for kind in set(records.kinds)}
    if used and all(map(is_html_name, used)):
        return "html"
    return "markdown" if used and all(path_names(path)[-1] in MARKDOWN_NAMES for path in used) else None


def _authors(records: Records) -> list[str | None]:
    result: list[str | None] = [None] * len(records.rows)
    for kind, roles in enumerate(records.schemas):
        places = [place for place, own in enumerate(records.kinds) if own == kind]
        if places:
            column = author_column([records.rows[place].value for place in places], roles.authors, records.top)
            for place, name in zip(places, column, strict=True):
                result[place] = repair_mojibake(strip_html(name)) if name else None
    return result


_NUMERIC_DAY = re.compile(r"\s*(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)")


def _order_of(dates: Sequence[Any]) -> str | None:
    """A language that has the order of day and month which all dates of a column have; None where that is not known.

    A number above 12 is a day; where there is none, dates are in the order of the rows, or else close together.
    """
    matches = [match for date in dates[:_MAX_SLOW] if isinstance(date, str) and (match := _NUMERIC_DAY.match(date))]
    numbers = [(int(match[4]), int(match[1]), int(match[3])) for match in matches]
    wrong = {
        "de": sum(second > 12 for _, _, second in numbers),
        "en-us": sum(first > 12 for _, first, _ in numbers),
    }
    if not any(wrong.values()):
        days = [(year, second, first) for year, first, second in numbers]
        wrong = {"de": _disorder(days), "en-us": _disorder(numbers)}
        if numbers and not any(wrong.values()):
            wrong = {"de": _span(days) > _span(numbers), "en-us": _span(numbers) > _span(days)}
    right = [language for language, count in wrong.items() if not count]
    return right[0] if len(right) == 1 else None


def _span(days: Sequence[tuple[int, int, int]]) -> int:
    """About how many days lie between the first and the last one: what people say of one thing is close together."""
    counts = [372 * year + 31 * month + day for year, month, day in days]
    return max(counts) - min(counts)


def _disorder(days: Sequence[tuple[int, int, int]]) -> int:
    """How often days are out of order, whichever end is the newest."""
    rising = sum(late < early for early, late in itertools.pairwise(days))
    return min(rising, sum(late > early for early, late in itertools.pairwise(days)))


_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_QUICK = re.compile(rf"(?<![A-Za-z])(?:{_MONTHS})(?![A-Za-z])|\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d")
_MAX_SLOW = 1_000
"""Dates in words that are parsed at most: each takes a millisecond or two."""


def moments_of(dates: Sequence[Any]) -> list[float | None]:
    """The moments of a column of dates."""
    slow = itertools.count()
    known: dict[str, float | None] = {}
    order = _order_of(dates)

    def moment_of(date: Any) -> float | None:
        if not isinstance(date, str):
            return to_moment(date)
        if date not in known:
            is_parsed = len(date) < MAX_DATE_LENGTH and (_QUICK.search(date) or next(slow) < _MAX_SLOW)
            known[date] = to_moment(date, order) if is_parsed else to_timestamp(date)
        return known[date]

    return list(map(moment_of, dates))


def _file_order(
    records: Records, links: Links, moments: Sequence[float | None], platform: Platform | None
) -> list[int]:
    """The records in the order of the document; by date where that has the newest first."""
    order = list(range(len(records.rows)))
    if None in moments or max(records.owners, default=-1) >= 0:
        return order
    before = sum(1 for row, parent in enumerate(links.parents) if parent is not None and parent > row)
    after = sum(1 for row, parent in enumerate(links.parents) if parent is not None and parent < row)
    if before > after or (platform is not None and platform.oldest_first):
        order.sort(key=lambda row: moments[row] or 0.0)
    return order


def _addresses(records: Records, links: Links, platform: Platform | None, page: str | None) -> Sequence[str | None]:
    column = [to_name(value) for value in records.column("urls")]
    if any(column):
        known = [value for value in column if value]
        return column if len(known) < 3 or len(set(known)) > 0.5 * len(known) else ()
    prefix = ""
    if platform is not None:
        prefix = platform.prefix or (page + platform.fragment if page and platform.fragment else "")
    if prefix:
        return [prefix + key if key else None for key in map(markdown_format.clean_field, links.ids)]
    return ()


def _deleted(records: Records) -> list[bool] | tuple[()]:
    flags = _flags(records)
    return flags if any(flags) else ()


def _flags(records: Records) -> list[bool]:
    """Whether any of the fields that tell it says that a record was deleted."""
    return [
        any(value_at(item.value, path) not in _NO_FLAG for path in records.schemas[kind].deleted)
        for item, kind in zip(records.rows, records.kinds, strict=True)
    ]


def _confidence(records: Records, links: Links) -> Confidence:
    return "explicit" if links.known or len(records.rows) < 2 else "guessed"


def _stubs(records: Records, links: Links) -> list[Stub]:
    """Stubs for replies that records or the article count, and the document does not have."""
    size = len(records.rows)
    below = [0] * size
    order, above = to_preorder(links.parents)
    for place in range(size - 1, -1, -1):
        if above[place] >= 0:
            below[order[above[place]]] += 1 + below[order[place]]
    stated = [to_int(value) or 0 for value in records.column("counts")]
    stubs = [Stub(row, count - below[row]) for row, count in enumerate(stated) if count > below[row]]
    missing = (stated_comments(records.head.value) or 0) - size if records.head is not None else 0
    return [*stubs, Stub(-1, missing)] if missing > 0 else stubs
