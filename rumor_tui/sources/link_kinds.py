"""What a link leads to that cannot be read as an article, as far as its address tells: a film, a file, a log-in."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import urlsplit


class LinkKind(NamedTuple):
    """A kind of thing, as the end of a sentence, and the addresses that lead to one."""

    name: str
    pattern: re.Pattern[str]


def _kind(name: str, hosts: str, paths: str) -> LinkKind:
    """A pattern for `host/path`; either part may be anything."""
    host = rf"(?:[\w-]{{1,80}}\.){{0,4}}(?:{hosts})" if hosts else r"[^/]{0,300}"
    return LinkKind(name, re.compile(rf"{host}/{paths}", re.IGNORECASE))


KINDS: Final[tuple[LinkKind, ...]] = (
    _kind("a video", r"youtube\.com|youtube-nocookie\.com", r"(?:watch|shorts/|live/|embed/|v/|playlist).{0,2000}"),
    _kind("a video", r"youtu\.be", r"[\w-]{6,20}.{0,200}"),
    _kind("a video", r"vimeo\.com", r"(?:[a-z/]{0,60})?\d{5,12}.{0,200}"),
    _kind("a video", r"dailymotion\.com|dai\.ly|twitch\.tv|streamable\.com|v\.redd\.it|tiktok\.com", r".{0,2000}"),
    _kind("a picture", r"i\.redd\.it|i\.imgur\.com|imgur\.com|gfycat\.com", r".{0,2000}"),
    _kind("a gallery of pictures", r"reddit\.com", r"gallery/.{0,2000}"),
    _kind("a recording", r"soundcloud\.com|open\.spotify\.com|podcasts\.apple\.com", r".{0,2000}"),
    _kind("a PDF", "", r".{0,2000}\.pdf"),
    _kind("a video", "", r".{0,2000}\.(?:mp4|m4v|webm|mkv|mov|avi|ogv|gifv)"),
    _kind("a recording", "", r".{0,2000}\.(?:mp3|m4a|ogg|opus|flac|wav|aac)"),
    _kind("a picture", "", r".{0,2000}\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|bmp|heic)"),
    _kind("an office document", "", r".{0,2000}\.(?:docx?|xlsx?|pptx?|odt|ods|odp|key|pages)"),
    _kind("a book", "", r".{0,2000}\.(?:epub|mobi|azw3)"),
    _kind("an archive", "", r".{0,2000}\.(?:zip|tar|tgz|gz|bz2|xz|zst|7z|rar|iso|dmg|exe|msi|deb|rpm|apk|jar|whl)"),
)
"""By host, where its pages hold nothing but that; else by the ending of the path."""

_LOGIN: Final = re.compile(
    r"/(?:log[-_]?in|sign[-_]?in|signup|auth|sso|oauth2?|account/(?:begin|login)|users/sign_in|accounts/login)"
    r"(?:[/.?]|$)",
    re.IGNORECASE,
)


def unreadable_kind(address: str) -> str:
    """What an address leads to that is no article ("a video"); "" where it may be one."""
    try:
        parts = urlsplit(address)
        place = f"{parts.hostname or ''}{parts.path or '/'}"
    except ValueError:
        return ""
    return next((kind.name for kind in KINDS if kind.pattern.fullmatch(place)), "")


def is_login_page(asked: str, led_to: str) -> bool:
    """Whether an address led to a page where one is to log in."""
    return not _LOGIN.search(_path(asked)) and bool(_LOGIN.search(_path(led_to)))


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
