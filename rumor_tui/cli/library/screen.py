"""`rumor-tui library`: the threads of the library on the screen, or as lines where there is none."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Final

from rumor_tui.cli.console import on_screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rumor_tui.library.keeper import Keeper
    from rumor_tui.library_types import LibraryEntry
    from rumor_tui.loading import Services
    from rumor_tui.settings import Settings

USAGE: Final = "rumor-tui library [--theme NAME] [--config FILE]"

ABOUT: Final = """\
Show the library: every thread that was read or added, with what is unread and
new in it. From there threads open, are sorted, tagged, followed, loaded anew
and deleted; w shows what is new, s searches everything."""

MORE: Final = """\
Without SOURCE, rumor-tui shows the library as well, once there is something in
it. In a pipe its threads are printed as rumor-tui list does.

The keys and what is kept: rumor-tui help library. Exit codes: 0 success, 1 the
library cannot be read."""


def add_arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--theme", metavar="NAME", help="the colour theme for this run")
    parser.add_argument("--config", metavar="FILE", help="read the settings from FILE")


def run(given: Namespace) -> int:
    """Show it."""
    from dataclasses import replace

    from rumor_tui.cli.library.opening import open_library
    from rumor_tui.cli.library.services import interface_services
    from rumor_tui.readers import read_path
    from rumor_tui.settings import load_settings

    settings = load_settings(given.config)
    if given.theme is not None:
        settings = replace(settings, theme=given.theme)
    if not on_screen():
        return _print_list()
    with open_library() as library:
        services = interface_services(settings, library, lambda sources: read_path(sources[0]))
        code = show_library(settings, library, services, empty=True)
        assert code is not None
        return code


def _print_list() -> int:
    from rumor_tui.cli.arguments import parse_arguments
    from rumor_tui.cli.library import load_command

    given = parse_arguments(["list"]).given
    assert given is not None
    return load_command("list").run(given)


def show_library(settings: Settings, library: Keeper, services: Services, *, empty: bool = False) -> int | None:
    """Show the library on the screen; the answer is the exit code, or None where there is nothing in it to show.

    With `empty`, one that is empty is shown too. It is read while the interface is being imported.
    """
    from threading import Thread

    from rumor_tui.library_types import LibraryError

    found: list[Sequence[LibraryEntry] | LibraryError] = []

    def read() -> None:
        try:
            found.append(library.entries())
        except LibraryError as error:
            found.append(error)

    early = Thread(target=read, name="reading the library", daemon=True)
    early.start()
    from rumor_tui.terminal import terminal_streams
    from rumor_tui.ui.app import run_app
    from rumor_tui.ui.screens import library_views  # noqa: F401 - so that it is loaded at the same time

    def entries() -> Sequence[LibraryEntry]:
        early.join()
        answer = found[0]
        if isinstance(answer, LibraryError):
            raise answer
        return answer

    if not empty:
        early.join()
        if not found or isinstance(found[0], LibraryError) or not found[0]:
            return None
    with terminal_streams():
        return run_app(None, settings, services, view="library", entries=entries)
