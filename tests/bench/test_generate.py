"""The generated threads are what the bench takes them for: seeded, well formed, and of a realistic shape."""

from __future__ import annotations

import json
import mailbox
from collections import Counter
from html.parser import HTMLParser
from io import StringIO
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import mean, median
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.bench import generate, prose
from tests.bench.searching import QUERIES

FEW = 3_000


@pytest.fixture(scope="module")
def thread() -> list[generate.Row]:
    return list(generate.rows(FEW))


def text_of(kind: str, count: int, seed: int = generate.SEED) -> str:
    out = StringIO()
    generate.write(kind, count, out, seed=seed)
    return out.getvalue()


def walk(item: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    """The comments below an item in pre-order with their depths, without recursion."""
    found, waiting = [], [(0, child) for child in reversed(item["children"])]
    while waiting:
        depth, comment = waiting.pop()
        found.append((depth, comment))
        waiting += [(depth + 1, child) for child in reversed(comment["children"])]
    return found


class Visible(HTMLParser):
    """Collects the text of a body."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def visible(html: str) -> str:
    parser = Visible()
    parser.feed(html)
    parser.close()
    return parser.text


@pytest.mark.parametrize("kind", sorted(generate.SUFFIXES))
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(kind: str) -> None:
    assert text_of(kind, 200) == text_of(kind, 200)
    assert text_of(kind, 200) != text_of(kind, 200, seed=1)


@given(st.integers(1, 400), st.integers(0, 10_000))
def test_depths_are_those_of_a_tree_in_pre_order(count: int, seed: int) -> None:
    depths = list(generate.tree_depths(count, Random(seed)))
    assert len(depths) == count
    assert depths[0] == 0
    assert all(0 <= depth <= previous + 1 for previous, depth in pairwise(depths))


def test_depths_have_a_heavy_tail() -> None:
    depths = list(generate.tree_depths(60_000, Random(4)))
    assert 1 < mean(depths) < 6
    assert sum(depth < 8 for depth in depths) > 0.85 * len(depths)
    assert max(depths) >= 30


def test_rows_name_their_parents_and_are_never_older_than_them(thread: list[generate.Row]) -> None:
    for row in thread:
        assert row.parent < row.index
        above = thread[row.parent] if row.parent >= 0 else None
        assert row.depth == (above.depth + 1 if above else 0)
        assert row.time > (above.time if above else generate.BEGIN)


def test_authors_follow_zipf() -> None:
    numbers = prose.zipf_authors(Random(5), 500)
    counts = Counter(next(numbers) for _ in range(40_000))
    assert counts[0] / counts[1] == pytest.approx(2, rel=0.1)
    assert counts[0] / counts[9] == pytest.approx(10, rel=0.2)


def test_every_author_has_a_name_of_their_own() -> None:
    assert len({prose.handle(index) for index in range(5_000)}) == 5_000


def test_body_lengths_are_lognormal_about_the_mean_asked_for() -> None:
    lengths = [len(prose.plain(row.body)) for row in generate.rows(FEW, mean=420) if row.author]
    assert mean(lengths) == pytest.approx(420, rel=0.1)
    assert 0.5 < median(lengths) / mean(lengths) < 0.75
    assert max(lengths) > 2_000


def test_bodies_hold_what_real_ones_hold(thread: list[generate.Row]) -> None:
    markup = "".join(prose.html(row.body) for row in thread)
    for expected in ("<p>", "<i>", '<a href="https:&#x2F;&#x2F;', "<pre><code>", "&#x27;", "&quot;", "&amp;", "&gt; "):
        assert expected in markup
    for expected in ("’", "“", "é", prose.EMOJI[0]):
        assert expected in markup
    assert not any(mark in markup for mark in (prose.NUMBER_MARK, prose.NAME_MARK))


def test_html_and_plain_text_say_the_same(thread: list[generate.Row]) -> None:
    for row in thread[:500]:
        shown = visible(prose.html(row.body))
        assert "".join(shown.split()) == "".join(prose.plain(row.body).split())


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 150), st.integers(0, 1_000))
def test_the_algolia_item_is_the_tree_of_the_rows(count: int, seed: int) -> None:
    item = json.loads(text_of("algolia", count, seed))
    rows = list(generate.rows(count, seed=seed))
    found = walk(item)
    assert [(depth, comment["id"]) for depth, comment in found] == [(row.depth, row.id) for row in rows]
    for (_, comment), row in zip(found, rows, strict=True):
        assert comment["parent_id"] == (rows[row.parent].id if row.parent >= 0 else item["id"])
        assert (comment["author"], comment["created_at_i"]) == (row.author, row.time)


def test_an_algolia_item_has_the_fields_of_the_real_one() -> None:
    item = json.loads(text_of("algolia", 3))
    assert tuple(item) == tuple(item["children"][0]) == (*generate.ALGOLIA_FIELDS, "children")
    assert (item["type"], item["children"][0]["type"]) == ("story", "comment")
    assert item["created_at"] == "2026-01-02T00:00:00.000Z"


def test_the_mailbox_threads_as_the_rows_do(tmp_path: Path) -> None:
    path = tmp_path / "thread.mbox"
    generate.make("mbox", 400, path)
    messages = list(mailbox.mbox(path))
    rows = list(generate.rows(400))
    assert len(messages) == 401
    assert messages[0]["In-Reply-To"] is None
    for row, message in zip(rows, messages[1:], strict=True):
        parent = messages[row.parent + 1]
        assert message["In-Reply-To"] == parent["Message-ID"]
        assert message["References"].split()[-1] == parent["Message-ID"]
        assert message["References"].split()[0] == messages[0]["Message-ID"]
        text = message.get_payload(decode=True)
        assert isinstance(text, bytes)
        assert text.decode().strip() == (prose.plain(row.body).strip() if row.author else "[deleted]")


def test_no_line_of_a_mail_begins_another_mail() -> None:
    out = StringIO()
    body = [prose.Paragraph("text", (("", "From here on"),)), prose.Paragraph("text", (("", "From there"),))]
    generate.write_mbox(iter([generate.Row(0, -1, 0, "anvil", generate.BEGIN, body)]), out)
    assert out.getvalue().count("\nFrom ") == 1
    assert out.getvalue().count("\n>From ") == 2


def test_the_export_form_counts_parents_by_row() -> None:
    data = json.loads(text_of("export", 50))
    rows = list(generate.rows(50))
    assert (data["version"], data["article"]["title"]) == (1, generate.TITLE)
    for comment, row in zip(data["comments"], rows, strict=True):
        assert comment["parent"] == (row.parent if row.parent >= 0 else None)
        assert (comment["index"], comment["depth"], comment["deleted"]) == (row.index, row.depth, row.author is None)


def test_a_chain_answers_the_comment_before() -> None:
    comments = json.loads(text_of("chain", 300))["comments"]
    assert [comment["parent"] for comment in comments] == [None, *range(299)]


def test_the_deep_item_nests_a_level_a_comment() -> None:
    text = text_of("deep", 20_000)
    assert text.count('"children":[{') == 20_000
    assert text.endswith("]}" * 20_001)
    small = msgspec.json.decode(text_of("deep", 100))
    assert [depth for depth, _ in walk(small)] == list(range(100))


def test_an_article_has_every_kind_of_block_and_the_length_asked_for() -> None:
    text = text_of("article", 100_000)
    assert 100_000 <= len(text) < 120_000
    kinds = {token.type for token in MarkdownIt("commonmark").enable("table").parse(text)}
    assert kinds >= {"heading_open", "paragraph_open", "bullet_list_open", "ordered_list_open", "blockquote_open"}
    assert kinds >= {"fence", "table_open"}
    assert "](https://" in text
    assert text.count(generate.FIRST_WORD) == 2


def test_cached_files_are_made_once(tmp_path: Path) -> None:
    path = generate.cached(tmp_path / "new", "algolia", 5)
    before = path.stat().st_mtime_ns
    assert generate.cached(tmp_path / "new", "algolia", 5).stat().st_mtime_ns == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert generate.cached(tmp_path / "new", "algolia", 5, mean=50) != path


def test_occurrences_are_counted_in_the_visible_text() -> None:
    item = json.loads(text_of("algolia", 400))
    texts = [item["title"], item["text"], *(comment["text"] or "" for _, comment in walk(item))]
    shown = [visible(text.replace("<p>", "\n\n")).lower() for text in texts]
    counts = generate.occurrences(400, ("CAR", "1"))
    assert counts == {"CAR": sum(text.count("car") for text in shown), "1": sum(text.count("1") for text in shown)}
    assert all(counts.values())


def test_the_last_letter_of_every_query_changes_its_total() -> None:
    counts = generate.occurrences(FEW, [*QUERIES, *(query[:-1] for query in QUERIES)])
    assert all(0 < counts[query] < counts[query[:-1]] for query in QUERIES)
