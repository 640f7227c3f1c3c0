"""The records of a JSON value, and what they are about: an article, a page each, or nothing that is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rumor_tui.readers.api.records import names
from rumor_tui.readers.api.records.grids import expand_grids
from rumor_tui.readers.api.records.items import (
    GENERIC,
    Item,
    Path,
    column_at,
    is_answer,
    leaves_of,
    value_at,
    walk_items,
)
from rumor_tui.readers.api.records.names import key_name, name_set, path_names, tokens_of
from rumor_tui.readers.api.records.platforms import is_system
from rumor_tui.readers.api.records.roles import Roles, choose_roles, sample_of
from rumor_tui.readers.api.values import to_identifier

_MAX_GROUPS = 200
"""Groups of alike objects, the largest ones first, whose roles are found out."""

_COMMENT_WORDS = frozenset({"comment", "reply", "message", "review", "note", "annotation"})


@dataclass(slots=True)
class Records:
    """The records in the order of the document.

    `schemas[kinds[i]]` are the roles of record i, and `owners[i]` the record that contains it (-1: none). `head` is the
    article, if it is an object of its own; `pages` are the items that each contain a thread of their own.
    `heads[i]` is the first record of the thread of record i, where threads are lists without a first post of their own.
    `articles` have no comments here. `system` are the platform's own notes, which are set aside.
    """

    top: Any
    items: list[Item] = field(default_factory=list)
    rows: list[Item] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    schemas: list[Roles] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    head: Item | None = None
    pages: list[Item] = field(default_factory=list)
    heads: dict[int, int] = field(default_factory=dict)
    articles: list[Item] = field(default_factory=list)
    system: list[Item] = field(default_factory=list)

    @property
    def values(self) -> list[dict[str, Any]]:
        """The objects of the records."""
        return [row.value for row in self.rows]

    def column(self, role: str) -> list[Any]:
        """For each record the first value at one of the paths of a role; None where there is none."""
        result: list[Any] = [None] * len(self.rows)
        for kind, roles in enumerate(self.schemas):
            places = [place for place, own in enumerate(self.kinds) if own == kind]
            values = [self.rows[place].value for place in places]
            for path in getattr(roles, role):
                for place, value in zip(places, column_at(values, path), strict=True):
                    if result[place] is None or result[place] == "" or result[place] == []:
                        result[place] = value
        return result


def find_records(top: Any) -> Records:
    """The records in a value; without any where it has none."""
    top = expand_grids(top)
    records = Records(top, walk_items(top))
    members = _record_groups([item for item in records.items if not item.stopped], records)
    if not members:
        members = _record_groups([item for item in records.items if item.stopped], records)
    _place_rows(records, members)
    _find_head(records)
    _find_pages(records)
    return records


def _record_groups(items: Sequence[Item], records: Records) -> dict[int, int]:
    """The kind of each item (by its identity) that is a record."""
    groups: dict[Path, list[Item]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    by_size = sorted(groups.values(), key=len, reverse=True)
    kinds: dict[int, int] = {}
    weak: list[tuple[Roles, list[Item]]] = []
    for place, members in enumerate(by_size):
        if _join_kind(members, records, kinds) or place >= _MAX_GROUPS:
            continue
        roles = choose_roles([item.value for item in members], alone=members[0].value is records.top)
        if members[0].value is records.top and not _is_said(roles, records):
            continue
        if roles.is_record and not _are_said(roles, members):
            continue
        if roles.is_record and roles.strength >= names.STRONG:
            _add_kind(roles, members, records, kinds)
        elif roles.is_record and roles.authors:
            weak.append((roles, members))
    for roles, members in weak:
        if not kinds or roles.titles:
            _add_kind(roles, members, records, kinds)
    for members in by_size if weak else ():
        if id(members[0]) not in kinds:
            _join_kind(members, records, kinds)
    return kinds


def _add_kind(roles: Roles, members: Sequence[Item], records: Records, kinds: dict[int, int]) -> None:
    records.schemas.append(roles)
    kinds |= {id(item): len(records.schemas) - 1 for item in members}


def _join_kind(members: Sequence[Item], records: Records, kinds: dict[int, int]) -> bool:
    """Whether these items are of a kind that is known already; then they are added to it."""
    kind = _known_kind(members, records.schemas)
    if kind is not None:
        records.schemas[kind] = _with_roles_of(members, records.schemas[kind])
        kinds |= {id(item): kind for item in members}
    return kind is not None


_ADDED = ("dates", "scores", "urls", "deleted", "counts")
"""Roles that items of a known kind may have in fields of their own."""


def _with_roles_of(members: Sequence[Item], roles: Roles) -> Roles:
    """The roles of a kind, and those that more items of it have in other fields, as reviews beside comments do."""
    own = choose_roles([item.value for item in members])
    added: dict[str, Any] = {name: tuple(dict.fromkeys(getattr(roles, name) + getattr(own, name))) for name in _ADDED}
    return roles._replace(**added)


def _are_said(roles: Roles, members: Sequence[Item]) -> bool:
    """Whether alike objects can be what people said: some have a text with an author or a date, and none is a thing.

    What has a place on a map, or the level of a log, is a thing, and so is what is described and has a price, unless
    its text is called a comment.
    """
    sample = [item.value for item in sample_of(members)]
    if not any(_has_any(value, roles.texts) and _has_any(value, roles.authors + roles.dates) for value in sample):
        return False
    if roles.strength < names.STRONG - 1 and _is_of_thing(roles):
        return False
    around = {word for path in (roles.texts[0], members[0].edge) for key in path for word in tokens_of(key)}
    words = names.UNSAID if roles.strength >= names.STRONG else names.UNSAID | names.THINGS
    return bool(around & names.SAID) or 2 * sum(_is_thing(value, words) for value in sample) < len(sample)


def _is_of_thing(roles: Roles) -> bool:
    """Whether a description is of what has the name beside it, or of what no person stands beside."""
    words = {word for path in roles.authors[:1] for key in path for word in tokens_of(key)}
    return not words & (names.PEOPLE | names.NAMES.keys()) or (words == {"name"} and not roles.dates)


def _has_any(value: dict[str, Any], paths: Iterable[Path]) -> bool:
    return any(value_at(value, path) not in (None, "", []) for path in paths)


def _is_thing(value: dict[str, Any], words: frozenset[str]) -> bool:
    """Whether an object has a field with one of the words, or says how grave what a program logged is."""
    return any(
        words.intersection(tokens_of(key)) or (isinstance(held, str) and held.lower() in names.LOG_LEVELS)
        for key, held in value.items()
    )


def _is_said(roles: Roles, records: Records) -> bool:
    """Whether the outermost object is a record itself.

    What only reports a status has no author, and what only describes something has no text of its own.
    """
    if len(records.items) > 1:
        return bool(roles.authors or roles.titles)
    return bool(roles.authors) and (roles.strength >= names.STRONG or bool(roles.dates))


def _known_kind(members: Sequence[Item], schemas: Sequence[Roles]) -> int | None:
    """The kind whose fields these items have; None where there is none."""
    sample = sample_of(members)
    titled = any(path_names(path)[-1] in names.OWN_TITLES for path in leaves_of(sample[0].value))
    for kind, roles in enumerate(schemas):
        if titled and not roles.titles:
            continue
        texts = [value_at(item.value, roles.texts[0]) for item in sample]
        others = [value_at(item.value, (roles.authors or roles.dates)[0]) for item in sample]
        both = sum(1 for text, other in zip(texts, others, strict=True) if text and other is not None)
        if 2 * both > len(sample):
            return kind
    return None


def _place_rows(records: Records, kinds: dict[int, int]) -> None:
    """Put the records in rows, with the answers that are in fields of their own."""
    members: dict[int, list[Item]] = {}
    for item in records.items:
        if id(item) in kinds:
            members.setdefault(kinds[id(item)], []).append(item)
    has_people = not all(is_system(item.value) for items in members.values() for item in items)
    answers = {kind: _answer_paths(items, records.schemas[kind].texts[0]) for kind, items in members.items()}
    for item in records.items:
        kind = kinds.get(id(item))
        if kind is None or _is_nothing(item, records.schemas[kind]):
            continue
        if has_people and is_system(item.value):
            records.system.append(item)
            continue
        item.record = len(records.rows)
        records.rows.append(item)
        records.kinds.append(kind)
        for answer in _answers(item, answers[kind]):
            answer.record = len(records.rows)
            records.rows.append(answer)
            records.kinds.append(len(records.schemas))
    if any(kind == len(records.schemas) for kind in records.kinds):
        records.schemas.append(Roles((("text",),), (("author",),), (("date",),), strength=names.STRONG))
    records.owners = [_owner(item) for item in records.rows]


def _is_nothing(item: Item, roles: Roles) -> bool:
    """Whether an item among records has nothing that they have, as users in a list of all objects."""
    if _has_any(item.value, roles.texts + roles.authors + roles.dates[:1] + roles.deleted):
        return False
    return not any(
        (isinstance(held, list) and held) or names.REPLY_WORDS.intersection(tokens_of(key))
        for key, held in item.value.items()
    )


def _owner(item: Item) -> int:
    """The row of the record that contains an item."""
    above = item.parent
    while above is not None and above.record < 0:
        above = above.parent
    return -1 if above is None else above.record


# Answers in fields: the developer's of a review

_ANSWERERS = frozenset({"developer", "owner", "company", "business", "merchant", "seller", "host"})


def _answer_paths(items: Sequence[Item], own: Path) -> list[tuple[Path, Path | None, str]]:
    """The fields with one answer to a record, which has its text at `own`; those with its date, and who gives it."""
    rows = [leaves_of(item.value) for item in sample_of(items)]
    paths = list(dict.fromkeys(path for row in rows for path in row))
    found = []
    for path in paths:
        words = path_names(path)[-1].split("_")
        if not {"reply", "response", "answer"} & set(words) or len(path) > 1 or "to" in words or path == own:
            continue
        texts = [row[path] for row in rows if isinstance(row.get(path), str) and len(row[path].split()) > 1]
        if texts:
            dates = [other for other in paths if _is_date_of_answer(other)]
            who = next((word for word in words if word in _ANSWERERS), "")
            found.append((path, dates[0] if dates else None, who))
    return found


def _is_date_of_answer(path: Path) -> bool:
    words = set(path_names(path)[-1].split("_"))
    speaks = words & {"reply", "replied", "response", "responded", "answer", "answered"} or "dev" in words
    return bool(speaks and words & {"at", "date", "time", "timestamp", "on"})


def _answers(item: Item, paths: Iterable[tuple[Path, Path | None, str]]) -> list[Item]:
    made = []
    for path, date, who in paths:
        text = value_at(item.value, path)
        if isinstance(text, str) and text.strip():
            value = {"text": text, "author": who or None, "date": value_at(item.value, date) if date else None}
            made.append(Item(value, item, path, None, False))
    return made


# What the records are about


def _tops(records: Records) -> list[int]:
    return [row for row, owner in enumerate(records.owners) if owner < 0]


def _find_head(records: Records) -> None:
    """The one record that contains all others, where it is something else than a comment."""
    tops = _tops(records)
    if len(tops) != 1:
        return
    row = tops[0]
    item, roles = records.rows[row], records.schemas[records.kinds[row]]
    titled = any(_text_of(value_at(item.value, path)) for path in roles.titles)
    others = {records.schemas[kind].texts[0] for place, kind in enumerate(records.kinds) if place != row}
    is_other = len(records.rows) > 2 and roles.texts[0] not in others and not is_answer(records.rows[row + 1])
    is_outermost = item.parent is None and item.value is records.top
    wrapped = bool(set(path_names(roles.texts[0])[:-1]) & _COMMENT_WORDS) or any(
        isinstance(item.value.get(word), dict) for word in _COMMENT_WORDS
    )
    if ((titled or is_other) and not is_rated(item.value)) or (len(records.rows) > 1 and is_outermost and not wrapped):
        _take_head(records, row)


def _take_head(records: Records, row: int) -> None:
    """Take one record out of the rows, as the article."""
    records.head = records.rows.pop(row)
    records.kinds.pop(row)
    records.owners.pop(row)
    records.owners = [-1 if owner == row else owner - (owner > row) for owner in records.owners]
    records.head.record = -1
    for place, item in enumerate(records.rows):
        item.record = place


def take_root(records: Records, row: int) -> None:
    """Make a record that nothing contains the article, such as a forum's first post in a list of all."""
    _take_head(records, row)


def drop_rows(records: Records, double: dict[int, int]) -> None:
    """Drop records for others that are the same; what they contain belongs to those then."""
    kept = [row for row in range(len(records.rows)) if row not in double]
    new = {row: place for place, row in enumerate(kept)}
    owners = (records.owners[row] for row in kept)
    records.owners = [new.get(double.get(owner, owner), -1) for owner in owners]
    records.rows = [records.rows[row] for row in kept]
    records.kinds = [records.kinds[row] for row in kept]
    records.heads = {new[row]: new[head] for row, head in records.heads.items() if row in new and head in new}
    for place, item in enumerate(records.rows):
        item.record = place


def _text_of(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return value.strip() if isinstance(value, str) else ""


# Several threads in one document


def _find_pages(records: Records) -> None:
    tops = _tops(records)
    if records.head is not None or not tops:
        if not records.rows and records.head is None:
            records.articles = _articles(records)
        return
    parents = {owner for row, owner in enumerate(records.owners) if not is_answer(records.rows[row])}
    sample = sample_of(tops)
    titled = [row for row in sample if _own_title(records, row) or (row in parents and _page_title(records.rows[row]))]
    if len(tops) > 1 and 2 * len(titled) > len(sample) and parents & set(tops) and _differ(records, tops):
        records.pages = [records.rows[row] for row in tops]
        return
    are_alone = len(titled) > 0.8 * len(sample) and len(tops) == len(records.rows)
    if are_alone and all(_is_article(records.rows[row].value) for row in sample):
        records.articles = [records.rows[row] for row in tops]
        return
    containers = _containers([records.rows[row] for row in tops])
    counts = [len(rows) for _, rows in containers]
    is_named = key_name(records.rows[tops[0]].edge[-1]) not in GENERIC if records.rows[tops[0]].edge else False
    if len(containers) > 1 and (max(counts) > 1 or is_named):
        some = sample_of(containers)
        named = sum(1 for item, _ in some if choose_roles([item.value], alone=True).titles)
        if 2 * named > len(some):
            records.pages = [item for item, _ in containers]
    if not records.pages and any(count > 1 for count in counts) and all(_is_thread(item) for item, _ in containers):
        for _, rows in containers:
            records.heads |= {row.record: rows[0].record for row in rows[1:]}


def _own_title(records: Records, row: int) -> str:
    roles = records.schemas[records.kinds[row]]
    return next(filter(None, (_text_of(value_at(records.rows[row].value, path)) for path in roles.titles)), "")


def _page_title(item: Item) -> str:
    """The title of a page in an object that contains its comments, too."""
    roles = choose_roles([item.value], alone=True)
    paths = (path for path in roles.titles if names.TITLES.get(path_names(path)[-1], 0) >= 40)
    return next(filter(None, (_text_of(value_at(item.value, path)) for path in paths)), "")


def _differ(records: Records, tops: Sequence[int]) -> bool:
    """Whether the outermost records are of another kind than those in them: pages with their comments."""
    inner = [row for row, owner in enumerate(records.owners) if owner >= 0]
    return not any(_own_title(records, row) for row in inner[:20])


def _containers(tops: Sequence[Item]) -> list[tuple[Item, list[Item]]]:
    """The items, on the first level on which there are several, that contain the outermost records, with these."""
    chains = [_chain(item) for item in tops]
    level = 0
    while all(len(chain) > level + 1 for chain in chains):
        if len({id(chain[level]) for chain in chains}) > 1:
            break
        level += 1
    grouped: dict[int, tuple[Item, list[Item]]] = {}
    for chain, item in zip(chains, tops, strict=True):
        if len(chain) > level + 1:
            grouped.setdefault(id(chain[level]), (chain[level], []))[1].append(item)
    return list(grouped.values()) if sum(len(rows) for _, rows in grouped.values()) == len(tops) else []


def _chain(item: Item) -> list[Item]:
    """The items from the outermost one down to this one."""
    chain = [item]
    while chain[-1].parent is not None:
        chain.append(chain[-1].parent)
    return chain[::-1]


_PAGING = name_set("cursor next_cursor next_page next_page_token has_more page pagination paging total offset")


def _is_thread(item: Item) -> bool:
    """Whether an item that contains records is a thread with an identifier of its own, no page of a long list."""
    keys = {path_names((key,))[0] for key in item.value}
    return item.parent is not None or (bool(keys & {"id", "thread_id", "discussion_id"}) and not keys & _PAGING)


def _articles(records: Records) -> list[Item]:
    """Articles without their comments: objects of one list with titles, and pages or counts of comments."""
    groups: dict[Path, list[Item]] = {}
    for item in records.items:
        if not item.stopped:
            groups.setdefault(item.group, []).append(item)
    for members in sorted(groups.values(), key=len, reverse=True)[:_MAX_GROUPS]:
        sample = sample_of(members)
        if 2 * sum(_is_article_like(item.value) for item in sample) > len(sample):
            return members
    return []


def _is_article_like(value: dict[str, Any]) -> bool:
    """Whether an object has a title and something that only articles have."""
    roles = choose_roles([value], alone=True)
    is_titled = any(
        path_names(path)[-1] in names.TITLES and names.TITLES[path_names(path)[-1]] > 30 for path in roles.titles
    )
    return is_titled and _is_article(value)


def _is_article(value: dict[str, Any]) -> bool:
    leaves = leaves_of(value)
    found = {path_names(path)[-1] for path in leaves if len(path) <= 2}
    return not is_rated(value) and bool(found & (set(names.ARTICLE_COUNTS) - {"reply_count"}) or "slug" in found)


def is_rated(value: dict[str, Any]) -> bool:
    """Whether a record is a review, which may have a title and yet is no article."""
    return any(key_name(key) in _RATINGS for key in value)


_RATINGS = name_set("rating stars im_rating star_rating review_rating overall voted_up")


def identifier_of(value: dict[str, Any]) -> str | None:
    """The identifier of an object by its usual name."""
    return next(
        filter(None, (to_identifier(value.get(key)) for key in ("id", "_id", "number", "short_id", "objectID"))), None
    )
