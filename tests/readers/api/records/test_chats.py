"""Chats: a thread in the forms in which they and people's tools write it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.readers.api.records.forms import (
    CHAIN,
    FLAT,
    NAMES,
    PAIRS,
    SAID,
    START,
    TITLE,
    UIDS,
    Form,
    Said,
    check_form,
    each,
    iso,
    to,
)


def telegram() -> Form:
    messages = each(
        lambda n, s: {
            "id": 10 + n,
            "type": "message",
            "date": iso(n).removesuffix("Z"),
            "date_unixtime": str(s.at(n)),
            "from": s.author,
            "from_id": "user" + UIDS[s.author],
            **({} if CHAIN[n] is None else {"reply_to_message_id": 10 + (CHAIN[n] or 0)}),
            "text": [s.text[:10], {"type": "bold", "text": s.text[10:20]}, s.text[20:]] if n % 2 else s.text,
            "text_entities": [{"type": "plain", "text": s.text}],
        }
    )
    service = {
        "id": 1,
        "type": "service",
        "date": iso(0).removesuffix("Z"),
        "date_unixtime": str(START),
        "actor": "wanda",
        "actor_id": "useru1000",
        "action": "create_group",
        "title": TITLE,
        "members": ["wanda"],
        "text": "",
        "text_entities": [],
    }
    return Form({"name": TITLE, "type": "private_supergroup", "id": 99, "messages": [service, *messages]}, TITLE)


def discord() -> Form:
    messages = each(
        lambda n, s: {
            "id": str(1100000000000000000 + n),
            "type": "Reply" if CHAIN[n] is not None else "Default",
            "timestamp": iso(n).replace("Z", ".123+00:00"),
            "timestampEdited": None,
            "callEndedTimestamp": None,
            "isPinned": False,
            "content": s.text,
            "author": {
                "id": UIDS[s.author],
                "name": s.author,
                "discriminator": "0000",
                "nickname": s.author.title(),
                "color": "#FFF",
                "isBot": False,
                "roles": [{"id": "1", "name": "miller"}],
                "avatarUrl": "https://example.com",
            },
            "attachments": [],
            "embeds": [
                {
                    "title": "A page on weirs",
                    "url": "https://example.com/w",
                    "timestamp": iso(0),
                    "description": "A long description of weirs and wheels.",
                    "author": {"name": "Weir news"},
                }
            ]
            if n == 0
            else [],
            "stickers": [],
            "reactions": [{"emoji": {"name": "x"}, "count": 1, "users": [{"id": "3", "name": "piet"}]}],
            "mentions": [{"id": "4", "name": "piet", "nickname": "piet"}],
            **(
                {}
                if CHAIN[n] is None
                else {
                    "reference": {
                        "messageId": str(1100000000000000000 + (CHAIN[n] or 0)),
                        "channelId": "2",
                        "guildId": "1",
                    }
                }
            ),
        }
    )
    return Form(
        {
            "guild": {"id": "1", "name": "Mills"},
            "channel": {
                "id": "2",
                "type": "GuildTextChat",
                "categoryId": "5",
                "category": "Talk",
                "name": "weirs",
                "topic": None,
            },
            "dateRange": {"after": None, "before": None},
            "exportedAt": iso(99),
            "messages": messages,
            "messageCount": 6,
        },
        "weirs",
    )


def slack_day() -> Form:
    def ts(n: int) -> str:
        return f"{START + 3600 * n}.000{n}00"

    rows = each(
        lambda n, s: {
            "client_msg_id": f"aaaa-{n}",
            "type": "message",
            "text": s.text,
            "user": UIDS[s.author].upper(),
            "ts": ts(n),
            "blocks": [
                {
                    "type": "rich_text",
                    "block_id": "x",
                    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": s.text}]}],
                }
            ],
            "team": "T1",
            "user_team": "T1",
            "user_profile": {
                "avatar_hash": "1",
                "image_72": "https://example.com",
                "first_name": s.author.title(),
                "real_name": s.author.title() + " M",
                "display_name": s.author,
                "team": "T1",
                "name": s.author,
            },
            **(
                {"thread_ts": ts(PAIRS[n] or 0), "parent_user_id": "U1"}
                if PAIRS[n] is not None
                else {
                    "thread_ts": ts(n),
                    "reply_count": 2,
                    "replies": [{"user": "U1", "ts": ts(n + 1)}, {"user": "U1", "ts": ts(n + 2)}],
                }
            ),
        }
    )
    join = {
        "type": "message",
        "subtype": "channel_join",
        "ts": ts(7),
        "user": "U9",
        "text": "<@U9> has joined the channel",
    }
    return Form([*rows, join], None, PAIRS)


def slack_with_users() -> Form:
    value = slack_day().value
    for row in value:
        row.pop("user_profile", None)
    users = [
        {
            "id": uid.upper(),
            "team_id": "T1",
            "name": name,
            "deleted": False,
            "profile": {"real_name": name.title(), "display_name": name},
        }
        for name, uid in UIDS.items()
    ]
    return Form({"ok": True, "messages": value, "users": users}, None, PAIRS)


def matrix() -> Form:
    events = each(
        lambda n, s: {
            "type": "m.room.message",
            "room_id": "!r:example.org",
            "sender": f"@{s.author}:example.org",
            "content": {
                "msgtype": "m.text",
                "body": s.text,
                **({} if CHAIN[n] is None else {"m.relates_to": {"m.in_reply_to": {"event_id": f"$e{CHAIN[n]}abc"}}}),
            },
            "event_id": f"$e{n}abc",
            "origin_server_ts": s.at(n) * 1000,
            "unsigned": {"age": 5},
        }
    )
    member = {
        "type": "m.room.member",
        "sender": "@wanda:example.org",
        "state_key": "@wanda:example.org",
        "event_id": "$m",
        "origin_server_ts": 5,
        "content": {"membership": "join", "displayname": "wanda"},
    }
    return Form(
        {
            "room_name": TITLE,
            "room_creator": "@wanda:example.org",
            "topic": "",
            "export_date": "x",
            "exported_by": "@x:y",
            "messages": [member, *events],
        },
        TITLE,
        authors=tuple("wanda" if name == "wanda" else f"@{name}:example.org" for name in NAMES),
    )


def zulip() -> Form:
    return Form(
        {
            "result": "success",
            "msg": "",
            "anchor": 1,
            "found_newest": True,
            "messages": each(
                lambda n, s: {
                    "id": 9000 + n,
                    "sender_id": 5,
                    "content": f"<p>{s.text}</p>",
                    "recipient_id": 7,
                    "timestamp": s.at(n),
                    "client": "website",
                    "subject": TITLE,
                    "topic_links": [],
                    "is_me_message": False,
                    "reactions": [],
                    "submessages": [],
                    "sender_full_name": s.author,
                    "sender_email": s.author + "@example.org",
                    "sender_realm_str": "mills",
                    "display_recipient": "general",
                    "type": "stream",
                    "stream_id": 3,
                    "avatar_url": "https://example.com",
                    "content_type": "text/html",
                }
            ),
        },
        TITLE,
        FLAT,
    )


def mattermost_posts() -> Form:
    posts = each(
        lambda n, s: {
            "id": f"post{n}abcdefghij",
            "create_at": s.at(n) * 1000,
            "update_at": s.at(n) * 1000,
            "edit_at": 0,
            "delete_at": 0,
            "is_pinned": False,
            "user_id": UIDS[s.author],
            "channel_id": "ch1",
            "root_id": to(PAIRS[n], lambda p: f"post{p}abcdefghij", ""),
            "original_id": "",
            "message": s.text,
            "type": "",
            "props": {},
            "hashtags": "",
            "reply_count": 0,
        }
    )
    users = [
        {"id": uid, "username": name, "create_at": 5, "first_name": "", "last_name": "", "nickname": ""}
        for name, uid in UIDS.items()
    ]
    return Form(
        {"order": [post["id"] for post in posts], "posts": {post["id"]: post for post in posts}, "users": users},
        None,
        PAIRS,
    )


def facebook_messages() -> Form:
    def broken(text: str) -> str:
        return text.encode().decode("latin-1")

    rows = each(
        lambda n, s: {
            "sender_name": broken("Žofie") if s.author == "wanda" else s.author,
            "timestamp_ms": s.at(n) * 1000,
            "content": broken(s.text + " Přišla voda…"),
            "is_geoblocked_for_viewer": False,
        }
    )
    return Form(
        {
            "participants": [{"name": name} for name in set(NAMES)],
            "messages": rows[::-1],
            "title": TITLE,
            "is_still_participant": True,
            "thread_path": "inbox/x_1",
            "magic_words": [],
        },
        TITLE,
        FLAT,
        tuple("Žofie" if name == "wanda" else name for name in NAMES),
        starts=tuple(s.text + " Přišla voda…" for s in SAID),
    )


def mattermost_export_lines() -> Form:
    def reply(n: int) -> dict[str, Any]:
        return {"user": SAID[n].author, "message": SAID[n].text, "create_at": SAID[n].at(n) * 1000, "reactions": None}

    lines: list[Any] = [
        {"type": "version", "version": 1},
        {"type": "channel", "channel": {"team": "mills", "name": "weirs", "display_name": "Weirs", "type": "O"}},
    ]
    for n, s in enumerate(SAID):
        if PAIRS[n] is None:
            replies = [reply(m) for m in range(6) if PAIRS[m] == n]
            lines.append(
                {
                    "type": "post",
                    "post": {
                        "team": "mills",
                        "channel": "weirs",
                        "user": s.author,
                        "message": s.text,
                        "props": {},
                        "create_at": s.at(n) * 1000,
                        "reactions": [],
                        "replies": replies,
                    },
                }
            )
    return Form(b"\n".join(json.dumps(line).encode() for line in lines), None, PAIRS)


def zulip_export() -> Form:
    numbers = {name: 20 + place for place, name in enumerate(dict.fromkeys(NAMES))}
    messages = each(
        lambda n, s: {
            "id": 400 + n,
            "sender": numbers[s.author],
            "recipient": 9,
            "subject": TITLE,
            "content": s.text,
            "rendered_content": f"<p>{s.text}</p>",
            "date_sent": s.at(n) + 0.123,
            "last_edit_time": None,
            "sending_client": 3,
            "flags_mask": 1,
        }
    )
    users = [
        {"id": number, "email": name + "@example.org", "full_name": name, "is_bot": False, "date_joined": START}
        for name, number in numbers.items()
    ]
    return Form(
        {
            "zerver_message": messages,
            "zerver_usermessage": [{"id": 1, "message": 400, "flags_mask": 1, "user_profile": 20}],
            "zerver_userprofile": users,
        },
        TITLE,
        FLAT,
    )


def matrix_room_messages() -> Form:
    return Form(
        {"chunk": matrix().value["messages"][:0:-1], "start": "t47", "end": "t48"},
        authors=tuple(f"@{name}:example.org" for name in NAMES),
    )


def discord_api() -> Form:
    def message(n: int, s: Said) -> dict[str, Any]:
        return {
            "id": str(1100000000000000000 + n),
            "type": 0 if CHAIN[n] is None else 19,
            "content": s.text,
            "channel_id": "22",
            "author": {
                "id": UIDS[s.author],
                "username": s.author,
                "avatar": "x",
                "discriminator": "0",
                "global_name": s.author.title(),
            },
            "attachments": [],
            "embeds": [],
            "mentions": [],
            "mention_roles": [],
            "pinned": False,
            "mention_everyone": False,
            "tts": False,
            "timestamp": iso(n).replace("Z", ".5+00:00"),
            "edited_timestamp": None,
            "flags": 0,
        }

    rows = each(message)
    for n, row in enumerate(rows):
        above = CHAIN[n]
        if above is not None:
            row["message_reference"] = {"channel_id": "22", "message_id": rows[above]["id"], "guild_id": "1"}
            row["referenced_message"] = message(above, SAID[above])
    return Form(rows[::-1])


def telegram_bot_updates() -> Form:
    def message(n: int, s: Said) -> dict[str, Any]:
        made = {
            "message_id": 30 + n,
            "from": {"id": 4, "is_bot": False, "first_name": s.author.title(), "last_name": "K", "username": s.author},
            "chat": {"id": -100, "title": TITLE, "type": "supergroup"},
            "date": s.at(n),
            "text": s.text,
        }
        return made | ({} if CHAIN[n] is None else {"reply_to_message": message(CHAIN[n] or 0, SAID[CHAIN[n] or 0])})

    return Form(
        {"ok": True, "result": each(lambda n, s: {"update_id": 7000 + n, "message": message(n, s)})},
        TITLE,
    )


FORMS = (
    telegram,
    discord,
    slack_day,
    slack_with_users,
    matrix,
    zulip,
    mattermost_posts,
    facebook_messages,
    mattermost_export_lines,
    zulip_export,
    matrix_room_messages,
    discord_api,
    telegram_bot_updates,
)


@pytest.mark.parametrize("make", FORMS)
def test_form(make: Callable[[], Form]) -> None:
    check_form(make())
