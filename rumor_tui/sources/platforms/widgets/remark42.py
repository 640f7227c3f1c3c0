"""Remark42: all comments of a page in one answer, flat, each with what it answers.

https://remark42.com/docs/contributing/api/ (`/api/v1/find`).
"""

from __future__ import annotations

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.comment_rows import CommentRows, require, row, server_base, settings_of
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import Platform, StubLoader
from rumor_tui.sources.queries import with_query

NAME = "Remark42"


async def load(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments."""
    told = settings_of(stub)
    require(told["server"], told["site"], told["url"])
    asked = with_query(
        f"{server_base(told['server'])}/api/v1/find", site=told["site"], url=told["url"], sort="+time", format="plain"
    )
    comments = json_util.get_path(await work.value(asked), "comments")
    if not isinstance(comments, list):
        raise messages.FetchError(messages.unexpected_answer(asked))
    document = CommentRows(NAME, address)
    document.add(
        row(
            one.get("id"),
            parent=one.get("pid"),
            author=json_util.get_path(one, "user", "name"),
            date=one.get("time"),
            html=one.get("text"),
            score=one.get("score"),
            url=f"{told['url'].partition('#')[0]}#remark42__comment-{one.get('id')}",
            deleted=one.get("delete"),
        )
        for one in json_util.objects_in(comments)
    )
    if not document.rows:
        raise messages.FetchError(messages.no_embedded_comments(NAME))
    work.publish(document)


PLATFORM = Platform(NAME, stubs={"remark42": StubLoader(load)})
