"""What the general way cannot see of some platforms, as data: a row for each, recognised by fields of its records."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from rumor_tui.model import Format
from rumor_tui.readers.api.records.names import key_name, name_set, tokens_of


class Platform(NamedTuple):
    """The exceptions of one platform.

    `marks` are sets of keys, one of which the records or what contains them must have. `format` is that of the bodies,
    where the values do not tell. `oldest_first` puts records by date that come newest first. `dialect` is a markup of
    its own (`bodies`). The address of a record is `prefix` and its identifier, or that of the article, `fragment` and
    its identifier. `score` is the path of the score, where its name does not tell.
    """

    name: str
    marks: tuple[frozenset[str], ...]
    format: Format | None = None
    oldest_first: bool = False
    dialect: str = ""
    prefix: str = ""
    fragment: str = ""
    score: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    """The path of an object that says which record a record is a later version of: `rel_type` and `event_id`."""


def _marks(*alternatives: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(keys.split()) for keys in alternatives)


PLATFORMS = (
    Platform("GitHub, GitLab, Gitea", _marks("author_association", "authorAssociation", "noteable_id",
             "original_author", "issue_url body"), format="markdown", score=("reactions", "+1")),
    Platform("GitHub discussion", _marks("isAnswer body", "upvoteCount body", "bodyText body"), format="markdown"),
    Platform("Lemmy", _marks("comment creator counts", "comment creator post"), format="markdown"),
    Platform("Hacker News search", _marks("objectID comment_text"), prefix="https://news.ycombinator.com/item?id="),
    Platform("Slack", _marks("ts type text user", "ts type text username", "ts type text bot_id", "ts text thread_ts"),
             dialect="slack", oldest_first=True),
    Platform("Discord", _marks("isPinned content", "message_reference content mentions", "tts content mentions"),
             format="markdown", oldest_first=True),
    Platform("Mattermost", _marks("root_id channel_id message"), format="markdown"),
    Platform("Facebook messages", _marks("sender_name timestamp_ms"), oldest_first=True),
    Platform("Matrix", _marks("event_id origin_server_ts"), oldest_first=True,
             versions=("content", "m.relates_to")),
    Platform("WordPress", _marks("post parent author_name content", "ID post parent author content"), format="html",
             oldest_first=True),
    Platform("Disqus", _marks("message raw_message", "message isDeleted forum"), format="html", oldest_first=True,
             fragment="#comment-"),
)  # fmt: skip


def platform_of(keys: Iterable[str]) -> Platform | None:
    """The platform whose records have these keys."""
    present = set(keys)
    return next((row for row in PLATFORMS if any(marks <= present for marks in row.marks)), None)


class LinkFields(NamedTuple):
    """Where a post of a site has the address that it links to, and those of its own page, given the keys of a post."""

    keys: frozenset[str]
    link: tuple[str, ...]
    own: tuple[tuple[str, ...], ...]


LINKS = (
    LinkFields(frozenset({"short_id", "comments_url", "url"}), ("url",), (("comments_url",), ("short_id_url",))),
    LinkFields(frozenset({"post_view"}), ("post_view", "post", "url"), (("post_view", "post", "ap_id"),)),
    LinkFields(frozenset({"post", "creator", "counts"}), ("post", "url"), (("post", "ap_id"),)),
)
"""Lobsters' stories (lobste.rs/about), and Lemmy's posts alone and in their answer (join-lemmy.org/api): elsewhere a
field called like that is as often the post's own address."""

_KINDS = name_set("type subtype message_type messagetype msgtype kind t")
"""Fields that say what kind of message a record is."""

_SYSTEM = name_set("heading system service call notification uj ul au ru ut wm")
"""Kinds of messages that a platform wrote itself: words, and Rocket.Chat's codes."""

_EVENTS = _SYSTEM | name_set(
    "join leave topic purpose name archive unarchive pinned add member create created power rules visibility access"
    " encryption alias reaction redaction recipient event"
)
"""Words in the names of such kinds that consist of several: `channel_join`, `m.room.member`, `RecipientAdd`."""


def is_system(value: dict[str, Any]) -> bool:
    """Whether a record is a note by the platform on what happened, which nobody said."""
    return any(
        _is_flag(key) if held is True else _is_kind(key) and _is_system_kind(held)
        for key, held in value.items()
        if held is True or (type(held) is str and len(held) <= _LONGEST_KIND)
    )


_LONGEST_KIND = 60


@lru_cache(maxsize=4_096)
def _is_flag(key: str) -> bool:
    """Whether a field says by `true` that a record is such a note."""
    return "system" in tokens_of(key) or key == "meta"


@lru_cache(maxsize=4_096)
def _is_kind(key: str) -> bool:
    return key_name(key) in _KINDS


@lru_cache(maxsize=4_096)
def _is_system_kind(kind: str) -> bool:
    words = tokens_of(kind)
    return not _EVENTS.isdisjoint(words) if len(words) > 1 and "comment" not in words else not _SYSTEM.isdisjoint(words)
