"""What a search prints, and what it leaves of a thread."""

from __future__ import annotations

import io
import json
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from rumor_tui import cli
from rumor_tui.cli import search
from rumor_tui.joined import Part, join_threads
from rumor_tui.model import Article, Draft, Stub, Thread, ThreadBuilder
from rumor_tui.search.query.query import QueryError


def make_thread() -> Thread:
    builder = ThreadBuilder(Article("Six hundred\x1b[31m cars?", pieces=["A piece about units."]))
    for author, parent, body in (
        ("Gabe", None, "One word here,\n\nand units there."),
        ("Ann\x07", 0, "units " + "and more of the same words " * 8 + "units again"),
        (None, 1, "units"),
        ("Gabe", 0, "nothing of the kind"),
        ("Ben", None, ""),
    ):
        builder.add(Draft(body, author, parent))
    return builder.build("plain", stubs=[Stub(3, 2), Stub(1, 4), Stub(-1, 1)])


def printed(line: str, *, bold: bool = False) -> list[str]:
    out = io.StringIO()
    search.write_hits(search.iter_hits(search.find_matches(make_thread(), search.check_query(line))), out, bold=bold)
    return out.getvalue().splitlines()


def test_a_line_for_each_place() -> None:
    assert printed("units") == [
        "article · A piece about units.",
        "Gabe · #1 · One word here, and units there.",
        "Ann␇ · #2 · units and more of the same words and more of the same words and …",
        "Ann␇ · #2 · … same words and more of the same words units again",
        "(unsigned) · #3 · units",
    ]


def test_a_comment_of_several_discussions_has_its_site() -> None:
    gabe, other = ThreadBuilder(Article("A post")), ThreadBuilder(Article("Another"))
    gabe.add(Draft("600 units", "Gabe"))
    other.add(Draft("414 units", "Gabe"))
    parts = [Part("Hacker News", gabe.build("plain")), Part("Reddit", other.build("plain"), "r/cars")]
    thread = join_threads(Article("Cars"), parts)
    hits = list(search.iter_hits(search.find_matches(thread, search.check_query("units"))))
    out = io.StringIO()
    search.write_hits(iter(hits), out, bold=False)
    assert out.getvalue().splitlines() == [
        "Gabe · Hacker News · #2 · 600 units",
        "Gabe · Reddit r/cars · #4 · 414 units",
    ]
    out = io.StringIO()
    search.write_hits_json(iter(hits), out)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(hit["author"], hit["site"]) for hit in told] == [("Gabe", "Hacker News"), ("Gabe", "Reddit r/cars")]


def test_matches_are_bold_on_a_terminal() -> None:
    assert printed("word by:gabe or by:ben", bold=True) == [
        "Gabe · #1 · One \x1b[1mword\x1b[22m here, and units there.",
        "\x1b[1mBen\x1b[22m · #5",
    ]


def test_facts_show_where_a_comment_begins() -> None:
    assert printed("by:gabe is:leaf") == ["Gabe · #4 · nothing of the kind"]


def test_nothing_that_steers_a_terminal_is_printed() -> None:
    assert printed("in:article")[0].startswith("article · Six")
    assert not any("\x1b" in line or "\x07" in line for line in printed("in:article or in:comments"))


def test_json_is_an_object_a_line() -> None:
    out = io.StringIO()
    search.write_hits_json(
        search.iter_hits(
            search.find_matches(make_thread(), search.check_query("units by:gabe or by:ben or in:article"))
        ),
        out,
    )
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(one["index"], one["author"], one["matches"]) for one in told] == [
        (None, None, ["Six"]),
        (None, None, ["A"]),
        (0, "Gabe", ["units"]),
        (4, "Ben", ["Ben"]),
    ]


@pytest.mark.parametrize("line", ["", " ", "by:", "/(/", "is:x"])
def test_a_wrong_query_is_told_before_anything_is_read(line: str) -> None:
    with pytest.raises(QueryError):
        search.check_query(line)


def test_the_rest_of_a_thread_keeps_its_shape() -> None:
    thread = make_thread()
    left = search.filter_thread(
        thread, search.match_rows(thread, search.find_matches(thread, search.check_query("units -by:gabe")))
    )
    assert list(left.parent) == [-1, 0, 1]
    assert list(left.authors) == ["Gabe", "Ann\x07", None]
    assert list(left.stubs) == [Stub(1, 4), Stub(-1, 1)]
    assert left.article is thread.article
    none = search.filter_thread(
        thread, search.match_rows(thread, search.find_matches(thread, search.check_query("absent")))
    )
    assert (none.parent, len(none)) == (array("i"), 0)


PAGE = "# Cars\n\nText.\n\n## 2 comments\n\n- **ann** · #1\n\n  six hundred units\n\n  - **ben** · #2\n\n    none\n"


@pytest.fixture
def page(tmp_path: object) -> str:
    file = f"{tmp_path}/page.md"
    with open(file, "w", encoding="utf-8") as out:  # noqa: PTH123
        out.write(PAGE)
    return file


@pytest.mark.parametrize(
    ("words", "code", "out"),
    [
        (["six", "hundred"], 0, "ann · #1 · six hundred units\n"),
        (["-by:ann", "in:comments"], 0, "ben · #2 · none\n"),
        (["absent"], 1, ""),
        (["by:"], 2, ""),
        (["--wrong", "x"], 2, ""),
        ([], 2, ""),
        (["six", "--json"], 0, '{"index": 0, "author": "ann", "text": "six hundred units", "matches": ["six"]}\n'),
    ],
)
def test_the_command(words: list[str], code: int, out: str, page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", page, *words]) == code
    told = capsys.readouterr()
    assert told.out == out
    assert bool(told.err) == (code == 2)


def test_a_source_that_is_not_there_is_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", "/absent/page", "x"]) == 1
    assert capsys.readouterr().err


@pytest.mark.parametrize(("query", "code", "held"), [("by:ben", 0, True), ("by:ann", 0, False), ("is:", 2, False)])
def test_an_export_of_what_matches(
    query: str, code: int, held: bool, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["export", page, "--to", "markdown", "--search", query]) == code
    out = capsys.readouterr().out
    assert ("**ann**" in out) == (code == 0)
    assert ("**ben**" in out) == held


class Counted(tuple[int, int]):
    """A place that counts how often it is looked at."""

    __slots__ = ()
    looks: ClassVar[int] = 0

    def __iter__(self) -> Iterator[int]:
        Counted.looks += 1
        return super().__iter__()

    def __getitem__(self, at: Any) -> Any:
        Counted.looks += 1
        return super().__getitem__(at)


def test_the_places_of_a_long_text_are_not_looked_at_again_and_again() -> None:
    count, step = 400, 100
    text = "units".ljust(step) * count
    Counted.looks = 0
    found = list(
        search._hits_in_text(text, 0, [Counted((at, at + 5)) for at in range(0, count * step, step)], 0, "ann")
    )
    assert len(found) == count
    assert found[-1].snippet == "… units"
    assert Counted.looks < 20 * count


TALK = """# Cars

Text.

## 5 comments

- **ann** · #1

  one

- **ben** · #2

  two

- **ann** · #3

  three

- **cy** · #4

  @ann: that is not what four of them have said, I think

- **dan** · #5

  five
"""


def replies(query: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Whom the comments answer, in an export of what is found: author and text of the one, text of the other."""
    file = tmp_path / "talk.md"
    file.write_text(TALK, encoding="utf-8")
    assert cli.main(["export", str(file), "--to", "json", *query]) == 0
    comments = json.loads(capsys.readouterr().out)["comments"]
    return {one["author"]: comments[one["reply_to"]["index"]]["text"] for one in comments if "reply_to" in one}


def test_whom_a_comment_answers_is_found_in_the_whole_thread(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replies([], tmp_path, capsys) == {"cy": "three"}
    assert replies(["--search", "-two in:comments"], tmp_path, capsys) == {"cy": "three"}
    assert replies(["--search", "-three in:comments"], tmp_path, capsys) == {}
    assert replies(["--search", "three or five"], tmp_path, capsys) == {}


def test_an_export_looks_as_far_into_a_text_as_the_reader_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rumor_tui.search.index.analysis.MAX_TEXT", 2)
    assert replies([], tmp_path, capsys) == {}


@pytest.mark.parametrize(
    ("command", "words"), [("export", "their ancestors"), ("export", "is 0."), ("", "(search and discussions only)")]
)
def test_the_help_tells_what_is_left_and_how_it_ends(
    command: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*command.split(), "--help"]) == 0
    assert words in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "units:600",
            "of 2 texts only the first 9 characters and of the numbers and names not all, since there are too many",
        ),
        ("to:ann", "of 2 texts only the first 9 characters"),
        ("units", ""),
        ("is:leaf", ""),
    ],
)
def test_what_was_not_looked_into_is_told(
    words: str, told: str, page: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rumor_tui.search.index.analysis.MAX_TEXT", 9)
    monkeypatch.setattr("rumor_tui.search.index.mark_index.MAX_MARKS", 0)
    with open(page, "a", encoding="utf-8") as out:  # noqa: PTH123
        out.write("\n- **ann** · #3\n\n  They made 600 units of it.\n")
    said = f"rumor-tui: Not everything was looked into: {told}.\n" if told else ""
    cli.main(["search", page, words])
    assert capsys.readouterr().err == said
    cli.main(["export", page, "--to", "text", "--search", f"{words} or in:comments"])
    assert capsys.readouterr().err == said


def test_of_a_small_page_everything_is_looked_into(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", page, "units:600"]) == 0
    assert capsys.readouterr().err == ""


def test_what_is_exported_with_replies_and_a_query_is_indexed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from rumor_tui.search.index.texts import TextIndex

    built: list[int] = []
    one, many = TextIndex._append, TextIndex._append_comments

    def append(self: TextIndex, item: int, known: int) -> None:
        built.append(item)
        one(self, item, known)

    def append_comments(self: TextIndex, start: int, count: int) -> None:
        first = self.first_comment + start
        built.extend(range(first, min(first + count, self.size)))
        many(self, start, count)

    query, told = search.check_query("units -has:quote"), list[str]()
    monkeypatch.setattr(TextIndex, "_append", append)
    monkeypatch.setattr(TextIndex, "_append_comments", append_comments)
    thread, replies = search.matching_thread(make_thread(), query, told.append, replies=True)
    assert sorted(built) == list(range(2 + len(make_thread())))
    assert (len(thread), told) == (3, [])
    assert all(row < len(thread) and reply.index < len(thread) for row, reply in replies.items())
