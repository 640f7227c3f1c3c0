"""What the general way cannot see of some platforms, as data: a row for each, recognised by fields of its records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from rumor_tui.model import Format
from rumor_tui.readers.api.records.names import name_set


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
    Platform("Stack Exchange", _marks("body_markdown owner")),
)  # fmt: skip


def platform_of(keys: Iterable[str]) -> Platform | None:
    """The platform whose records have these keys."""
    present = set(keys)
    return next((row for row in PLATFORMS if any(marks <= present for marks in row.marks)), None)


SYSTEM_KINDS = name_set(
    "service channel_join channel_leave channel_topic channel_purpose channel_name channel_archive "
    "channel_unarchive group_join group_leave pinned_item bot_add m.room.member m.room.create m.room.name "
    "m.room.topic m.room.power_levels m.room.join_rules m.room.history_visibility m.room.guest_access "
    "m.room.encryption m.room.canonical_alias m.reaction m.room.redaction recipientadd recipientremove "
    "channelpinnedmessage guildmemberjoin channelnamechange threadcreated call system_join_channel "
    "system_leave_channel system_add_to_channel system_header_change system_join_team system_displayname_change "
    "system_purpose_change system_remove_from_channel system_channel_deleted"
)
"""Values of `type` and `subtype` (in lower case) of messages that a platform wrote itself."""


def is_system(value: dict[str, Any]) -> bool:
    """Whether a record is a note by the platform on what happened, which nobody said."""
    if value.get("system") is True:
        return True
    kind, subkind = value.get("type"), value.get("subtype")
    return (isinstance(kind, str) and kind.lower() in SYSTEM_KINDS) or (
        isinstance(subkind, str) and subkind.lower() in SYSTEM_KINDS
    )
