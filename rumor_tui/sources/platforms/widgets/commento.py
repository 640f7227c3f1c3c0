"""Commento and its successor Comentario: all comments of a page in one answer, and the names of those who wrote them.

Commento: `api/comment_list.go` in https://gitlab.com/commento/commento. Comentario: `EmbedCommentList` in
https://docs.comentario.app/ (`/api/embed/comments`). Both are asked by POST, and answered without a login unless the
site wants one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.comment_rows import CommentRows, Row, as_id, require, row, server_base, settings_of
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import Platform, StubLoader

_TOP = "root"
"""The parent of a comment of Commento that answers the page."""


async def load_commento(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments of Commento."""
    told = settings_of(stub)
    require(told["server"], told["host"], told["path"])
    ask = {"commenterToken": "anonymous", "domain": told["host"], "path": told["path"]}
    asked = f"{server_base(told['server'])}/api/comment/list"
    await _load(work, CommentRows("Commento", address), asked, ask, _commento_row)


async def load_comentario(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments of Comentario."""
    told = settings_of(stub)
    require(told["server"], told["host"], told["path"])
    asked = f"{server_base(told['server'])}/api/embed/comments"
    document = CommentRows("Comentario", address)
    await _load(work, document, asked, {"host": told["host"], "path": told["path"]}, _comentario_row)


async def _load(
    work: PlanContext,
    document: CommentRows,
    asked: str,
    ask: dict[str, str],
    row_of: Callable[[dict[str, Any], dict[str, Any]], Row],
) -> None:
    value = await work.value(asked, ask=ask)
    comments = json_util.get_path(value, "comments")
    if not isinstance(comments, list) and json_util.get_path(value, "success") is not True:
        raise messages.FetchError(messages.unexpected_answer(asked))
    names = _names(json_util.get_path(value, "commenters"))
    document.add(row_of(one, names) for one in json_util.objects_in(comments))
    if not document.rows:
        raise messages.FetchError(messages.no_embedded_comments(document.system))
    work.publish(document)


def _names(commenters: Any) -> dict[str, Any]:
    """The names of people by their identifiers, from an object or a list of them."""
    if isinstance(commenters, dict):
        return {key: json_util.get_path(person, "name") for key, person in commenters.items()}
    return {as_id(person.get("id")): person.get("name") for person in json_util.objects_in(commenters)}


def _commento_row(one: dict[str, Any], names: dict[str, Any]) -> Row:
    parent = one.get("parentHex")
    return row(
        one.get("commentHex"),
        parent=None if parent == _TOP else parent,
        author=names.get(as_id(one.get("commenterHex"))),
        date=one.get("creationDate"),
        html=one.get("html"),
        score=one.get("score"),
        deleted=one.get("deleted"),
    )


def _comentario_row(one: dict[str, Any], names: dict[str, Any]) -> Row:
    return row(
        one.get("id"),
        parent=one.get("parentId"),
        author=names.get(as_id(one.get("userCreated"))) or one.get("authorName"),
        date=one.get("createdTime"),
        html=one.get("html"),
        score=one.get("score"),
        deleted=one.get("isDeleted"),
    )


PLATFORM = Platform(
    "Commento", stubs={"commento": StubLoader(load_commento), "comentario": StubLoader(load_comentario)}
)
