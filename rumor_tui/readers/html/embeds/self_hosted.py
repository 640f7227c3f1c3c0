"""Comment systems that sites host themselves: the server is told by the page."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from rumor_tui.readers.html.embeds.markup import Markup
from rumor_tui.readers.html.embeds.system import System, named_keys


def _path(markup: Markup) -> str:
    """The path of the page's address, by which most systems know it; "" where the address is not known."""
    return urlsplit(markup.location).path or ("/" if markup.location else "")


def _host(markup: Markup) -> str:
    """The host of the page, with its port."""
    return urlsplit(markup.location).netloc


def _script_base(markup: Markup, pattern: str) -> str:
    """The address of a script up to where a pattern, which is its end, begins; "" where there is no such script."""
    tag = markup.loader(pattern)
    told = tag.get("src") or tag.get("data-src") or tag.get("data-lazy-src") or ""
    match = re.search(pattern, told)
    return markup.absolute(told[: match.start()] + "/") if match else ""


def isso(markup: Markup) -> tuple[str, ...] | None:
    """The server, as the script's `data-isso` or address, and the page's path or identifier.

    https://isso-comments.de/docs/reference/client-config/.
    """
    thread = markup.first("id", r"^isso-thread$")
    if thread is None:
        return None
    told = (markup.first("data-isso") or {}).get("data-isso", "")
    told = told or markup.loader(r"/?js/embed(?:\.min|\.dev)?\.js").get("data-isso", "")
    server = markup.absolute(told) or _script_base(markup, r"/?js/(?:embed|count)(?:\.min|\.dev)?\.js")
    uri = thread.get("data-isso-id") or _path(markup)
    return named_keys(server=server, uri=uri) if server and uri else None


def remark42(markup: Markup) -> tuple[str, ...] | None:
    """The server, the site's identifier, and the page's address.

    https://remark42.com/docs/configuration/frontend/.
    """
    host = markup.setting("host", within="remark_config")
    site = markup.setting("site_id", within="remark_config") or "remark"
    server = markup.absolute(host)
    shown = markup.first("id", r"^remark42$") or re.search(
        r"['\"]embed['\"]|/web/", markup.scripts_with("remark_config")
    )
    if not server or not shown:
        return None
    url = markup.absolute(markup.setting("url", within="remark_config")) or re.split(r"[?#]", markup.location)[0]
    return named_keys(server=server, site=site, url=url)


def commento(markup: Markup) -> tuple[str, ...] | None:
    """The server, the page's host, and its path or identifier.

    https://docs.commento.io/configuration/frontend/.
    """
    script = markup.loader(r"/js/commento\.js")
    server = _script_base(markup, r"/js/commento\.js")
    place = markup.first("id", rf"^{re.escape(script.get('data-id-root', 'commento'))}$")
    path = script.get("data-page-id") or _path(markup)
    if not server or not place or not _host(markup):
        return None
    return named_keys(server=server.replace("//cdn.commento.io/", "//commento.io/"), host=_host(markup), path=path)


def comentario(markup: Markup) -> tuple[str, ...] | None:
    """The same of Comentario, Commento's successor.

    https://docs.comentario.app/en/configuration/embedding/comments-tag/.
    """
    tag = next((attributes for name, attributes in markup.elements if name == "comentario-comments"), None)
    server = _script_base(markup, r"/comentario\.js")
    if tag is None or not server or not _host(markup):
        return None
    return named_keys(server=server, host=_host(markup), path=tag.get("page-id") or _path(markup))


def cusdis(markup: Markup) -> tuple[str, ...] | None:
    """The server, and the identifiers of the site and of the page.

    https://cusdis.com/doc#/advanced/sdk.
    """
    place = markup.first("id", r"^cusdis_thread$") or markup.first("data-app-id") or {}
    app, page = place.get("data-app-id", ""), place.get("data-page-id", "")
    server = markup.absolute(place.get("data-host", "")) or "https://cusdis.com"
    return named_keys(server=server, app=app, page=page) if app and page else None


def waline(markup: Markup) -> tuple[str, ...] | None:
    """The server, and the page's path.

    https://waline.js.org/en/reference/client/props.html.
    """
    word = "Waline" if "Waline" in markup.scripts else "waline"
    server = markup.absolute(markup.setting("serverURL", "serverUrl", "server_url", within=word))
    path = markup.setting("path", within=word) or _path(markup)
    shown = _WALINE_MADE.search(markup.scripts_with(word)) or markup.first("id", _WALINE_PLACE)
    shown = shown or markup.first("class", _WALINE_PLACE)
    return named_keys(server=server, path=path) if server and path and shown else None


_WALINE_MADE: Final = re.compile(r"\binit\w{0,20}\s*\(|\bWaline\s*\(", re.IGNORECASE)
_WALINE_PLACE: Final = r"(?:^|\s)waline(?!-pageview|-comment-count)"
"""What makes or holds the comments, on pages where the same server may only count visits."""


def artalk(markup: Markup) -> tuple[str, ...] | None:
    """The server, the site's name, and the page's key.

    https://artalk.js.org/en/guide/frontend/config.html.
    """
    server = markup.absolute(markup.setting("server", within="Artalk"))
    if not server or not re.search(r"\bArtalk\s*\.\s*init\s*\(|new\s+Artalk\s*\(", markup.scripts):
        return None
    page = markup.setting("pageKey", within="Artalk") or _path(markup)
    return named_keys(server=server, site=markup.setting("site", within="Artalk"), page=page) if page else None


def twikoo(markup: Markup) -> tuple[str, ...] | None:
    """The server, where it is one's own and not one of a cloud, and the page's path.

    https://twikoo.js.org/en/frontend.html.
    """
    server = markup.absolute(markup.setting("envId", "env_id", within="twikoo"))
    path = markup.setting("path", within="twikoo") or _path(markup)
    return named_keys(server=server, url=path) if server and path and "twikoo.init" in markup.scripts else None


SYSTEMS: Final[tuple[System, ...]] = (
    System("isso", ("isso-thread",), isso),
    System("remark42", ("remark_config",), remark42),
    System("commento", ("commento.js",), commento),
    System("comentario", ("comentario-comments",), comentario),
    System("cusdis", ("cusdis",), cusdis),
    System("waline", ("Waline", "waline"), waline),
    System("artalk", ("Artalk",), artalk),
    System("twikoo", ("twikoo",), twikoo),
)
