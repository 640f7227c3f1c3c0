"""The program itself, under a pseudo-terminal and in tmux, with hostile documents, file names, settings and folders."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.hostile.oracle import violations
from tests.hostile.pages import HOSTILE_PAGES, HostilePage
from tests.hostile.texts import SIGN
from tests.pseudo import PATIENCE, Pseudo, pseudo

SIZE: Final = (110, 40)
QUIET: Final = 0.4
"""Seconds without output after which a key is taken to be worked through. Nothing depends on whether it is."""

WALK: Final = (
    *"jjjG", *("\x06",) * 9, "gg", *("\x06",) * 4, *("\t", "G", "\x06", "gg", "\t"), "D", "zM", "zR", *"yYm1", "\x1b",
    "5", "\x1b", "i", "G", "\x1b", "=", "G", "\x1b", "W", "\x1b", "'", "\x1b", "?", "\x1b", "/600\r", "n", "c", "\x1b",
    "\x1b", "o", "\x1b", "s", "\x1b", "eA note\r", "B", "G", "jj", "\r", "\x06", "q", "q", "q",
)  # fmt: skip
"""Keys that show every screen of a thread, copy, mark, note, and go to the library and back."""

HOSTILE_NAMES: Final = (
    f"\x1b]2;{SIGN}\x07.html", "\x1b[2Jx.md", "\x9b2J\x9d2;x\x9c.txt", "\u202etxt.exe", "[@click=app.quit]x[].json",
    "-rf", "a\nb\r.html", "\x1b]52;c;UFdORUQ=\x07.csv", "{}%s$x.mbox", "\udc9b\udcff.txt", "\u200b.html",
)  # fmt: skip
"""Names of files; the last but one is no UTF-8."""


def environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables of a run that has a home of its own."""
    folders = {name: str(home / name.lower()) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    state = {"XDG_STATE_HOME": str(home / "state"), "COLORTERM": "truecolor", "BROWSER": "false"}
    return {"HOME": str(home), "PYTHONPATH": str(Path.cwd()), **folders, **state, **(more or {})}


def own_folder(home: Path) -> Path:
    """A folder to run in: keys that come late may save a document under a name that was never meant."""
    folder = home / "here"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def settle(running: Pseudo) -> None:
    """Read until nothing more comes, or not much longer than a key may take."""
    end, size = time.monotonic() + 10 * QUIET, -1
    while time.monotonic() < end and len(running.output) > size:
        size = len(running.output)
        time.sleep(QUIET)
        running.drain()


def walk(arguments: Sequence[str], home: Path, keys: Sequence[str] = WALK) -> tuple[bytes, int]:
    """Run the program with keys; its output and its exit code. It is ended by a key that always quits."""
    with pseudo(["-m", "rumor_tui", *arguments], env=environment(home), size=SIZE, folder=own_folder(home)) as running:
        running.read_until(b"\x1b[?1049h")
        settle(running)
        for key in keys:
            running.type(key.encode())
            settle(running)
        running.type(b"\x11")
        return running.output, running.wait()


def run(arguments: Sequence[str], home: Path, more: Mapping[str, str] | None = None) -> tuple[bytes, int]:
    """Run a command that ends by itself on a terminal; its output and its exit code."""
    with pseudo(
        ["-m", "rumor_tui", *arguments], env=environment(home, more), size=SIZE, folder=own_folder(home)
    ) as running:
        code = running.wait()
        return running.output, code


def write_page(folder: Path, page: HostilePage, texts: Sequence[str]) -> Path:
    """A document in a file with an ordinary name."""
    path = folder / f"page{HOSTILE_PAGES.index(page)}{page.suffix}"
    path.write_bytes(page.make(texts))
    return path


def write_named(folder: Path, texts: Sequence[str]) -> list[str]:
    """Small documents in files with hostile names; those names that the file system takes."""
    made: list[str] = []
    for name in HOSTILE_NAMES:
        path = folder / os.fsdecode(name.encode("utf-8", "surrogateescape"))
        path.write_bytes(HOSTILE_PAGES[0].make(texts))
        made.append(str(path))
    return made


def screen_of(output: bytes) -> list[str]:
    """The screen that an output makes, by pyte, a string a row."""
    import pyte

    screen: Any = pyte.Screen(*SIZE)
    stream: Any = pyte.ByteStream(screen)
    end = output.rfind(b"\x1b[?1049l")
    stream.feed(output[: end if end >= 0 else len(output)].replace(b"\x1b[>25u", b"").replace(b"\x1b[<u", b""))
    return list(screen.display)


def borders_wrong(rows: Sequence[str]) -> list[str]:
    """What is wrong with the rule and the divider of the two panes: each row has its divider below the rule's joint."""
    joint = next((row.find("┬") for row in rows if "┬" in row and "━" in row), -1)
    if joint < 0:
        return ["there is no rule with a joint"]
    panes = rows[next(n for n, row in enumerate(rows) if row[joint : joint + 1] == "┬") + 1 : -1]
    return [f"no divider at column {joint}: {row!r}" for row in panes if row[joint : joint + 1] not in ("│", "┃")]


@contextmanager
def tmux(socket: str) -> Iterator[_Tmux]:
    """A server of tmux of its own, which takes titles, clipboards and what is passed through."""
    server = _Tmux(socket)
    try:
        yield server
    finally:
        server("kill-server")


class _Tmux:
    """Calls tmux with a socket of its own."""

    def __init__(self, socket: str) -> None:
        self._command = ["tmux", "-L", socket, "-f", "/dev/null"]

    def __call__(self, *arguments: str) -> str:
        done = subprocess.run([*self._command, *arguments], capture_output=True, check=False, timeout=PATIENCE)
        return done.stdout.decode("utf-8", "replace").rstrip("\n")


def in_tmux(arguments: Sequence[str], home: Path, keys: Sequence[str]) -> list[str]:
    """Run the program in tmux with keys; what changed outside of its screen: the pane's title, the paste buffers."""
    if shutil.which("tmux") is None:
        return []
    wrong: list[str] = []
    with tmux(f"hostile-{os.getpid()}") as server:
        variables = [f"{name}={value}" for name, value in environment(home).items()]
        program = [
            "env",
            "-u",
            "COLUMNS",
            "-u",
            "LINES",
            *variables,
            sys.executable,
            "-m",
            "rumor_tui",
            *arguments,
        ]
        size = ("-x", str(SIZE[0]), "-y", str(SIZE[1]))
        server("new-session", "-d", "-c", str(own_folder(home)), *size, "-s", "a", "sleep 1000")
        for option in (
            ("set-clipboard", "on"),
            ("allow-passthrough", "on"),
            ("allow-rename", "on"),
            ("automatic-rename", "off"),  # tmux names a window after its program, whatever that writes
            ("set-titles", "on"),
        ):
            server("set", "-g", *option)
        server("select-pane", "-t", "a", "-T", "as before")
        server("rename-window", "-t", "a", "as before")
        server("set-buffer", "-b", "kept", "as before")
        server("set", "-g", "remain-on-exit", "on")
        server("respawn-pane", "-k", "-c", str(own_folder(home)), "-t", "a", *program)
        name = server("display", "-p", "-t", "a", "#{window_name}")
        until = time.monotonic() + PATIENCE
        while "┬" not in (shown := server("capture-pane", "-p", "-t", "a")):
            if time.monotonic() > until:
                return [f"nothing was shown in tmux: {shown}"]
            time.sleep(0.2)
        for key in keys:
            server("send-keys", "-t", "a", "-l", key)
            time.sleep(0.3)
            shown = server("capture-pane", "-p", "-t", "a")
            if "┬" in shown:
                wrong += borders_wrong(shown.split("\n"))
        title = server("display", "-p", "-t", "a", "#{pane_title}")
        wrong += [f"the title is {title!r}"] if title != "as before" else []
        now = server("display", "-p", "-t", "a", "#{window_name}")
        wrong += [f"the window is called {now!r}"] if now != name else []
        buffers = server("list-buffers", "-F", "#{buffer_name}").split("\n")
        wrong += [f"there are buffers {buffers}"] if buffers != ["kept"] else []
        wrong += ["the buffer was changed"] if server("show-buffer", "-b", "kept") != "as before" else []
        wrong += ["the program ended"] if server("display", "-p", "-t", "a", "#{pane_dead}") == "1" else []
    return wrong


def commands_wrong(path: Path, home: Path) -> list[str]:
    """What is wrong with what commands print on a terminal about a document: exports, searches, the library."""
    commands = (
        *(["export", str(path), "--to", form] for form in ("json", "markdown", "text", "html")),
        ["search", str(path), "words"], ["search", str(path), "units:>5", "--json"], ["search", str(path), "is:leaf"],
        ["add", str(path)], ["list"], ["list", "--json"], ["search", "--library", "words"], ["follow", str(path)],
        ["search", "--library", "words", "--json"], ["export", "--library", "--to", "notes"], ["follow"], ["new"],
        ["new", "--json"], ["refresh"], ["export", "--library", "--to", "opml"],
    )  # fmt: skip
    wrong: list[str] = []
    for command in commands:
        output, code = run(command, home)
        wrong += [f"{command}: {one}" for one in violations(output)]
        wrong += [f"{command}: exit code {code}"] if code not in (0, 1) else []
    return wrong


def errors_wrong(path: Path, home: Path) -> list[str]:
    """What is wrong with what the program says of arguments, settings and surroundings that are hostile."""
    evil = f"\x1b]2;{SIGN}\x07\x9b2J\u202ex"
    settings = home / "xdg_config_home" / "rumor-tui" / "config.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    spelt = '"\\u001b]2;x\\u0007\\u009b2J"'
    page, text = str(path), ["export", str(path), "--to", "text"]
    commands: list[tuple[list[str], str, dict[str, str]]] = [
        *(
            (words, "", {})
            for words in (
                [f"/nowhere/{evil}"], ["--theme", evil, page], [f"--{evil}"], ["export", page, "--to", evil],
                ["search", page, f"by:{evil} ("], ["help", evil], ["export", page, "-o", f"/nowhere/{evil}.md"],
                [f"https://{evil}/"], ["forget", evil], ["--config", f"/nowhere/{evil}", page],
            )
        ),
        (text, f"theme = {spelt}\n", {}), ([page], f"theme = {spelt}\n", {}), ([page], f"{evil}\n", {}),
        ([page], f"[keys]\n{spelt} = {spelt}\n", {}), (text, "", {"TERM": evil}),
        (["list"], "", {"XDG_DATA_HOME": f"/nowhere/{evil}"}),
    ]  # fmt: skip
    wrong: list[str] = []
    for command, written, variables in commands:
        settings.write_text(written, encoding="utf-8")
        output, code = run(command, home, variables)
        wrong += [f"{command}: {one}" for one in violations(output)]
        wrong += [f"{command}: exit code {code}"] if code not in (0, 1, 2) else []
    settings.unlink()
    return wrong


def names_wrong(folder: Path, home: Path, texts: Sequence[str]) -> list[str]:
    """What is wrong where files have hostile names: exported, read on the screen, kept in the library, as a folder."""
    wrong: list[str] = []
    for name in (*write_named(folder, texts), str(folder)):
        for output, code in (
            run(["export", name, "--to", "text"], home),
            walk([name], home, ["j", "=", "\x1b", "s", "\x1b", "B", "\x1b", "q"]),
        ):
            wrong += [f"{name!r}: {one}" for one in violations(output, copies=True)]
            wrong += [f"{name!r}: exit code {code}"] if code not in (0, 1) else []
    for command in (["list"], ["list", "--json"]):
        wrong += [f"{command}: {one}" for one in violations(run(command, home)[0])]
    return wrong
