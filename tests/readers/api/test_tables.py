"""Tables of comments, and texts that only look like tables."""

from __future__ import annotations

import pytest

from rumor_tui.markdown_format import format_iso
from rumor_tui.model import Thread
from rumor_tui.readers import read_source
from tests.readers.api.samples import HINT


def thread(text: str) -> Thread:
    """The thread of a text."""
    result = read_source(text.encode(), HINT)
    assert isinstance(result, Thread)
    return result


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_table_with_any_mark_between_values(mark: str) -> None:
    rows = [
        ["id", "reply_to", "name", "comment"],
        ["1", "", "ann", '"one, two;\n|three"'],
        ["2", "1", "ben", '"say ""no"""'],
    ]
    result = thread("\r\n".join(mark.join(row) for row in rows))
    assert list(result.authors) == ["ann", "ben"]
    assert list(result.bodies) == ["one, two;\n|three", 'say "no"']
    assert list(result.parent) == [-1, 0]


def test_names_of_columns_that_are_not_known() -> None:
    people = ["ann", "ben", "ann", "cat"]
    rows = [f"{who}\tthis is what number {n} has to say" for n, who in enumerate(people)]
    result = thread("\n".join(["alpha\tbeta", *rows]))
    assert list(result.authors) == people


@pytest.mark.parametrize(
    "text",
    [
        "a,b,c\n1,2,3\n4,5,6\n",
        "Dear Ann, I write to you\nBecause, well, it is late\nand so on, and on\n",
        "Apples, pears\nare good.\n",
        "name,comment\nann\nben\ncat\n",
    ],
)
def test_other_texts_are_no_tables(text: str) -> None:
    assert not len(thread(text))


QUESTIONS = """Timestamp,Your name (optional),What should we change?
3/4/2024 9:00:00,Room 7,"More lamps, please"
3/4/2024 9:30:00,,"The soup, twice if possible"
3/13/2024 9:30:00,P. Quist,"nothing, I like it as it is"
"""


def test_columns_of_a_form_are_decided_by_their_values() -> None:
    found = thread(QUESTIONS)
    assert list(found.authors) == ["Room 7", None, "P. Quist"]
    assert found.bodies[1] == "The soup, twice if possible"
    assert [format_iso(moment) for moment in found.published][:1] == ["2024-03-04T09:00:00Z"]


@pytest.mark.parametrize(
    "text",
    [
        "Lp.;Imię;Kiedy;Treść;W odpowiedzi na\n1;Kasia;03.02.2021;Czy ktoś widział kota?;\n"
        "2;Tomek;03.02.2021;Tak, wczoraj koło sklepu.;1\n3;Kasia;04.02.2021;Dziękuję, jest w domu!;2\n",
        "番号,名前,日時,本文,返信先\n1,たけし,2023/04/01,この店はおいしいですか？,\n2,はな,2023/04/01,はい、味噌です。,1\n"
        "3,たけし,2023/04/02,ありがとう。,2\n",
        ",id,author_name,comment_text,parent_comment_id\n0,x10,ann,first of all,\n1,x11,ben,second,x10\n"
        "2,x12,cy,third,x11\n",
        "id,body,author,created_utc,parent_id\nga0,one and two,ann,1600000000,t3_zz\nga1,three,ben,1600000001,t1_ga0\n"
        "ga2,four,ann,1600000002,t1_ga1\n",
    ],
)
def test_references_in_any_language_with_numbers_or_prefixes(text: str) -> None:
    found = thread(text)
    assert list(found.parent) == [-1, 0, 1]
    assert all(found.authors)


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (("02/03/2020", "13/03/2020", "14/03/2020"), "2020-03-02"),
        (("02/03/2020", "02/13/2020", "02/14/2020"), "2020-02-03"),
        (("05/01/2020", "06/01/2020", "02/02/2020"), "2020-01-05"),
        (("01/02/2020", "02/02/2020", "03/02/2020"), "2020-02-01"),
        (("05/06/2020", "05/06/2020"), None),
    ],
)
def test_days_and_months_have_one_order_in_a_column(dates: tuple[str, ...], first: str | None) -> None:
    rows = [f"{date},ann,something was said here" for date in dates]
    moment = thread("date,name,comment\n" + "\n".join(rows)).published[0]
    assert (format_iso(moment) or "")[:10] == (first or "")


def test_the_identifier_of_the_records_is_not_what_they_are_about() -> None:
    found = thread("post_id\treply_to_id\tusername\tmessage\n100\tNULL\tann\tone here\n101\t100\tben\ttwo here\n")
    assert found.article.title == ""


def test_answers_to_a_question_need_no_names() -> None:
    text = "Zeitstempel,Was sollen wir ändern?\n13.01.2024 10:00,Mehr Licht\n14.01.2024 10:00,Nichts\n"
    assert list(thread(text).bodies) == ["Mehr Licht", "Nichts"]


@pytest.mark.parametrize(
    "text",
    [
        "Dear Ann, how are you today?\nI am fine, the garden too.\nBe well, we miss you.\n",
        "Name,Street,City\nAnn Berg,Long Road 4,Oslo\nBo Day,Short Road 7,Bergen\nCy Eng,Old Road 3,Oslo\n",
        'time,place,mag\n2024-01-01,"10 km N of Ridge Town, CA",2.1\n2024-01-02,"4 km S of Old Town, CA",1.9\n',
    ],
)
def test_tables_of_other_things_have_no_comments(text: str) -> None:
    assert len(thread(text)) == 0


def test_columns_of_one_name_are_a_list() -> None:
    cells = "The door jams,ann,02/Mar/23 9:10 AM;ben;Plane it.,03/Mar/23 8:00 AM;ann;Done."
    written = f"Summary,Reporter,Comment,Comment\n{cells}"
    result = thread(written)
    assert (result.article.title, result.article.byline) == ("The door jams", "ann")
    assert list(zip(result.authors, result.bodies, strict=True)) == [("ben", "Plane it."), ("ann", "Done.")]


def test_cells_hold_json_or_what_python_writes() -> None:
    cells = ('"{""text"":""Which""},{""text"":"" strings?""}"', "\"{'text': 'None.'}\"")
    written = "author,comment\n" + "\n".join(f"ann,{cell}" for cell in cells)
    assert [body.strip() for body in thread(written).bodies] == ["Which strings?", "None."]


def test_columns_of_flattened_objects() -> None:
    result = thread("Id,CreatedBy.Name,body/text,created_at\n1,ann,Hello there,2024-01-02\n2,ben,And you,2024-01-03")
    assert list(zip(result.authors, result.bodies, strict=True)) == [("ann", "Hello there"), ("ben", "And you")]


@pytest.mark.parametrize(
    "cell", ["[" * 9_000 + "]", "{'a': " + "-" * 9_000 + "1}", "[{'a': '\\\\d'}]", "['a', b]", "{'a'}}"]
)
def test_cells_that_are_neither_stay(cell: str) -> None:
    quoted = cell.replace('"', '""')
    assert thread(f'author,comment\nann,"{quoted}"\nben,so it is').bodies[1] == "so it is"


@pytest.mark.parametrize("names", ["author,author.city", "author.city,author"])
def test_columns_that_are_an_object_and_a_value(names: str) -> None:
    cells = {"author": "ann", "author.city": "Ulm"}
    row = ",".join(cells[name] for name in names.split(","))
    result = thread(f"{names},comment\n{row},Hello there\n{row},And you")
    assert result.bodies[0] == "Hello there"
    assert result.authors[0] == "ann"
