from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from rumor_tui import blocks, readers
from rumor_tui.model import Listing, Thread
from rumor_tui.readers import Hint, SourceError, open_if_single
from rumor_tui.readers.xml_export.documents import to_values

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def opened(source: str) -> Thread | Listing:
    return open_if_single(readers.read_source((DECLARATION + source).encode(), Hint("export.xml")))


def thread(source: str) -> Thread:
    content = opened(source)
    assert isinstance(content, Thread)
    return content


def sentence(source: str) -> str:
    with pytest.raises(SourceError) as caught:
        opened(source)
    return str(caught.value)


def text_of(content: Thread) -> str:
    return "\n".join(blocks.body_text(piece, content.article.format) for piece in content.article.pieces)


def bug(number: int, *texts: str) -> str:
    people = ("Marga", "Ruth", "Otto")
    described = "".join(
        f'<long_desc isprivate="0"><commentid>{place + 90}</commentid><comment_count>{place}</comment_count>'
        f'<who name="{people[place % 3]}">x@y</who><bug_when>2024-05-06 1{place}:00:00 +0000</bug_when>'
        f"<thetext>{text}</thetext></long_desc>"
        for place, text in enumerate(texts)
    )
    return (
        f"<bug><bug_id>{number}</bug_id><creation_ts>2024-05-06 10:00:00 +0000</creation_ts>"
        f'<short_desc>The lamp flickers</short_desc><reporter name="Marga">m@y</reporter>{described}</bug>'
    )


BUGZILLA = '<!DOCTYPE bugzilla SYSTEM "https://bugs.example/page.cgi?id=bugzilla.dtd">\n<bugzilla version="5.0" urlbase="https://bugs.example/">{}</bugzilla>'


def test_a_bug_of_bugzilla() -> None:
    texts = (
        "It flickers.",
        "Since when?",
        "(In reply to Ruth from comment #1)\n&gt; Since when?\nSince May.",
        "Fixed.",
    )
    result = thread(BUGZILLA.format(bug(7, *texts)))
    assert (result.article.title, result.article.byline, text_of(result)) == (
        "The lamp flickers",
        "Marga",
        "It flickers.",
    )
    assert result.article.url == "https://bugs.example/show_bug.cgi?id=7"
    assert list(zip(result.authors, result.parent, strict=True)) == [("Ruth", -1), ("Otto", 0), ("Marga", -1)]


def test_several_bugs_are_a_list() -> None:
    content = opened(BUGZILLA.format(bug(7, "A", "B") + bug(8, "C") + '<bug error="NotFound"><bug_id>9</bug_id></bug>'))
    assert isinstance(content, Listing)
    assert [entry.comments for entry in content.entries] == [1, 0]


def post(number: int, author: str, text: str, *, parent: int = 0, thread: int = 10, spam: str = "false") -> str:
    above = f'<parent dsq:id="{parent}" />' if parent else ""
    return (
        f'<post dsq:id="{number}"><id /><message><![CDATA[<p>{text}</p>]]></message>'
        f"<createdAt>2024-05-06T1{number % 10}:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>{spam}</isSpam>"
        f"<author><name>{author}</name><isAnonymous>true</isAnonymous></author>"
        f'<thread dsq:id="{thread}" />{above}</post>'
    )


def page(number: int, title: str) -> str:
    return (
        f'<thread dsq:id="{number}"><id>{number}</id><forum>cape</forum><link>https://cape.example/{number}</link>'
        f"<title>{title}</title><message /><createdAt>2024-05-06T10:00:00Z</createdAt>"
        "<author><name>Marga</name></author><isClosed>false</isClosed><isDeleted>false</isDeleted></thread>"
    )


DISQUS = (
    '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
    '<category dsq:id="1"><forum>cape</forum><title>General</title></category>{}</disqus>'
)


def test_comments_of_disqus() -> None:
    posts = post(21, "Ruth", "By rail?"), post(22, "Pavel", "No.", parent=21), post(23, "x", "Buy lamps", spam="true")
    result = thread(DISQUS.format(page(10, "The lamp") + page(11, "Never read") + "".join(posts)))
    assert (result.article.title, result.article.url) == ("The lamp", "https://cape.example/10")
    assert list(zip(result.authors, result.parent, strict=True)) == [("Ruth", -1), ("Pavel", 0)]
    assert "Buy lamps" in result.aside
    content = opened(DISQUS.format(page(10, "A") + page(11, "B") + posts[0] + post(24, "Otto", "Hm.", thread=11)))
    assert isinstance(content, Listing)
    assert [(entry.title, entry.comments) for entry in content.entries] == [("A", 1), ("B", 1)]


def test_comments_in_xml_of_any_kind() -> None:
    posts = "".join(
        f'<post id="{number}"{above}><author>{name}</author><date>2024-05-06 1{number}:00</date>'
        f"<message>{text}</message></post>"
        for number, above, name, text in (
            (1, "", "ruth", "It came by <i>rail</i>, they say."),
            (2, ' parent="1"', "pavel", "There was no rail until 1890."),
            (3, "", "otto", "By boat, then, from the quarry."),
        )
    )
    result = thread(f'<topic xmlns="https://cape.example/ns"><title>The lamp</title><posts>{posts}</posts></topic>')
    assert (result.article.title, list(result.authors)) == ("The lamp", ["ruth", "pavel", "otto"])
    assert list(result.parent) == [-1, 0, -1]
    assert "<i" in result.bodies[0]


def test_other_xml_is_its_text() -> None:
    result = thread(
        "<article><front><article-title>On lamps</article-title></front><sec><title>Oil</title>"
        "<p>It <i>burned</i> oil.</p><p>Then gas.</p></sec></article>"
    )
    assert (result.article.title, text_of(result)) == ("On lamps", "On lamps\n\nOil\n\nIt burned oil.\n\nThen gas.")


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("<a/>", None),
        ("<a>x</a>", "x"),
        ('<a b="1">x</a>', {"b": "1", "text": "x"}),
        ("<a><b>1</b><c>2</c><b>3</b></a>", {"b": ["1", "3"], "c": "2"}),
        ('<a type="array"><b>1</b></a>', ["1"]),
        ("<a>x <b>y</b> z</a>", "x <b>y</b> z"),
        ("<a><b><c>1</c></b></a>", {"b": {"c": "1"}}),
    ],
)
def test_elements_are_values(source: str, values: Any) -> None:
    assert to_values(etree.fromstring(source)) == values


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">',
        '<!ENTITY b SYSTEM "file:///etc/passwd">',
        '<!ENTITY b PUBLIC "x" "https://x.example/">',
        '<!ENTITY % p "x"><!ENTITY b "%p;">',
        "<!ENTITY b '&#37;x &c;'>",
    ],
)
def test_entities_that_grow_or_read_files_are_a_sentence(subset: str) -> None:
    assert "XML with entities" in sentence(f"<!DOCTYPE r [{subset}]><r>&b;</r>")


def test_harmless_entities_and_schemas_are_no_reason_to_refuse() -> None:
    assert text_of(thread('<!DOCTYPE r SYSTEM "r.dtd" [<!ENTITY e "x">]><r><p>One</p><p>Two</p></r>')) == "One\n\nTwo"


def test_an_image_is_refused_with_its_name() -> None:
    assert "an image (SVG)" in sentence('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>')


def test_xml_that_is_a_page_is_a_page() -> None:
    result = thread(
        "<!DOCTYPE html>\n<html xmlns='http://www.w3.org/1999/xhtml'><head><title>T</title></head><body><p>Text.</p></body></html>"
    )
    assert result.article.title == "T"


@pytest.mark.parametrize("piece", ["<a>", "<a b='", "<!ENTITY a '", "<!--", "<![CDATA[", "&a;", "<a><b>x</b>"])
def test_large_nonsense_is_read_in_its_time(piece: str) -> None:
    assert "One" in text_of(thread("<r><p>One</p>" + piece * (500_000 // len(piece))))
    try:
        opened("<!DOCTYPE r [" + piece * (500_000 // len(piece)))
    except SourceError as error:
        assert "report" not in str(error)


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("<posts><post><id>1</id></post></posts>", [{"id": "1"}]),
        ("<author><name>x</name></author>", {"name": "x"}),
        ('<row><field name="id">1</field><field name="text">x</field></row>', {"id": "1", "text": "x"}),
        ('<c id="1" parentid="0" PostId="7"/>', {"id": "1", "parent_id": "0", "Post_Id": "7"}),
    ],
)
def test_wrappers_are_lists_and_words_run_together_are_parted(source: str, values: Any) -> None:
    assert to_values(etree.fromstring(source)) == values


def test_replies_inside_comments_are_a_tree() -> None:
    def said(author: str, text: str, below: str = "") -> str:
        return f'<comment author="{author}" date="2024-05-06T10:00:00Z"><text>{text}</text>{below}</comment>'

    reply = said("pavel", "There was no rail until 1890.")
    first = said("ruth", "It came by rail.", f"<replies>{reply}</replies>")
    result = thread(f"<discussion><title>T</title>{first}{said('otto', 'By boat.')}</discussion>")
    assert list(zip(result.authors, result.parent, strict=True)) == [("ruth", -1), ("pavel", 0), ("otto", -1)]


def wiki_page(title: str, *revisions: tuple[str, str]) -> str:
    made = "".join(
        f"<revision><id>{hour}</id><timestamp>2024-05-06T{hour}:00:00Z</timestamp><contributor><username>Zoe</username>"
        f'</contributor><text xml:space="preserve">{text}</text></revision>'
        for hour, text in revisions
    )
    return f"<page><title>{title}</title><ns>1</ns>{made}</page>"


WIKI = (
    '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="en">'
    "<siteinfo><sitename>Cape wiki</sitename></siteinfo>{}</mediawiki>"
)


def test_pages_of_mediawiki_are_their_last_revision() -> None:
    first = wiki_page("Talk:Lamp", ("12", "The lamp burned oil until 1923."), ("10", "An older text of the page."))
    result = thread(WIKI.format(first))
    assert (result.article.title, text_of(result)) == ("Talk:Lamp", "The lamp burned oil until 1923.")
    content = opened(WIKI.format(first + wiki_page("Boat", ("11", "Oars.")) + wiki_page("Empty", ("11", ""))))
    assert isinstance(content, Listing)
    assert (content.title, [entry.title for entry in content.entries]) == ("Cape wiki", ["Talk:Lamp", "Boat"])
    assert "without a page" in sentence(WIKI.format(""))
