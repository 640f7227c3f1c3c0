"""Hostile text of up to 1 MB for every pattern that marks and search use, and for all that they do with a text.

`python -m tests.bench.hostile [WORD]` prints a line for each pattern and each work whose name holds the word: how much
longer it takes for 1 MB than for 250 kB, the times, and the piece that the text repeats.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import NamedTuple

from rumor_tui import marks, search
from rumor_tui.marks import LexiconBuilder, ThreadLexicon
from rumor_tui.marks.names.heuristics import CapitalCounts
from rumor_tui.marks.names.lexicon import KnownForm
from rumor_tui.search.query.query import QueryError
from tests.bench.report import Bench, Row, progress

SIZES = (15_625, 62_500, 250_000, 1_000_000)
"""Characters of the hostile texts whose times are compared, each four times as long as the one before."""
LINEAR = 6.0
"""A text four times as long may take so many times as long; where it is quadratic it takes sixteen times."""
TOO_SLOW = 20.0
"""Seconds that one text may take, as far as the growth before tells; else the work is judged by shorter ones."""
NOTHING = 0.004
"""Seconds below which times are noise: a ratio is taken over no less."""
PROBE = 4_000
"""Characters of the texts with which the pieces are found that a work is slowest for."""
WORST = 2
"""Pieces that each pattern is timed with; a work on whole texts, which takes longer, is timed with one."""
STEP = 997
"""Characters between the places at which a pattern is tried that is only ever tried at a place."""

PIECES = (
    "a", "A", "1", ",", ".", "-", " ", "½", "'", "’", ":", "/", "@", "€", "_", "É", "\n", "\n\n", "\xa0", "$", "\\",
    "\"", "1,", "1.", "1 ", "1-", "1:", "1/", "1x", "22,", "1.222", "1,222", "1 222", "1'222", "111 ", "a.", "a-", "a@",
    "a:", "A ", "A of ", "A-", "A.", "Aa", "aB", "a'", "http://", "www.", "a@a.", "one ", "one, ", "hundred and ",
    "one and a half ", "half a ", "million ", "a third of a ", "May ", "May 1", "January, ", "1 May", "12:34", "1h2m",
    "v1.", "1.1.1-", "5'1", "fe:", "00:11:", "deadbeef-", "a1-", "a.b.", "$1-", "-1", "~1 ", "<3", "%1", "Q1 ",
    "1 per ", "1 km/", "1 square ", "Dr. ", "‘a", "“1”", "1\n", "@a ", "1M ", "of the ", "1\xa0", "haha", "lol", "<a ",
    "> ", "&gt;", "](", "`", "    ", "around ", "Gabe, ", "Micheal ", "JRobUSX ", "12 ", "Gabe wrote:\n", "#1 ", "(",
    "[", ".\"", ". ", " or ", "-(", "a:1..", "$>1,", "by:\"", "/a", "die Stadt ", "Herr A. ", "den und ",
)  # fmt: skip
"""What hostile texts repeat: pieces that patterns begin with and then go on with, or nearly so."""


class Pattern(NamedTuple):
    """A pattern, where it stands, and how it is used: "match" at places, "fullmatch" on a text of its own, or ""."""

    name: str
    pattern: re.Pattern[str]
    use: str

    def work(self, text: str) -> None:
        """Do with a text what is done with the pattern."""
        if self.use == "fullmatch":
            self.pattern.fullmatch(text)
        elif self.use == "match":
            for at in range(0, len(text), STEP):
                self.pattern.match(text, at)
        else:
            for _ in self.pattern.finditer(text):
                pass


def patterns() -> list[Pattern]:
    """Every pattern of the modules of marks and search: what they hold, make once, or write in a call of `re`."""
    found: dict[tuple[str, int], Pattern] = {}
    for package in (marks, search):
        for info in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            module = importlib.import_module(info.name)
            for each in (*_held(module), *_written(module)):
                found.setdefault((each.pattern.pattern, each.pattern.flags), each)
    return list(found.values())


def _held(module: ModuleType) -> Iterator[Pattern]:
    source = inspect.getsource(module)
    for name, value in vars(module).items():
        if callable(value) and (getattr(value, "__module__", None) or module.__name__) != module.__name__:
            continue
        if hasattr(value, "cache_info") and not inspect.signature(value).parameters:
            value = value()
        for at, pattern, bound in _inside(value, name):
            use = bound or _use(source, at.rpartition(".")[2])
            yield Pattern(f"{module.__name__.removeprefix('rumor_tui.')}.{at}", pattern, use)


def _inside(value: object, at: str) -> Iterator[tuple[str, re.Pattern[str], str]]:
    """The patterns in a value, with where they are and the method of which the value is one."""
    owner = getattr(value, "__self__", None)
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield at, value, ""
    elif isinstance(owner, re.Pattern) and isinstance(owner.pattern, str):
        name = getattr(value, "__name__", "")
        yield at, owner, name if name in ("match", "fullmatch") else ""
    elif isinstance(getattr(value, "pattern", None), str):
        yield at, re.compile(str(getattr(value, "pattern")), re.MULTILINE), ""  # noqa: B009
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _inside(each, f"{at}.{key}")
    elif isinstance(value, tuple):
        for key, each in zip(getattr(value, "_fields", range(len(value))), value, strict=True):
            yield from _inside(each, f"{at}.{key}")


def _use(source: str, name: str) -> str:
    """The only way in which a source uses a pattern, "match" or "fullmatch"; "" where it is searched or unclear."""
    after = r"(?:\(\)|\"\])?\.(match|fullmatch|search|finditer|findall|sub|split)\b"
    uses = set(re.findall(rf"\b{re.escape(name)}{after}", source))
    return uses.pop() if len(uses) == 1 and uses <= {"match", "fullmatch"} else ""


def _written(module: ModuleType) -> Iterator[Pattern]:
    """The patterns that stand in calls of `re`, as strings or as names of strings."""
    path = Path(module.__file__ or "")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        first = node.args[0]
        raw = getattr(module, first.id, None) if isinstance(first, ast.Name) else getattr(first, "value", None)
        if (
            ast.unparse(node.func.value) == "re"
            and node.func.attr not in ("escape", "compile")
            and isinstance(raw, str)
        ):
            use = node.func.attr if node.func.attr in ("match", "fullmatch") else ""
            yield Pattern(f"{module.__name__.removeprefix('rumor_tui.')}:{node.lineno}", re.compile(raw), use)


EVIDENCE = ThreadLexicon(
    frozenset(("Gabe", "A of a", "haha lol", "JRobUSC", "Michael", "12")),
    {"A": KnownForm("name", "A"), "A of the B": KnownForm("name", "A of the B")},
    {"A": ("A of the B",)},
    {"A": CapitalCounts(9, 0), "Stadt": CapitalCounts(9, 0)},
    codes=frozenset(("1M",)),
)


def _gather(text: str) -> None:
    gathering = LexiconBuilder(("Gabe",))
    gathering.add(text)
    gathering.lexicon()


def _quotes(text: str) -> None:
    from rumor_tui.marks.conversation.quotes import find_quotes

    find_quotes([text, text[: len(text) // 2] + " so he says", "x " + text])


def _answers(text: str) -> None:
    from rumor_tui.marks.conversation.replies import find_replies

    find_replies(
        ["", "Nothing.", "Gabe: " + text, text], ["Gabe", "A of a", "Michael"], [-1, -1, -1], [], first_comment=1
    )


def _parse(text: str) -> None:
    from rumor_tui.search.query.parser import last_word_start, parse_query

    last_word_start(text)
    try:
        parse_query(text)
    except QueryError:
        return


def _sentences(text: str) -> None:
    from rumor_tui.search.claims.excerpts import hedge_before, make_excerpt, rate_after

    middle = len(text) // 2
    make_excerpt(text, [(0, 1), (middle, middle + 1), (len(text) - 1, len(text))])
    hedge_before(text, middle, middle + 1)
    rate_after(text, middle)


def _foreign(text: str) -> None:
    from rumor_tui.marks.names.heuristics import capitalised_mid_sentence, find_foreign_names

    list(capitalised_mid_sentence(text))
    find_foreign_names(text, "de", EVIDENCE.capitals)
    find_foreign_names(text, "fr", EVIDENCE.capitals)


def _tag(text: str) -> None:
    from rumor_tui.marks.names.tagger import tag_names

    tag_names(text)


WORKS: dict[str, Callable[[str], object]] = {
    "marks.find": marks.find_marks,
    "marks.find with evidence": lambda text: marks.find_marks(text, EVIDENCE),
    "marks.Gathering": _gather,
    "marks.tagger": _tag,
    "marks.foreign": _foreign,
    "marks.find_quotes": _quotes,
    "marks.find_answers": _answers,
    "search.parse": _parse,
    "search.sentences": _sentences,
}
"""What is done with whole texts."""


def seconds(work: Callable[[str], object], text: str) -> float:
    """Processor time of some work."""
    began = process_time()
    work(text)
    return process_time() - began


class Growth(NamedTuple):
    """How many times as long some work takes for a text of `size` characters than for a quarter of it."""

    ratio: float
    size: int
    seconds: float
    piece: str

    def __str__(self) -> str:
        return f"{self.ratio:6.2f}  {self.seconds:6.2f} s for {self.size:>9,}  {self.piece!r}"


def growth(work: Callable[[str], object], piece: str) -> Growth:
    """How some work grows with a text that repeats a piece, up to the size at which it is too slow to go on."""
    took = seconds(work, piece * (SIZES[0] // len(piece)))
    ratio, longest = 4.0, SIZES[0]
    for size in SIZES[1:]:
        if took * max(ratio, 4.0) > TOO_SLOW:
            break
        before, longest = took, size
        took = seconds(work, piece * (size // len(piece)))
        ratio = took / max(before, NOTHING)
    return Growth(ratio, longest, took, piece)


def worst(work: Callable[[str], object], count: int) -> Growth:
    """The growth with as many pieces as `count`, those for which some work is slowest; the worst of them."""
    work(PIECES[0])
    probes = {piece: seconds(work, piece * (PROBE // len(piece))) for piece in PIECES}
    return max(growth(work, piece) for piece in sorted(PIECES, key=probes.__getitem__)[-count:])


def measured(word: str = "") -> Iterator[tuple[str, Growth]]:
    """The growth of every work and every pattern whose name holds a word."""
    works = WORKS | {f"{each.name} {each.use}".rstrip(): each.work for each in patterns()}
    for name, work in works.items():
        if word in name:
            yield name, worst(work, 1 if name in WORKS else WORST)


def measure_hostile(bench: Bench) -> Iterator[Row]:
    """1 MB of hostile text for every pattern of marks and search, and for what they do with a text.

    Guards against anything that is super-linear: a text of 1 MB takes four times as long as one of 250 kB, and sixteen
    times where the work is quadratic. What takes seconds is compared at a smaller size.
    """
    found = []
    for name, grown in measured():
        progress(f"{grown}  {name}")
        if name in WORKS:
            yield Row(f"hostile text, {name}", grown.ratio, "", limit=LINEAR, note=str(grown))
        else:
            found.append((grown, name))
    found.sort()
    over = sum(grown.ratio > LINEAR for grown, _ in found)
    for grown, name in found[-max(3, over) :]:
        yield Row(f"hostile text, {name}", grown.ratio, "", limit=LINEAR, note=str(grown))
    yield Row("hostile text, patterns that grow too fast", float(over), "", limit=0, note=f"of {len(found)}")


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"hostile": measure_hostile}


def main() -> int:
    """Print a line for each as it is measured; 1 where one grows too fast."""
    over = 0
    for name, grown in measured(" ".join(sys.argv[1:])):
        over += grown.ratio > LINEAR
        print(f"{'OVER' if grown.ratio > LINEAR else '    '} {grown}  {name}", flush=True)
    return int(over > 0)


if __name__ == "__main__":
    raise SystemExit(main())
