"""What this program relies on in its libraries that they do not promise: each has a test that says what has changed.

The version of a library has an upper bound in pyproject.toml where something here is about it.
"""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from textual.app import App, ComposeResult
from textual.color import Color
from textual.drivers import linux_driver
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widgets import Static

from rumor_tui.terminal import RESET_SEQUENCES, UNRESET_BY_TEXTUAL

ROOT = Path(__file__).parent.parent
REQUIRED = [
    Requirement(line)
    for line in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
]
INTERNALS = {
    *("textual", "httpx2", "httpcore2", "hishel", "selectolax", "markdown-it-py", "chardet", "dateparser", "ftfy"),
    *("fastwarc", "msgspec"),
}
"""Libraries of which something here is tested that they do not promise."""


@pytest.mark.parametrize("required", REQUIRED, ids=lambda required: required.name)
def test_a_version_has_a_lower_bound_and_an_upper_one_where_it_must(required: Requirement) -> None:
    operators = {bound.operator for bound in required.specifier}
    assert ">=" in operators, f"{required.name} needs the lowest version that was tried"
    if required.name in INTERNALS:
        assert "<" in operators, f"internals of {required.name} are used: it needs an upper bound"
    assert required.specifier.contains(metadata.version(required.name)), f"another {required.name} is installed"


# Textual


class Failing(App[None]):
    """Fails when a key is pressed, and notes what there is when it rings."""

    def __init__(self) -> None:
        super().__init__()
        self.rung: list[BaseException | None] = []
        self.ran: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static("nothing")

    def bell(self) -> None:
        self.rung.append(sys.exception())

    def on_key(self) -> None:
        raise LookupError("of the key")

    def action_nothing(self) -> None:
        self.ran.append("nothing")

    async def run_action(self, action: object, *rest: object, **named: object) -> bool:
        self.ran.append(f"asked: {action}")
        return await super().run_action(action, *rest, **named)  # type: ignore[arg-type]


async def test_textual_rings_while_the_exception_of_a_fault_is_in_hand() -> None:
    app = Failing()
    with pytest.raises(LookupError):
        async with app.run_test() as pilot:
            await pilot.press("a")
    assert [type(error) for error in app.rung] == [LookupError], (
        "Textual's App no longer rings while it handles an unexpected exception: RumorApp.bell notes faults there"
    )


async def test_textual_asks_the_app_to_run_the_actions_of_a_screen() -> None:
    app = Failing()
    async with app.run_test():
        await app.screen.run_action("app.nothing")
    assert app.ran == ["asked: app.nothing", "nothing"], "RumorApp.run_action no longer hears of every action"


def test_textual_tells_the_app_of_a_fault_in_the_thread_of_the_keys_by_a_traceback_of_rich() -> None:
    class Asked:
        panicked: list[object]

        def panic(self, *renderables: object) -> None:
            self.panicked = list(renderables)

        def call_later(self, callback: object, *arguments: object) -> None:
            assert callback == self.panic
            self.panic(*arguments)

    class Driver(linux_driver.LinuxDriver):
        def __init__(self, app: object) -> None:
            self._app = app  # type: ignore[assignment]

        def run_input_thread(self) -> None:
            raise LookupError("of the keys")

    app = Asked()
    Driver(app)._run_input_thread()
    (traceback,) = app.panicked
    stacks = traceback.trace.stacks  # type: ignore[attr-defined]
    assert stacks[0].exc_type == "LookupError", "RumorApp.panic reads a Traceback of Rich's"
    assert stacks[0].frames[-1].name == "run_input_thread"


def test_every_mode_that_textual_sets_is_one_that_is_reset() -> None:
    source = re.sub(r"#.*", "", inspect.getsource(linux_driver))
    written = set(re.findall(r"\\(?:x1b|033)\[\?(\d+)([hl])", source))
    set_by_textual = {mode for mode, end in written if end == "h"}
    reset = set(re.findall(r"\x1b\[\?(\d+)[hl]", RESET_SEQUENCES))
    assert set_by_textual, "Textual's driver no longer writes its modes as text"
    assert set_by_textual <= reset, "Textual sets a mode that terminal.RESET_SEQUENCES does not reset"
    ended = {mode for mode, end in written if end == "l"} | {"7", "25", "1049"}
    left = set_by_textual - ended
    assert left == {*re.findall(r"\d+", UNRESET_BY_TEXTUAL)}, "Textual leaves other modes on than it did"


def test_textual_reads_descriptor_0_and_draws_on_standard_error() -> None:
    source = inspect.getsource(linux_driver.LinuxDriver.__init__)
    assert "sys.__stderr__" in source, "terminal_streams connects descriptor 2 to the terminal for Textual"
    assert "sys.__stdin__.fileno()" in source, "terminal_streams connects descriptor 0 to the terminal for Textual"


def test_textual_installs_handlers_for_being_stopped_and_continued_when_its_driver_is_made() -> None:
    source = inspect.getsource(linux_driver.LinuxDriver.__init__)
    assert {"SIGTSTP", "SIGCONT"} <= set(re.findall(r"signal\.signal\(signal\.(\w+)", source)), (
        "terminal.commands.renew_after_stops stands in front of these handlers"
    )


def test_textual_takes_its_frames_per_second_from_the_environment_once() -> None:
    asked = "import rumor_tui.ui; from textual.constants import MAX_FPS; print(MAX_FPS)"
    run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "120", "Textual no longer reads TEXTUAL_FPS when it is imported"


async def test_textual_runs_the_handlers_of_base_classes_too() -> None:
    called: list[str] = []

    class Base(Static):
        def on_mount(self) -> None:
            called.append("base")

    class Derived(Base):
        def on_mount(self) -> None:
            called.append("derived")

    async with App[None]().run_test() as pilot:
        await pilot.app.mount(Derived())
    assert called == ["derived", "base"], "screens here rely on Textual running the handlers of their bases"


def test_a_strip_keeps_what_a_filter_made_of_it() -> None:
    class Counting(LineFilter):
        applied = 0

        def apply(self, segments: list, background: Color) -> list:  # type: ignore[type-arg]
            self.applied += 1
            return segments

    strip, counting = Strip.blank(5), Counting()
    first = strip.apply_filter(counting, Color(0, 0, 0))
    assert strip.apply_filter(counting, Color(0, 0, 0)) is first, "the panes rely on strips keeping what was filtered"
    assert counting.applied == 1


# The web


async def test_the_pool_connects_by_the_backend_that_it_is_given_and_keeps_the_name() -> None:
    import httpcore2

    asked: list[tuple[str, int]] = []

    class Backend(httpcore2.AsyncNetworkBackend):
        async def connect_tcp(self, host: str, port: int, **_: object) -> httpcore2.AsyncNetworkStream:  # type: ignore[override]
            asked.append((host, port))
            raise httpcore2.ConnectError("refused")

    async with httpcore2.AsyncConnectionPool(network_backend=Backend()) as pool:
        with pytest.raises(httpcore2.ConnectError):
            await pool.request("GET", "http://pages.example:81/")
    assert asked == [("pages.example", 81)], "every connection must be made by hosts.CheckedBackend, with the name"


def test_a_compressed_body_comes_in_bounded_pieces() -> None:
    import gzip

    import httpx2

    bomb = gzip.compress(b"\0" * 50_000_000)
    response = httpx2.Response(200, headers={"content-encoding": "gzip"}, stream=httpx2.ByteStream(bomb))
    largest = max(len(piece) for piece in response.iter_bytes(65_536))
    assert largest <= 65_536, "a compressed body comes in larger pieces than were asked for: the cap would be too late"


def test_the_cache_is_made_with_the_names_that_it_has() -> None:
    from hishel import AsyncSqliteStorage, CacheOptions
    from hishel.httpx2 import AsyncCacheTransport

    assert {"next_transport", "storage"} <= set(inspect.signature(AsyncCacheTransport.__init__).parameters)
    assert inspect.isclass(AsyncSqliteStorage)
    assert inspect.isclass(CacheOptions)


# Readers


def test_a_node_of_selectolax_has_a_number_that_two_views_of_it_share() -> None:
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser("<p id=a>one</p><p>two</p>")
    first, second = page.css("p")
    other = page.css_first("#a")
    assert other is not None
    assert first.mem_id == other.mem_id != second.mem_id, "pages are cleaned by LexborNode.mem_id"


def test_markdown_it_has_the_rules_and_the_state_that_ours_stand_among() -> None:
    from rumor_tui.blocks.markdown import parser

    made = parser()
    names = [rule.name for rule in made.inline.ruler.__rules__]
    assert names.index("address") < names.index("escape"), "our rule for addresses comes before that for backslashes"
    tokens = made.parse("a https://example.org/a_b_c and `code` *em*\n\n| a |\n| --- |\n| b |\n")
    assert tokens[1].children is not None
    assert tokens[1].children[0].content == "a https://example.org/a_b_c and ", "an address is no longer taken whole"
    assert {"table_open", "td_open", "inline"} <= {token.type for token in tokens}


def test_msgspec_refuses_what_is_of_another_type_and_has_a_limit_of_depth() -> None:
    import msgspec

    with pytest.raises(msgspec.ValidationError):
        msgspec.msgpack.decode(msgspec.msgpack.encode({"a": 1}), type=list[int])
    with pytest.raises((RecursionError, msgspec.DecodeError)):
        msgspec.json.decode(b"[" * 100_000)


def test_chardet_takes_eras_and_encodings_that_are_left_out() -> None:
    from chardet import EncodingEra, detect

    assert {"encoding_era", "compat_names", "exclude_encodings"} <= set(inspect.signature(detect).parameters)
    assert {"MODERN_WEB", "LEGACY_ISO", "LEGACY_MAC", "DOS"} <= set(EncodingEra.__members__)


def test_dateparser_has_its_order_of_languages() -> None:
    from dateparser.data.languages_info import language_order

    assert {"en", "de", "fr", "ja"} <= set(language_order), "the languages of dates are in dateparser's own table"


def test_ftfy_mends_an_encoding_and_nothing_else() -> None:
    from ftfy import TextFixerConfig, fix_encoding

    config = TextFixerConfig(unescape_html=False, uncurl_quotes=False, fix_line_breaks=False, normalization=None)
    assert fix_encoding("â€œschÃ¶nâ€\x9d &amp;", config) == "“schön” &amp;"


def test_fastwarc_reads_from_an_object_of_python() -> None:
    import io

    from fastwarc.warc import ArchiveIterator, WarcRecordType

    record = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 2\r\n\r\nok\r\n\r\n"
    (found,) = [(each.record_type, each.reader.read()) for each in ArchiveIterator(io.BytesIO(record))]
    assert found == (WarcRecordType.resource, b"ok")


def test_lxml_reads_no_file_for_an_entity_and_has_a_limit_of_size(tmp_path: Path) -> None:
    from lxml import etree

    (tmp_path / "secret").write_text("secret")
    page = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{(tmp_path / "secret").as_uri()}">]><a>&b;</a>'.encode()
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    assert b"secret<" not in etree.tostring(etree.fromstring(page, parser)).rpartition(b"<a>")[2]
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(12))
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(b"<!DOCTYPE a [" + laughs + b"]><a>&l11;</a>", etree.XMLParser(huge_tree=False))
