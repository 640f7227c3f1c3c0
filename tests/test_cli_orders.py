"""Orders of the tree on the command line: in the text form, and in what is exported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rumor_tui import cli, export
from rumor_tui.readers import Hint
from tests.reading import read_source

BODIES = {1: "The first one, about cars.", 2: "A reply to it.", 3: "The second one, about cars.", 4: "A late reply."}
ROWS = [(1, None, 100), (2, 1, 900), (3, None, 200), (4, 3, 500)]
"""Comments by number, what each answers, and when it was written."""


@pytest.fixture
def thread(tmp_path: Path) -> str:
    comments = [
        {"index": number, "parent": parent, "author": f"a{number}", "text": BODIES[number], "score": number}
        | {"published": f"2024-01-01T00:00:{time // 60:02}.{time % 60:02}Z"}
        for number, parent, time in ROWS
    ]
    file = tmp_path / "thread.json"
    data = {"version": 1, "source": "x", "article": {"title": "Cars"}, "comments": comments}
    file.write_text(json.dumps(data), encoding="utf-8")
    return str(file)


def written(thread: str, order: str, to: str, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert cli.main(["export", thread, "--order", order, "--to", to, *more]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def numbers(text: str) -> list[int]:
    """The comments in the order in which their bodies stand."""
    return sorted((number for number in BODIES if BODIES[number] in text), key=lambda n: text.index(BODIES[n]))


ORDERS = [
    ("page", [1, 2, 3, 4]),
    ("newest", [1, 2, 3, 4]),
    ("oldest", [1, 2, 3, 4]),
    ("points", [3, 4, 1, 2]),
    ("replies", [1, 2, 3, 4]),
    ("came", [1, 3, 4, 2]),
]


@pytest.mark.parametrize("to", export.FORMATS)
@pytest.mark.parametrize(("order", "wanted"), ORDERS)
def test_an_export_stands_in_the_order_asked_for(
    order: str, wanted: list[int], to: str, thread: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert numbers(written(thread, order, to, capsys)) == wanted


@pytest.mark.parametrize("to", ["json", "markdown"])
@pytest.mark.parametrize(("order", "_"), ORDERS)
def test_what_was_exported_in_an_order_is_the_same_tree(
    order: str, _: list[int], to: str, thread: str, capsys: pytest.CaptureFixture[str]
) -> None:
    again = read_source(written(thread, order, to, capsys).encode(), Hint("again"))
    answers = {
        again.authors[row]: again.authors[above] if above >= 0 else None for row, above in enumerate(again.parent)
    }
    assert answers == {f"a{number}": f"a{parent}" if parent else None for number, parent, _ in ROWS}


def test_in_the_flat_order_a_reply_says_what_it_answers(thread: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line for line in written(thread, "came", "text", capsys).splitlines() if line.startswith("#")]
    assert [line.split(" · ")[0] for line in lines] == ["#1 a1", "#2 a3", "#3 ↳ #2 a4", "#4 ↳ #1 a2"]
    comments = json.loads(written(thread, "came", "json", capsys))["comments"]
    assert [(one["author"], one["parent"], one["depth"]) for one in comments] == [
        ("a1", None, 0),
        ("a3", None, 0),
        ("a4", 1, 1),
        ("a2", 0, 1),
    ]


def test_what_a_search_leaves_is_ordered(thread: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert numbers(written(thread, "points", "text", capsys, "--search", "cars")) == [3, 1]


def test_the_text_form_for_a_pipe_has_the_order_of_the_command_line_or_the_settings(
    thread: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([thread, "--order", "points"]) == 0
    assert numbers(capsys.readouterr().out) == [3, 4, 1, 2]
    settings = tmp_path / "config.toml"
    settings.write_text('order = "came"', encoding="utf-8")
    assert cli.main([thread, "--config", str(settings)]) == 0
    assert numbers(capsys.readouterr().out) == [1, 3, 4, 2]
    assert cli.main([thread, "--config", str(settings), "--order", "page"]) == 0
    assert numbers(capsys.readouterr().out) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("order", "lacking"),
    [("newest", "no dates"), ("came", "no dates"), ("points", "no points"), ("replies", "replies")],
)
def test_an_order_that_the_source_does_not_support_is_the_pages_and_a_line_says_so(
    order: str, lacking: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "thread.json"
    comments = [{"index": n, "text": BODIES[n]} for n in BODIES]
    file.write_text(json.dumps({"version": 1, "article": {"title": "Cars"}, "comments": comments}), encoding="utf-8")
    assert cli.main(["export", str(file), "--to", "text", "--order", order]) == 0
    shown = capsys.readouterr()
    assert numbers(shown.out) == [1, 2, 3, 4]
    assert lacking in shown.err
    assert shown.err.count("\n") == 1


def test_a_page_without_comments_is_in_every_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "thread.json"
    file.write_text('{"version": 1, "article": {"title": "Cars"}, "comments": []}', encoding="utf-8")
    assert written(str(file), "newest", "text", capsys).startswith("Cars")
