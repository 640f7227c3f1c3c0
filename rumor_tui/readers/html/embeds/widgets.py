"""Comment systems of their own, which any page may embed: Disqus and the like."""

from __future__ import annotations

import re
from typing import Final

from rumor_tui.readers.html.embeds.markup import Markup
from rumor_tui.readers.html.embeds.system import System

_DISQUS_HOST: Final = re.compile(r"(?:^|/)([\w-]{1,60})\.disqus\.com/(?:embed|count)\.js")


def disqus(markup: Markup) -> tuple[str, ...] | None:
    """The forum's short name, and the page's identifier and address as its configuration has them.

    https://help.disqus.com/en/articles/1717084-javascript-configuration-variables.
    """
    host = _DISQUS_HOST.search(markup.text)
    forum = markup.setting("disqus_shortname", "shortname") or (host[1] if host else "")
    if not forum:
        return None
    identifier = markup.setting("disqus_identifier", "page.identifier", "identifier")
    address = markup.absolute(markup.setting("disqus_url", "page.url")) or markup.canonical
    return forum, identifier, address


SYSTEMS: Final[tuple[System, ...]] = (System("disqus", ("disqus",), disqus),)
