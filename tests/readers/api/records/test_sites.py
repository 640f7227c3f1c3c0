from __future__ import annotations

from tests.readers.api.samples import (
    DATE,
    ISSUE,
    TIME,
    WP_POST,
    disqus,
    issue_comment,
    lemmy,
    listing,
    lobster,
    lobsters,
    thread,
    wp,
)


def test_wordpress_comments_with_their_post() -> None:
    result = thread({"post": WP_POST, "comments": [wp(4, 2), wp(3), wp(2), wp(3)]})
    assert result.article.title == "It’s a page"
    assert list(result.article.pieces) == ["<p>The page.</p>"]
    assert result.article.url == "https://example.com/page/"
    assert list(result.ids) == ["2", "4", "3"]
    assert list(result.parent) == [-1, 0, -1]
    comment = result.comment(0)
    assert (comment.author, comment.body, comment.published) == ("user2", "<p>text 2</p>\n", TIME + 2)
    assert comment.url == "https://example.com/page/#comment-2"


def test_wordpress_comments_alone_one_alone_and_a_post_without_any() -> None:
    assert list(thread([wp(3, 2), wp(2)]).parent) == [-1, 0]
    result = thread(wp(2))
    assert (list(result.ids), result.article.title, list(result.article.pieces)) == (["2"], "", [])
    assert thread({"post": WP_POST, "comments": []}).article.title == "It’s a page"
    assert thread([wp(2), wp(3, post=61)]).article.title == "Comments on 2 pages"


def test_wordpress_com_has_its_own_names() -> None:
    made = {
        "post": {"ID": 1, "title": "P"},
        "author": {"name": "ann"},
        "content": "<p>x",
        "date": DATE,
        "URL": "https://e.org",
    }
    comments = [made | {"ID": 3, "parent": {"ID": 2}}, made | {"ID": 2, "parent": False}]
    result = thread({"found": 2, "comments": comments})
    assert sorted(map(str, result.ids)) == ["2", "3"]
    assert (list(result.parent), result.authors[0], result.urls[0]) == ([-1, 0], "ann", "https://e.org")


def test_wordpress_posts_are_a_listing() -> None:
    result = listing([WP_POST, WP_POST | {"id": 61}])
    assert (result.entries[0].title, result.entries[0].address) == ("It’s a page", "https://example.com/page/")
    assert result.entries[0].comments is None


def test_lobsters_of_all_ages() -> None:
    newer = [lobster("a"), lobster("b", "a", 1), lobster("c", None, 0)]
    levels = [{"indent_level": level, "commenting_user": {"username": f"u{level}"}} for level in (1, 2, 3, 2)]
    older = [lobster(name, None, None, **level) for name, level in zip("abcd", levels, strict=True)]
    for comment in older:
        del comment["parent_comment"]
    depths = [lobster(name, None, depth) for name, depth in zip("abcd", (0, 1, 2, 1), strict=True)]
    assert list(thread(lobsters(*newer)).parent) == [-1, 0, -1]
    assert list(thread(lobsters(*depths)).parent) == [-1, 0, 1, 0]
    result = thread(lobsters(*older))
    assert list(result.parent) == [-1, 0, 1, 0]
    assert list(result.authors) == ["u1", "u2", "u3", "u2"]
    assert (result.article.title, result.article.byline, result.article.score) == ("A story", "op", 9)
    assert (result.article.url, list(result.article.pieces)) == ("https://example.com/", ["<p>About it.</p>"])
    assert result.urls[0] == "https://lobste.rs/s/story/title#c_a"


def test_lobsters_without_a_link_and_with_plain_comments() -> None:
    plain = [lobster("a"), lobster("b", "a", is_deleted=True)]
    for comment in plain:
        del comment["comment"]
    result = thread(lobsters(*plain, url=""))
    assert (result.format, result.bodies[0]) == ("markdown", "text a")
    assert result.article.url == "https://lobste.rs/s/story/title"
    assert list(result.deleted) == [False, True]
    assert not len(thread(lobsters()))


def test_lobsters_front_page_is_a_listing() -> None:
    stories = [lobsters(short_id=name, title=name, comment_count=4) for name in ("one", "two")]
    for story in stories:
        del story["comments"]
    result = listing(stories)
    assert [(entry.title, entry.comments) for entry in result.entries] == [("one", 4), ("two", 4)]
    assert result.entries[0].address == "https://lobste.rs/s/story/title"


def test_lemmy_comments_by_their_paths() -> None:
    comments = [lemmy(7, "0.5.6.7"), lemmy(5, "0.5"), lemmy(9, "0.5.8.9"), lemmy(6, "0.5.6", removed=True)]
    view = {
        "post": {"id": 1, "name": "A post", "body": "The *post*."},
        "creator": {"name": "op"},
        "counts": {"score": 3},
    }
    result = thread({"post_view": view, "comments": comments})
    assert (result.article.title, result.article.byline, result.article.score) == ("A post", "op", 3)
    assert list(result.ids) == ["5", "9", "6", "7"]
    assert list(result.parent) == [-1, 0, 0, 2]
    assert list(result.deleted) == [False, False, True, False]
    comment = result.comment(0)
    assert (comment.author, comment.body, comment.score, comment.published) == ("user5", "text *5*", 5, TIME)
    assert (result.format, comment.url) == ("markdown", "https://lemmy.example/comment/5")


def test_lemmy_comments_alone_tell_their_post() -> None:
    assert thread({"comments": [lemmy(5, "0.5")]}).article.title == "Post 1"
    assert thread({"comments": [lemmy(5, "0.5"), lemmy(6, "0.6", post=2)]}).article.title == "Comments on 2 pages"
    assert thread({"post_view": {"post": {"name": "P"}}, "comments": []}).article.title == "P"


def test_lemmy_posts_are_a_listing() -> None:
    posts = [{"post": {"id": n, "name": f"P{n}"}, "creator": {"name": "a"}, "counts": {"comments": n}} for n in (1, 2)]
    assert [(entry.title, entry.comments) for entry in listing({"posts": posts}).entries] == [("P1", 1), ("P2", 2)]


def test_github_comments_with_their_issue() -> None:
    result = thread({"issue": ISSUE, "comments": [issue_comment(1), issue_comment(2)]})
    assert (result.article.title, result.article.byline) == ("It <breaks>", "op")
    assert result.article.format == "markdown"
    assert result.article.url == "https://github.com/o/r/issues/1"
    comment = result.comment(1)
    assert (comment.author, comment.body, comment.score, comment.published) == ("user2", "text *2*", 2, TIME)
    assert comment.url == "https://github.com/o/r/issues/1#issuecomment-2"
    assert list(result.parent) == [-1, -1]


def test_github_as_its_tools_give_it() -> None:
    comment = {"id": "IC_1", "author": {"login": "ann"}, "authorAssociation": "NONE", "body": "hi", "createdAt": DATE}
    view = {"title": "T", "number": 1, "body": "b", "author": {"login": "op"}, "createdAt": DATE, "comments": [comment]}
    graph = view | {"comments": {"nodes": [comment], "totalCount": 1}}
    for value in (view, graph, {"data": {"repository": {"issue": graph}}}):
        result = thread(value)
        assert (result.article.title, result.article.byline, list(result.authors)) == ("T", "op", ["ann"])
    assert list(thread({"comments": [comment]}).bodies) == ["hi"]
    assert not len(thread(view | {"comments": []}))
    review = [issue_comment(1), issue_comment(2, in_reply_to_id=1)]
    assert list(thread(review).parent) == [-1, 0]


def test_github_issues_are_a_listing_and_one_is_an_article() -> None:
    result = listing([ISSUE, ISSUE | {"number": 2, "title": "Two"}])
    assert [(entry.title, entry.comments) for entry in result.entries] == [("It <breaks>", 2), ("Two", 2)]
    assert thread(ISSUE).article.title == "It <breaks>"


def test_disqus_posts() -> None:
    about = {"clean_title": "A page", "link": "https://example.com/page/"}
    result = thread({"thread": about, "response": [disqus(3, 2), disqus(2), disqus(1, isDeleted=True)]})
    assert (result.article.title, result.article.url) == ("A page", "https://example.com/page/")
    assert list(result.ids) == ["1", "2", "3"]
    assert list(result.parent) == [-1, -1, 1]
    assert list(result.deleted) == [True, False, False]
    comment = result.comment(1)
    assert (comment.author, comment.body, comment.score, comment.published) == ("user2", "<p>text 2</p>", 2, TIME + 2)
    assert comment.url == "https://example.com/page/#comment-2"
    assert list(thread({"cursor": {}, "code": 0, "response": [disqus(2, 1), disqus(1)]}).parent) == [-1, 0]


def test_the_search_of_hacker_news() -> None:
    about = {"story_id": 1, "story_title": "S", "author": "a"}
    hits = [about | {"objectID": str(n), "parent_id": to, "comment_text": f"<p>{n}"} for n, to in ((3, 2), (2, 1))]
    result = thread({"hits": hits, "nbHits": 2})
    assert (list(result.ids), list(result.parent)) == (["2", "3"], [-1, 0])
    stories = [{"objectID": str(n), "title": f"S{n}", "num_comments": n, "points": 1} for n in (1, 2)]
    assert [(entry.title, entry.comments) for entry in listing({"hits": stories}).entries] == [("S1", 1), ("S2", 2)]
