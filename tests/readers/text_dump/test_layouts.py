"""Small pages of our own, one for every layout that the dump reader knows."""

from __future__ import annotations

import pytest

from rumor_tui.model import Thread
from rumor_tui.readers.source import Hint
from rumor_tui.readers.text_dump import read, sniff

LONG = (
    "This article is long enough to be prose, since it says the same thing "
    + "over and over again, " * 4
    + "to the end."
)
HINT = Hint("page.txt")


def rows(thread: Thread) -> list[tuple[str | None, int, str]]:
    """Author, parent and body of every comment."""
    return list(zip(thread.authors, thread.parent, thread.bodies, strict=True))


WEBLOG = f"""  • Home
  • About

The keeper of bees

by Ida on 1 May 2012

{LONG}

{LONG}

3 comments

  1. Ann says:
    2 May 2012 at 10:00

    First things first, he said.

    Reply
    1. Ben says:
      2 May 2012 at 11:30

      And then the rest:

      • honey
      • wax

      Reply
  2. Cleo says:
    3 May 2012 at 9:15

    I keep bees too.

    Reply

Leave a reply

Your email address will not be published.
"""


def test_weblog_bylines_in_a_list() -> None:
    thread = read(WEBLOG, HINT)
    assert thread.article.title == "The keeper of bees"
    assert thread.article.byline == "Ida"
    assert list(thread.article.pieces) == [LONG] * 2
    assert rows(thread) == [
        ("Ann", -1, "First things first, he said."),
        ("Ben", 0, "And then the rest:\n\n• honey\n• wax"),
        ("Cleo", -1, "I keep bees too."),
    ]
    assert thread.published_text[0] == "2 May 2012 at 10:00"
    assert thread.published[0] == 1_335_952_800
    assert "Your email address will not be published." in thread.aside
    assert sniff(WEBLOG, HINT)


FORUM = """Garden forum

Skip to content

Which spade to buy?

Ann
Posts: 120
Joined: Mon May 02, 2011 2:19 am

Which spade to buy?

Post by Ann » Sat Feb 24, 2024 5:12 pm

My spade broke today, and I would like to have a better one. What do you use?
Top
Ben
Posts: 7
Joined: Wed Jun 09, 2021 11:36 pm
Location: A field

Re: Which spade to buy?

Post by Ben » Sat Feb 24, 2024 5:30 pm

Ann wrote: Sat Feb 24, 2024 5:12 pm
My spade broke today, and I would like to have a better one. What do you use?
Any that is made of steel.
Top
Cleo
Posts: 54
Joined: Mon Jul 24, 2017 9:28 am

Re: Which spade to buy?

Post by Cleo » Sat Feb 24, 2024 6:09 pm

Buy the heavy one.
Top
"""


def test_forum_opening_post_is_the_article() -> None:
    thread = read(FORUM, HINT)
    assert thread.article.title == "Which spade to buy?"
    assert thread.article.byline == "Ann"
    assert "".join(thread.article.pieces).startswith("My spade broke today")
    assert [(author, parent) for author, parent, _ in rows(thread)] == [("Ben", -1), ("Cleo", -1)]
    assert thread.bodies[0].endswith("Any that is made of steel.")
    assert thread.bodies[1] == "Buy the heavy one."


FLAT = """Some news of the day (example.org)
31 points by ida 3 hours ago | 3 comments
ann 2 hours ago

I have read it, and it is good.

It has two parts.

reply
ben 1 hour ago

I have not read it.

reply
cleo 18 minutes ago

Neither have I, to be honest.

reply
"""


def test_flat_bylines_with_buttons() -> None:
    thread = read(FLAT, HINT)
    assert rows(thread) == [
        ("ann", -1, "I have read it, and it is good.\n\nIt has two parts."),
        ("ben", -1, "I have not read it."),
        ("cleo", -1, "Neither have I, to be honest."),
    ]
    assert list(thread.published_text) == ["2 hours ago", "1 hour ago", "18 minutes ago"]
    assert list(thread.published) == [None, None, None]


SIGNED = f"""A walk in the hills

{LONG}

Your comments

  • A fine walk, I must say.

    Ann Le 11 septembre 2018 à 12:57

    Reply

    • Too steep for me.

      Ben Le 13 septembre 2019 à 22:30

      Reply

  • Where does it begin?

    Cleo Le 7 décembre 2019 à 13:45

    Reply
"""


def test_signatures_under_the_bodies() -> None:
    thread = read(SIGNED, HINT)
    assert rows(thread) == [
        ("Ann", -1, "A fine walk, I must say."),
        ("Ben", 0, "Too steep for me."),
        ("Cleo", -1, "Where does it begin?"),
    ]


LEVELS = f"""A question about paths

{LONG}

4 comments
level 1
ann
3 points · 6 years ago

The first one goes uphill.

level 2
ben
2 points · 6 years ago

It goes down as well.

level 3
ann
1 point · 6 years ago

That depends on you.

level 1
cleo
5 points · 6 years ago

There is a second one.
"""


def test_levels_tell_the_parents() -> None:
    thread = read(LEVELS, HINT)
    assert [(author, parent) for author, parent, _ in rows(thread)] == [
        ("ann", -1),
        ("ben", 0),
        ("ann", 1),
        ("cleo", -1),
    ]


NUMBERED = f"""The old mill

{LONG}

Comments

Ann

#1  —  8 hours ago
Recommended 2

I was there as a child, and it was running.

Ben

#1.1  —  7 hours ago
Recommended 20

It runs no more.

Cleo

#2  —  6 hours ago
Recommended 7

Is it open on Sundays?
"""


def test_numbers_with_a_point_are_replies() -> None:
    assert [(author, parent) for author, parent, _ in rows(read(NUMBERED, HINT))] == [
        ("Ann", -1),
        ("Ben", 0),
        ("Cleo", -1),
    ]


REPLY_TO = f"""Boards to plan with

{LONG}

3 Comments

Ann Archer | August 27, 2015

There is a better one, which costs nothing at all.

Ben Baker | July 19, 2018

Thank you for telling us about it.

In reply to There is a better one by Ann Archer

Cleo Cook | August 28, 2018

Mine is made of paper, and works.
"""


def test_in_reply_to_tells_the_parent_and_leaves_the_body() -> None:
    thread = read(REPLY_TO, HINT)
    assert list(thread.parent) == [-1, 0, -1]
    assert thread.bodies[1] == "Thank you for telling us about it."


ANSWERS = """How is bread made?

My bread does not rise. I have tried it with much water and with little, and nothing has changed so far.

Share
asked May 3, 2014 at 20:37
Ida
Add a comment

2 Answers

You need yeast, and some warmth for it to work in.

It takes an hour.

Share
answered May 3, 2014 at 23:35
Ann
  • How much of it do I need?
    – Ben
    May 4, 2014 at 12:22
  • A spoon for a pound of flour.
    – Ann
    May 4, 2014 at 13:14
Add a comment
3

Buy it from the baker instead, as I do.

Share
answered May 5, 2014 at 8:00
Cleo
  • That is no answer at all.
    – Dan
    May 5, 2014 at 9:00
  • It is the best one here.
    – Eve
    May 5, 2014 at 10:00
Add a comment
"""


def test_answers_hold_their_comments() -> None:
    thread = read(ANSWERS, HINT)
    assert [(author, parent) for author, parent, _ in rows(thread)] == [
        *(("Ann", -1), ("Ben", 0), ("Ann", 0)),
        *(("Cleo", -1), ("Dan", 3), ("Eve", 3)),
    ]
    assert "".join(thread.article.pieces).startswith("My bread does not rise.")
    assert thread.bodies[0] == "You need yeast, and some warmth for it to work in.\n\nIt takes an hour."


NAMELESS = f"""The keeper of bees

{LONG}

Comments:

  1. I keep bees as well, and they are well.

    Reply

    1. Mine are not, I am sorry to say.

      Reply

  2. What do you feed them in the winter?

    Reply
"""


def test_items_without_authors() -> None:
    thread = read(NAMELESS, HINT)
    assert rows(thread) == [
        (None, -1, "I keep bees as well, and they are well."),
        (None, 0, "Mine are not, I am sorry to say."),
        (None, -1, "What do you feed them in the winter?"),
    ]


UNPARTED = """Some news of the day (example.org)
31 points by ida 3 hours ago | 4 comments
I have read it, and it is good.
It has two parts, as was said.

They differ.
I have not read it.
Neither have I, to be honest.
"""


def test_a_claimed_number_parts_posts_that_nothing_else_parts() -> None:
    thread = read(UNPARTED, HINT)
    assert thread.bodies[1] == "It has two parts, as was said.\n\nThey differ."
    assert len(thread) == 4


@pytest.mark.parametrize(
    ("page", "confidence"),
    [
        (WEBLOG, "structural"),
        (WEBLOG.replace("    1. Ben", "  1. Ben"), "structural"),
        (LEVELS, "structural"),
        (ANSWERS, "structural"),
        (FORUM, "guessed"),
        (REPLY_TO, "guessed"),
        (LONG, "explicit"),
    ],
    ids=["nested", "bullets", "levels", "answers", "flat", "names", "no discussion"],
)
def test_a_tree_that_the_layout_does_not_show_is_guessed(page: str, confidence: str) -> None:
    assert read(page, HINT).confidence == confidence
