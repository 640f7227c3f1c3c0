from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import settings
from rumor_tui.settings import Settings, SettingsError, default_path, invalid_setting, load_settings, state_path


def written(folder: Path, text: str) -> str:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_without_a_file_everything_is_as_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert load_settings() == Settings(theme="", indent=2, split=50, dates="relative", lit=False, keys={}, file="")
    assert list(tmp_path.iterdir()) == []


def test_every_key_is_read(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        'theme = "nord"\nindent = 4\nsplit = 35\ndates = "absolute"\norder = "newest"\nlit = true\n'
        "library_limit = 500\n"
        '[keys]\nfold-toggle = "space,enter"\n',
    )
    assert load_settings(file) == Settings(
        theme="nord",
        indent=4,
        split=35,
        dates="absolute",
        order="newest",
        lit=True,
        library_limit=500,
        keys={"fold-toggle": "space,enter"},
        file=file,
    )


def test_the_usual_place_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "rumor-tui").mkdir()
    written(tmp_path / "rumor-tui", "indent = 3")
    assert load_settings().indent == 3


def test_settings_cannot_be_changed(tmp_path: Path) -> None:
    read = load_settings(written(tmp_path, '[keys]\nhelp = "f1"'))
    with pytest.raises(FrozenInstanceError):
        read.indent = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        read.keys["help"] = "f2"  # type: ignore[index]


@pytest.mark.parametrize(
    ("line", "allowed"),
    [
        ("indent = 0", "a whole number from 1 to 8"),
        ("indent = 9", "a whole number from 1 to 8"),
        ("indent = true", "a whole number from 1 to 8"),
        ("indent = 2.0", "a whole number from 1 to 8"),
        ('indent = "2"', "a whole number from 1 to 8"),
        ("split = 19", "a whole number from 20 to 80"),
        ("split = 81", "a whole number from 20 to 80"),
        ('dates = "old"', '"relative" or "absolute"'),
        ('order = "new"', '"page", "newest", "oldest", "points", "replies" or "came"'),
        ("order = 1", '"page", "newest", "oldest", "points", "replies" or "came"'),
        ("dates = []", '"relative" or "absolute"'),
        ("lit = 1", "true or false"),
        ("library_limit = -1", "a whole number from 0 to 10000000"),
        ('library_limit = "2 GB"', "a whole number from 0 to 10000000"),
        ("theme = 3", "the name of a theme, in quotes"),
        ('keys = "q"', 'a table of keys, such as fold-toggle = "space,enter"'),
        ("keys = { quit = 3 }", 'a table of keys, such as fold-toggle = "space,enter"'),
        ('keys = { quit = "q,,x" }', 'a table of keys, such as fold-toggle = "space,enter"'),
    ],
)
def test_a_bad_value_is_refused_with_the_file_the_key_and_what_is_allowed(
    tmp_path: Path, line: str, allowed: str
) -> None:
    file = written(tmp_path, line)
    with pytest.raises(SettingsError) as raised:
        load_settings(file)
    assert str(raised.value) == f'"{line.split(maxsplit=1)[0]}" in {file} must be {allowed}.'


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, "colour = 3")
    with pytest.raises(SettingsError) as raised:
        load_settings(file)
    assert str(raised.value) == (
        f'"colour" in {file} is not a setting; '
        "there are theme, indent, split, dates, order, linked, discussions, lit, library, library_limit, keys."
    )


@pytest.mark.parametrize("content", [b"indent = ", b"\xff\xfe", b"indent = 2\nindent = 3"])
def test_what_is_no_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsError, match="are not valid TOML"):
        load_settings(str(file))


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, "\ufeffindent = 5")).indent == 5


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_file_that_was_named_must_be_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(str(tmp_path / name))


@given(st.dictionaries(st.sampled_from(["indent", "split", "lit"]), st.integers(-5, 100) | st.booleans()))
def test_whatever_is_read_is_within_its_bounds(values: dict[str, int | bool]) -> None:
    try:
        read = settings._settings(values, "file")
    except SettingsError:
        return
    assert 1 <= read.indent <= 8
    assert 20 <= read.split <= 80
    assert isinstance(read.lit, bool)


@pytest.mark.parametrize("base", ["", "relative/folder"])
def test_a_base_folder_that_is_not_absolute_is_passed_over(monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    monkeypatch.setenv("XDG_CONFIG_HOME", base)
    monkeypatch.setenv("XDG_STATE_HOME", base)
    assert default_path() == Path("/home/reader/.config/rumor-tui/config.toml")
    assert state_path("crash.log") == Path("/home/reader/.local/state/rumor-tui/crash.log")


def test_a_refusal_of_the_command_line_says_so() -> None:
    assert (
        str(invalid_setting("", "theme", "nord or dracula")) == '"theme" on the command line must be nord or dracula.'
    )
