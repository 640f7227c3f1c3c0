"""The program itself on a terminal: a document of hostile texts is walked through, copied, kept and exported.

`python -m tests.bench.hostile_texts` does this with all texts, documents, file names and settings, and in tmux.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.hostile.oracle import violations
from tests.hostile.pages import HOSTILE_PAGES
from tests.hostile.terminals import HOSTILE_NAMES, borders_wrong, in_tmux, run, screen_of, walk, write_named, write_page
from tests.hostile.texts import HOSTILE_TEXTS

TEXTS: Final = [text for _, text in HOSTILE_TEXTS][::25]
KEYS: Final = (*"j\x06Gyk1", "\x1b", *"me", "note\r", "=", "\x1b", "/600\r", "\x1b", "\t", "g", "g")


def test_a_walk_through_all_that_a_document_shows(tmp_path: Path) -> None:
    path = write_page(tmp_path, HOSTILE_PAGES[0], TEXTS)
    output, code = walk([str(path)], tmp_path / "home", KEYS)
    assert code == 0
    assert violations(output, copies=True) == []
    assert borders_wrong(screen_of(output)) == []
    printed, code = run(["list"], tmp_path / "home")
    assert (code, violations(printed)) == (0, [])


@pytest.mark.parametrize("form", ["json", "text"])
def test_an_export_to_a_terminal_is_neutral(form: str, tmp_path: Path) -> None:
    (name, *_) = write_named(tmp_path, TEXTS)
    printed, code = run(["export", name, "--to", form], tmp_path / "home")
    assert (code, violations(printed)) == (0, [])
    printed, code = run(["export", f"/nowhere/{HOSTILE_NAMES[0]}", "--to", form], tmp_path / "home")
    assert (code, violations(printed)) == (1, [])


@pytest.mark.slow
def test_nothing_of_tmux_is_changed(tmp_path: Path) -> None:
    path = write_page(tmp_path, HOSTILE_PAGES[0], TEXTS)
    assert in_tmux([str(path)], tmp_path / "home", ["j", "G", "k"]) == []
