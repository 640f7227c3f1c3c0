"""Which screen is on top, and who gets what is typed: the one place where screens open and close, and keys take turns.

Textual hands each key on at once, to the queue of whatever has the focus just then. A key that is typed while the one
before is still being worked through then reaches a screen that is about to be covered or closed, which closes a second
time, opens the same thing twice, or asks for parts of itself that are gone. Here a key is handed on only when the one
before has been worked through and has opened or closed what it does, so that it is for the screen that is there then.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from textual import events
from textual.app import App
from textual.errors import NoWidget
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

FOLLOWED_AFTER = 0.02
"""Seconds after an event until its end is looked for where nothing waits for that: by then it has painted."""

TYPED = (events.InputEvent, events.Paste)
"""What comes from the reader's hands: keys, the mouse, and what is pasted."""


# Screens


def open_screen(app: App[Any], screen: Screen[Any]) -> None:
    """Show a screen above those that there are; nothing happens to one that is open, or where the program is ending."""
    if app.return_code is None and screen not in app.screen_stack:
        app.push_screen(screen)


def close_screen(screen: Screen[Any]) -> None:
    """Close a screen and those above it; nothing happens to one that is closed, or has nothing below it."""
    stack = screen.app.screen_stack
    if screen in stack[1:]:
        for _ in stack[stack.index(screen) :]:
            screen.app.pop_screen()


def uncover_screen(screen: Screen[Any]) -> None:
    """Close the screens above a screen; nothing happens where it is not open."""
    stack = screen.app.screen_stack
    if screen in stack:
        for _ in stack[stack.index(screen) + 1 :]:
            screen.app.pop_screen()


def replace_screen(screen: Screen[Any], by: Screen[Any]) -> None:
    """Show another screen instead of the topmost one; nothing happens where that is not the topmost one any more."""
    app = screen.app
    if app.return_code is None and app.screen_stack[-1:] == [screen] and by not in app.screen_stack:
        app.switch_screen(by)


def keep_screen(app: App[Any], screen: Screen[Any]) -> None:
    """Have a screen outlive its being closed, so that it can be opened again, until `drop_screen`."""
    app.install_screen(screen, name=f"kept-{id(screen)}")


def drop_screen(app: App[Any], screen: Screen[Any]) -> None:
    """End a screen that was kept. One that is open stays: the program is ending then, and closes it by itself."""
    if screen not in app.screen_stack:
        app.uninstall_screen(screen)
        screen.remove()


def is_outdated(screen: Screen[Any], event: events.Resize) -> bool:
    """Whether a screen is told of a size that the terminal does not have any more; it must then not be laid out for it.

    Textual's screen tells itself of each size that it is laid out for: two sizes that come shortly after each other
    would follow each other for ever, with a layout each (Textual 8.2.8, `Screen._refresh_layout`).
    """
    if event.size == screen.app.size:
        return False
    event.stop()
    event.prevent_default()
    return True


# Keys


class Again(events.Key):
    """A key that reached a screen which is not the topmost one any more: it is the next one's to be handed on."""


def give_back(screen: Screen[Any], event: events.Key) -> bool:
    """Whether a screen is not the one that a key is for; the key then goes on to the one that is."""
    if screen.app.screen_stack[-1:] == [screen]:
        return False
    event.stop()
    event.prevent_default()
    screen.app.post_message(Again(event.key, event.character))
    return True


class Turns:
    """What is typed, handed on one event at a time: `deliver` gives an event to whatever has the focus.

    The end of a turn is seen by a callback that follows the event: to the widget that has it, and on to all that the
    event bubbles to. It stands behind the event in each of their queues, and once more behind what the screen has
    posted to itself meanwhile, so that the app has opened and closed what the event asked for when the turn ends.
    It sets out when the next event comes, or a moment after this one: what an event shows does not wait for it.
    """

    def __init__(self, app: App[Any], deliver: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app = app
        self._deliver = deliver
        self._waiting: deque[events.Event] = deque()
        self._taken = False
        """Whether an event is being worked through."""
        self._path: Sequence[MessagePump] = ()
        """Where that event goes; empty once it is followed."""
        self._sets_out: asyncio.TimerHandle | None = None

    async def take(self, event: events.Event) -> None:
        """Hand an event on, when its turn comes; once the program is ending there are no turns any more."""
        waiting = self._waiting
        if isinstance(event, Again):
            waiting.appendleft(events.Key(event.key, event.character))
        elif waiting and isinstance(event, events.MouseMove) and isinstance(waiting[-1], events.MouseMove):
            waiting[-1] = event  # only where the mouse is now is of interest
        else:
            waiting.append(event)
        if self._taken:
            self._set_out()
        else:
            await self._next()

    async def _next(self) -> None:
        self._taken = False
        app = self._app
        if not self._waiting or app.return_code is not None or not app.screen_stack:
            self._waiting.clear()
            return
        event = self._waiting.popleft()
        self._taken = True
        self._path = self._path_of(event)
        await self._deliver(event)
        if self._waiting:
            self._set_out()
        else:
            self._sets_out = asyncio.get_running_loop().call_later(FOLLOWED_AFTER, self._set_out)

    def _set_out(self) -> None:
        """Begin to follow the event that has the turn, unless that has begun."""
        if self._sets_out is not None:
            self._sets_out.cancel()
            self._sets_out = None
        path, self._path = self._path, ()
        if path:
            self._follow(path)

    def _path_of(self, event: events.Event) -> Sequence[MessagePump]:
        """The widgets that an event comes to one after the other, and what the screen posts to itself and the app."""
        nodes = [node for node in self._receiver(event).ancestors_with_self if isinstance(node, Widget)]
        return [*nodes, self._app.screen, self._app]

    def _receiver(self, event: events.Event) -> Widget:
        app = self._app
        if not isinstance(event, events.MouseEvent):
            return app.focused or app.screen
        try:
            return app.mouse_captured or app.get_widget_at(*event.screen_offset)[0]
        except NoWidget:
            return app.screen

    def _follow(self, path: Sequence[MessagePump]) -> None:
        """Come after the event on its path; a widget that has ended meanwhile is passed over."""
        for place, node in enumerate(path):
            if node is self._app:
                node.call_later(self._next)
                return
            if node.call_later(self._follow, path[place + 1 :]):
                return
