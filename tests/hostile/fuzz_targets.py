"""What is fuzzed: every reader, and whatever else takes the text of strangers.

A target is a function of bytes that raises nothing but what is documented, and checks what must hold. `run` answers
where an input led (a few facts as a hashable value), or None where the reader does not recognise it, which is how
fuzzing without coverage knows new ground. The atheris harness and the generator run the same functions.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from random import Random
from typing import NamedTuple
from zlib import crc32

from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.readers import READERS, Hint, Reader, Source
from rumor_tui.readers.html.sandbox import is_safe_to_parse
from rumor_tui.readers.time_limit import ReadingTooLongError
from tests.hostile import fuzz_containers
from tests.hostile.fuzz_checks import check_content, check_exports, check_sentence, hold
from tests.hostile.fuzz_mutation import Mutator
from tests.hostile.fuzz_seeds import documents
from tests.hostile.fuzz_surfaces import SURFACES

Make = Callable[[Mutator, Random], bytes]

DEEPER = 8
"""One input of so many is checked deeply: its texts are parsed, and it is exported and read again."""

LONGEST = {"html": 3_000, "own_html": 2_600, "mail.outlook": 9_000, "containers.zip_archive": 3_000}
"""Bytes of an input where it is not the usual."""

AS_JSON = ("changes", "lenient_json")
"""Other targets whose inputs are JSON."""

SEEDS = 150
"""Documents that a target begins with at most."""

NAMES = {"json": "answer.json", "document": "answer.json", "data": "saved", "text": "page"}
"""What a source of a kind is called."""


HOSTILE_NAMES = {
    0: "a/\x1b]0;x\x07\u202e\udcff" + "b" * 300 + ".txt",
    1: "http://[::1/\x00?a",
    2: "https://forum.example/t/a-topic/77.md",
}
"""Names of files that somebody made, with what a terminal and a screen would obey, and addresses."""


class Target(NamedTuple):
    """One thing that is fuzzed: how to run it, what it begins with, and how its inputs are made."""

    name: str
    run: Callable[[bytes], Hashable]
    seeds: Callable[[], list[bytes]]
    make: Make | None = None
    as_json: bool = False
    longest: int = 1_500

    def mutator(self, seed: int) -> Mutator:
        """What makes its inputs; the same seed, the same inputs."""
        return Mutator(self.seeds(), seed, self.longest, as_json=self.as_json)

    def next_input(self, mutator: Mutator) -> bytes:
        """One more input."""
        return mutator.make() if self.make is None else self.make(mutator, mutator.dice)


def targets() -> dict[str, Target]:
    """Every target by its name: the modules of the readers, the whole of them, and the other surfaces."""
    found = {reader.module: _reader_target(reader) for reader in READERS}
    found["api.other_json"] = _reader_target(Reader("other JSON", "document", "api.other_json"))
    found["readers"] = Target("readers", _run_all, lambda: _spread(list(documents())))
    found["export"] = Target("export", _run_exports, _texts_of_threads)
    for name, surface in SURFACES.items():
        found[name] = Target(name, surface.run, surface.seeds, as_json=name in AS_JSON, longest=surface.longest)
    return found


def _reader_target(reader: Reader) -> Target:
    as_json = reader.takes in ("json", "document") or reader.module in ("api.scripts", "containers.har")
    return Target(
        reader.module,
        partial(_run_reader, reader),
        partial(_recognised, reader),
        fuzz_containers.MAKERS.get(reader.module),
        as_json,
        LONGEST.get(reader.module, 1_500),
    )


def _source(data: bytes, takes: str) -> Source:
    """The source of an input; for a reader of text it is decoded at once, since decoding is a target of its own."""
    source = Source(data, Hint(_name(data, takes), moment=1_700_000_000.0))
    if takes == "text":
        text = data.decode("utf-8", "replace")
        source.__dict__["text"] = text.replace("\r\n", "\n").replace("\r", "\n")
    return source


def _name(data: bytes, takes: str) -> str:
    """What a source is called: now and then something hostile, or an address."""
    return HOSTILE_NAMES.get(crc32(data) % 9, NAMES[takes])


def _run_reader(reader: Reader, data: bytes) -> Hashable:
    source = _source(data, reader.takes)
    if not reader.sniff(source) or (reader.module == "html" and not is_safe_to_parse(source.text)):
        return None  # a page that is read in a process of its own, as the fuzzing of documents at full size does
    try:
        content = reader.read(source)
    except SourceError as error:
        check_sentence(str(error))
        return "refused"
    except RecursionError:  # the caller's sentence: nested too deeply
        return "too deep"
    except ReadingTooLongError:  # on a busy machine; the caller shows the plain text
        return "too long"
    check_content(content, deep=crc32(data) % DEEPER == 0)
    return where(content)


def where(content: Thread | Listing) -> Hashable:
    """A few facts about what was read."""
    if isinstance(content, Listing):
        return "listing", min(len(content.entries), 9), content.whole is None
    known = tuple(any(value is not None for value in column) for column in (content.ids, content.scores, content.urls))
    dated = any(written is not None for written in content.published_text)
    article = content.article
    facts = (bool(article.title), article.byline is None, article.published is None, min(len(article.pieces), 6))
    return tuple(content.parent[:10]), content.format, content.confidence, len(content.stubs), known, dated, facts


def _run_all(data: bytes) -> Hashable:
    """The whole way of a source: the first reader that recognises it, and what checks its reading."""
    from rumor_tui import readers

    try:
        content = readers.read_source(data, Hint(_name(data, "text"), moment=1_700_000_000.0))
    except SourceError as error:
        said = str(error)
        if error.__cause__ is not None and (
            "Please report" in said or "cannot be decoded" in said or "more memory" in said
        ):
            raise error.__cause__ from error
        check_sentence(said)
        return "refused"
    check_content(content)
    if isinstance(content, Thread) and content.original is not None and crc32(data) % DEEPER == 0:
        shown = content.original.read([*content.bodies[:2]], [])
        hold(-1 <= shown.at <= len(shown.text), "a place outside of the source")
        content.original.account(content, lambda: None)
    return where(content)


def _run_exports(data: bytes) -> Hashable:
    """A thread with hostile texts in each of its fields, in each of our own formats and back."""
    from rumor_tui.readers import own_json

    try:
        thread = own_json.read(data, Hint("a.json"))
    except (SourceError, RecursionError):
        return None
    check_exports(thread)
    return where(thread)


def _recognised(reader: Reader) -> list[bytes]:
    found = [item for item in documents() if len(item) <= 4_000 and _sniffs(reader, item)]
    hold(found, f"no document is one for {reader.name}")
    return _spread(found)


def _spread(found: Sequence[bytes]) -> list[bytes]:
    """Not too many of them, of every size, the same ones each time."""
    step = max(1, -(-len(found) // SEEDS))
    return list(found[::step])


def _sniffs(reader: Reader, data: bytes) -> bool:
    return reader.sniff(_source(data, reader.takes))


def _texts_of_threads() -> list[bytes]:
    """Threads as JSON of our own, with what means something in the formats that they are written in."""
    lines = ["# H", "- a", "> q", "```", "|a|b|", "<b>x</b>", "&amp;", "**ann** · #2", "## 3 comments", "#1 ann", "\\"]
    found = []
    for number, line in enumerate(lines):
        comments = [
            {"index": 0, "author": line, "markdown": f"{line}\n\n{lines[number - 1]}", "id": "a"},
            {
                "index": 1,
                "parent": 0,
                "author": "ann",
                "markdown": line,
                "score": 3,
                "published": "2011-03-08T14:05:00Z",
            },
            {"index": 2, "parent": None, "markdown": line, "url": "https://a.example/", "published_text": line},
        ]
        article = {"title": line, "byline": line, "markdown": f"{line}\n\nText.", "url": "https://a.example/"}
        found.append(json.dumps({"version": 1, "source": "", "article": article, "comments": comments}).encode())
    return found
