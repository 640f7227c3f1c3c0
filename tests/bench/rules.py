"""What each rule of the readers is worth: `python -m tests.bench.rules [--only TEXT] [--every N] [--jobs N] [--all]`.

A rule is a function of the readers of HTML, of text dumps and of dates that answers yes or no, a pattern, or a set of
words or tags at the top of a module. It is switched off by giving always its most usual answer (a pattern never
matches, a set is empty). The bench switches the rules off one at a time over the corpus, WCXB, the reports and the
made pages, and prints for each how many pages it decides on, how many of them are better and worse with it, and what
it is worth: the sum of the pages' scores with it, less the sum without it. A page's score is from 0 to 1: the F1 of
whole comments, that of words, or whether nothing is wrong; an article page that is lost or gets invented comments
has 0. The kind of page that needs the rule is the first sentence of its docstring.

What is worth nothing can go; what is worth one page is a rule for that page. The rules that decide nothing anywhere
are listed last (with `--all`, those that change no score, too).
"""

from __future__ import annotations

import argparse
import ast
import gzip
import inspect
import json
import multiprocessing
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial, wraps
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.bench.page_scores import SHARED, load_scorer, run_here

PACKAGES = ("readers.html", "readers.text_dump", "readers.dates", "readers.vocabulary", "readers.markdown_discussion")
CHANGED = 0.005
"""The difference of a page's score from which it counts as better or worse."""

Score = Callable[[], float]


@dataclass(frozen=True)
class Material:
    """One page: what it belongs to, its name, and the function that reads and scores it."""

    kind: str
    name: str
    score: Score


@dataclass
class Rule:
    """One rule: where it stands, what it is, and the kind of page that needs it."""

    module: str
    name: str
    value: Any
    note: str
    answers: Counter[bool] = field(default_factory=Counter)
    decides: dict[bool, set[int]] = field(default_factory=lambda: {True: set(), False: set()})

    @property
    def label(self) -> str:
        """The rule's name with its module's."""
        return f"{self.module.removeprefix('rumor_tui.readers.')}.{self.name}"

    @property
    def usual(self) -> bool:
        """The answer that it gives most often."""
        return self.answers[True] > self.answers[False]

    @property
    def pages(self) -> list[int]:
        """The pages on which it gives the other answer; all of them for a set, whose use cannot be seen."""
        return sorted(self.decides[not self.usual])

    def off(self) -> Any:
        """What stands in the rule's place when it is switched off."""
        if isinstance(self.value, frozenset):
            return frozenset()
        if isinstance(self.value, re.Pattern):
            return re.compile(r"(?!)")
        usual = self.usual
        return lambda *_args, **_kwargs: usual


# The rules


def find_rules(packages: Sequence[str] = PACKAGES) -> list[Rule]:
    """The rules of some packages of `rumor_tui`, in the order of their modules."""
    return [rule for name in packages for module in _modules(f"rumor_tui.{name}") for rule in _rules_of(module)]


def _modules(name: str) -> Iterator[ModuleType]:
    module = import_module(name)
    yield module
    for found in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{name}."):
        yield import_module(found.name)


def _rules_of(module: ModuleType) -> Iterator[Rule]:
    notes = _notes(module)
    for name, value in vars(module).items():
        if name in notes and _is_rule(value):
            yield Rule(module.__name__, name, value, notes[name])


def _is_rule(value: Any) -> bool:
    if isinstance(value, (frozenset, re.Pattern)):
        return True
    plain = inspect.unwrap(value) if callable(value) else None
    return inspect.isfunction(plain) and plain.__annotations__.get("return") == "bool"


def _notes(module: ModuleType) -> dict[str, str]:
    """The first sentence of the docstring of each name that a module defines at its top; empty where it has none."""
    body = ast.parse(inspect.getsource(module)).body
    notes = {}
    for node, after in zip(body, [*body[1:], ast.Pass()], strict=True):
        if isinstance(node, ast.FunctionDef):
            notes[node.name] = _first_sentence(ast.get_docstring(node) or "")
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            is_text = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            text = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
            for target in targets:
                if isinstance(target, ast.Name):
                    notes[target.id] = _first_sentence(str(text)) if is_text else ""
    return notes


def _first_sentence(text: str) -> str:
    return " ".join(text.split(". ", 1)[0].split())


class _Watched:
    """A pattern that records whether it matches."""

    def __init__(self, pattern: re.Pattern[str], record: Callable[[bool], None]) -> None:
        self._pattern, self._record = pattern, record
        self.pattern, self.flags = pattern.pattern, pattern.flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._pattern, name)
        return partial(self._call, method) if callable(method) else method

    def _call(self, method: Callable[..., Any], text: str, *rest: Any, **named: Any) -> Any:
        if method.__name__ in ("sub", "subn", "split"):
            self._record(self._pattern.search(rest[0] if method.__name__ != "split" else text) is not None)
            return method(text, *rest, **named)
        result = method(text, *rest, **named)
        if method.__name__ == "finditer":
            result = list(result)
            self._record(bool(result))
            return iter(result)
        self._record(bool(result))
        return result


def _watched(rule: Rule, here: Callable[[], int]) -> Any:
    """What stands in the rule's place while it is seen on which pages it gives which answers."""

    def record(answer: bool) -> None:
        rule.answers[answer] += 1
        rule.decides[answer].add(here())

    value = rule.value
    if isinstance(value, re.Pattern):
        return _Watched(value, record)
    if isinstance(value, frozenset):
        return value

    @wraps(value)
    def answer(*args: Any, **named: Any) -> bool:
        result: bool = value(*args, **named)
        record(bool(result))
        return result

    return answer


class Replaced:
    """Some rules replaced wherever a module of the readers holds them, as long as the `with` block runs."""

    def __init__(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        self._new = {id(old): (old, new) for old, new in pairs}
        self._back: list[tuple[ModuleType, str, Any]] = []

    def __enter__(self) -> None:
        for module in _loaded():
            for name, value in list(vars(module).items()):
                if id(value) in self._new and value is self._new[id(value)][0]:
                    self._back.append((module, name, value))
                    setattr(module, name, self._new[id(value)][1])
        _forget()

    def __exit__(self, *_: object) -> None:
        for module, name, value in self._back:
            setattr(module, name, value)
        _forget()


def _loaded() -> list[ModuleType]:
    return [module for name, module in list(sys.modules.items()) if name.startswith("rumor_tui.") and module]


def _forget() -> None:
    """Clear the caches of all functions of the readers."""
    for module in _loaded():
        for value in vars(module).values():
            clear = getattr(value, "cache_clear", None)
            if clear is not None:
                clear()


# The pages


def materials(every: int = 1) -> list[Material]:
    """The pages that are here; of WCXB's articles only each `every`th."""
    found: list[Material] = []
    if SHARED.is_dir():
        found += [*_corpus("html"), *_corpus("text"), *_wcxb(every), *_reports()]
    return found + list(_made())


def _export(path: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(run_here(["rumor-tui", "export", path, "--to", "json"]).stdout or b"{}")
    return result


def _corpus(kind: str) -> Iterator[Material]:
    module: Any = load_scorer("score_corpus")
    for truth_file in sorted((SHARED / "corpus" / kind).glob("*.truth.json")):
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        stem = truth_file.name.removesuffix(".truth.json")
        file = truth_file.with_name(f"{stem}.{'html' if kind == 'html' else 'txt'}")
        if file.is_file():
            yield Material(kind, stem, partial(_whole, module, truth, str(file)))


def _whole(module: Any, truth: dict[str, Any], path: str) -> float:
    result: float = module.f1(module.score(truth, {"comments": [], **_export(path)}))
    return result


def _wcxb(every: int) -> Iterator[Material]:
    module: Any = load_scorer("score_wcxb")
    module.export = lambda page, _command: _export_packed(page)
    lines = Path(__file__).with_name("wcxb_comments.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line[:4].isdigit())
    bare = {row[0] for row in rows if row[1] == "0"}
    count = 0
    for page in sorted((SHARED / "wcxb" / "html").glob("*.html.gz")):
        truth = json.loads((SHARED / "wcxb" / "ground-truth" / f"{page.name[:4]}.json").read_text(encoding="utf-8"))
        kind = module.kind_of(truth)
        count += kind == "article"
        if kind == "forum" or count % every == 0:
            yield Material(kind, page.name[:4], partial(_words, module, page, truth, page.name[:4] in bare))


def _export_packed(page: Path) -> dict[str, Any]:
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".html") as file:
        file.write(gzip.decompress(page.read_bytes()))
        file.flush()
        return _export(file.name)


def _words(module: Any, page: Path, truth: dict[str, Any], bare: bool) -> float:
    row = module.one(page, truth, "")
    return 0.0 if row["lost"] or (bare and row["comments"]) else float(row["f1"])


def _reports() -> Iterator[Material]:
    module: Any = load_scorer("score_reports")
    for truth_file in sorted((SHARED / "reports").glob("*.truth.json")):
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        file = truth_file.with_name(truth_file.name.removesuffix(".truth.json"))
        yield Material("report", file.name, partial(_holds, module, file, truth))


def _holds(module: Any, file: Path, truth: dict[str, Any]) -> float:
    return float(not module.judge(file, truth, "rumor-tui export {} --to json"))


def _made() -> Iterator[Material]:
    from tests.readers.html.discussion import made_pages

    for name in made_pages.NAMES:
        yield Material("made", name, partial(_faultless, name))


def _faultless(name: str) -> float:
    from rumor_tui.readers.html.discussion.platforms import PLATFORMS
    from tests.readers.html.discussion import made_pages

    return float(not made_pages.faults(name, PLATFORMS))


# The ledger


@dataclass(frozen=True)
class Worth:
    """What a rule is worth by kind of page, and on how many pages it makes the score better and worse."""

    rule: Rule
    by_kind: dict[str, float]
    better: tuple[str, ...]
    worse: tuple[str, ...]

    @property
    def total(self) -> float:
        """The sum over all kinds."""
        return sum(self.by_kind.values())


def _score(material: Material) -> float:
    try:
        return material.score()
    except Exception:
        return 0.0


def watch(rules: Sequence[Rule], pages: Sequence[Material]) -> list[float]:
    """The score of each page; the rules learn on which pages they decide."""
    at = [0]
    scores = []
    with Replaced([(rule.value, _watched(rule, lambda: at[0])) for rule in rules]):
        for number, page in enumerate(pages):
            at[0] = number
            _forget()
            scores.append(_score(page))
    for rule in rules:
        if isinstance(rule.value, frozenset) and rule.value:
            rule.decides[True] = set(range(len(pages)))
            rule.answers[False] = 1
    return scores


def measure(rule: Rule, pages: Sequence[Material], scores: Sequence[float]) -> Worth:
    """What a rule is worth on the pages on which it decides."""
    by_kind: Counter[str] = Counter()
    better: list[str] = []
    worse: list[str] = []
    with Replaced([(rule.value, rule.off())]):
        for number in rule.pages:
            page = pages[number]
            difference = scores[number] - _score(page)
            by_kind[page.kind] += difference  # type: ignore[assignment]
            if abs(difference) > CHANGED:
                (better if difference > 0 else worse).append(f"{page.kind}:{page.name}")
    return Worth(rule, dict(by_kind), tuple(better), tuple(worse))


_work: tuple[list[Rule], list[Material], list[float]] = ([], [], [])


def _measure_one(number: int) -> tuple[int, dict[str, float], tuple[str, ...], tuple[str, ...]]:
    rules, pages, scores = _work
    worth = measure(rules[number], pages, scores)
    return number, worth.by_kind, worth.better, worth.worse


def main() -> int:
    """Print the ledger."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.rules", description="What each rule is worth.")
    parser.add_argument("--only", default="", help="rules whose module and name contain this, or match it as a regex")
    parser.add_argument("--every", type=int, default=1, help="of WCXB's article pages only each Nth")
    parser.add_argument("--kinds", default="", help="kinds of pages, separated by commas")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--all", action="store_true", help="list the rules that change no score, too")
    parser.add_argument("-v", action="store_true", help="name the pages")
    args = parser.parse_args()
    rules = [rule for rule in find_rules() if re.search(args.only, rule.label)]
    kinds = set(filter(None, args.kinds.split(",")))
    pages = [page for page in materials(args.every) if not kinds or page.kind in kinds]
    scores = watch(rules, pages)
    _work[0][:], _work[1][:], _work[2][:] = rules, pages, scores
    deciding = [number for number, rule in enumerate(rules) if rule.pages]
    print(
        f"{len(rules)} rules, {len(pages)} pages with {sum(scores):.1f} points; {len(deciding)} rules decide",
        flush=True,
    )
    print(f"{'rule':60} {'pages':>5} {'better':>6} {'worse':>5} {'worth':>7}  by kind; the kind of page that needs it")
    still = []
    with multiprocessing.get_context("fork").Pool(args.jobs) as pool:
        for number, by_kind, better, worse in pool.imap(_measure_one, deciding):
            worth = Worth(rules[number], by_kind, better, worse)
            if better or worse or args.all:
                _print_row(worth, args.v)
            if not better and not worse:
                still.append(rules[number].label)
    print(f"\n{len(still)} rules change no page's score: {' '.join(still)}")
    silent = [rule.label for rule in rules if not rule.pages]
    print(f"\n{len(silent)} rules never decide: {' '.join(silent)}")
    return 0


def _print_row(worth: Worth, named: bool) -> None:
    kinds = " ".join(f"{kind} {value:+.2f}" for kind, value in worth.by_kind.items() if abs(value) > CHANGED)
    rule = worth.rule
    print(
        f"{rule.label:60} {len(rule.pages):5} {len(worth.better):6} {len(worth.worse):5} {worth.total:+7.2f}"
        f"  {kinds or '-'}; {rule.note or 'no docstring'}",
        flush=True,
    )
    if named:
        print(f"    better {' '.join(worth.better[:12])}\n    worse {' '.join(worth.worse[:12])}")


if __name__ == "__main__":
    sys.exit(main())
