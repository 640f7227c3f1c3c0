from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from rumor_tui import blocks, readers
from rumor_tui.model import Listing, Thread
from rumor_tui.readers import Hint, SourceError
from tests.reading import load


def row(**attributes: object) -> str:
    return "  <row " + " ".join(f'{name}="{escape(str(value))}"' for name, value in attributes.items()) + " />\n"


def dump(root: str, *rows: str) -> bytes:
    return f'\ufeff<?xml version="1.0" encoding="utf-8"?>\n<{root}>\n{"".join(rows)}</{root}>\n'.encode()


QUESTION = row(
    Id=5, PostTypeId=1, AcceptedAnswerId=9, CreationDate="2024-05-06T10:00:00.123", Score=4, OwnerUserId=7,
    Title="Why oil & not gas?", Body="<p>The lamp burned <b>oil</b>.</p>", AnswerCount=2,
)  # fmt: skip
ANSWERS = (
    row(
        Id=8, PostTypeId=2, ParentId=5, CreationDate="2024-05-06T11:00:00", Score=30, OwnerDisplayName="gus",
        Body="<p>Gas came late.</p>",
    ),
    row(
        Id=9, PostTypeId=2, ParentId=5, CreationDate="2024-05-06T12:00:00", Score=2, OwnerUserId=8,
        Body="<p>It was cheap.</p>",
    ),
)  # fmt: skip
WIKI = row(Id=11, PostTypeId=4, Body="About lamps")
OTHER = row(Id=20, PostTypeId=1, Title="Other", Body="<p>x</p>", CreationDate="2024-05-06T10:00:00")
COMMENTS = dump(
    "comments",
    row(Id=1, PostId=5, Score=0, Text="Which lamp? a < b", CreationDate="2024-05-06T10:30:00", UserId=8),
    row(Id=2, PostId=8, Score=1, Text="How late?", CreationDate="2024-05-06T11:30:00", UserDisplayName="nora"),
)
USERS = dump("users", row(Id=7, DisplayName="marga"), row(Id=8, DisplayName="otto"))


def test_a_question_with_its_answers() -> None:
    content = readers.read_source(dump("posts", QUESTION, *ANSWERS, WIKI), Hint("Posts.xml"))
    assert isinstance(content, Thread)
    assert (content.article.title, content.article.byline, content.article.score) == ("Why oil & not gas?", "user7", 4)
    assert list(content.authors) == ["user8", "gus"]
    assert [blocks.body_text(body, "html") for body in content.bodies] == ["It was cheap.", "Gas came late."]
    assert (content.published[0], content.ids[0], content.scores[0]) == (1_714_996_800, "9", 2)


@pytest.mark.parametrize("name", ["Posts.xml", "lamps-Posts.xml"])
def test_comments_and_names_come_from_the_files_beside_it(name: str, tmp_path: Path) -> None:
    for kind, data in (("Posts", dump("posts", QUESTION, *ANSWERS)), ("Comments", COMMENTS), ("Users", USERS)):
        (tmp_path / name.replace("Posts", kind)).write_bytes(data)
    result = load(str(tmp_path / name))
    assert result.article.byline == "marga"
    assert list(zip(result.authors, result.parent, strict=True)) == [
        ("otto", -1),
        ("otto", -1),
        ("gus", -1),
        ("nora", 2),
    ]
    assert blocks.body_text(result.bodies[0], "html") == "Which lamp? a < b"


def test_several_questions_are_a_list() -> None:
    orphan = row(Id=40, PostTypeId=2, ParentId=39, Body="<p>y</p>", CreationDate="2024-05-06T10:00:00")
    content = readers.read_source(dump("posts", QUESTION, *ANSWERS, OTHER, orphan), Hint("Posts.xml"))
    assert isinstance(content, Listing)
    assert [(entry.title, entry.comments) for entry in content.entries] == [
        ("Why oil & not gas?", 2),
        ("Other", 0),
        ("Answers to question 39", 1),
    ]
    second = content.open(2)
    assert isinstance(second, Thread)
    assert len(second) == 1


def test_a_dump_without_questions_is_a_sentence() -> None:
    with pytest.raises(SourceError, match="without a question"):
        readers.read_source(dump("posts", WIKI), Hint("Posts.xml"))


def test_broken_rows_do_no_harm() -> None:
    broken = dump("posts", QUESTION, '<row Id="x PostTypeId="1', *ANSWERS)[:-60]
    assert isinstance(readers.read_source(broken, Hint("Posts.xml")), Thread)
    assert isinstance(readers.read_source(dump("posts", QUESTION) + b'<row a="' * 200_000, Hint("Posts.xml")), Thread)
