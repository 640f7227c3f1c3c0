"""What is fuzzed of what becomes of threads and lines: refreshes, joined sources, passages, layout, addresses."""

from __future__ import annotations

import os
from array import array
from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import gettempdir
from zlib import crc32

from rumor_tui import text
from rumor_tui.model import SourceError, Thread
from tests.hostile.fuzz_checks import check_content, check_sentence, check_thread, hold


def scratch(data: bytes, ending: str) -> Path:
    """A file of this process with the data, for what reads only files."""
    path = Path(gettempdir()) / f"rumor-tui-fuzz-{os.getpid()}{ending}"
    path.write_bytes(data)
    return path


def _as_text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def run_changes(data: bytes) -> Hashable:
    """Two states of a thread are compared and merged: the newer one is there whole, what is gone with its text."""
    from rumor_tui.changes.merge import merge_threads
    from rumor_tui.readers import own_json
    from rumor_tui.readers.source import Hint

    try:
        old = own_json.read(data, Hint("a.json"))
    except (SourceError, RecursionError):
        return None
    new = _later(old, Random(crc32(data)))
    check_thread(new)
    merged = merge_threads(old, new)
    check_thread(merged.thread)
    places = list(merged.from_new.every())
    hold(len(set(places)) == len(new) and min(places, default=0) >= 0, "a row of the newer state is missing")
    gone = set(merged.gone) | set(merged.unloaded)
    for row, place in enumerate(places):
        hold(
            place in gone or merged.thread.bodies[place] == new.bodies[row], "a text of the newer state is another one"
        )
    rows = {place for place in merged.from_old.every() if place >= 0} | set(places)
    hold(rows == set(range(len(merged.thread))), "a row of no state")
    again = merge_threads(merged.thread, merged.thread)
    hold(again.unchanged and len(again.thread) == len(merged.thread), "a state differs from itself")
    return len(old), len(new), len(merged.gone), len(merged.edited), len(merged.moved), len(merged.new)


def _later(old: Thread, dice: Random) -> Thread:
    """The thread some time later: comments are gone, edited, deleted, in another order, or with other identifiers."""
    from rumor_tui.readers.preorder import to_preorder

    kept = [row for row in range(len(old)) if dice.random() < 0.8]
    dice.shuffle(kept) if dice.random() < 0.3 else None
    places = {row: place for place, row in enumerate(kept)}
    order, parents = to_preorder([places.get(old.parent[row]) for row in kept])
    new = old.select([kept[place] for place in order], array("i", parents))
    bodies = [f"{body} (edited)" if dice.random() < 0.2 else body for body in new.bodies]
    deleted = [gone or dice.random() < 0.1 for gone in new.deleted]
    ids = list(new.ids) if dice.random() < 0.7 else [f"n{row}" for row in range(len(new))]
    later = replace(new, bodies=bodies, lengths=list(map(len, bodies)), deleted=deleted, ids=ids)
    return later.join(later) if dice.random() < 0.2 else later


def run_several(data: bytes) -> Hashable:
    """Two sources that may be about one page, together."""
    from rumor_tui import readers
    from rumor_tui.readers.several import group_sources
    from rumor_tui.readers.source import Hint
    from tests.readers.made_discussions import article_html, hacker_news_json

    try:
        content = readers.read_source(data, Hint("page"))
    except SourceError:
        return None
    others = [
        readers.read_source(other, Hint(f"other{nth}"))
        for nth, other in enumerate((hacker_news_json(), article_html()))
    ]
    joined = group_sources([content, *others])
    check_content(joined)
    return isinstance(joined, Thread), len(joined) if isinstance(joined, Thread) else len(joined.entries)


def run_passages(data: bytes) -> Hashable:
    """A passage is found inside of a text or not at all."""
    from rumor_tui.reading.passages import find_passage

    passage, _, rest = text.neutralise(_as_text(data)).partition("\n")
    found = [find_passage(rest, passage, near) for near in (-1, 0, len(rest) + 5)]
    found.append(find_passage(f"{rest} {passage} x", passage))
    for stretch in found:
        hold(stretch is None or 0 <= stretch.start <= stretch.end <= len(rest) + len(passage) + 3, "outside")
    hold(found[-1] is not None or not passage.strip(), "a passage that stands there is not found")
    return tuple(stretch is None for stretch in found)


def run_layout(data: bytes) -> Hashable:
    """Lines hold a text in order, leave out space only, and are not wider than asked for."""
    from rumor_tui.layout import wrap

    shown = text.neutralise(_as_text(data))
    counts = []
    for width in (1, 2, 7, 30):
        at = 0
        lines = wrap(shown, width)
        for start, end in lines:
            hold(at <= start <= end <= len(shown) and not shown[at:start].strip(), "a line leaves text out")
            hold(
                text.cell_len(shown[start:end]) <= width or end - start == 1 or _is_one_cluster(shown[start:end]),
                "too wide",
            )
            at = end
        hold(not shown[at:].strip(), "the end is left out")
        counts.append(len(lines))
    return tuple(min(count, 30) for count in counts)


def _is_one_cluster(line: str) -> bool:
    """Whether a line is a wide character with marks on it."""
    return sum(text.cell_len(char) > 0 for char in line) <= 1


def run_completion(data: bytes) -> Hashable:
    """What completes a query is a line that begins as the query does, or one about it."""
    from rumor_tui.search.query.completion import complete_query, query_for_label

    line = _as_text(data)
    found = complete_query(line, lambda typed: (), lambda: [("ann \x1b b", "ann", 3), ('a"b', "a b", 1)])
    query_for_label(text.neutralise_line(line))
    return tuple(sorted({completion.kind for completion in found})), min(len(found), 9)


def run_addresses(data: bytes) -> Hashable:
    """Any word is an address with plans, a short name, or neither with a sentence; a host is public or it is not."""
    from rumor_tui.sources.addresses import plans_for, platform_name
    from rumor_tui.sources.config import Sites
    from rumor_tui.sources.fetch import parse_address, retry_after
    from rumor_tui.sources.hosts import is_local, is_own, is_public, literal_address
    from rumor_tui.sources.messages import FetchError
    from rumor_tui.sources.short_names import expand_short_name, explain_misspelt

    word = text.neutralise_line(_as_text(data))
    sites = Sites()
    plans = plans_for(word, sites)
    hold(plans, "no plan")
    expand_short_name(word, sites)
    explain_misspelt(word)
    is_own(word)
    retry_after(word)
    host = word.partition("//")[2].partition("/")[0] or word
    literal = literal_address(host)
    hold(literal is None or is_local(host) == (not is_public(literal)) or host.lower().endswith("localhost"), "local?")
    try:
        kind: object = parse_address(word).scheme
    except FetchError as error:
        hold(str(error), "no sentence")
        kind = None
    return platform_name(word, sites), len(plans), kind, literal is None


def run_dumps(data: bytes) -> Hashable:
    """A file of JSON lines is a dump of threads, or none; what breaks off is a sentence."""
    from rumor_tui.readers.dumps import dump_kind, iter_threads

    path = str(scratch(data, ".jsonl"))
    kind = dump_kind(path)
    if kind is None:
        return None
    count = 0
    try:
        for dumped in iter_threads([path], kind):
            count += 1
            check_content(dumped.read())
    except SourceError as error:
        check_sentence(str(error))
    return kind, min(count, 5)
