"""The README is true: its picture, its commands, its keys, its dependencies; the rest is in the manual."""

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


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= 180


def test_the_keys_that_matter_are_keys() -> None:
    from rumor_tui.ui.keys import BINDINGS, pretty

    keys = {key for binding in BINDINGS for key in pretty(binding.keys).split(", ")}
    table = README.partition("<!-- main keys -->\n")[2].partition("\n<!-- /main keys -->")[0]
    rows = [re.findall(r"`([^`]+)`", row.split(" | ")[0]) for row in table.splitlines()[2:]]
    assert len(rows) == 12
    assert [key for row in rows for key in row if key not in keys] == []


def test_the_topics_that_it_names_exist() -> None:
    from rumor_tui.docs import TOPICS

    named = set(re.findall(r"`rumor-tui help ([a-z]+)`", README))
    assert named
    assert named <= set(TOPICS)


def test_every_module_and_folder_of_the_package_has_its_place() -> None:
    package = ROOT / "rumor_tui"
    parts = {path.stem for path in package.glob("*.py")} | {path.parent.name for path in package.glob("*/__init__.py")}
    table = README.partition("| module or folder | responsibility |\n")[2].partition("\n\n")[0]
    named = {name.rstrip("/") for row in table.splitlines() for name in re.findall(r"`([^`]+)`", row.split(" | ")[0])}
    assert sorted(parts - named - {"__init__", "__main__"}) == []


def test_the_benches_that_it_names_exist() -> None:
    named = set(re.findall(r"`tests\.bench\.(\w+)`", README))
    assert "endings" in named
    assert [name for name in named if not (ROOT / "tests" / "bench" / f"{name}.py").is_file()] == []
