"""The reader: an article and its comments side by side. Keys go to the reading session, its effects to the panes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic, time
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.dom import DOMNode
from textual.message import Message

from rumor_tui.model import Listing, Thread
from rumor_tui.reading.effects import Effects, Request
from rumor_tui.reading.places import order_of
from rumor_tui.reading.session import ReadingSession, parse_action
from rumor_tui.reading.unread import ChooseSince
from rumor_tui.reading.worker import News
from rumor_tui.settings import Settings
from rumor_tui.ui.keys import key_of, with_overrides
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.panes.comments import CommentsView
from rumor_tui.ui.panes.reader_panes import ReaderPanes
from rumor_tui.ui.panes.timeline_keys import SETTLED, TimelineKeys, TimesGathered
from rumor_tui.ui.screens.article_screen import ArticleScreen
from rumor_tui.ui.screens.base import KeySink, Status, Title
from rumor_tui.ui.screens.covers import ReaderCovers
from rumor_tui.ui.screens.elsewhere import Elsewhere
from rumor_tui.ui.screens.reader_arrivals import ReaderArrivals
from rumor_tui.ui.screens.reader_lines import MOUSE, SEARCH_HINTS, WORDS, ReaderLines
from rumor_tui.ui.screens.reader_memory import ReaderMemory, Told, Written
from rumor_tui.ui.screens.reader_tasks import ReaderTasks, SourceCounted
from rumor_tui.ui.screens.refreshing import FileSeen, Refreshing
from rumor_tui.ui.stage import drop_screen
from rumor_tui.ui.widgets.bars import Divider
from rumor_tui.ui.widgets.search_bar import SearchBar
from rumor_tui.ui.widgets.timeline import TimelineBar
from rumor_tui.ui.workers import Loader

if TYPE_CHECKING:
    from rumor_tui.loading import Services
    from rumor_tui.place import Place
    from rumor_tui.ui.screens.discussions import Discussions
    from rumor_tui.ui.screens.help import HelpSection

STANDS = 0.15
"""Seconds after the start at which the first screen surely stands."""
EARLY = 0.5
"""Seconds after that at which the thread is read in the background, so that nothing competes with the first screen."""
IDLE = 2.0
"""Seconds without a key after which all garbage may be collected, which takes a tenth of a second."""
LOW = 10
"""Rows below which the search widget shows no list."""
TALL = 30
"""Rows from which on the search widget shows two lines of numbers and names."""


@dataclass
class Heard(Message, bubble=False):
    """The background has found something out."""

    news: News


class ReaderScreen(ArticleScreen, inherit_bindings=False):
    """Shows a thread; `loader` is the opening that the thread comes from, if that goes on.

    One of several `discussions` of an article shows it where the screen `beside` which it was opened has it. `place` is
    where the reader was, as far as that is known before the first screen; `at` and `at_row` are the handle in the
    library, or the row, of a comment to begin at instead.
    """

    AUTO_FOCUS = ""

    def __init__(
        self,
        thread: Thread,
        settings: Settings,
        palette: Palette,
        services: Services | None = None,
        loader: Loader | None = None,
        *,
        discussions: Discussions | None = None,
        beside: ReaderScreen | None = None,
        place: Place | None = None,
        at: int = 0,
        at_row: int = -1,
    ) -> None:
        super().__init__(with_overrides(settings.keys), palette)
        self.discussions = discussions
        """The discussions of an article that this screen is one of."""
        self._beside = beside
        self.session = ReadingSession(
            thread,
            self._post_news,
            lit=settings.lit,
            order=settings.order if place is None else order_of(place, thread),
            key_of=lambda id: key_of(id, self.bindings_list),
            load_key=key_of("load-more", self.bindings_list) if services is not None else "",
        )
        self.session.state.step = settings.indent
        self.session.state.absolute_dates = settings.dates == "absolute"
        self.panes = ReaderPanes(self.session, settings.split, palette)
        self.session.viewport = self.panes
        self.lines = ReaderLines(self.session, self.panes, self._discussion_words)
        self.timeline_keys = TimelineKeys(self.panes, self.post_message, self._go_to_row)
        self.tasks = ReaderTasks(self, self.session, services, may_point=settings.linked != "never")
        self.session.state.link_words = self.tasks.link_words()
        self.elsewhere = Elsewhere(self, settings, services, self._make_discussion)
        self._make_another = partial(ReaderScreen, settings=settings, services=services)
        self.covers = ReaderCovers(self, self.panes, self.perform, settings.keys)
        self.arrivals = ReaderArrivals(self)
        library = services.library if services is not None else None
        self.memory = ReaderMemory(self, library, place, at=at, at_row=at_row)
        self.refreshing = Refreshing(self, self.session, services, self.memory.visit)
        self.search_bar = SearchBar(palette)
        self.touched = False
        """Whether a key was pressed."""
        self._first_arriving = loader

    def compose(self) -> ComposeResult:
        """Title, rule, the two panes with the divider, status."""
        yield self.title_bar
        yield self.panes.rule
        yield self.panes.container()
        yield self.search_bar
        yield self.status_bar

    def on_mount(self) -> None:
        """Arrange the panes for the first time: the article first where only one pane fits."""
        self.arrange_parts()
        if self.panes.single and len(self.thread.article.pieces):
            self.session.state.in_article = True
        self.memory.begin()
        self.focus_pane()
        if self._beside is not None:
            self.show_article_at(self._beside)
        self.message = self.lines.notice()
        self.show_status()
        self.set_interval(60, self._tick)
        self.set_timer(STANDS, self._prepare)
        if self.timeline_keys.at_hand:
            self.timeline_keys.gather()
        else:
            self.set_timer(SETTLED, self.timeline_keys.gather)
        if self._first_arriving is not None:
            self.follow_loader(self._first_arriving)
            self._first_arriving = None

    def on_unmount(self) -> None:
        """End the background. (Textual runs the base's handler too.)"""
        self.memory.leave()
        self.session.close()
        self.elsewhere.close()
        self.tasks.close()

    def _prepare(self) -> None:
        """Once the first screen stands: begin to read, and have the search widget ready."""
        self.session.analysis.warm_up(self.panes.items_on_screen())
        self.memory.start()
        self.refreshing.watch(self.session.reading.key_of("refresh"))
        self.set_timer(EARLY, self._read_early)
        self.search_bar.prepare()

    def _read_early(self) -> None:
        if self.loader is None:
            self.session.analysis.start_early()
            self.tasks.count_source()
            self.elsewhere.look_early()

    def _tick(self) -> None:
        """Time goes on: ages are told anew, and garbage is collected unless that would be felt (see `app.run_app`)."""
        if monotonic() - self.session.last_key > IDLE:
            gc.collect()
        self.panes.comment_items.now = time()
        self.panes.repaint()

    # What there is

    @property
    def thread(self) -> Thread:
        """The thread as it is shown."""
        return self.session.thread

    @property
    def in_article(self) -> bool:
        """Whether the article has the keys."""
        return self.session.state.in_article

    def _post_news(self, news: News) -> None:
        """Called by the threads of the background."""
        self.post_message(Heard(news))

    # Commands and effects

    async def run_action(self, action: str, namespaces: Mapping[str, DOMNode] | None = None) -> None:
        """Run an action: the session's, or one of the screen's own."""
        name = action.partition("(")[0]
        if name in self.session.commands:
            command, before = parse_action(action), (self.session.state.row, self.in_article)
            self.perform(lambda: self.session.do(command))
            self.memory.step(command, before)
        else:
            await super().run_action(action, namespaces)

    def change(self, change: Callable[[], object]) -> None:
        """Change parts of the session otherwise than by a command, and show the effects."""
        self.perform(lambda: self.session.run(change))

    def perform(self, run: Callable[[], Effects]) -> None:
        """Have the session do something, and apply the effects once."""
        kept, before = self.panes.references(), self.thread
        effects = run()
        if effects.uncover:
            self.covers.close_all()
        with self.panes.paint_once():
            if effects.replaced is not None:
                self.arrivals.take_thread(effects, before)
            elif effects.focus:
                self.focus_pane()
            self.panes.settle(effects, effects.replaced or kept)
        if effects.target is not None and effects.target.in_article:
            self.session.search.arrived()
        self._apply_around_panes(effects)

    def _apply_around_panes(self, effects: Effects) -> None:
        """Apply what does not concern the panes, and tell it on the status line."""
        if effects.search_widget == "open":
            self._open_search_bar()
        if effects.title:
            self.show_title()
            self.timeline_keys.light()
        if effects.search_changed:
            self.show_search()
        if effects.message is not None:
            self.message = effects.message
        for request in effects.requests:
            self._fulfil(request)
        for cover in effects.covers:
            if isinstance(cover, ChooseSince):
                self.memory.choose_since(cover)
            else:
                self.covers.open(cover)
        self.memory.hand_over(effects.changes)
        self.memory.note_place()
        if not effects.quiet:
            self.show_status()

    def _fulfil(self, request: Request) -> None:
        if request.kind == "open":
            self.tasks.open_address(request.value)
        elif request.kind == "copy":
            self.app.copy_to_clipboard(request.value)
        elif request.kind == "stop":
            self.stop_loading()
        else:
            self.action_quit()

    def focus_pane(self) -> None:
        """Give the keys to the pane that the session says, and close the search widget, which has them no more."""
        panes = self.panes
        if not self.session.search.open:
            self.search_bar.close()
        panes.prepare_focus()
        if panes.single:
            self.arrange_parts()
        else:
            self.show_title()
        self.set_focus(panes.pane, scroll_visible=False)
        panes.comments.compose_rows()

    # Lines and room

    def title_line(self) -> Title:
        """The article's title, or which pane is on screen."""
        return self.lines.title(self.palette)

    def status_line(self) -> Status:
        """What is searched for or loading, or what the keys do; and where the reader is."""
        words = "   ".join(part for part in (self.lines.words(self.size.width), self.progress()) if part)
        if self.session.search.open:
            hints = [(hint, rank) for rank, hint in enumerate(SEARCH_HINTS)]
        else:
            hints = self.hints(other=self.in_article)
        return Status(words, self.lines.position(), hints)

    def place(self) -> Hashable:
        """Where the reader is, also while the line does not tell it."""
        return self.lines.place()

    def update_status(self) -> None:
        """The status line, and with it the timeline."""
        super().update_status()
        if self.panes.timeline.display:
            self.timeline_keys.point()

    def arrange_parts(self) -> None:
        """Give each part its room; the search widget gives up its list, then itself, where rows are few."""
        self.panes.arrange(self.size, roomy=self.roomy)
        if self.session.search.open:
            self.search_bar.display = self.roomy
            self.search_bar.chips.display = self.size.height >= LOW
        if self.timeline_keys.has_keys and not self.panes.timeline.display:
            self.timeline_keys.leave()
        super().arrange_parts()

    @on(Divider.Dragged)
    def _drag_divider(self, message: Divider.Dragged) -> None:
        self._set_split(round(100 * message.column / max(self.size.width - 1, 1)))

    def _set_split(self, percent: int) -> None:
        self.panes.set_split(percent)
        self.arrange_parts()

    def on_click(self, event: events.Click) -> None:
        """A click in a pane gives it the keys."""
        for pane in self.panes.views:
            if event.widget is pane and self.panes.pane is not pane:
                self.change(lambda: self.session.reading.focus(in_article=not self.in_article))
                return

    @on(CommentsView.Pressed)
    def _press_comment(self, message: CommentsView.Pressed) -> None:
        self.change(lambda: self.session.reading.go(message.row))
        if message.opens:
            self.change(lambda: self.session.folds.press(message.row))

    def restyle(self, palette: Palette) -> None:
        """Paint everything in another palette."""
        super().restyle(palette)
        self.panes.restyle(palette)
        self.search_bar.restyle(palette)
        self.arrange_parts()
        for view in self.panes.views:
            view.restyle()

    # Keys

    def key_sink(self) -> KeySink | None:
        """While something is searched for, keys are for that widget."""
        return self.search_bar if self.session.search.open else super().key_sink()

    def take_key(self, key: str) -> bool:
        """The background gives way; while the timeline has the keys, they move in it, and any other one leaves it."""
        self.touched = True
        self.session.note_key()
        if self.panes.timeline.chosen < 0:
            return False
        self.message = ""
        self.show_status()
        return self.timeline_keys.press(key, self.chords.table.get(key))

    def _go_to_row(self, row: int, words: str) -> None:
        """Go to a comment, whatever hides it, and say something of it."""
        self.change(lambda: self.session.authors.go_to(row))
        self.tell(words)

    @on(TimelineBar.Picked)
    def _pick_bucket(self, message: TimelineBar.Picked) -> None:
        self.timeline_keys.go_to_bucket(message.bucket)

    @on(TimesGathered)
    def _take_times(self, message: TimesGathered) -> None:
        self.timeline_keys.take(message)

    def action_timeline(self) -> None:
        """Put the keys on the timeline."""
        refusal = self.timeline_keys.enter()
        if refusal:
            self.tell(refusal)

    def action_divider(self, change: int) -> None:
        """Move the divider by a twentieth of the width."""
        if self.panes.single:
            self.tell("One pane fills the screen; there is no divider.")
        else:
            self._set_split(self.panes.split + 5 * change)

    def action_open_link(self, number: int) -> None:
        """Ask, showing the real address, and open a link."""
        self.tasks.open_link(self.panes.pane, number)

    def action_save(self) -> None:
        """Save the thread to a file."""
        self.tasks.ask_where_to_save()

    def action_source(self) -> None:
        """Show the source as plain text."""
        self.tasks.show_source()

    def action_pipe(self) -> None:
        """Give the comment's text to a command."""
        self.tasks.ask_where_to_pipe()

    def action_load_more(self) -> None:
        """Load what is missing below the comment at the cursor, or else nearest above it."""
        self.change(self.session.order.show_written_tree)
        self.tasks.load_more()

    def action_beside(self) -> None:
        """Load the page that the post links to, or the comments that a script would load."""
        self.tasks.load_beside()

    def action_follow_source(self) -> None:
        """Follow the thread, or no more."""
        self.tasks.follow_source()

    # Other discussions

    def action_where_else(self) -> None:
        """Show where else the article is discussed."""
        self.elsewhere.show()

    def action_next_discussion(self, direction: int) -> None:
        """Go to another discussion of the same article."""
        key = self.session.reading.key_of("where-else")
        refusal = f"{key} looks for discussions of this first." if self.discussions is None else ""
        if self.discussions is not None:
            refusal = self.discussions.step(self, direction)
        if refusal:
            self.tell(refusal)

    def _make_discussion(self, thread: Thread, loader: Loader, discussions: Discussions) -> ReaderScreen:
        """A screen for a discussion of the same article."""
        return self._make_another(thread, palette=self.palette, loader=loader, discussions=discussions, beside=self)

    def _discussion_words(self) -> str:
        return self.discussions.words(self) if self.discussions is not None else ""

    @property
    def is_discussion(self) -> bool:
        """Whether it shows one of several discussions of an article, or all of them."""
        return self.discussions is not None

    def show_article_at(self, other: ReaderScreen) -> None:
        """Show the article where another screen of the same article has it."""
        mine, its = self.panes.article, other.panes.article
        if len(mine.rows) == len(its.rows):
            mine.fit_to(its.size)
            mine.renew(its.reference())

    def close_kept(self) -> None:
        """End a screen that was kept for coming back to it."""
        drop_screen(self.app, self)

    def on_loader_news(self, message: Loader.News) -> None:
        """More has come of what is loading, or of the discussions elsewhere. (Textual runs the base's handler too.)"""
        self.elsewhere.hear(message.loader)

    def hints(self, *, other: bool = False) -> list[tuple[str, int]]:
        """What the keys do; the one for what the thread points to says what that is."""
        found = super().hints(other=other)
        if self.session.thread.article.link:
            return found
        return [(hint.replace(" article", " comments"), rank) for hint, rank in found]

    def take_keys(self) -> None:
        """A question is out of the way."""
        self.focus_pane()
        self.show_status()

    def idle_keys(self) -> frozenset[str]:
        """There is nothing to load where nothing is missing that anybody could be asked for."""
        missing = self.session.reading.missing
        idle = set() if missing.loadable and missing.key else {"load-more"}
        if not self.tasks.can_load_beside():
            idle.add("beside")
        if not self.session.memory.counts.unread:
            idle.add("next-match")
        return frozenset(idle)

    def help_parts(self) -> Sequence[HelpSection]:
        """The mouse, and what the title and the comments say now and then."""
        return ("Mouse", MOUSE), ("Words", WORDS)

    # Search

    def _open_search_bar(self) -> None:
        height = self.size.height
        self.search_bar.open(self.session.search.query, 2 if height >= TALL else int(height >= LOW))

    def show_search(self) -> None:
        """Bring the search widget and the timeline up to date."""
        search, analysis, bar = self.session.search, self.session.analysis, self.search_bar
        if self.panes.timeline.display or self.panes.timeline.hits is not None:
            self.timeline_keys.light()
        if search.open:
            error = analysis.engine.error
            offers = analysis.offers(self.panes.items_on_screen(), bar.typed, plain="regex" in bar.on)
            bar.show(offers, error or search.account() or "numbers and names", bool(error), analysis.reading())

    @on(SearchBar.Changed)
    def _change_search(self, message: SearchBar.Changed) -> None:
        message.stop()
        self.session.note_key()
        self.change(lambda: self.session.search.change(message.query))

    @on(SearchBar.Kept)
    def _keep_search(self) -> None:
        self.change(self.session.search.keep)

    @on(SearchBar.Left)
    def _leave_search(self) -> None:
        self.change(self.session.leave_search)

    @on(Heard)
    def _hear(self, message: Heard) -> None:
        self.perform(lambda: self.session.hear(message.news))
        self.memory.keep_marks()

    # The library

    @on(Told)
    def _take_told(self, message: Told) -> None:
        self.memory.take(message)

    @on(Written)
    def _take_written(self, message: Written) -> None:
        self.memory.take_answer(message)

    @on(events.ScreenSuspend)
    @on(events.ScreenResume)
    def _look(self) -> None:
        self.call_later(self.memory.look)

    # What comes in

    def follow_loader(self, loader: Loader) -> None:
        """Show what an opening loads; the page that the post links to may come with it."""
        super().follow_loader(loader)
        self.arrivals.note_loader()

    def forget_loader(self) -> None:
        """Wait for nothing any more."""
        super().forget_loader()
        self.arrivals.note_loader()
        if not len(self.thread):
            self.arrange_parts()

    def refreshes(self, loader: Loader) -> bool:
        """Whether a loader loads the newest state of what is shown already."""
        return self.refreshing.refreshes(loader)

    def accept(self, content: Thread | Listing, loader: Loader) -> None:
        """Another state of the thread takes the place of the one that is shown."""
        if self.refreshing.refreshes(loader):
            self._show_refreshed(loader)
        elif isinstance(content, Thread):
            self.replace_thread(content)
            self.arrivals.note_loader()

    def _show_refreshed(self, loader: Loader) -> None:
        """Show the newest state of the thread, unless there is something between."""
        refreshed = self.refreshing.take(loader)
        if refreshed is not None:
            self.perform(lambda: self.session.refresh(refreshed))
            self.memory.look()

    def action_refresh(self) -> None:
        """Load the newest state of the thread, and show what has changed."""
        self.refreshing.start()

    @on(FileSeen)
    def _take_file(self, message: FileSeen) -> None:
        self.refreshing.take_file(message)

    def replace_thread(self, thread: Thread) -> None:
        """Show another state of the same thread, while whoever reads it keeps the place."""
        self.perform(lambda: self.session.replace(thread))

    def loading_ended(self, loader: Loader) -> None:
        """Say how it ended; and read in the background what is there now."""
        words = self.tasks.loaded_words()
        if words and loader.failure is None and not loader.words:
            self.tell(words)
        else:
            super().loading_ended(loader)
        self.message = self.message or self.lines.notice()
        self.session.analysis.start_early()
        self.tasks.count_source()
        self.elsewhere.look_early()
        if not self.refreshing.refreshes(loader):
            failed = loader.failure is not None or loader.partial or loader.stop.is_set()
            self.memory.loading_ended(whole=not failed)

    @on(SourceCounted)
    def _take_account(self, message: SourceCounted) -> None:
        """Say in the title how much is set aside, unless the thread comes from another source by now."""
        if message.original is self.thread.original:
            self.lines.account = message.account
            self.show_title()

    @property
    def escape_stops(self) -> bool:
        """Whether Escape has nothing to take back before it stops what is loading."""
        return not (self.session.has_something_to_clear or self.timeline_keys.has_keys)
