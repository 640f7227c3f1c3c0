"""No byte from the terminal stops the reading of those that follow, and what is sound is read as Textual reads it."""

from __future__ import annotations

import inspect
from random import Random

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from rumor_tui.ui.driver import PASTE_SILENCE, TerminalDriver, TerminalInput
from tests.hostile.keys import Input
from tests.ui.helpers import FAMILY, app_of, thread_of

STRING_END = "\x1b[201~"


class Clock:
    """Seconds, in the hands of a test."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def told(messages: list[Message]) -> list[tuple[object, ...]]:
    """What matters of some messages."""
    found: list[tuple[object, ...]] = []
    for one in messages:
        if isinstance(one, events.Key):
            found.append((one.key, one.character))
        elif isinstance(one, events.MouseEvent):
            found.append((type(one).__name__, one.x, one.y, one.button))
        elif isinstance(one, events.Paste):
            found.append(("Paste", one.text))
        else:
            found.append((type(one).__name__, getattr(one, "size", None)))
    return found


def read(*parts: bytes) -> list[tuple[object, ...]]:
    """What comes of some parts that are read one after the other."""
    typed = TerminalInput()
    return told([message for part in parts for message in typed.feed(part)])


@pytest.mark.parametrize(
    "data",
    [
        b"jkq\r\t\x7f\x03 ",
        "é😀日本".encode(),
        b"\x1b[A\x1bOP\x1b[1;2B\x1b[5~\x1b[Z",
        b"\x1b[<0;5;6M\x1b[<0;5;6m\x1b[<64;1;1M\x1b[<35;9;9M",
        b"\x1b[200~two\nlines\x1b[201~j\x1b[201~k\x1b[200~\x1b[201~",
        b"\x1b[97u\x1b[97;5u\x1b[13;2u",
        b"\x1b[I\x1b[O\x1b[24;80R\x1b[?2026;2$y",
        b"\x1b[48;30;100;600;1000tj",
        b"\x1bx\x1b\x1b[Aj",
    ],
)
def test_what_is_sound_is_read_as_textual_reads_it(data: bytes) -> None:
    text = data.decode()
    whole = told(list(XTermParser().feed(text)))
    assert read(data) == whole
    assert read(*(bytes([byte]) for byte in data)) == whole
    assert whole


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"j\xffk", "j\ufffdk"),
        (b"\xc3", ""),
        (b"\xc3k", "\ufffdk"),
        (b"\xed\xa0\x80k", "\ufffd\ufffd\ufffdk"),
        (b"\xf0\x9f\x98", ""),
        (b"\x1b[99999999uk", "k"),
        (b"\x1b[97;5;99999999999uk", "k"),
        (b"\x1b[1:2;3uk", "k"),
        (b"\x1b[55296uk", "k"),
        (b"\x1b[48;99999999;99999999;1;1tk", "k"),
        (b"\x1b[48;0;0;0;0tk", "k"),
        (b"\x1b[<0;999999;999999Mk", "k"),
        (b"\x1b[<99999999999;1;1Mk", "k"),
    ],
)
def test_what_is_broken_costs_no_more_than_itself(data: bytes, keys: str) -> None:
    found = [one for one in read(data) if not str(one[0]).startswith("Mouse")]
    assert "".join(str(character) for _, character in found) == keys


def test_a_character_may_be_cut_anywhere() -> None:
    assert read(b"\xf0\x9f", b"\x98", b"\x80k") == read("😀k".encode())


def test_the_mouse_is_where_it_was_after_a_broken_sequence() -> None:
    typed = TerminalInput()
    sound = b"\x1b[48;30;100;600;1000t"
    list(typed.feed(sound + b"\x1b[<35;500;300M"))
    moved = list(typed.feed(b"\x1b[99999999u\x1b[<35;510;320M"))
    assert told(moved) == [("MouseMove", 50, 15, 0)]
    (move,) = moved
    assert isinstance(move, events.MouseMove)
    assert (move.delta_x, move.delta_y) == (1, 1)


@pytest.mark.parametrize("begins", [(b"\x1b[200~abc",), (b"\x1b[2", b"00~a", b"bc"), (b"\x1b[200~", b"abc")])
def test_a_paste_in_which_nothing_more_comes_is_over(begins: tuple[bytes, ...]) -> None:
    clock = Clock()
    typed = TerminalInput(clock)
    assert [message for part in begins for message in typed.feed(part)] == []
    clock.now += PASTE_SILENCE - 1
    assert list(typed.tick()) == []
    clock.now += 2
    assert told(list(typed.tick())) == [("Paste", "abc")]
    assert told(list(typed.feed(b"k"))) == [("k", "k")]
    clock.now += 100
    assert list(typed.tick()) == []


@pytest.mark.parametrize(
    "text", ["q\x1b[31mq", "\x1b" * 50 + "q" * 50, "\x1b[200~q", "\x1b[48;9;9;9;9tq", "\x1b[20", "\x03"]
)
def test_nothing_of_what_is_pasted_is_a_key(text: str) -> None:
    data = f"\x1b[200~{text}\x1b[201~k".encode()
    assert read(data) == [("Paste", text), ("k", "k")]
    assert read(*(bytes([byte]) for byte in data)) == [("Paste", text), ("k", "k")]


def test_a_paste_that_ends_is_whole_and_not_ended_again() -> None:
    clock = Clock()
    typed = TerminalInput(clock)
    text = "words and \x1b[31mcontrols\n" * 20_000
    found: list[Message] = []
    data = f"\x1b[200~{text}{STRING_END}k".encode()
    for start in range(0, len(data), 4096):
        found += typed.feed(data[start : start + 4096])
        clock.now += PASTE_SILENCE / 2
    clock.now += 100
    found += typed.tick()
    assert told(found) == [("Paste", text), ("k", "k")]


@pytest.mark.parametrize("seed", range(5))
def test_nothing_stops_the_reading(seed: int) -> None:
    clock, source = Clock(), Input(seed)
    typed = TerminalInput(clock)
    for part in source.parts(20_000, 0):
        assert isinstance(part, bytes)
        list(typed.feed(part))
        clock.now += Random(seed).random()
        list(typed.tick())
    clock.now += 100
    list(typed.tick())
    list(typed.feed(b"\x1b[201~ \x1b["))
    assert told(list(typed.feed(b"Ak")))[-1] == ("k", "k")


def test_the_app_reads_a_terminal_with_this_driver() -> None:
    assert app_of(thread_of(FAMILY)).driver_class is TerminalDriver


def test_textual_is_as_this_driver_expects_it() -> None:
    """What is used of Textual's insides: fails when that becomes another thing, with which the driver must change."""
    assert inspect.signature(LinuxDriver.run_input_thread) == inspect.signature(TerminalDriver.run_input_thread)
    assert "self.run_input_thread()" in inspect.getsource(LinuxDriver._run_input_thread)
    assert "target=self._run_input_thread" in inspect.getsource(LinuxDriver.start_application_mode)
    source = inspect.getsource(LinuxDriver.run_input_thread)
    for used in (
        "XTermParser(self._debug)",
        "parser.feed",
        "parser.tick",
        "self.process_message(event)",
        "self.fileno",
    ):
        assert used in source
    assert vars(XTermParser()).keys() >= {
        *("last_x", "last_y", "mouse_pixels", "terminal_size", "terminal_pixel_size"),
    }


def test_escape_and_a_control_key_in_quick_succession_are_two_keys() -> None:
    typed = TerminalInput()
    parts = (b"\x1b\x03", b"j", b"\x1b[A\x03", b"\x1b", b"\x11", b"\x1b", b"[A", b"\x1b", b"\r")
    keys = [one.key for part in parts for one in typed.feed(part) if isinstance(one, events.Key)]
    assert keys == ["escape", "ctrl+c", "j", "up", "ctrl+c", "escape", "ctrl+q", "up"]


@pytest.mark.parametrize(
    "answer",
    [
        b"\x1bP>|nonsense\x1b\\",
        b"\x1b]11;rgb:ff/ff/ff\x07",
        b"\x1b]11;?\x1b\\",
        b"\x1b_Gi=1;OK\x1b\\",
        b"\x1b[?2048;9$y",
    ],
)
def test_answers_to_what_was_not_asked_are_no_keys(answer: bytes) -> None:
    assert told([*TerminalInput().feed(b"a" + answer + b"b")]) == [("a", "a"), ("b", "b")]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_an_answer_that_a_mode_is_known_is_heard(number: int) -> None:
    messages = [*TerminalInput().feed(b"\x1b[?2048;%d$y" % number)]
    assert [type(one).__name__ for one in messages] == ["InBandWindowResize"]
