"""The README is true: its picture, its commands, its dependencies."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_pictures_exist() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures
    assert [unquote(picture) for picture in pictures if not (ROOT / unquote(picture)).is_file()] == []


def test_every_dependency_is_justified_and_no_other() -> None:
    named = {re.split(r"[\[<>=]", dependency)[0] for dependency in PROJECT["dependencies"]}
    table = README.partition("| dependency | for |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| (\w[\w-]+) \|", table, re.MULTILINE)) == named


def test_the_test_command_is_marked_for_the_script_that_runs_it() -> None:
    command = README.partition("<!-- test -->\n```sh\n")[2].partition("\n```")[0]
    assert "pytest" in command
    assert "\n" not in command


def test_the_markdown_example_is_read_as_it_says() -> None:
    from rumor_tui.readers.hint import Hint
    from tests.reading import read_source

    example = README.partition("```markdown\n")[2].partition("\n```")[0]
    thread = read_source(example.encode(), Hint("example.md"))
    assert (thread.article.title, list(thread.parent)) == ("Six hundred cars?", [-1, 0, -1])
    assert list(thread.authors) == ["ann", "ben", None]


def test_the_settings_example_is_accepted(tmp_path: Path) -> None:
    from rumor_tui.settings import load_settings

    file = tmp_path / "config.toml"
    file.write_text(README.partition("```toml\n")[2].partition("\n```")[0], encoding="utf-8")
    assert load_settings(str(file)).theme == "rumor-light"


def test_the_table_of_the_language_is_the_one_that_is_parsed() -> None:
    from rumor_tui.search.query.unparse import language_table

    found = re.search(r"<!-- language -->\n(.*?)\n<!-- /language -->", README, re.DOTALL)
    assert found is not None
    assert found[1] == language_table()
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 4 for row in found[1].splitlines())
