"""The manual is true and complete: its pages, its examples, its tables; and `rumor-tui help` shows them."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from rumor_tui import cli, docs
from rumor_tui.model import Listing, Thread
from tests.pseudo import pseudo
from tests.ui.helpers import WIDE, app_of, open_search, press, read_through, reader, type_in, until, words_of

FOLDER = Path(docs.__file__).parent


def page(topic: str) -> str:
    """The file of a page, with the marks of its tables."""
    return (FOLDER / f"{topic}.md").read_text(encoding="utf-8")


def test_every_page_is_a_topic_and_every_topic_a_page() -> None:
    assert sorted(file.stem for file in FOLDER.glob("*.md")) == sorted(docs.TOPICS)


@pytest.mark.parametrize("topic", docs.TOPICS)
def test_a_page_has_a_title_and_a_text_and_shows_no_marks(topic: str) -> None:
    thread = docs.open_page(topic)
    assert page(topic).startswith(f"# {thread.article.title}\n\n")
    assert len(thread) == 0
    assert thread.article.pieces
    assert "<!--" not in docs.page_text(topic)
    assert thread.article.title in docs.page_text(topic)


@pytest.mark.parametrize("topic", docs.TOPICS)
def test_a_page_names_only_topics_that_exist(topic: str) -> None:
    assert {name for name in re.findall(r"rumor-tui help ([a-z]+)", page(topic)) if name not in docs.TOPICS} == set()


def test_an_unknown_page_is_an_error() -> None:
    with pytest.raises(KeyError):
        docs.read_page("../README")


@pytest.mark.parametrize(
    ("name", "near"),
    [("serch", ["search"]), ("key", ["keys"]), ("SETTING", ["settings"]), ("xyzzy", list(docs.TOPICS))],
)
def test_similar_topics(name: str, near: list[str]) -> None:
    assert docs.similar_topics(name) == near


def test_the_markdown_example_is_read_as_it_says() -> None:
    from rumor_tui.readers.source import Hint
    from tests.reading import read_source

    example = page("markdown").partition("```markdown\n")[2].partition("\n```")[0]
    thread = read_source(example.encode(), Hint("example.md"))
    assert (thread.article.title, list(thread.parent)) == ("Six hundred cars?", [-1, 0, -1])
    assert list(thread.authors) == ["ann", "ben", None]


def test_the_settings_example_is_accepted(tmp_path: Path) -> None:
    from rumor_tui.settings import load_settings

    file = tmp_path / "config.toml"
    file.write_text(page("settings").partition("```toml\n")[2].partition("\n```")[0], encoding="utf-8")
    assert load_settings(str(file)).theme == "rumor-light"


def test_the_table_of_the_language_is_the_one_that_is_parsed() -> None:
    from rumor_tui.search.query.unparse import language_table

    found = re.search(r"<!-- language -->\n(.*?)\n<!-- /language -->", page("search"), re.DOTALL)
    assert found is not None
    assert found[1] == language_table()
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 4 for row in found[1].splitlines())


def test_help_lists_the_topics(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["help"]) == 0
    shown = capsys.readouterr().out
    assert [topic for topic in docs.TOPICS if topic not in shown] == []
    assert max(map(len, shown.splitlines())) <= 80


def test_a_topic_is_printed_as_text_in_a_pipe() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "rumor_tui", "help", "Search"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("Search\n======\n\n")
    assert "units:400..700" in run.stdout


def test_an_unknown_topic_is_one_sentence_with_what_is_near(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["help", "serch"]) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "rumor-tui: The manual has no topic serch. Near it: search.\n")
    assert cli.main(["help", "\x1b[31mxyzzy"]) == 2
    assert "There are: formats, addresses, keys, " in capsys.readouterr().err


@pytest.mark.parametrize(("words", "kind"), [(["help"], Listing), (["help", "keys"], Thread)])
def test_on_a_terminal_the_manual_opens_in_the_reader(
    words: list[str], kind: type[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contextlib import nullcontext

    from rumor_tui import terminal
    from rumor_tui.ui import app

    given: list[object] = []

    def run_app(content: object, *_: object) -> int:
        given.append(content)
        return 5

    monkeypatch.setattr(app, "run_app", run_app)
    monkeypatch.setattr(terminal, "terminal_streams", nullcontext)
    monkeypatch.setattr(cli, "on_screen", lambda: True)
    file = tmp_path / "rumor-tui" / "config.toml"
    file.parent.mkdir()
    file.write_text("no = 'setting'")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert cli.main(words) == 5
    assert [type(content) for content in given] == [kind]


def test_the_list_of_topics_opens_each_of_them() -> None:
    contents = docs.open_contents()
    assert [entry.title for entry in contents.entries] == list(docs.TOPICS)
    threads = [contents.open(at) for at in range(len(contents.entries))]
    assert all(isinstance(thread, Thread) and thread.article.title for thread in threads)


def test_a_topic_is_shown_on_a_terminal() -> None:
    with pseudo(["-m", "rumor_tui", "help", "search"]) as running:
        running.read_until(b"restore the folds")
        running.type(b"q")
        assert running.wait() == 0


async def test_a_topic_can_be_searched() -> None:
    async with app_of(docs.open_page("search")).run_test(size=WIDE) as pilot:
        await read_through(pilot)
        await open_search(pilot)
        await type_in(pilot, "overlap")
        await until(pilot, lambda: "1 match" in words_of(reader(pilot).search_bar.side))
        await press(pilot, "enter")
        assert "overlap the range of the query" in words_of(reader(pilot).panes.article)


def test_the_page_on_storage_names_every_table_and_column_of_the_library(tmp_path: Path) -> None:
    from rumor_tui.library.database import open_for_writing
    from rumor_tui.library.schema import VERSION

    text = page("storage")
    named = set(re.findall(r"`([a-z_]+)`", text))
    with closing(open_for_writing(tmp_path / "library.sqlite3")) as connection:
        tables = connection.execute("PRAGMA table_list").fetchall()
        parts = {name for _, name, kind, *_ in tables if kind == "shadow"}
        own = [name for _, name, *_ in tables if name not in parts and not name.startswith("sqlite_")]
        missing = [table for table in own if f"| `{table}` |" not in text]
        for table in own:
            if table != "vocabulary":  # fts5vocab has columns of its own
                rows = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
                missing += [f"{table}.{column}" for (column,) in rows if column not in named]
    assert missing == []
    assert f"now {VERSION} |" in text


def test_the_page_on_the_library_names_every_command_of_it() -> None:
    from rumor_tui.cli.library import COMMANDS, WITH_LIBRARY

    text = page("library")
    commands = [f"rumor-tui {name}" for name in COMMANDS] + [f"rumor-tui {name} --library" for name in WITH_LIBRARY]
    assert [command for command in commands if f"| `{command}` |" not in text] == []
