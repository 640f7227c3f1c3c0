"""Following a claim from a thread through the whole library."""

from __future__ import annotations

from textual.pilot import Pilot

from rumor_tui.library_types import ClaimSubject, LibraryHit, LibraryHits, LibraryTrail, Statement
from rumor_tui.model import Article
from rumor_tui.settings import Settings
from rumor_tui.ui.app import Opened, RumorApp
from rumor_tui.ui.screens.library_claim import LibraryClaimScreen
from rumor_tui.ui.screens.reader import ReaderScreen
from rumor_tui.ui.screens.trail import TrailScreen
from tests.ui.fake_library import FakeLibrary
from tests.ui.helpers import WIDE, press, rows_of, thread_of, title, told, type_in, until
from tests.ui.library_samples import MARCH, library, listed, services
from tests.ui.test_sizes import sweep

CLAIM = Article("The Velostar, of which 600 cars were made", pieces=["Only 600 units of the Velostar exist."])


class Trails(FakeLibrary):
    """A library that notes which claims are followed."""

    def __init__(self) -> None:
        samples = library()
        super().__init__(list(samples.listed.values()), samples.threads, search=lambda query, limit: self.found)
        self.found = LibraryHits((), 0)
        self.followed_claims: list[ClaimSubject] = []

    def trail(self, subject: ClaimSubject, limit: int = 200) -> LibraryTrail:
        """Two threads state something."""
        self.followed_claims.append(subject)
        hits = [
            LibraryHit(1, 1006, "comment", "Six hundred cars?", "", "fay", MARCH, "It was 600 cars.", [(7, 15)]),
            LibraryHit(3, 3001, "comment", "600 cars?", "Reddit", "gus", None, "No, 1,250 cars.", [(4, 14)]),
        ]  # fmt: skip
        statements = [Statement(hits[0], "600", same=True), Statement(hits[1], "1,250", same=False)]
        return LibraryTrail(subject.text, statements, [("600", 3, 2), ("1,250", 1, 1)])


def _reader(held: FakeLibrary | None) -> RumorApp:
    known = services(held) if held is not None else None
    return RumorApp(Opened(thread_of("ann: So few.", CLAIM), Settings(dates="absolute"), known))


async def _follow(pilot: Pilot[None]) -> TrailScreen:
    """The trail of the first mark of the article, a name."""
    await press(pilot, "tab c")
    await until(pilot, lambda: isinstance(pilot.app.screen, TrailScreen))
    screen = pilot.app.screen
    assert isinstance(screen, TrailScreen)
    await until(pilot, lambda: screen.state.claims is not None)
    return screen


async def test_the_trail_of_a_claim_leads_into_the_library_and_to_its_threads() -> None:
    held = Trails()
    async with _reader(held).run_test(size=WIDE) as pilot:
        trail = await _follow(pilot)
        await press(pilot, "l")  # from the name to the figure
        await until(pilot, lambda: trail.trail.subject.kind == "number")
        await press(pilot, "L")
        await until(pilot, lambda: isinstance(pilot.app.screen, LibraryClaimScreen))
        screen = await listed(pilot)
        assert isinstance(screen, LibraryClaimScreen)
        (subject,) = held.followed_claims
        assert (subject.kind, subject.dimension) == ("number", "made")
        assert "Velostar" in " ".join(subject.about)
        assert "2 places in 2 threads" in title(pilot)
        shown = " ".join(rows_of(screen.account))
        assert "600 (3 in 2 threads)" in shown
        assert "1,250 (1)" in shown
        assert any("It was 600 cars." in line for line in rows_of(screen.view))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReaderScreen))
        assert "Six hundred cars?" in title(pilot)


async def test_the_places_are_narrowed_by_typing_and_esc_leads_back_to_the_trail() -> None:
    async with _reader(Trails()).run_test(size=WIDE) as pilot:
        trail = await _follow(pilot)
        await press(pilot, "L")
        await until(pilot, lambda: isinstance(pilot.app.screen, LibraryClaimScreen))
        screen = await listed(pilot)
        await press(pilot, "/ g u s enter")
        assert [line for line in rows_of(screen.view) if "600 cars." in line] == []
        await press(pilot, "escape escape")
        await until(pilot, lambda: pilot.app.screen is trail)


async def test_c_follows_the_number_of_a_hit_in_the_search_through_everything() -> None:
    held = Trails()
    held.found = LibraryHits([LibraryHit(1, 1006, "comment", "A title", "", "fay", MARCH, "It was 600 cars.")], 1)
    app = RumorApp(Opened(None, Settings(), services(held), view="everything"))
    async with app.run_test(size=WIDE) as pilot:
        await listed(pilot)
        await type_in(pilot, "cars")
        await until(pilot, lambda: held.searched[-1:] == ["cars"])
        screen = await listed(pilot)
        await until(pilot, lambda: any("It was" in line for line in rows_of(screen.view)))
        await press(pilot, "enter c")
        await until(pilot, lambda: isinstance(pilot.app.screen, LibraryClaimScreen))
        await listed(pilot)
        assert held.followed_claims == [ClaimSubject("number", "600 cars", "made")]


async def test_without_a_library_it_is_said() -> None:
    async with _reader(None).run_test(size=WIDE) as pilot:
        await _follow(pilot)
        await press(pilot, "L")
        await until(pilot, lambda: "library" in told(pilot))
        assert isinstance(pilot.app.screen, TrailScreen)


async def test_the_trail_through_the_library_at_every_size() -> None:
    async with _reader(Trails()).run_test(size=WIDE) as pilot:
        await _follow(pilot)
        await press(pilot, "L")
        await until(pilot, lambda: isinstance(pilot.app.screen, LibraryClaimScreen))
        await listed(pilot)
        await sweep(pilot)
