from __future__ import annotations

import pytest

from rumor_tui.model import Listing, Thread
from rumor_tui.readers import Hint, as_thread, open_if_single, read_source
from rumor_tui.readers.feed.exports import paragraphs
from tests.readers.feed import samples
from tests.readers.feed.test_feed import article_text, bodies


def opened(source: str) -> Thread | Listing:
    return open_if_single(read_source(source.encode(), Hint("export.xml")))


def thread(source: str) -> Thread:
    content = opened(source)
    assert isinstance(content, Thread)
    return content


def wxr(comments: str = samples.WXR_COMMENTS, more: str = "") -> str:
    return samples.WXR.replace("{comments}", comments).replace("{more}", more)


def test_a_post_of_wordpress_with_its_comments() -> None:
    result = thread(wxr())
    assert (result.article.title, result.article.byline, result.article.published) == (
        "The lamp",
        "Marga H.",
        1_714_989_600,
    )
    assert article_text(result) == "It burned oil\nuntil 1923.\n\nThen gas.\n\na\n\nb"
    assert list(zip(result.authors, result.parent, strict=True)) == [
        ("ruth", -1),
        ("pavel", 0),
        ("otto", -1),
        ("Other notes", -1),
    ]
    assert bodies(result)[:2] == ["By rail & boat.", "There was none.\n\nNot until 1890."]
    assert (result.published[0], result.urls[0]) == (1_714_990_200, "https://cape.example/lamp#comment-10")
    assert result.aside == "Cheap lamps"


def test_a_post_without_comments_is_an_article() -> None:
    result = thread(wxr(""))
    assert (result.article.title, len(result)) == ("The lamp", 0)


def test_posts_of_wordpress_are_a_list() -> None:
    content = opened(wxr(more=samples.WXR_SECOND))
    assert isinstance(content, Listing)
    assert [(entry.title, entry.comments) for entry in content.entries] == [("The lamp", 4), ("Second", 0)]
    assert content.entries[1].published == 1_715_076_000
    first = content.open(0)
    assert isinstance(first, Thread)
    assert len(first) == 4
    whole = as_thread(content)
    assert whole.article.title == "Cape notes"
    assert list(whole.parent) == [-1, 0, 1, 0, 0, -1]
    assert bodies(whole)[5].split() == ["Second", "Twice."]


def test_comments_that_answer_each_other_are_kept() -> None:
    circle = "".join(samples.wxr_comment(number, 23 - number, "ann", "Round.") for number in (11, 12))
    assert len(as_thread(opened(wxr(circle)))) == 3
    hidden = "".join(samples.wxr_comment(number, 23 - number, "x", "y", state="trash") for number in (11, 12))
    assert len(thread(wxr(hidden + samples.wxr_comment(13, 11, "ann", "Hm.")))) == 1


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("one\ntwo\r\n\r\nthree", "<p>one<br>\ntwo</p><p>three</p>"),
        ("<!-- wp:paragraph -->\n\n<p>one</p>", "<!-- wp:paragraph -->\n\n<p>one</p>"),
        ("a\n\n<ul>\n<li>b</li>\n</ul>", "<p>a</p><ul>\n<li>b</li>\n</ul>"),
        ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"),
        ("", ""),
    ],
)
def test_newlines_are_paragraphs_as_wordpress_shows_them(written: str, html: str) -> None:
    assert paragraphs(written) == html


def test_a_new_export_of_blogger() -> None:
    result = thread(samples.TAKEOUT)
    assert (result.article.title, result.article.byline, article_text(result)) == (
        "The lamp",
        "Marga",
        "It burned oil.",
    )
    assert list(zip(result.authors, result.parent, strict=True)) == [("Ruth", -1), ("Pavel", 0)]


def test_an_old_export_of_blogger_has_settings_and_several_posts() -> None:
    kind = '<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#{}"/>'
    entry = (
        '<entry><id>tag:blogger.com,1999:blog-1.{}</id>{}<title>{}</title><content type="html">{}</content>'
        "<author><name>{}</name></author><published>2024-05-06T1{}:00:00Z</published>{}</entry>"
    )
    answer = '<thr:in-reply-to ref="tag:blogger.com,1999:blog-1.post-{}"/>'
    related = '<link rel="related" href="https://b.example/feeds/1/4/comments/default/41"/>'
    entries = (
        entry.format("settings.X", kind.format("settings"), "Posts per page", "7", "b", 0, ""),
        entry.format("post-4", kind.format("post"), "The lamp", "Oil.", "Marga", 0, ""),
        entry.format("post-5", kind.format("post"), "The boat", "Oars.", "Marga", 1, ""),
        entry.format("post-41", kind.format("comment"), "By rail?", "By rail?", "Ruth", 2, answer.format(4)),
        entry.format("post-42", kind.format("comment"), "No.", "No.", "Pavel", 3, answer.format(4) + related),
        entry.format("post-43", kind.format("comment"), "Lost", "Lost.", "Otto", 3, answer.format(99)),
    )
    head = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"><title>C</title>'
    )
    content = opened(head + "".join(entries) + "</feed>")
    assert isinstance(content, Listing)
    assert [(entry.title, entry.comments) for entry in content.entries] == [
        ("The lamp", 2),
        ("The boat", 0),
        ("Comments on articles that are not here", 1),
    ]
    first = content.open(0)
    assert isinstance(first, Thread)
    assert list(zip(first.authors, first.parent, strict=True)) == [("Ruth", -1), ("Pavel", 0)]


def test_an_issue_of_jira() -> None:
    result = thread(samples.ISSUE)
    assert (result.article.title, result.article.byline) == ("The lamp flickers", "Marga H.")
    assert article_text(result) == "It flickers at night."
    assert list(result.authors) == ["Ruth W.", "otto"]
    assert bodies(result) == ["Since when?", "Since May."]
    assert result.published[1] == 1_714_996_800


def test_a_search_of_jira_is_a_list() -> None:
    item = samples.ISSUE[samples.ISSUE.index("<item>") : samples.ISSUE.index("</channel>")]
    content = opened(samples.ISSUE.replace(item, item + item.replace("LAMP-7", "LAMP-8").replace('id="9', 'id="8')))
    assert isinstance(content, Listing)
    assert [entry.comments for entry in content.entries] == [2, 2]
