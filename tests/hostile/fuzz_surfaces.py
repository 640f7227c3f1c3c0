"""What is fuzzed besides the readers: the neutraliser, the query language, marks, blocks, links, settings, decoding."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable
from typing import NamedTuple

from rumor_tui import blocks, links, marks, text
from rumor_tui.model import Format
from tests.hostile.fuzz_checks import VISIBLE, check_neutral, check_sentence, hold
from tests.hostile.fuzz_lines import (
    ADDRESSES,
    DATES,
    HOSTS,
    OPML,
    PROSE,
    SETTINGS,
    documents,
    dumps,
    encoded,
    odd,
    queries,
    threads,
)
from tests.hostile.fuzz_threads import (
    run_addresses,
    run_changes,
    run_completion,
    run_dumps,
    run_layout,
    run_passages,
    run_several,
    scratch,
)


class Surface(NamedTuple):
    """A function that takes hostile bytes, and what it begins with."""

    run: Callable[[bytes], Hashable]
    seeds: Callable[[], list[bytes]]
    longest: int = 600


def _text(data: bytes) -> str:
    """The input as text; what is not UTF-8 becomes lone surrogates, which JSON and file names hold."""
    return data.decode("utf-8", "surrogateescape")


def run_neutralise(data: bytes) -> Hashable:
    """What is neutral stays so, steers nothing, and is not much longer, for a screen and for a file."""
    raw = _text(data)
    shown = text.neutralise(raw)
    check_neutral(shown)
    hold(len(shown) <= text.TAB * len(raw), "neutral text is too long")
    filed = text.neutralise_for_file(raw)
    hold(text.neutralise_for_file(filed) == filed, "not idempotent for files")
    hold(text.neutralise(filed) == shown, "a file's text is another one on a screen")
    for char in set(shown):
        category = unicodedata.category(char)
        hold(
            char == "\n" or char in VISIBLE or category not in ("Cc", "Cf", "Cs", "Zl", "Zp"),
            f"neutral text has {char!r}",
        )
    line = text.neutralise_line(raw)
    hold("\n" not in line and text.neutralise_line(line) == line, "a line is not one line")
    hold(len(text.fold(shown)) == len(shown), "folding changes the length")
    mended = text.mend(shown)
    hold(text.mend(mended) == mended, "mending is not idempotent")
    text.cell_len(shown)
    return frozenset(map(unicodedata.category, shown)), len(shown).bit_length()


def run_query(data: bytes) -> Hashable:
    """Any line is a query that is written and read as the same, or refused with a sentence."""
    from rumor_tui.search.query.parser import last_word_start, missing_part, parse_query
    from rumor_tui.search.query.query import QueryError
    from rumor_tui.search.query.unparse import unparse

    line = _text(data)
    hold(0 <= last_word_start(line) <= len(line), "the last word begins outside of the line")
    missing_part(line)
    found: Hashable = None
    for library in (False, True):
        try:
            node = parse_query(line, library=library)
        except QueryError as error:
            hold(str(error), "no sentence")
            hold(error.position is None or 0 <= error.position <= len(line), "a fault outside of the line")
            found = found or "refused"
            continue
        if not library:
            hold(parse_query(unparse(node)) == node, f"{unparse(node)!r} is another query")
        found = type(node).__name__, len(line.split())
    return found


def run_compile(data: bytes) -> Hashable:
    """A query as it is matched against a text: the matches are inside of it."""
    from rumor_tui.search.query.matcher import compile_matcher
    from rumor_tui.search.query.query import Query, QueryError, QueryTooSlow

    line, _, body = _text(data).partition("\n")
    found = []
    for regex in (False, True):
        try:
            matcher = compile_matcher(Query(line, regex=regex))
        except QueryError as error:
            hold(str(error), "no sentence")
            continue
        shown = matcher.prepare(text.neutralise(body)[:400])
        try:
            spans = list(matcher.find(shown))
            hold(matcher.count(shown) == len(spans), "another number of matches than matches")
        except QueryTooSlow:
            continue
        hold(all(0 <= start <= end <= len(shown) for start, end in spans), "a match outside of the text")
        found.append(min(len(spans), 5))
    return tuple(found)


def run_marks(data: bytes) -> Hashable:
    """Marks are in order, apart, and inside of their text; what is known of a thread does not change that."""
    shown = text.neutralise(_text(data))
    gathering = marks.LexiconBuilder(("Gabe", "ann"))
    gathering.add(shown)
    for lexicon in (marks.EMPTY_LEXICON, gathering.lexicon()):
        at = 0
        found = marks.find_marks(shown, lexicon)
        for mark in found:
            hold(at <= mark.start < mark.end <= len(shown), "marks overlap or leave the text")
            at = mark.end
    marks.find_numbers(shown)
    return tuple(sorted({mark.type for mark in found}))


def run_conversation(data: bytes) -> Hashable:
    """Quotes and replies among a few texts."""
    from rumor_tui.marks.conversation.quotes import find_quotes
    from rumor_tui.marks.conversation.replies import find_replies

    shown = text.neutralise(_text(data))
    texts = [shown, shown[: len(shown) // 2] + " so he says", "@ann " + shown[len(shown) // 3 :]]
    quotes = find_quotes(texts)
    replies = find_replies(texts, ["Gabe", "ann", "Michael"], [-1, 0, 0], [], first_comment=0)
    return str(type(quotes)), bool(quotes), bool(replies)


def _run_blocks(form: Format, data: bytes) -> Hashable:
    """Blocks of any body: neutral, with spans inside, the same text both ways, and written and read as the same."""
    body = _text(data)
    found = blocks.parse_body(body, form)
    for block in found:
        check_neutral(block.text.replace("\t", " ") if block.kind == "table" else block.text)
        hold(all(0 <= it.start < it.end <= len(block.text) for it in block.spans), "a span outside its text")
    hold(blocks.body_text(body, form) == "\n\n".join(block.text for block in found), "the quick text is another one")
    hold(blocks.parse_body(blocks.to_markdown(found), "markdown") == found, "Markdown that was written reads otherwise")
    blocks.to_text(found)
    if form == "html":
        hold(blocks.body_texts([body, body], form) == [blocks.body_text(body, form)] * 2, "texts at once are others")
    return tuple(sorted({(block.kind, min(block.quote, 3), min(block.indent, 8)) for block in found}))[:6]


def run_markdown_split(data: bytes) -> Hashable:
    """The pieces of a document have the blocks of the whole."""
    body = _text(data)
    pieces = blocks.split_markdown(body)
    for piece in pieces:
        blocks.parse_body(piece, "markdown")
    blocks.split_front_matter(body)
    return min(len(pieces), 20)


def run_links(data: bytes) -> Hashable:
    """What may be opened is an address of the web or of mail, printable, one argument, and passes again as it is."""
    raw = _text(data)
    found: list[object] = []
    for base in (None, "https://a.example/b/c?d#e"):
        address = links.openable(raw, base)
        if address is not None:
            hold(address.isprintable() and " " not in address and not address.startswith("-"), f"opened: {address!r}")
            hold(address.partition(":")[0].lower() in links.SCHEMES, f"opened: {address!r}")
            hold(links.openable(address) == address, f"opened again it is another one: {address!r}")
        found.append(address and address.partition(":")[0])
    links.page_elsewhere(raw, "https://a.example/")
    links.site_of(raw)
    return tuple(found)


def run_canonical(data: bytes) -> Hashable:
    """The canonical form of an address is its own canonical form."""
    from rumor_tui import canonical

    raw = text.neutralise_line(_text(data))
    once = canonical.canonical_address(raw)
    hold(canonical.canonical_address(once) == once, f"not canonical: {once!r}")
    canonical.search_forms(raw)
    canonical.search_key(raw)
    canonical.is_front_page(raw)
    return once == raw, once.partition(":")[0], once.count("/")


def run_settings(data: bytes) -> Hashable:
    """A file of settings is read, or refused with a sentence."""
    from rumor_tui.settings import SettingsError, load_settings

    try:
        read = load_settings(str(scratch(data, ".toml")))
    except SettingsError as error:
        hold(str(error), "no sentence")
        return str(error).partition(":")[0][-40:]
    hold(1 <= read.indent <= 8 and 20 <= read.split <= 80, "a setting outside of its bounds")
    return read.theme, read.indent, len(read.keys)


def run_decode(data: bytes) -> Hashable:
    """Any bytes become text that has no surrogates, and UTF-8 that is the same text."""
    from rumor_tui.readers.binary import binary_format
    from rumor_tui.readers.decode import decode_text, to_utf8

    for charset in ("", "utf-16", "shift_jis", "x-unknown", "utf-7"):
        decoded = decode_text(data, charset)
        decoded.encode("utf-8")
    to_utf8(data)
    binary_format(data, data.count(0) > 0)
    return len(decoded).bit_length(), decoded.isascii()


def run_dates(data: bytes) -> Hashable:
    """A date is a moment or none, without dateparser, which is slow and catches its own faults; and where one is."""
    from rumor_tui import markdown_format
    from rumor_tui.readers.dates.find import find_date
    from rumor_tui.readers.dates.parse import parse_date

    line = text.neutralise_line(_text(data))[:100]
    place = find_date(line)
    hold(place is None or 0 <= place[0] < place[1] <= len(line), "a date outside of its line")
    moment = markdown_format.parse_iso(line)
    if moment is not None:
        markdown_format.format_iso(moment)
    if any(char.isdigit() for char in line) and not any(char.isalpha() for char in line):
        moment = parse_date(line, 1_700_000_000.0, "en")
    hold(moment is None or -1e12 < moment < 1e12, f"a moment {moment!r}")
    return place is None, moment is None, len(line).bit_length()


def run_any_date(data: bytes) -> Hashable:
    """The same with dateparser."""
    from rumor_tui.readers.dates.parse import parse_date

    line = text.neutralise_line(_text(data))[:100]
    moment = parse_date(line, 1_700_000_000.0, "de")
    hold(moment is None or -1e12 < moment < 1e12, f"a moment {moment!r}")
    return moment is None


def _nested(data: bytes) -> object:
    """What JSON says, without recursion; where it is refused, with blanks for control characters. Raises ValueError."""
    from rumor_tui.readers.lenient_json import parse_nested_json

    written = data.decode("utf-8", "replace").removeprefix("\ufeff")
    try:
        return parse_nested_json(written)
    except ValueError:
        blank = dict.fromkeys([*(code for code in range(32) if chr(code) not in "\t\n\r"), 127], " ")
        return parse_nested_json(written.translate(blank))


def run_lenient_json(data: bytes) -> Hashable:
    """JSON is read or refused with ValueError, also without recursion, which gives the same value."""
    from rumor_tui.readers.lenient_json import parse_json

    try:
        value = parse_json(data)
    except ValueError as error:
        try:
            _nested(data)
        except ValueError:
            return type(error).__name__
        hold(False, "read without recursion what is refused otherwise")
    hold(repr(_nested(data)) == repr(value), "another value without recursion")
    return type(value).__name__, len(data).bit_length()


def run_opml(data: bytes) -> Hashable:
    """A list of feeds is read, or refused with a sentence; written again it names the same."""
    from rumor_tui.library.opml import looks_like_opml, read_opml
    from rumor_tui.library_types import LibraryError

    raw = data.decode("utf-8", "replace")
    looks_like_opml(raw)
    try:
        found = read_opml(raw)
    except LibraryError as error:
        check_sentence(str(error))
        return "refused"
    for one in found:
        hold(one.address.isprintable() and one.title.isprintable(), f"an outline {one!r}")
    return min(len(found), 5)


def run_source_text(data: bytes) -> Hashable:
    """The text of a source as the program shows it beside what it read."""
    from rumor_tui.readers.source import Hint, Kind
    from rumor_tui.readers.source_text import read_source_text, source_passages

    kinds: tuple[Kind, ...] = ("text", "json", "page")
    found = []
    for kind in kinds:
        shown = read_source_text(data, Hint("x"), kind, ["Text", "six hundred"], ["ann"])
        hold(-1 <= shown.at <= len(shown.text), "a place outside of the text")
        found.append(min(len(source_passages(shown.text, kind)), 5))
    return tuple(found)


SURFACES: dict[str, Surface] = {
    "text": Surface(run_neutralise, odd, 300),
    "query": Surface(run_query, queries, 120),
    "query.matching": Surface(run_compile, queries, 160),
    "marks": Surface(run_marks, lambda: [*encoded(PROSE)(), *documents(60, 300)], 300),
    "conversation": Surface(run_conversation, lambda: [*encoded(PROSE)(), *documents(60, 300)], 300),
    "blocks.plain": Surface(lambda data: _run_blocks("plain", data), documents, 400),
    "blocks.markdown": Surface(lambda data: _run_blocks("markdown", data), documents, 400),
    "blocks.html": Surface(lambda data: _run_blocks("html", data), documents, 400),
    "blocks.split": Surface(run_markdown_split, documents, 500),
    "links": Surface(run_links, encoded(ADDRESSES), 160),
    "canonical": Surface(run_canonical, encoded(ADDRESSES), 160),
    "settings": Surface(run_settings, encoded(SETTINGS), 200),
    "decode": Surface(run_decode, documents, 200),
    "dates": Surface(run_dates, encoded(DATES), 80),
    "dates.any": Surface(run_any_date, encoded(DATES), 80),
    "lenient_json": Surface(run_lenient_json, lambda: [it for it in documents() if it[:1] in b"{["], 400),
    "opml": Surface(run_opml, encoded(OPML), 500),
    "changes": Surface(run_changes, threads, 900),
    "several": Surface(run_several, lambda: documents(100, 400), 500),
    "passages": Surface(run_passages, lambda: [*encoded(PROSE)(), *documents(60, 300)], 300),
    "layout": Surface(run_layout, odd, 300),
    "completion": Surface(run_completion, queries, 100),
    "addresses": Surface(run_addresses, lambda: [*encoded(ADDRESSES)(), *encoded(HOSTS)()], 120),
    "dumps": Surface(run_dumps, dumps, 600),
    "source_text": Surface(run_source_text, lambda: documents(100, 400), 400),
}
"""Each by its name."""
