"""Comments that a page tells only to programs."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from rumor_tui.readers.html.discussion import json_ld
from rumor_tui.readers.html.dom import Dom


def dom_of(json: str) -> Dom:
    return Dom(LexborHTMLParser(f'<html><head><script type="application/ld+json">{json}</script></head></html>'))


def test_answers_nest_as_the_lists_do() -> None:
    dom = dom_of(
        '{"@graph": [{"@type": "QAPage", "mainEntity": {"@type": "Question", "text": "How?",'
        '"acceptedAnswer": {"text": "So.", "author": {"name": "Ada"}, "upvoteCount": 3,'
        '"comment": [{"text": "<p>Yes.</p>", "author": "Bruno", "dateCreated": "2021-03-04"}]},'
        '"suggestedAnswer": [{"text": "Or & so.\\nAnd so.", "author": [{"name": "Zoë"}]}]}}]}'
    )
    comments, parents = json_ld.find_json_ld_comments(dom)
    assert [comment.author for comment in comments] == ["Ada", "Bruno", "Zoë"]
    assert [comment.html for comment in comments] == ["<p>So.</p>", "<p>Yes.</p>", "<p>Or &amp; so.</p><p>And so.</p>"]
    assert parents == [None, 0, None]
    assert comments[0].score == 3
    assert comments[1].date_machine == "2021-03-04"


def test_broken_scripts_and_other_things_tell_nothing() -> None:
    for json in ("{", '{"comment": 3}', '{"comment": [[]]}', "[1, null]", '{"comment": {"text": 7}}', '"comment"'):
        assert json_ld.find_json_ld_comments(dom_of(json)) == ([], [])


def test_any_depth_is_read() -> None:
    deep = 5_000
    json = '{"comment": ' + '{"text": "x", "comment": ' * deep + "null" + "}" * deep + "}"
    comments, parents = json_ld.find_json_ld_comments(dom_of(json))
    assert len(comments) == deep
    assert parents[-1] == deep - 2
