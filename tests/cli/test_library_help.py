"""The help of the commands of the library: whole, narrow enough, and there whatever else is missing."""

from __future__ import annotations

import pytest

from rumor_tui import cli
from rumor_tui.cli.library import COMMANDS, WITH_LIBRARY, load_command
from rumor_tui.docs import TOPICS

CALLS = {name: [name] for name in COMMANDS} | {f"{name} --library": [name, "--library"] for name in WITH_LIBRARY}


@pytest.mark.parametrize("call", CALLS)
def test_each_command_has_a_help_of_80_columns_with_its_exit_codes(
    call: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*CALLS[call], "--help"]) == 0
    shown = capsys.readouterr().out
    command = load_command(CALLS[call][0])
    assert shown.startswith(f"usage: {command.USAGE}\n")
    assert command.ABOUT in shown
    assert command.MORE in shown
    assert "Exit codes: 0" in " ".join(shown.split())
    assert [line for line in shown.splitlines() if len(line) > 80] == []


def test_the_help_of_the_program_names_each_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    listed = capsys.readouterr().out.partition("commands of the library")[2].partition("A file of the name")[0]
    assert [call for call in CALLS if call not in listed] == []


@pytest.mark.parametrize("call", CALLS)
def test_topics_that_a_help_names_exist(call: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*CALLS[call], "-h"]) == 0
    words = capsys.readouterr().out.replace(",", " ").replace(")", " ").replace(".", " ").split()
    named = {words[at + 2] for at in range(len(words) - 2) if words[at : at + 2] == ["rumor-tui", "help"]}
    assert named <= set(TOPICS)
