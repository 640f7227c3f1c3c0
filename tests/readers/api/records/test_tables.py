"""Reviews, tables, and data of nobody in particular: a thread as they and people's tools write it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.readers.api.records.forms import CHAIN, FLAT, SAID, TITLE, Form, Said, check_form, each, iso, text_time, to


def steam_reviews() -> Form:
    reviews = each(
        lambda n, s: {
            "recommendationid": str(150000 + n),
            "author": {
                "steamid": "7656" + str(n),
                "num_games_owned": 5,
                "num_reviews": 2,
                "playtime_forever": 60,
                "last_played": s.at(n),
            },
            "language": "english",
            "review": s.text,
            "timestamp_created": s.at(n),
            "timestamp_updated": s.at(n) + 99999999,
            "voted_up": True,
            "votes_up": n,
            "votes_funny": 0,
            "weighted_vote_score": "0.5",
            "comment_count": 0,
            "steam_purchase": True,
        }
    )
    return Form(
        {
            "success": 1,
            "query_summary": {"num_reviews": 6, "review_score": 8, "review_score_desc": "Very Positive"},
            "reviews": reviews,
            "cursor": "AoJ",
        },
        None,
        FLAT,
        tuple("7656" + str(n) for n in range(6)),
    )


def app_store() -> Form:
    def label(text: str) -> Any:
        return {"label": text}

    entries = each(
        lambda n, s: {
            "author": {"uri": label("https://itunes.apple.com/us/reviews/id1"), "name": label(s.author), "label": ""},
            "updated": label(iso(n).replace("Z", "-07:00")),
            "im:rating": label("4"),
            "im:version": label("2.1"),
            "id": label(str(1000 + n)),
            "title": label(f"Stars {n}"),
            "content": {"label": s.text, "attributes": {"type": "text"}},
            "link": {"attributes": {"rel": "related", "href": "https://itunes.apple.com/us/review?id=1"}},
            "im:voteSum": label("0"),
            "im:contentType": {"attributes": {"term": "Application", "label": "Application"}},
            "im:voteCount": label("0"),
        }
    )
    feed = {
        "author": {"name": label("iTunes Store"), "uri": label("http://www.apple.com/itunes/")},
        "entry": entries,
        "updated": label(iso(0)),
        "rights": label("Copyright 2008 Apple Inc."),
        "title": label("iTunes Store: Customer Reviews"),
        "icon": label("http://itunes.apple.com/favicon.ico"),
        "id": label("https://itunes.apple.com/us/rss/customerreviews/id=1/json"),
    }
    return Form(
        {"feed": feed},
        "iTunes Store: Customer Reviews",
        FLAT,
        starts=tuple(f"Stars {n} {s.text}" for n, s in enumerate(SAID)),
    )


def google_play() -> Form:
    rows = each(
        lambda n, s: {
            "reviewId": f"aaaa-{n}-bbbb",
            "userName": s.author,
            "userImage": "https://example.com/i",
            "content": s.text,
            "score": 4,
            "thumbsUpCount": n,
            "reviewCreatedVersion": "1.2",
            "at": text_time(n, "%Y-%m-%d %H:%M:%S"),
            "replyContent": None,
            "repliedAt": None,
            "appVersion": "1.2",
        }
    )
    return Form(rows, None, FLAT)


def trustpilot() -> Form:
    reviews = each(
        lambda n, s: {
            "id": f"64abc{n}",
            "filtered": False,
            "pending": False,
            "text": s.text,
            "rating": 5,
            "labels": {"verification": {"isVerified": True}},
            "title": f"Review number {n}",
            "likes": n,
            "dates": {"experiencedDate": iso(n - 50), "publishedDate": iso(n), "updatedDate": None},
            "consumer": {"id": "6", "displayName": s.author, "imageUrl": "", "numberOfReviews": 1, "countryCode": "CZ"},
            "reply": None,
            "language": "en",
        }
    )
    return Form(
        {
            "businessUnit": {"id": "4", "displayName": TITLE, "identifyingName": "mill.example"},
            "reviews": reviews,
            "filters": {"pagination": {"currentPage": 1}},
        },
        TITLE,
        FLAT,
        starts=tuple(f"Review number {n} {s.text}" for n, s in enumerate(SAID)),
    )


def csv_table() -> Form:
    rows = [
        "Comment ID;Reply to;Name;Posted on;Comment",
        *each(
            lambda n, s: (
                f"{900 + n};{to(CHAIN[n], lambda p: str(900 + p), '')};{s.author};{text_time(n, '%d.%m.%Y %H:%M')};"
                f'"{s.text}"'
            )
        ),
    ]
    return Form("\r\n".join(rows).encode())


def tsv_in_another_language() -> Form:
    rows = ["Autor\tDatum\tKommentar", *each(lambda n, s: f"{s.author}\t{iso(n)}\t{s.text}")]
    return Form("\n".join(rows).encode(), None, FLAT)


def unknown_names() -> Form:
    """Fields that no table of names has: the texts, the people and the answers show in the values."""
    return Form(
        {
            "wrap": {
                "zz": each(
                    lambda n, s: {
                        "q1": f"kx{n}77",
                        "q2": to(CHAIN[n], lambda p: f"kx{p}77"),
                        "q3": s.author,
                        "q4": s.text + " It was told at the inn.",
                    }
                )
            }
        },
        None,
        CHAIN,
        dated=False,
    )


def customer_support_csv() -> Form:
    rows = ["tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id"]
    for n, s in enumerate(SAID):
        below = ",".join(str(119000 + m) for m in range(6) if CHAIN[m] == n)
        above = "" if CHAIN[n] is None else f"{119000 + (CHAIN[n] or 0)}.0"
        rows.append(
            f'{119000 + n},{s.author},True,{text_time(n, "%a %b %d %H:%M:%S +0000 %Y")},"{s.text}","{below}",{above}'
        )
    return Form("\n".join(rows).encode())


def disqus_tree_of_objects() -> Form:
    """Replies in maps by their identifiers."""

    def node(n: int, s: Said, below: list[Any]) -> Any:
        return {
            "author": {"nick": s.author},
            "body": s.text,
            "posted": s.at(n),
            "answers": {str(4000 + m): made for m, made in below},
        }

    made: dict[int, Any] = {}
    for place in reversed(range(6)):
        made[place] = node(place, SAID[place], [(m, made[m]) for m in range(place + 1, 6) if CHAIN[m] == place])
    return Form({"title": TITLE, "comments": {str(4000 + n): made[n] for n in range(6) if CHAIN[n] is None}}, TITLE)


def javascript_callback() -> Form:
    rows = each(
        lambda n, s: {
            "commentId": 70 + n,
            "userName": s.author,
            "commentText": s.text,
            "createdOn": iso(n),
            "parentCommentId": to(CHAIN[n], lambda p: 70 + p),
        }
    )
    return Form(b"/**/ loadComments(" + json.dumps({"articleTitle": TITLE, "list": rows}).encode() + b");", TITLE)


def preloaded_state() -> Form:
    rows = each(
        lambda n, s: {
            "key": f"k{n}x",
            "by": {"label": s.author},
            "content": {"raw": s.text},
            "when": s.at(n) * 1000000,
            "answerTo": to(CHAIN[n], lambda p: f"k{p}x"),
        }
    )
    return Form(
        b"window.__PRELOADED_STATE__ = "
        + json.dumps({"page": {"headline": TITLE, "language": "en"}, "thread": {"posts": rows}}).encode()
        + b";\n",
        TITLE,
    )


FORMS = (
    steam_reviews,
    app_store,
    google_play,
    trustpilot,
    csv_table,
    tsv_in_another_language,
    unknown_names,
    customer_support_csv,
    disqus_tree_of_objects,
    javascript_callback,
    preloaded_state,
)


@pytest.mark.parametrize("make", FORMS)
def test_form(make: Callable[[], Form]) -> None:
    check_form(make())
