"""Comment systems that are told from a page and cannot be read: their interfaces want a login or the site's own key.

Facebook comments (https://developers.facebook.com/docs/plugins/comments: the Graph API wants a token), IntenseDebate
and GraphComment (no interface is documented), FastComments (https://docs.fastcomments.com/guide-api.html: all but the
interface of its widget, which programs must not use, wants the site's key).
"""

from __future__ import annotations

from rumor_tui.model import Stub
from rumor_tui.sources import messages
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import Platform, StubLoader

NAMES = {
    "facebook-comments": "Facebook",
    "intensedebate": "IntenseDebate",
    "fastcomments": "FastComments",
    "graphcomment": "GraphComment",
}
"""What they are called, by `Stub.via`."""


async def refuse(work: PlanContext, address: str, stub: Stub) -> None:
    """Say that the comments cannot be loaded, without asking anybody. Raises FetchError."""
    raise messages.FetchError(messages.wants_key(NAMES[stub.via]))


PLATFORM = Platform("closed comment systems", stubs={via: StubLoader(refuse) for via in NAMES})
