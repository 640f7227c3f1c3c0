"""Comments of another kind inside comments."""

from __future__ import annotations

import pytest

from rumor_tui.readers.html.discussion import Discussion, find_discussion
from tests.readers.html.discussion.samples import dom_of

FACTS = (
    "It should be oiled twice a year.",
    "The old one never squeaked at all.",
    "Felt under the feet helps a little.",
)
"""What the outer posts say."""


def content(number: int, above: str = "") -> str:
    return (
        f'<span class="user">Walker {number}</span> <time>March {number}, 2021</time>{above}<p>{FACTS[number - 1]}</p>'
    )


def post(number: int, inside: str = "", above: str = "") -> str:
    return f'<div class="reply-box" id="a{number}">{content(number, above)}{inside}</div>'


def remark(name: str, text: str, day: int = 9) -> str:
    return f'<li class="addendum"><q>{text}</q> – <a class="user">{name}</a> <time>March {day}, 2021</time></li>'


def read(*posts: str) -> Discussion:
    return find_discussion(dom_of(f'<h2>Comments</h2><div id="comments">{"".join(posts)}</div>'))


def signatures(discussion: Discussion) -> list[tuple[str | None, int | None]]:
    """The author of each comment, and the index of what it answers."""
    return [(comment.author, parent) for comment, parent in zip(discussion.comments, discussion.parents, strict=True)]


def test_remarks_in_answers_are_comments_and_leave_the_answers_their_authors() -> None:
    remarks = remark("Hazel", "Which oil do you mean by that?") + remark("Rowan", "Any that does not turn sticky.")
    discussion = read(post(1, f"<ul>{remarks}</ul>"), post(2), post(3))
    assert signatures(discussion) == [
        ("Walker 1", None),
        ("Hazel", 0),
        ("Rowan", 0),
        ("Walker 2", None),
        ("Walker 3", None),
    ]


@pytest.mark.parametrize("count", [1, 2])
def test_an_owner_answers_each_review_in_it_even_a_single_one(count: int) -> None:
    answer = (
        '<div class="shop-response"><div>Response from <b>The Chair House</b> <time>May 2, 2021</time></div>'
        "<div>We have sent you a set of felt pads.</div></div>"
    )
    discussion = read(*(post(number, answer if number <= count else "") for number in (1, 2, 3)))
    answers = [comment for comment in discussion.comments if comment.author == "The Chair House"]
    assert len(answers) == count
    assert signatures(discussion)[:2] == [("Walker 1", None), ("The Chair House", 0)]
    assert discussion.comments[0].date_text == "March 1, 2021"


@pytest.mark.parametrize(
    "inside",
    [
        '<div class="edit">Last edited by <a class="user">Hazel</a> <time>March 8, 2021</time> for its spelling</div>',
        '<div class="liked">Liked by <a class="user">Hazel</a> <time>March 8, 2021</time></div>',
        '<blockquote><a class="user">Hazel</a> <time>March 8, 2021</time><p>It squeaks at night.</p></blockquote>',
    ],
    ids=["edit", "likes", "quotation"],
)
def test_notes_and_quotations_in_posts_are_no_comments(inside: str) -> None:
    assert len(read(*(post(number, inside) for number in (1, 2, 3))).comments) == 3


def test_what_is_above_the_text_of_a_post_is_no_comment() -> None:
    card = '<div class="card"><b class="user">Hazel</b> <time>May 1, 2019</time> Carpenter in Oakham, 12 posts</div>'
    assert len(read(*(post(number, above=card) for number in (1, 2, 3))).comments) == 3


def test_the_short_form_of_a_post_in_itself_is_no_comment() -> None:
    def folded(number: int) -> str:
        return (
            f'<div class="folded"><span class="user">Walker {number}</span> <time>March {number}, 2021</time> '
            f"{FACTS[number - 1][:24]}</div>"
        )

    assert len(read(*(post(number, folded(number)) for number in (1, 2, 3))).comments) == 3


def test_what_a_thread_in_a_wrapper_answers_is_its_first_comment() -> None:
    notes = [f'<li class="note row" id="n{number}">{content(number)}</li>' for number in (1, 2, 3)]
    discussion = read(f'<ul><li class="note row"><ul>{notes[0]}{notes[1]}</ul></li>{notes[2]}</ul>')
    assert signatures(discussion) == [("Walker 1", None), ("Walker 2", 0), ("Walker 3", None)]
