"""The settings, read from one TOML file.

The file is `$XDG_CONFIG_HOME/rumor-tui/config.toml`, or `~/.config/rumor-tui/config.toml`. It is optional; nothing
here creates it or its folder. An unknown key or value is an error rather than ignored, because nobody would notice a
setting without effect.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from rumor_tui.model import Order

if TYPE_CHECKING:
    from pathlib import Path

Dates = Literal["relative", "absolute"]
"""Whether a date is shown as an age ("3 hours ago") or as a date."""


Linked = Literal["always", "ask", "never"]
"""Whether what a thread only points to (the page that its post links to, the comments that its page embeds) is loaded
with a thread from the web, only on a key, or not at all."""

Discussions = Literal["always", "ask"]
"""Whether it is looked for where else a page is discussed as soon as one is opened, or only on a key."""


class SettingsError(Exception):
    """An invalid setting. The text is a sentence for the user: where, which, and what is allowed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, with their defaults.

    `theme` is a name, or empty if the terminal decides. `indent` is in cells per level of the tree, `split` the
    article's share of the width in percent. `order` is the order of the comments, used if the source supports it.
    `linked` and `discussions` say what of the web is asked for besides what was opened.
    With `lit`, numbers and names are highlighted while reading, not only while searching. Without `library` nothing of
    what is read is remembered; `library_limit` is the size in MB above which the library drops the bytes of pages that
    it kept beside their texts, 0 for no limit. `keys` maps the id of a
    binding to its keys, separated by commas (`{"fold-toggle": "space,enter"}`). `file` is the file that was read,
    for messages; empty if there was none.
    """

    theme: str = ""
    indent: int = 2
    split: int = 50
    dates: Dates = "relative"
    order: Order = "page"
    linked: Linked = "always"
    discussions: Discussions = "ask"
    lit: bool = False
    library: bool = True
    library_limit: int = 2_000
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    file: str = ""


class _Rule(NamedTuple):
    """A check of one key of the file: whether a value is valid, and a description of valid values."""

    fits: Callable[[object], bool]
    allowed: str


def _whole(low: int, high: int) -> _Rule:
    # In Python a TOML boolean is also an int, which is not what its author meant.
    return _Rule(
        lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high,
        f"a whole number from {low} to {high}",
    )


def _one_of(*names: str) -> _Rule:
    *most, last = (f'"{name}"' for name in names)
    return _Rule(lambda value: value in names, f"{', '.join(most)} or {last}")


def _is_keymap(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_keys, value.values()))


def _is_keys(value: object) -> bool:
    return isinstance(value, str) and all(key.strip() for key in value.split(","))


_RULES: Mapping[str, _Rule] = MappingProxyType(
    {
        "theme": _Rule(lambda value: isinstance(value, str), "the name of a theme, in quotes"),
        "indent": _whole(1, 8),
        "split": _whole(20, 80),
        "dates": _one_of(*get_args(Dates)),
        "order": _one_of(*get_args(Order)),
        "linked": _one_of(*get_args(Linked)),
        "discussions": _one_of(*get_args(Discussions)),
        "lit": _Rule(lambda value: isinstance(value, bool), "true or false"),
        "library": _Rule(lambda value: isinstance(value, bool), "true or false"),
        "library_limit": _whole(0, 10_000_000),
        "keys": _Rule(_is_keymap, 'a table of keys, such as fold-toggle = "space,enter"'),
    }
)


def default_path() -> Path | None:
    """The default path of the file; None if this user has no home folder."""
    return _user_folder("XDG_CONFIG_HOME", ".config", "config.toml")


def state_path(name: str) -> Path | None:
    """The path of `name` in the folder for logs (`$XDG_STATE_HOME/rumor-tui`), which may not exist."""
    return _user_folder("XDG_STATE_HOME", ".local/state", name)


def cache_path(name: str) -> Path | None:
    """The path of `name` in the cache folder (`$XDG_CACHE_HOME/rumor-tui`), which may not exist."""
    return _user_folder("XDG_CACHE_HOME", ".cache", name)


def _user_folder(variable: str, fallback: str, name: str) -> Path | None:
    from pathlib import Path

    # The XDG base directory specification demands that relative paths in these variables are ignored.
    base = Path(os.environ.get(variable, ""))
    if base.is_absolute():
        return base / "rumor-tui" / name
    try:
        return Path.home() / fallback / "rumor-tui" / name
    except RuntimeError:
        return None


def load_settings(path: str | None = None) -> Settings:
    """Read the settings from `path`, which must exist, or from the default path, which need not.

    Raises SettingsError for an unreadable file, an unknown key or an invalid value.
    """
    from pathlib import Path

    file = Path(path) if path is not None else default_path()
    if file is None or (path is None and not _exists(file)):
        return Settings()
    return _settings(_read(file), str(file))


def _exists(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:
        return True  # it exists but is not accessible: reading it says why


def _read(file: Path) -> Mapping[str, object]:
    import tomllib

    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"The settings in {file} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:  # both broken TOML and bytes that are not UTF-8
        raise SettingsError(f"The settings in {file} are not valid TOML: {error}.") from error


def _settings(values: Mapping[str, object], file: str) -> Settings:
    for key, value in values.items():
        if key not in _RULES:
            raise SettingsError(f'"{key}" in {file} is not a setting; there are {", ".join(_RULES)}.')
        if not _RULES[key].fits(value):
            raise invalid_setting(file, key, _RULES[key].allowed)
    known: dict[str, object] = dict(values)
    known["keys"] = MappingProxyType(dict(_table(values.get("keys"))))
    return replace(Settings(file=file), **known)  # type: ignore[arg-type]


def _table(value: object) -> Mapping[str, str]:
    return value if isinstance(value, dict) else {}


def invalid_setting(file: str, key: str, allowed: str) -> SettingsError:
    """The error for an invalid value; `allowed` ends the sentence ("a number from 1 to 8").

    An empty `file` stands for the command line.
    """
    place = f"in {file}" if file else "on the command line"
    return SettingsError(f'"{key}" {place} must be {allowed}.')
