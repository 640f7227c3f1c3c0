"""Comment systems of their own, which any page may embed: Disqus and the like.

Each function reads from the markup what `sources.platforms.widgets` asks the system with, as `name=value`. Keys are
what strangers wrote: they are checked there. Systems that sites host by themselves are in `self_hosted`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from rumor_tui.readers.html.embeds import self_hosted
from rumor_tui.readers.html.embeds.markup import Markup
from rumor_tui.readers.html.embeds.scripts import attributes_set
from rumor_tui.readers.html.embeds.system import System, named_keys

_DISQUS_HOST: Final = re.compile(r"(?:^|/)([\w-]{1,60})\.disqus\.com/(?:embed|blogger_item)\.js")
_DISQUS_JOINED: Final = re.compile(r"""["'`]([\w-]{1,60})["'`]\s{0,5}\+\s{0,5}["'`]\.disqus\.com/embed\.js""")
_DISQUS_SHOWN: Final = re.compile(
    r"\.disqus\.com/(?:embed|blogger_item)\.js|disqus\.com/embed/|embedVars|reset\s*\(\s*\{"
)


def disqus(markup: Markup) -> tuple[str, ...] | None:
    """The forum's short name, and the page's identifier and address as its configuration has them.

    https://help.disqus.com/en/articles/1717084-javascript-configuration-variables. A page that only counts comments
    (`count.js`) shows none: it has neither a place for them nor the script that fills it.
    """
    scripts = markup.scripts_with("disqus")
    place = markup.first("id", r"disqus[_-]?(?:thread|comments)") or {}
    source = markup.source(r"[/.]disqus\.com/embed") or {}
    if not place and not source and not _DISQUS_SHOWN.search(scripts):
        return None
    frame = markup.frame_query(r"(?:^|/)disqus\.com/embed/comments")
    address = source.get("src") or source.get("data-src") or source.get("data-lazy-src") or ""
    host = _DISQUS_HOST.search(scripts) or _DISQUS_JOINED.search(scripts) or _DISQUS_HOST.search(address)
    forum = (
        frame.get("f", "")
        or (host[1] if host else "")
        or markup.setting("disqus_shortname", "disqusShortname", "shortname", "forum", within="isqus")
        or next((place[name] for name in _DISQUS_NAMES if place.get(name)), "")
        or _tag_attribute(markup, "data-disqus-shortname")
        or markup.setting("domain", within='"disqus":{')  # Drupal's settings
        or (_linked_forum(markup) if place else "")
    )
    if not re.fullmatch(r"[\w-]{1,60}", forum) or forum in ("disqus_shortname", "example"):
        return None
    identifier = (
        markup.setting("disqus_identifier", "disqusIdentifier", "page.identifier", "identifier", within="isqus")
        or place.get("data-disqus-identifier", "")
        or place.get("data-identifier", "")
        or frame.get("t_i", "")
    )
    told = markup.setting("disqus_url", "disqusUrl", "page.url", within="isqus") or place.get("data-disqus-url", "")
    told = told or frame.get("t_u", "")
    return named_keys(
        forum=forum,
        identifier=identifier,
        url=markup.absolute(told) or markup.canonical,
        title=markup.setting("disqus_title", "disqusTitle", "page.title", within="isqus") or markup.title,
    )


_DISQUS_NAMES: Final = ("data-disqus-shortname", "data-shortname", "data-disqus", "data-disqus-forum", "shortname")
"""Attributes of the place in which themes write the forum's name."""


def _linked_forum(markup: Markup) -> str:
    """The forum whose host the head has browsers look up beforehand, which stays where scripts come late."""
    address = (markup.first("href", r"^(?:https?:)?//[\w-]{1,60}\.disqus\.com/?$") or {}).get("href", "")
    name = address.rpartition("//")[2].partition(".")[0]
    return name if name not in ("c", "www", "referrer", "links") else ""


def _tag_attribute(markup: Markup, name: str) -> str:
    return (markup.first(name) or {}).get(name, "")


_REPOSITORY: Final = re.compile(r"[\w.-]{1,100}/[\w.-]{1,100}")


def _loader_settings(markup: Markup, source: str, word: str, names: tuple[str, ...]) -> dict[str, str] | None:
    """The attributes of a loader, without `data-`: of its script, of an element, or as a script sets or lists them.

    `source` is a pattern of the loader's address and `word` what scripts have that make it. None without `repo`.
    """
    tag: dict[str, str] = markup.source(source) or {}
    if not (tag.get("data-repo") or tag.get("repo")):
        tag = markup.first("repo") or markup.first("data-repo-id") or _island_settings(markup, word) or tag
    scripts = markup.scripts_with(word)
    set_there = attributes_set(scripts)
    found: dict[str, str] = {}
    for name in names:
        told = tag.get(f"data-{name}") or tag.get(name) or tag.get(name.replace("-", ""))
        told = told or set_there.get(f"data-{name}") or set_there.get(name)
        if not told and scripts:
            told = markup.setting(f"data-{name}", name, name.replace("-", "_"), within=word)
        if told:
            found[name] = told
    return found if _REPOSITORY.fullmatch(found.get("repo", "")) else None


def _island_settings(markup: Markup, word: str) -> dict[str, str]:
    """The settings of a component with this name that Astro leaves to the browser; names are in lower case.

    https://docs.astro.build/en/concepts/islands/: each setting is a pair of its type (0 for plain values) and itself.
    """
    for name, attributes in markup.elements:
        if name == "astro-island" and word in f"{attributes.get('component-url')} {attributes.get('opts')}".lower():
            try:
                settings = json.loads(attributes.get("props", ""))
            except (ValueError, RecursionError):
                continue
            pairs = settings.items() if isinstance(settings, dict) else ()
            return {
                key.lower(): value[1]
                for key, value in pairs
                if isinstance(value, list) and len(value) == 2 and isinstance(value[1], str)
            }
    return {}


def giscus(markup: Markup) -> tuple[str, ...] | None:
    """The repository, its category, and the term or number by which the page's discussion is found.

    https://giscus.app and its `ADVANCED-USAGE.md`; the terms are those of its `client.ts`.
    """
    frame = markup.frame_query(r"giscus\.[^/]{1,60}/(?:[\w-]{1,12}/)?widget\?")
    if _REPOSITORY.fullmatch(frame.get("repo", "")):
        shown = {name: frame.get(name, "") for name in ("repo", "category", "number", "term")}
        return named_keys(strict="1" if frame.get("strict") == "1" else "", **shown)
    names = ("repo", "category", "mapping", "term", "strict")
    told = _loader_settings(markup, r"giscus|/client\.js", "giscus", names)
    if told is None:
        return None
    mapping = told.get("mapping") or ("specific" if told.get("term") else "pathname")
    term = told.get("term", "") if mapping in ("specific", "number") else _term(markup, mapping, "index")
    server = markup.source(r"^(?:https?:)?//[^/]{1,200}/client\.js")
    origin = _origin(markup, server.get("src", "") if server else "")
    return named_keys(
        repo=told["repo"],
        category=told.get("category", ""),
        strict="1" if told.get("strict") == "1" else "",
        number=term if mapping == "number" else "",
        term=term if mapping != "number" else "",
        server="" if origin == "https://giscus.app" else origin,
    )


def _origin(markup: Markup, address: str) -> str:
    """The scheme and host of an address of the page; "" where it is none."""
    parts = urlsplit(markup.absolute(address))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _term(markup: Markup, mapping: str, front: str) -> str:
    """What stands for the page in a title on GitHub; `front` is the name of a site's first page."""
    if mapping == "title":
        return markup.title
    if mapping == "og:title":
        return markup.meta("og:title")
    address = markup.location.partition("#")[0]
    if mapping == "url":
        return address
    path = urlsplit(address).path
    return re.sub(r"\.\w{1,20}$", "", path[1:]) if len(path) > 1 else front


def utterances(markup: Markup) -> tuple[str, ...] | None:
    """The repository, and the term or number by which the page's issue is found; also of its forks.

    https://utteranc.es; the terms are those of its `client.ts`.
    """
    frame = markup.frame_query(r"/utterances\.html\?")
    if _REPOSITORY.fullmatch(frame.get("repo", "")) and (frame.get("issue-term") or frame.get("issue-number")):
        term = frame.get("issue-term", "")
        return named_keys(repo=frame["repo"], number=frame.get("issue-number", ""), term=frame.get(term) or term)
    names = ("repo", "issue-term", "issue-number", "label")
    told = _loader_settings(markup, r"utteranc\.es/client|beaudar[^/]{0,40}/client", "utteranc", names)
    if told is None or not (told.get("issue-term") or told.get("issue-number")):
        return None
    term = told.get("issue-term", "")
    mapped = term in ("pathname", "url", "title", "og:title")
    return named_keys(
        repo=told["repo"],
        number=told.get("issue-number", ""),
        term=(markup.canonical if term == "url" else _term(markup, term, "index")) if mapped else term,
    )


def gitalk(markup: Markup) -> tuple[str, ...] | None:
    """The repository and the label of the page's issue; only where the label is written in the page.

    https://github.com/gitalk/gitalk#options; Gitment, its forerunner, has the same labels.
    """
    word = "Gitalk" if "Gitalk" in markup.scripts else "gitalk" if "gitalk" in markup.scripts else "Gitment"
    owner = markup.setting("owner", "github_id", within=word)
    repository = markup.setting("repo", within=word).rpartition("/")[2]
    label = markup.setting("path_md5", "id", "number", within=word) or markup.location.partition("#")[0]
    shown = re.search(r"new\s+(?:Gitalk|Gitment)\s*\(", markup.scripts) or markup.first("class", r"\bgitalk")
    if not shown or not re.fullmatch(r"[\w.-]{1,100}", owner) or not re.fullmatch(r"[\w.-]{1,100}", repository):
        return None
    return named_keys(repo=f"{owner}/{repository}", label=label, kind=word.capitalize())


def discourse(markup: Markup) -> tuple[str, ...] | None:
    """The forum's address, and the number of the topic or the address by which the forum finds it.

    https://meta.discourse.org/t/embed-discourse-comments-on-another-website-via-javascript/31963.
    """
    within = "iscourseEmbed" if "iscourseEmbed" in markup.scripts else "discourseUrl"
    frame = markup.first("src", r"/embed/comments\?(?:[^#]{0,400}&)?(?:embed_url|topic_id)=") or {}
    told = markup.setting("discourseUrl", within=within) or frame.get("src", "").partition("/embed/comments")[0]
    server = markup.absolute(told)
    if not server or not (
        frame or markup.first("id", r"discourse[_-]?comments") or "/javascripts/embed.js" in markup.live
    ):
        return None
    return named_keys(
        server=server,
        topic=markup.setting("topicId", within=within),
        url=markup.absolute(markup.setting("discourseEmbedUrl", within=within)) or markup.canonical,
    )


def hyvor(markup: Markup) -> tuple[str, ...] | None:
    """The number of the website and the page's identifier, of the component and of the older configuration.

    https://talk.hyvor.com/docs/comments and https://talk.hyvor.com/docs/v2.
    """
    tag = next((attributes for name, attributes in markup.elements if name == "hyvor-talk-comments"), {})
    website = tag.get("website-id") or markup.setting("HYVOR_TALK_WEBSITE")
    if not website.isdigit():
        return None
    page = tag.get("page-id") or markup.setting("id", within="HYVOR_TALK_CONFIG") or markup.canonical
    return named_keys(website=website, page=page)


def openweb(markup: Markup) -> tuple[str, ...] | None:
    """The identifiers of the site and of the post, from the launcher's address and attributes.

    https://developers.openweb.com/docs/web-sdk (the launcher was Spot.IM's).
    """
    launcher = markup.loader(r"launcher\.(?:spot\.im|openweb\.com)/spot/")
    match = re.search(r"/spot/(sp_\w{1,40})", launcher.get("src") or launcher.get("data-src") or "")
    spot = match[1] if match else markup.setting("spotId", "spot_id") or _tag_attribute(markup, "data-spot-id")
    place = markup.first("data-spotim-module", "conversation") or markup.first("data-post-id") or {}
    post = launcher.get("data-post-id") or place.get("data-post-id") or markup.setting("postId", within="spot")
    if not re.fullmatch(r"sp_\w{1,40}", spot) or not post:
        return None
    return named_keys(spot=spot, post=post)


def viafoura(markup: Markup) -> tuple[str, ...] | None:
    """The container that the page names, and the site's domain.

    https://documentation.viafoura.com/docs/meta-tags.
    """
    shown = any(name in ("vf-conversations", "vf-livecomments") for name, _ in markup.elements)
    widget = markup.first("data-widget", "conversations|livecomments") or markup.first("class", r"\bviafoura\b")
    if not shown and not widget:
        return None
    tags = {name: attributes for name, attributes in markup.elements if name.startswith("vf-")}
    container = markup.meta("vf:container_id") or tags.get("vf-conversations", {}).get("container-id", "")
    domain = markup.meta("vf:domain") or urlsplit(markup.canonical).netloc
    if not container or not domain:
        return None
    return named_keys(container=container, domain=domain)


def coral(markup: Markup) -> tuple[str, ...] | None:
    """The server, and the story's identifier and address.

    https://docs.coralproject.net/cms (`Coral.createStreamEmbed`).
    """
    if "createStreamEmbed" not in markup.scripts:
        return None
    server = markup.absolute(markup.setting("rootURL", within="createStreamEmbed"))
    if not server:
        loader = markup.source(r"/assets/js/embed\.js")
        told = loader.get("src", "") if loader else markup.setting("src", within="createStreamEmbed")
        server = markup.absolute(told.partition("/assets/js/embed.js")[0])
    if not server:
        return None
    return named_keys(
        server=server,
        story=markup.setting("storyID", within="createStreamEmbed"),
        url=markup.absolute(markup.setting("storyURL", within="createStreamEmbed")) or markup.canonical,
    )


def _closed(shown: Callable[[Markup], object]) -> Callable[[Markup], tuple[str, ...] | None]:
    """The row's function for a system that is only told from the markup."""
    return lambda markup: () if shown(markup) else None


def _facebook_place(markup: Markup) -> bool:
    """Whether there is a place for Facebook's comments, in either way to write it."""
    named = any(name == "fb:comments" for name, _ in markup.elements)
    return named or markup.first("class", r"(?:^|\s)fb-comments(?:\s|$)") is not None


_facebook = _closed(_facebook_place)
_intense_debate = _closed(lambda markup: markup.setting("idcomments_acct"))
_fast_comments = _closed(
    lambda markup: markup.setting("tenantId", within="FastComments") or markup.setting("tenantId", within="fcConfigs")
)
_graph_comment = _closed(lambda markup: markup.first("id", r"^graphcomment$"))


SYSTEMS: Final[tuple[System, ...]] = (
    System("disqus", ("disqus",), disqus),
    System("giscus", ("giscus", "Giscus", "data-repo-id"), giscus),
    System("utterances", ("utteranc", "beaudar"), utterances),
    System("gitalk", ("Gitalk", "gitalk", "Gitment"), gitalk),
    System("discourse-embed", ("discourseUrl", "/embed/comments?"), discourse),
    *self_hosted.SYSTEMS,
    System("hyvor-talk", ("hyvor-talk-comments", "HYVOR_TALK"), hyvor),
    System("coral", ("createStreamEmbed",), coral),
    System("openweb", ("spot.im", "spotim", "openweb.com/spot"), openweb),
    System("viafoura", ("viafoura", "vf-conversations"), viafoura),
    System("facebook-comments", ("fb-comments", "fb:comments"), _facebook),
    System("intensedebate", ("idcomments_acct",), _intense_debate),
    System("fastcomments", ("FastCommentsUI", "fcConfigs"), _fast_comments),
    System("graphcomment", ("graphcomment",), _graph_comment),
)
"""The rows; those at the end have no interface that a program may use, which loading them says."""
