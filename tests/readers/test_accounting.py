"""What a thread holds of its source: the count, what is lost, and what happens to a reading that loses text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumor_tui import export
from rumor_tui.model import Account, Article, Draft, Listing, SourceError, Thread, ThreadBuilder
from rumor_tui.readers import as_thread, fallback, read_source
from rumor_tui.readers.accounting import account, find_loss, is_mostly_empty, split_words
from rumor_tui.readers.json_texts import describe_left_out, find_left_out
from rumor_tui.readers.source import Hint, Source, UnknownJsonError

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

SYLLABLES = ("ba", "ke", "di", "lo", "mu", "na", "pe", "ri", "so", "tu")


def word(number: int) -> str:
    """A made-up word of five syllables for each number below 100,000."""
    return "".join(SYLLABLES[number // 10**place % 10] for place in range(5))


def sentence(number: int, length: int = 12) -> str:
    """A sentence of made-up words; neighbours share none of their order."""
    return " ".join(word((number * 37 + n * 11) % 100_000) for n in range(length)).capitalize() + "."


def thread_of(article: str, *bodies: str, aside: str = "") -> Thread:
    builder = ThreadBuilder(Article("A title", pieces=[article]))
    for body in bodies:
        builder.add(Draft(body, "ann"))
    return builder.build("plain", aside=aside)


def read(source: str) -> Thread:
    return as_thread(read_source(source.encode(), Hint("source")))


# The count


def test_each_passage_counts_where_it_stands() -> None:
    passages = [sentence(n) for n in range(4)]
    thread = thread_of(passages[0], passages[1], aside=passages[2])
    assert account(passages, thread) == Account(article=12, comments=12, aside=12, missing=12)
    assert account(passages, thread).hidden_share == 0.5


def test_labels_dates_and_repeated_lines_are_no_prose() -> None:
    passages = [
        "Reply",
        "12 March 2011, 10:15",
        *[f"Send a link to post number {n} to all of your friends" for n in "123"],
    ]
    assert account(passages, thread_of("")).total == 0


def test_markup_and_joined_lines_do_not_matter() -> None:
    passages = [f"<b>{sentence(1)}</b>", sentence(2)]
    assert account(passages, thread_of("", f"{sentence(1)}\n{sentence(2)}")).missing == 0


def test_scripts_without_spaces_have_words() -> None:
    assert split_words("山嵐 2011") == ["山", "嵐"]
    assert account(["一波波接續性低溫寒流報到已將層層山巒"], thread_of("")).missing == 18


def test_nothing_is_nothing() -> None:
    assert account([], thread_of("")) == Account()
    assert Account().hidden_share == 0


# What is lost


def test_what_stands_behind_the_last_comment_is_the_end_of_the_page() -> None:
    lines = [sentence(n) for n in range(5)]
    thread = thread_of(lines[0], lines[1], lines[3])
    loss = find_loss(lines, thread, aside=False)
    assert list(loss.missing) == [2]
    assert loss.words == 12
    assert loss.share == pytest.approx(0.2)


def test_with_empty_comments_all_of_the_page_is_lost() -> None:
    thread = thread_of("", "", "")
    assert is_mostly_empty(thread)
    assert list(find_loss([sentence(1), sentence(2)], thread, aside=False).missing) == [0, 1]


def test_what_is_set_aside_counts_as_held_where_that_is_on_purpose() -> None:
    lines = [sentence(1), sentence(2)]
    thread = thread_of("", lines[1], aside=lines[0])
    assert not find_loss(lines, thread, aside=True).missing
    assert find_loss(lines, thread, aside=False).missing


# The text that a reading loses


def source_of(*lines: str) -> Source:
    return Source("\n".join(lines).encode(), Hint("source"))


def test_a_reading_that_loses_nothing_stays_as_it_is() -> None:
    thread = thread_of(sentence(1), sentence(2))
    assert fallback.complete_text(source_of(sentence(1), sentence(2)), thread, aside=False) is thread


def test_lost_prose_joins_the_article_in_the_order_of_the_source() -> None:
    lines = [sentence(n) for n in range(8)]
    thread = thread_of(lines[2], lines[4], lines[6], lines[7])
    done = fallback.complete_text(source_of(*lines), thread, aside=False)
    assert done is not None
    assert list(done.article.pieces) == ["\n".join(lines[:2]), lines[2], lines[3], lines[5]]
    assert len(done) == 3


def test_comments_without_text_are_a_wrong_reading() -> None:
    assert fallback.complete_text(source_of(sentence(1), sentence(2)), thread_of("", "", ""), aside=False) is None


def test_comments_that_hold_little_are_a_wrong_reading() -> None:
    lines = [sentence(n) for n in range(8)]
    assert fallback.complete_text(source_of(*lines), thread_of("", lines[7]), aside=False) is None


def test_a_thread_without_comments_is_never_wrong() -> None:
    done = fallback.complete_text(source_of(sentence(1), sentence(2)), thread_of(sentence(1)), aside=False)
    assert done is not None
    assert list(done.article.pieces) == [sentence(1), sentence(2)]


def test_a_few_lost_lines_are_set_aside() -> None:
    lines = [*(sentence(n) for n in range(30)), "Odd words"]
    done = fallback.complete_text(source_of(*lines), thread_of(*lines[:2], *lines[3:30]), aside=False)
    assert done is not None
    assert done.aside == f"{lines[2]}\nOdd words"


def test_the_last_resort_is_the_whole_text() -> None:
    thread = fallback.read_as_article(source_of("# A heading", "", sentence(1), "", "- " + sentence(2)))
    assert " ".join(thread.article.pieces).split() == f"# A heading {sentence(1)} - {sentence(2)}".split()
    assert len(thread) == 0


# JSON


def test_replies_in_an_unknown_wrapper_are_told() -> None:
    rows = [{"author": "ann", "text": sentence(n)} for n in range(5)]
    rows[1]["odd"] = [{"deep": {"text": sentence(20)}}, {"deep": {"text": sentence(21)}}]  # type: ignore[assignment]
    document = {"rows": rows}
    thread = thread_of("", *(sentence(n) for n in range(5)))
    left_out = find_left_out(document, thread)
    assert left_out.count == 2
    assert dict(left_out.paths) == {"rows.odd.deep.text": 2}
    assert left_out.held == 5
    assert "2 texts of the source stand in no comment" in describe_left_out(left_out)
    assert "rows.odd.deep.text (2)" in describe_left_out(left_out)


def test_other_fields_and_other_forms_of_a_text_are_not() -> None:
    rows = [{"text": sentence(n), "html": f"<p>{sentence(n)}</p>", "bio": sentence(n + 50)} for n in range(5)]
    assert find_left_out(rows, thread_of("", *(sentence(n) for n in range(5)))).count == 0


def test_a_text_in_pieces_is_held() -> None:
    parts = {"author": "ann", "text": [sentence(7), {"text": sentence(8)}]}
    rows = [parts, *({"author": "bob", "text": sentence(n)} for n in range(3))]
    thread = thread_of("", f"{sentence(7)} {sentence(8)}", *(sentence(n) for n in range(3)))
    assert find_left_out(rows, thread).count == 0


def test_depth_costs_no_recursion() -> None:
    from rumor_tui.readers.lenient_json import parse_json

    deep = parse_json('{"a": ' * 20_000 + json.dumps(sentence(3)) + "}" * 20_000)
    assert find_left_out(deep, thread_of("", sentence(1))).count == 0


def test_the_thread_has_a_notice_of_what_is_left_out() -> None:
    rows = [{"author": "ann", "text": sentence(n)} for n in range(30)]
    rows[1]["odd"] = {"text": sentence(40)}  # type: ignore[assignment]
    assert "1 text of the source stands in no comment" in read(json.dumps(rows)).notice
    assert read(json.dumps(rows[2:])).notice == ""


# Every word of every body


Rows = Sequence[tuple[str, str, int]]

LAYOUTS: dict[str, Callable[[str, str, int], str]] = {
    "bullets": lambda name, body, depth: f"{'  ' * depth}• {name} 3 hours ago\n{'  ' * depth}  {body}\n",
    "headed": lambda name, body, depth: f"{name} says:\nMarch {depth + 1}, 2011 at 10:15 am\n{body}\nReply\n",
    "indented": lambda name, body, depth: f"{'    ' * depth}{name} 2 hours ago\n\n{'    ' * depth}{body}\n\n",
    "quoted": lambda name, body, depth: (
        f"{'> ' * depth}**{name}** · 2011-03-04\n{'> ' * depth}\n{'> ' * depth}{body}\n"
    ),
    "lines": lambda name, body, depth: f"{name} | 4 Mar 2011\n{body}\n\n",
    "chat": lambda name, body, depth: f"[2011-03-04 10:{depth:02}] <{name}> {body}\n",
}

SHAPES: dict[str, Callable[[Rows], object]] = {
    "flat": lambda rows: [{"id": n, "author": a, "text": b} for n, (a, b, _) in enumerate(rows)],
    "wrapped": lambda rows: {"data": {"items": [{"user": {"name": a}, "body": b} for a, b, _ in rows]}},
    "nested": lambda rows: _nested(rows, "replies"),
    "odd": lambda rows: _nested(rows, "answers_of_it"),
    "lines": lambda rows: [{"author": a, "content": b, "created_at": "2011-03-04T10:00:00Z"} for a, b, _ in rows],
}


@st.composite
def made_threads(draw: st.DrawFn) -> Rows:
    """Author, body and depth of some comments; no word stands twice, so that each one that is missing shows."""
    shapes = st.tuples(st.sampled_from(["ann", "bob", "cyril", "dora"]), st.integers(1, 30), st.integers(0, 3))
    rows, number = [], draw(st.integers(0, 99)) * 1_000
    for author, length, depth in draw(st.lists(shapes, min_size=1, max_size=12)):
        rows.append((author, " ".join(word(number + n) for n in range(length)), depth))
        number += length
    return rows


def _nested(rows: Rows, name: str) -> list[dict[str, object]]:
    top: list[dict[str, object]] = []
    path: list[list[dict[str, object]]] = [top]
    for author, body, depth in rows:
        del path[depth + 1 :]
        below: list[dict[str, object]] = []
        path[-1].append({"author": author, "text": body, name: below})
        path.append(below)
    return top


def words_kept(thread: Thread) -> set[str]:
    """The words of the export, and of what was set aside."""
    import io

    out = io.StringIO()
    export.write(thread, "text", out)
    return {*split_words(out.getvalue()), *split_words(thread.aside)}


@pytest.mark.parametrize("layout", list(LAYOUTS))
@given(rows=made_threads(), article=st.booleans())
@settings(max_examples=40, deadline=None)
def test_no_word_of_a_dump_vanishes(layout: str, rows: Rows, article: bool) -> None:
    head = f"A page about it\n\n{sentence(5, 30)}\n\n{len(rows)} Comments\n\n" if article else ""
    source = head + "".join(LAYOUTS[layout](*row) for row in rows)
    kept = words_kept(read(source))
    missing = {word for _, body, _ in rows for word in split_words(body)} - kept
    assert not missing, source


@pytest.mark.parametrize("shape", list(SHAPES))
@given(rows=made_threads())
@settings(max_examples=40, deadline=None)
def test_no_word_of_json_vanishes_in_silence(shape: str, rows: Rows) -> None:
    document = SHAPES[shape](rows)
    try:
        content = read_source(json.dumps(document).encode(), Hint("source"))
    except SourceError:
        return
    thread = content if not isinstance(content, Listing) else as_thread(content)
    bodies = [body for _, body, _ in rows]
    kept = words_kept(thread)
    lost = [body for body in bodies if not set(split_words(body)) <= kept]
    long = [body for body in lost if len(split_words(body)) >= 3]
    assert not long or thread.notice, (thread.notice, lost)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside this checkout")
def test_no_text_of_the_corpus_is_read_with_a_loss() -> None:
    losses = {}
    for path in sorted((CORPUS / "text").glob("*.txt")):
        thread = as_thread(read_source(path.read_bytes(), Hint(str(path))))
        assert not is_mostly_empty(thread) or not len(thread), path.name
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        losses[path.name] = find_loss(lines, thread, aside=False).share if len(thread) else 0
    assert {name: share for name, share in losses.items() if share > fallback.MAX_LOSS} == {}


def _has_prose(document: str) -> bool:
    """Whether some string of a JSON document has more than a few words."""
    return any(text.count(" ") > 4 for text in re.findall(r'"((?:[^"\\]|\\.)*)"', document))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside this checkout")
def test_no_json_of_the_corpus_is_said_to_be_left_out() -> None:
    told = {}
    for path in sorted((CORPUS / "json").glob("*.json")):
        if ".truth." not in path.name:
            try:
                content = read_source(path.read_bytes(), Hint(str(path)))
            except UnknownJsonError as error:  # refused only where no text is in it
                told[path.name] = str(error) if _has_prose(path.read_text()) else ""
                continue
            told[path.name] = content.notice if isinstance(content, Thread) else ""
    assert {name: notice for name, notice in told.items() if notice} == {}
