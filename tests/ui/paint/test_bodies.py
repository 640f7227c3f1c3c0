"""Long bodies are parsed in a thread, and how they begin is shown meanwhile."""

from __future__ import annotations

from threading import Event

from rumor_tui.blocks.effort import SHOWN
from rumor_tui.ui.paint.blocks import Frame, Painted
from rumor_tui.ui.paint.bodies import PLAIN_WORDS, WAITING_WORDS, Bodies, Body, Placing, Written, body_blocks
from rumor_tui.ui.paint.theme import DARK, palette
from tests.pseudo import PATIENCE

PLACING = Placing(Frame(palette(DARK), 40))
LONG = Written("- a *word* of [it](http://a.b)\n" * 1_500, "markdown", False)
SHORT = Written("a *word*", "markdown", False)


def shown(bodies: Bodies, body: Body, placing: Placing = PLACING) -> list[str]:
    into = Painted()
    bodies.paint(1, body, placing, (), into)
    return [strip.text.rstrip() for strip in into.strips[:30]] + [strip.text.rstrip() for strip in into.strips[-1:]]


def listening() -> tuple[Bodies, Event]:
    bodies, told = Bodies(), Event()
    bodies.listen(told.set)
    return bodies, told


def test_without_anybody_to_tell_all_is_done_at_once() -> None:
    bodies = Bodies()
    body = bodies.get(1, LONG, PLACING)
    assert not body.waits
    assert len(body.blocks) == 1_500
    assert bodies.version(1) == 0


def test_a_short_one_is_there_at_once() -> None:
    bodies, told = listening()
    assert [block.text for block in bodies.get(1, SHORT, PLACING).blocks] == ["a word"]
    assert not bodies.waiting and not told.is_set()


def test_a_long_one_begins_as_text_and_comes_later() -> None:
    bodies, told = listening()
    body = bodies.get(1, LONG, PLACING)
    assert bodies.waits(1)
    rows = shown(bodies, body)
    assert rows[0].strip() == "• a *word* of [it](http://a.b↗)"
    assert rows[-1].strip() == WAITING_WORDS
    assert told.wait(PATIENCE)
    assert bodies.waits(1), "nothing changes until it is taken"
    bodies.take()
    body = bodies.get(1, LONG, PLACING)
    assert not bodies.waits(1) and bodies.version(1) == 1
    assert len(body.blocks) == 1_500
    assert shown(bodies, body)[0].strip() == "• a word of it↗"


def test_where_rows_stand_in_another_width_comes_later_too() -> None:
    bodies, told = listening()
    written = Written(("字" * 40 + "\n\n") * 3_000, "plain", False)
    bodies.get(1, written, PLACING)
    assert told.wait(PATIENCE)
    bodies.take()
    narrow = Placing(Frame(palette(DARK), 30))
    told.clear()
    assert shown(bodies, bodies.get(1, written, narrow), narrow)[-1].strip() == WAITING_WORDS
    assert told.wait(PATIENCE)
    bodies.take()
    assert shown(bodies, bodies.get(1, written, narrow), narrow)[-1].strip() == "字" * 10


def test_what_comes_for_other_items_is_dropped() -> None:
    bodies, told = listening()
    bodies.get(1, LONG, PLACING)
    bodies.forget()
    bodies.get(2, LONG._replace(body=LONG.body + "x"), PLACING)
    assert told.wait(PATIENCE)
    bodies.take()
    assert bodies.version(1) == 0
    assert bodies.get(1, SHORT, PLACING).blocks[0].text == "a word"


def test_what_is_shown_as_plain_text_is_said() -> None:
    heavy = "*a* [b](c) `d`\n" * (SHOWN // 15)
    assert body_blocks(heavy, "markdown", False)[-1].text == PLAIN_WORDS
    assert body_blocks("a", "markdown", False)[-1].text == "a"
