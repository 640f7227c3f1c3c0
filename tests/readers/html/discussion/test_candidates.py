"""Which elements of a page are its comments."""

from __future__ import annotations

from rumor_tui.readers.html.discussion.candidates import find_comment_group
from rumor_tui.readers.html.discussion.features import find_features
from rumor_tui.readers.html.discussion.teasers import are_link_teasers
from tests.readers.html.discussion.samples import dom_of


def comment(number: int, text: str, inside: str = "", names: str = "comment") -> str:
    return (
        f'<li class="{names}" id="c{number}"><cite class="fn">user{number}</cite> <time>March {number}, 2021</time>'
        f'<div class="comment-content"><p>{text}</p></div><a href="#respond">Reply</a>{inside}</li>'
    )


def test_the_best_family_is_that_of_whole_comments() -> None:
    dom = dom_of("<ul>" + comment(1, "It is fast.", f"<ul>{comment(2, 'Yes.')}</ul>") + comment(3, "No.") + "</ul>")
    group = find_comment_group(dom, find_features(dom))
    assert group is not None
    assert [dom.attribute(number, "id") for number in group.members] == ["c1", "c2", "c3"]


def test_comments_without_any_class_are_found_by_their_place() -> None:
    rows = "".join(
        f"<section><b>user{number}</b> <i>March {number}, 2021</i><p>Number {number} has this to say of it.</p>"
        f"<button>Reply</button></section>"
        for number in range(1, 5)
    )
    dom = dom_of(f'<div id="talk">{rows}</div>')
    group = find_comment_group(dom, find_features(dom))
    assert group is not None
    assert [dom.tag[number] for number in group.members] == ["section"] * 4


def test_deleted_comments_stay_in_their_family() -> None:
    gone = '<li class="comment"><span>This comment was deleted.</span></li>'
    dom = dom_of("<ul>" + comment(1, "Fast.") + gone + comment(2, "Loud.") + comment(3, "Dear.") + "</ul>")
    group = find_comment_group(dom, find_features(dom))
    assert group is not None
    assert len(group.members) == 4


def test_teasers_are_no_comments() -> None:
    rows = "".join(
        f'<div class="item"><h3><a href="/p{number}">Story number {number}</a></h3><span class="author">Ed</span>'
        f"<time>March {number}, 2021</time><p>What it is about.</p></div>"
        for number in range(1, 5)
    )
    dom = dom_of(rows)
    items = [number for number in range(len(dom)) if "item" in dom.classes[number]]
    assert are_link_teasers(dom, find_features(dom), items)
    assert find_comment_group(dom, find_features(dom)) is None


def test_an_element_with_two_classes_that_differ_in_a_number_is_one_member() -> None:
    dom = dom_of("<ul>" + comment(1, "Fast.", names="comment comment1") + comment(2, "Loud.") + "</ul>")
    group = find_comment_group(dom, find_features(dom))
    assert group is not None
    assert [dom.attribute(number, "id") for number in group.members] == ["c1", "c2"]


def test_what_the_site_tells_among_the_comments_is_none() -> None:
    event = '<li class="comment system-note"><cite class="fn">user9</cite> renamed this <time>March 9, 2021</time></li>'
    dom = dom_of("<ul>" + comment(1, "Fast.") + event + comment(2, "Loud.") + "</ul>")
    group = find_comment_group(dom, find_features(dom))
    assert group is not None
    assert [dom.attribute(number, "id") for number in group.members] == ["c1", "c2"]


def test_replies_of_another_class_inside_a_comment_are_comments() -> None:
    replies = "".join(
        f'<div class="x-reply"><div class="x-reply-author"><a href="https://e.example/{name}">{name}</a> '
        f"<time>May {day}, 2021</time></div><div class=x-reply-content><p>{name} has an answer to it.</p></div></div>"
        for day, name in ((2, "bo"), (3, "cy"))
    )
    dom = dom_of("<ul>" + comment(1, "It is fast.", f"<div>{replies}</div>") + comment(2, "It is not.") + "</ul>")
    group = find_comment_group(dom, find_features(dom))
    assert group is not None
    assert len(group.members) == 4


def test_a_reply_author_without_a_date_is_the_one_who_is_answered() -> None:
    dom = dom_of(
        "<div class=x-message><div class=x-reply><a class=x-reply-author>bo</a> It is fast.</div><p>No.</p></div>"
    )
    assert not any(find_features(dom).is_author)


def test_a_larger_first_post_of_another_class_is_one_of_the_posts() -> None:
    posts = "".join(
        f'<div class="entry"><div class="{name}"><a class="author" href="/@u{day}">u{day}</a> '
        f"<time datetime=2021-05-0{day}>May {day}, 2021</time><p>Number {day} has this to say of it.</p></div></div>"
        for day, name in ((1, "large"), (2, "status"), (3, "status"), (4, "status"))
    )
    dom = dom_of(f"<div class=stream>{posts}</div>")
    group = find_comment_group(dom, find_features(dom))
    assert group is not None
    assert len(group.members) == 4


def test_rows_of_payments_are_no_comments() -> None:
    rows = "".join(
        f"<tr class=row><td class=date>0{day}.03.2024</td><td class=name>Firm {day}</td>"
        f"<td>Purpose number {day}</td></tr>"
        for day in range(1, 6)
    )
    dom = dom_of(f"<h1>Transactions</h1><table>{rows}</table>")
    assert find_comment_group(dom, find_features(dom)) is None


def test_posts_that_can_be_answered_may_be_short() -> None:
    def posts(below: str) -> str:
        rows = "".join(
            f'<li class="note"><b class="user">user{number}</b> <time>March {number}, 2021</time><p>Warm {number}.</p>'
            f"{below}</li>"
            for number in range(1, 5)
        )
        return f'<ul class="comments">{rows}</ul>'

    for below, is_found in (("<button>Reply</button>", True), ("", False)):
        dom = dom_of(posts(below))
        assert (find_comment_group(dom, find_features(dom)) is not None) is is_found
