"""The bodies of records in one format, with what stands in other fields: a title of their own, files, pictures."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from rumor_tui.columns import LazyColumn
from rumor_tui.model import Format
from rumor_tui.readers.api.records.markup import find_dialect, name_mentions, to_html
from rumor_tui.readers.api.records.names import key_name, name_set
from rumor_tui.readers.api.records.platforms import Platform
from rumor_tui.readers.api.records.rich_text import is_rich, rich_to_html, text_to_html
from rumor_tui.readers.api.records.roles import sample_of

_TAG = re.compile(
    r"</?(?:p|br|a|i|b|em|strong|div|span|blockquote|code|pre|ul|ol|li|img|h[1-6])(?:\s[^<>]*)?/?>"
    r"|&(?:gt|lt|quot|amp|nbsp|#x?[0-9a-fA-F]{2,5});"
)
_MARKDOWN = re.compile(r"\]\(https?://|^```|\*\*\w[^*\n]{0,80}\*\*", re.MULTILINE)
MARKDOWN_NAMES = name_set("comment_plain markdown body_markdown content_markdown")
"""Names of texts in Markdown."""

_ENTITY = re.compile(r"&(?:[lg]t|amp|quot|#\d{2,5});")
_MOJIBAKE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]")
_MEDIA = name_set(
    "attachments attachment files file media photo photos image images video videos sticker sticker_emoji audio"
    " voice_message document gifs"
)
_ADDRESSES = ("url", "url_private", "permalink", "src", "href", "remote_url", "uri", "path", "file")
_LABELS = ("title", "name", "fileName", "file_name", "filename", "description", "alt", "text", "fallback")
_MAX_MEDIA = 20


class Body(NamedTuple):
    """What one body is made of."""

    text: Any
    title: str = ""
    media: tuple[tuple[str, str], ...] = ()


class Bodies(NamedTuple):
    """All bodies, in one format, with their lengths."""

    format: Format
    bodies: Sequence[str]
    lengths: list[int]


def make_bodies(
    texts: Sequence[Any],
    titles: Sequence[str],
    rows: Sequence[dict[str, Any]],
    promised: Format | None,
    platform: Platform | None,
    *,
    people: Mapping[str, str] | None = None,
) -> Bodies:
    """The bodies of records from their texts and titles; `promised` is the format that the field's name tells.

    `people` are the names of those whose identifiers stand in the texts.
    """
    sample = [text for text in sample_of([text for text in texts if text]) if text]
    is_mixed = any(not isinstance(text, str) for text in sample)
    written = "\n".join(text for text in sample if isinstance(text, str))
    format: Format = promised or (platform and platform.format) or guess_format(written)
    repair = bool(_MOJIBAKE.search(written)) and _is_mojibake(written)
    media = _media_column(rows)
    plain_to: Callable[[str], str] = _same
    dialect = (platform and platform.dialect) or ""
    if not dialect and format == "plain":
        dialect = find_dialect([text for text in sample if isinstance(text, str)])
    if dialect:
        format, plain_to = "html", to_html(dialect, people or {})
    elif is_mixed or (format == "plain" and (any(titles) or any(media))):
        plain_to = text_to_html if format == "plain" else _same
        format = "html" if format != "markdown" or is_mixed else format
    elif format == "markdown" and "<" not in written and _ENTITY.search(written):
        plain_to = html.unescape
    if people and not dialect:
        plain_to = _naming(plain_to, people)
    function = _renderer(plain_to, repair, format)
    keys = [Body(text, title, files) for text, title, files in zip(texts, titles, media, strict=True)]
    lengths = [len(key.text) if isinstance(key.text, str) else 80 * bool(key.text) for key in keys]
    if not any(titles) and not any(media) and not is_mixed and plain_to is _same and not repair:
        return Bodies(format, [text if isinstance(text, str) else "" for text in texts], lengths)
    return Bodies(
        format, LazyColumn(function, keys), [size + len(key.title) for size, key in zip(lengths, keys, strict=True)]
    )


def guess_format(written: str) -> Format:
    """The format that some texts suggest."""
    if _TAG.search(written):
        return "html"
    return "markdown" if _MARKDOWN.search(written) else "plain"


def _same(text: str) -> str:
    return text


def _naming(function: Callable[[str], str], people: Mapping[str, str]) -> Callable[[str], str]:
    return lambda text: function(name_mentions(text, people))


def _renderer(plain_to: Callable[[str], str], repair: bool, format: Format) -> Callable[[Body], str]:
    def render(body: Body) -> str:
        text = body.text
        if isinstance(text, str):
            text = plain_to(repair_mojibake(text) if repair else text)
        elif is_rich(text) or isinstance(text, (list, dict)):
            text = rich_to_html(text)
        else:
            text = ""
        return _with_extras(text, body, format)

    return render


def _with_extras(text: str, body: Body, format: Format) -> str:
    if not body.title and not body.media:
        return text
    if format == "markdown":
        title = f"**{body.title}**\n\n" if body.title else ""
        return title + text + "".join(f"\n\n[{label}](<{address}>)" for label, address in body.media)
    title = f"<p><strong>{html.escape(body.title, quote=False)}</strong></p>" if body.title else ""
    files = "".join(
        f'<p><a href="{html.escape(address)}">{html.escape(label, quote=False)}</a></p>'
        if address
        else f"<p>[{html.escape(label)}]</p>"
        for label, address in body.media
    )
    return f"{title}{text}{files}"


def _is_mojibake(written: str) -> bool:
    return repair_mojibake(written) != written or any(repair_mojibake(line) != line for line in written.split("\n"))


def repair_mojibake(text: str) -> str:
    """UTF-8 that was written as if each byte were a character, as Facebook's downloads are, read again."""
    if not _MOJIBAKE.search(text):
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


# Files and pictures


def has_files(value: dict[str, Any]) -> bool:
    """Whether a record has files or pictures."""
    return bool(_media_column([value])[0])


def _media_column(rows: Sequence[dict[str, Any]]) -> list[tuple[tuple[str, str], ...]]:
    keys = [key for key in dict.fromkeys(key for row in sample_of(rows) for key in row) if key_name(key) in _MEDIA]
    if not keys:
        return [()] * len(rows)
    return [tuple(_media_of(row, keys)) for row in rows]


def _media_of(row: dict[str, Any], keys: Sequence[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key in keys:
        value = row.get(key)
        for held in (value if isinstance(value, list) else [value])[:_MAX_MEDIA]:
            if isinstance(held, str) and held:
                address = held if held.startswith(("http://", "https://")) else ""
                found.append((held, address))
            elif isinstance(held, dict):
                address = next(
                    (held[name] for name in _ADDRESSES if isinstance(held.get(name), str) and held[name]), ""
                )
                label = next((held[name] for name in _LABELS if isinstance(held.get(name), str) and held[name]), "")
                if address or label:
                    found.append((label or address, address if address.startswith("http") else ""))
    return found
