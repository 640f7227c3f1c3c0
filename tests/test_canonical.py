"""Canonical addresses: which are equal, which are not; the forms to search for; what a thread is about."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rumor_tui.canonical import (
    LONGEST,
    MAX_FORMS,
    addresses_of,
    canonical_address,
    distinct_pages,
    is_front_page,
    search_forms,
    search_key,
)
from rumor_tui.model import Article, LinkedPage, Thread

EQUAL = [
    # Other pages of the same thing
    ("https://lobste.rs/s/abc123/six_hundred_cars", "https://lobste.rs/s/abc123"),
    ("https://player.vimeo.com/video/1234567?h=ab", "https://vimeo.com/1234567"),
    ("https://six.substack.com/p/cars/comments", "https://six.substack.com/p/cars"),
    ("https://www.example.com/amp/2024/05/six-hundred.html", "https://example.com/2024/05/six-hundred.html"),
    ("https://example.com/six_hundred?view=amp&spm=a1.b2", "https://example.com/six_hundred"),
    # Scheme, host, port
    ("http://example.com/a", "https://example.com/a"),
    ("HTTPS://Example.COM/a", "https://example.com/a"),
    ("https://www.example.com/a", "https://example.com/a"),
    ("https://example.com:443/a", "https://example.com/a"),
    ("http://example.com:80/a", "http://example.com/a"),
    ("https://example.com./a", "https://example.com/a"),
    ("https://ann:secret@example.com/a", "https://example.com/a"),
    ("https://m.example.com/a", "https://example.com/a"),
    ("https://mobile.example.com/a", "https://www.example.com/a"),
    ("https://amp.example.com/a", "https://example.com/a"),
    ("https://www.m.example.com/a", "https://example.com/a"),
    ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
    ("https://BÜCHER.example/a", "https://bücher.example/a"),
    ("  https://example.com/a\n", "https://example.com/a"),
    # Path
    ("https://example.com", "https://example.com/"),
    ("https://example.com/a/", "https://example.com/a"),
    ("https://example.com/a/b/../c", "https://example.com/a/c"),
    ("https://example.com/./a", "https://example.com/a"),
    ("https://example.com/a/index.html", "https://example.com/a/"),
    ("https://example.com/index.php", "https://example.com/"),
    ("https://example.com/index.php?id=3", "https://example.com/?id=3"),
    ("https://example.com/Default.aspx?id=3", "https://example.com/?id=3"),
    ("https://example.com/%7Eann", "https://example.com/~ann"),
    ("https://example.com/%61", "https://example.com/a"),
    ("https://example.com/%c3%a4", "https://example.com/%C3%A4"),
    ("https://example.com/ä", "https://example.com/%C3%A4"),
    ("https://example.com/a_%28b%29", "https://example.com/a_(b)"),
    ("https://example.com/a;jsessionid=0A1B", "https://example.com/a"),
    # Query and fragment
    ("https://example.com/a?x=1&b=2", "https://example.com/a?b=2&x=1"),
    ("https://example.com/a?", "https://example.com/a"),
    ("https://example.com/a?q=a+b", "https://example.com/a?q=a%20b"),
    ("https://example.com/a?q=", "https://example.com/a?q"),
    ("https://example.com/a?utm_source=x&utm_medium=y", "https://example.com/a"),
    ("https://example.com/a?UTM_Source=x", "https://example.com/a"),
    ("https://example.com/a?id=1&fbclid=abc", "https://example.com/a?id=1"),
    ("https://example.com/a?gclid=1&mc_cid=2&mc_eid=3", "https://example.com/a"),
    ("https://example.com/a?ref_src=twsrc%5Etfw", "https://example.com/a"),
    ("https://example.com/a?igshid=1", "https://example.com/a"),
    ("https://example.com/a?ref=hackernews", "https://example.com/a"),
    ("https://example.com/a?ref=newsletter.example.org", "https://example.com/a"),
    ("https://example.com/a?share=twitter", "https://example.com/a"),
    ("https://example.com/a/?replytocom=12#respond", "https://example.com/a/"),
    (
        "https://example.com/viewtopic.php?t=5&sid=0123456789abcdef0123456789abcdef",
        "https://example.com/viewtopic.php?t=5",
    ),
    ("https://example.com/a#comments", "https://example.com/a"),
    ("https://example.com/a#:~:text=six%20hundred", "https://example.com/a"),
    # AMP
    ("https://example.com/six-cars/amp/", "https://example.com/six-cars"),
    ("https://example.com/2011/six/six-cars/amp", "https://example.com/2011/six/six-cars/"),
    ("https://example.com/six-cars?amp=1", "https://example.com/six-cars"),
    ("https://example.com/six-cars?amp", "https://example.com/six-cars"),
    ("https://example.com/six-cars?outputType=amp", "https://example.com/six-cars"),
    ("https://example.com/six.amp.html", "https://example.com/six.html"),
    ("https://www.google.com/amp/s/www.example.com/six-cars/amp/", "https://example.com/six-cars"),
    ("https://www.google.co.uk/amp/example.com/six", "http://example.com/six"),
    ("https://www-example-com.cdn.ampproject.org/c/s/www.example.com/six?usqp=mq331", "https://www.example.com/six"),
    ("https://www-example-com.cdn.ampproject.org/v/s/www.example.com/six?amp_js_v=0.1", "https://www.example.com/six"),
    ("https://www.bbc.com/news/amp/world-12345", "https://www.bbc.co.uk/news/world-12345"),
    # Copies and redirections
    ("https://web.archive.org/web/20200102030405/http://example.com/a", "https://example.com/a"),
    ("https://web.archive.org/web/2020id_/https://www.example.com/a?id=1", "https://example.com/a?id=1"),
    ("http://web.archive.org/web/2020/http:/example.com/a", "https://example.com/a"),
    ("https://archive.is/2020.01.02-030405/https://example.com/a", "https://example.com/a"),
    ("https://archive.ph/https://example.com/a", "https://archive.today/newest/https://example.com/a"),
    ("https://web.archive.org/web/2020/https://archive.ph/2019/https://example.com/a", "https://example.com/a"),
    ("https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.com%2Fa&usg=1", "https://example.com/a"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa%3Ffbclid%3D1&h=AT", "https://example.com/a"),
    ("https://12ft.io/https://example.com/a", "https://example.com/a"),
    # Forms of single sites
    ("https://youtu.be/dQw4w9WgXcQ?t=42", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
    ("https://m.youtube.com/watch?v=dQw4w9WgXcQ&feature=youtu.be", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
    ("https://www.youtube.com/embed/dQw4w9WgXcQ", "https://www.youtube.com/shorts/dQw4w9WgXcQ"),
    ("https://www.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
    ("https://old.reddit.com/r/cars/comments/abc12/six_cars/", "https://www.reddit.com/r/cars/comments/abc12/"),
    ("https://redd.it/abc12", "https://www.reddit.com/r/cars/comments/abc12/six/?utm_source=share"),
    ("https://www.reddit.com/r/Cars", "https://np.reddit.com/r/cars/"),
    ("https://mobile.twitter.com/Ann/status/123", "https://x.com/ann/status/123?s=20"),
    ("https://nitter.net/ann/status/123#m", "https://twitter.com/ann/status/123/photo/1"),
    ("https://x.com/Ann", "https://twitter.com/ann"),
    ("https://en.m.wikipedia.org/wiki/BMW_1M", "https://en.wikipedia.org/wiki/BMW_1M"),
    ("https://en.wikipedia.org/w/index.php?title=BMW_1M", "https://en.wikipedia.org/wiki/BMW_1M#Production"),
    ("https://en.wikipedia.org/wiki/BMW_1M?useskin=vector", "https://en.wikipedia.org/wiki/BMW_1M"),
    ("https://arxiv.org/pdf/2101.00001v2.pdf", "https://arxiv.org/abs/2101.00001"),
    ("https://arxiv.org/abs/2101.00001v1", "https://export.arxiv.org/abs/2101.00001v3"),
    ("https://arxiv.org/pdf/hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001v2"),
    ("https://ar5iv.labs.arxiv.org/html/2101.00001", "https://arxiv.org/html/2101.00001v1"),
    ("https://dx.doi.org/10.1000/ABC", "https://doi.org/10.1000/abc"),
    ("https://github.com/Ann/Cars", "https://github.com/ann/cars.git"),
    ("https://github.com/ann/cars?tab=readme-ov-file#install", "https://github.com/ann/cars"),
    ("https://stackoverflow.com/questions/123/how-many", "https://stackoverflow.com/q/123/4567"),
    ("https://unix.stackexchange.com/questions/9/a/10#10", "https://unix.stackexchange.com/questions/9"),
    ("https://ann.medium.com/six-cars-0a1b2c?source=rss----7", "https://medium.com/@ann/six-cars-0a1b2c"),
    ("https://open.substack.com/pub/ann/p/six?r=1a&utm_campaign=post", "https://ann.substack.com/p/six"),
    ("https://ann.blogspot.de/2011/03/six.html?m=1", "https://ann.blogspot.com/2011/03/six.html"),
    ("https://www.nytimes.com/2011/03/08/cars/six.html?smid=tw", "https://nytimes.com/2011/03/08/cars/six.html"),
    ("https://www.amazon.de/Six-Cars/dp/B00ABCDEFG/ref=sr_1_1?keywords=six", "https://amazon.de/gp/product/B00ABCDEFG"),
    ("https://ann.tumblr.com/post/123456789/six-cars", "https://www.tumblr.com/ann/123456789"),
    ("https://news.ycombinator.com/item?id=8863&p=2", "https://news.ycombinator.com/item?id=8863"),
    ("https://uk.linkedin.com/posts/six?trk=public_post", "https://uk.linkedin.com/posts/six?trk=feed"),
]

UNEQUAL = [
    # Pages that are called like a form of a page
    ("https://example.com/amp/docs", "https://example.com/docs"),
    ("https://github.com/amp/six-hundred", "https://github.com/six-hundred"),
    ("https://lobste.rs/s/abc123/six", "https://lobste.rs/s/abc124/six"),
    ("https://example.com/p/cars/comments", "https://example.com/p/cars"),
    # Scheme, host, port
    ("https://example.com/a", "https://example.org/a"),
    ("https://blog.example.com/a", "https://example.com/a"),
    ("https://blog.example.com/", "https://shop.example.com/"),
    ("https://de.example.com/a", "https://en.example.com/a"),
    ("https://example.com:8080/a", "https://example.com/a"),
    ("https://example.com:8080/a", "https://example.com:8081/a"),
    ("https://m.co.uk/", "https://co.uk/"),
    ("https://www.com/", "https://com/"),
    ("https://mexample.com/a", "https://example.com/a"),
    ("https://exаmple.com/a", "https://example.com/a"),  # a Cyrillic letter
    ("https://de.wikipedia.org/wiki/BMW", "https://en.wikipedia.org/wiki/BMW"),
    ("https://ann.substack.com/p/six", "https://ben.substack.com/p/six"),
    ("https://ann.blogspot.com/2011/03/six.html", "https://ben.blogspot.com/2011/03/six.html"),
    ("ftp://example.com/a", "https://example.com/a"),
    ("mailto:ann@example.com", "https://example.com/"),
    # Path
    ("https://example.com/a", "https://example.com/b"),
    ("https://example.com/a", "https://example.com/"),
    ("https://example.com/a", "https://example.com/a/b"),
    ("https://example.com/A", "https://example.com/a"),
    ("https://example.com/a/b", "https://example.com/b/a"),
    ("https://example.com/de/a", "https://example.com/en/a"),
    ("https://example.com/a%2Fb", "https://example.com/a/b"),
    ("https://example.com/a%3Fb", "https://example.com/a?b"),
    ("https://example.com/a%23b", "https://example.com/a#b"),
    ("https://example.com/a%25", "https://example.com/a"),
    ("https://example.com/%C3%A4", "https://example.com/%E4"),
    ("https://example.com/a//b", "https://example.com/a/b"),
    ("https://example.com/index.html/a", "https://example.com/a"),
    ("https://example.com/my-index.html", "https://example.com/"),
    ("https://example.com/page/2", "https://example.com/page/3"),
    ("https://example.com/2011/03/six", "https://example.com/2011/04/six"),
    ("https://example.com/six.html", "https://example.com/six.pdf"),
    ("https://example.com/a;v=1", "https://example.com/a;v=2"),
    # Query and fragment
    ("https://example.com/?p=5", "https://example.com/?p=6"),
    ("https://example.com/?p=5", "https://example.com/"),
    ("https://example.com/story?id=1", "https://example.com/story?id=2"),
    ("https://example.com/?article=1", "https://example.com/?article=2"),
    ("https://example.com/?v=1", "https://example.com/?v=2"),
    ("https://example.com/a?lang=de", "https://example.com/a?lang=en"),
    ("https://example.com/a?page=2", "https://example.com/a"),
    ("https://example.com/a?x=1&x=2", "https://example.com/a?x=2&x=1"),
    ("https://example.com/a?x=A", "https://example.com/a?x=a"),
    ("https://example.com/a?q=a%26b", "https://example.com/a?q=a&b"),
    ("https://example.com/a?q=a%2Bb", "https://example.com/a?q=a+b"),
    ("https://example.com/a?ref=main", "https://example.com/a?ref=next"),
    ("https://example.com/a?source=3", "https://example.com/a?source=4"),
    ("https://example.com/view?src=a.html", "https://example.com/view?src=b.html"),
    ("https://example.com/a?from=2011", "https://example.com/a?from=2012"),
    ("https://example.com/a?sid=12", "https://example.com/a?sid=13"),
    ("https://example.com/a?gift=card", "https://example.com/a"),
    ("https://example.com/viewtopic.php?t=5", "https://example.com/viewtopic.php?t=5&start=20"),
    ("https://example.com/#!/cars", "https://example.com/"),
    ("https://example.com/#!/cars", "https://example.com/#!/bikes"),
    ("https://example.com/#/cars", "https://example.com/#/bikes"),
    ("https://groups.example.com/forum/#!topic/cars/1", "https://groups.example.com/forum/#!topic/cars/2"),
    # AMP: a page called so
    ("https://example.com/wiki/amp", "https://example.com/wiki"),
    ("https://example.com/amp", "https://example.com/"),
    ("https://github.com/my-org/amp", "https://github.com/my-org"),
    ("https://amp.dev/about", "https://dev/about"),
    ("https://example.com/a?output=json", "https://example.com/a"),
    ("https://example.com/a?amp=0", "https://example.com/a?amp=1"),
    # Copies and redirections
    ("https://web.archive.org/web/2020/http://example.com/a", "https://web.archive.org/web/2020/http://example.com/b"),
    ("https://archive.is/aBcDe", "https://archive.is/FgHiJ"),
    ("https://archive.org/details/six", "https://archive.org/details/seven"),
    ("https://web.archive.org/web/2020/cars", "https://cars/"),
    ("https://www.google.com/search?q=https%3A%2F%2Fexample.com", "https://example.com"),
    ("https://example.org/url?url=https%3A%2F%2Fexample.com%2Fa", "https://example.com/a"),
    ("https://www.facebook.com/l.php?u=javascript:alert(1)", "javascript:alert(1)"),
    # Forms of single sites
    ("https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcR"),
    ("https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/DQW4W9WGXCQ"),
    ("https://www.youtube.com/playlist?list=PL1", "https://www.youtube.com/playlist?list=PL2"),
    ("https://www.youtube.com/@ann", "https://www.youtube.com/@ben"),
    ("https://www.reddit.com/r/cars/comments/abc12/six/", "https://www.reddit.com/r/cars/comments/abc13/six/"),
    ("https://www.reddit.com/r/cars/comments/abc12/six/c1x2/", "https://www.reddit.com/r/cars/comments/abc12/six/"),
    ("https://www.reddit.com/r/cars", "https://www.reddit.com/r/bikes"),
    ("https://x.com/ann/status/123", "https://x.com/ann/status/124"),
    ("https://x.com/ann", "https://x.com/ben"),
    ("https://en.wikipedia.org/w/index.php?title=BMW&oldid=5", "https://en.wikipedia.org/wiki/BMW"),
    ("https://en.wikipedia.org/wiki/Talk:BMW", "https://en.wikipedia.org/wiki/BMW"),
    ("https://en.wikipedia.org/wiki/bmw", "https://en.wikipedia.org/wiki/BMW"),
    ("https://arxiv.org/abs/2101.00001", "https://arxiv.org/abs/2101.00002"),
    ("https://arxiv.org/list/cs/new", "https://arxiv.org/list/cs/recent"),
    ("https://github.com/ann/cars/blob/main/README.md", "https://github.com/ann/cars"),
    ("https://github.com/ann/cars/blob/main/readme.md", "https://github.com/ann/cars/blob/main/README.md"),
    ("https://github.com/ann/cars/issues/1", "https://github.com/ann/cars/issues/2"),
    ("https://stackoverflow.com/questions/123/how-many", "https://stackoverflow.com/questions/124/how-many"),
    ("https://stackoverflow.com/questions/123", "https://superuser.com/questions/123"),
    ("https://medium.com/@ann/six-cars-0a1b2c", "https://medium.com/@ben/six-cars-0a1b2c"),
    ("https://news.ycombinator.com/item?id=8863", "https://news.ycombinator.com/item?id=8864"),
    ("https://news.ycombinator.com/newest", "https://news.ycombinator.com/"),
    ("https://www.amazon.de/dp/B00ABCDEFG", "https://www.amazon.com/dp/B00ABCDEFG"),
    ("https://www.nytimes.com/?query=cars", "https://www.nytimes.com/"),
]


def test_there_are_enough_pairs() -> None:
    assert min(len(set(EQUAL)), len(set(UNEQUAL))) >= 60


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_forms_of_the_same_page_are_equal(one: str, other: str) -> None:
    assert canonical_address(one) == canonical_address(other)


@pytest.mark.parametrize(("one", "other"), UNEQUAL)
def test_different_pages_are_not_equal(one: str, other: str) -> None:
    assert canonical_address(one) != canonical_address(other)


def test_all_pairs_of_the_unequal_are_told_apart_by_more_than_chance() -> None:
    """No rule throws many pages together: nearly all addresses of the table are pages of their own."""
    pages = {canonical_address(address) for pair in UNEQUAL for address in pair}
    assert len(pages) > 130


@pytest.mark.parametrize(
    "text", ["", "  six hundred ", "mailto:ann@example.com", "http://[::1", "https://", "//a/b", "a/b.c"]
)
def test_what_is_no_web_address_stays(text: str) -> None:
    assert canonical_address(text) == text.strip()
    assert search_forms(text) == []


def test_a_very_long_address_stays() -> None:
    address = f"http://www.example.com/{'a' * LONGEST}"
    assert canonical_address(address) == address
    assert search_forms(address) == []


PARTS = """http:// https:// www. m. amp. example.com bücher.example x.com arxiv.org/pdf/2101.00001v1 / // /../ /./
HTTP:// .amp.html index.html ?amp=1 ?utm_source=x&b=1 &a=2 &b &c= % %2F %zz %25 # #!/a #:~:text=x : :80 @ [::1] ä /amp
web.archive.org/web/2020/ archive.is/ youtu.be/dQw4w9WgXcQ google.com/amp/s/ google.com/url?q= https%3A%2F%2Fa.b/c .
en.m.wikipedia.org/w/index.php?title=X reddit.com/r/a/comments/abc/d .blogspot.de ;jsessionid=1 +"""
PIECES = st.sampled_from([*PARTS.split(), "\t", "\x00", "\n", "\ud800"])


@given(st.lists(PIECES | st.text(max_size=6), max_size=12).map("".join) | st.text(max_size=40))
@example("http://www.www.com/")
@example("https://web.archive.org/web/1/" * 60 + "http://example.com/")
@example("https://x.com/a/status/1/index.html")
@example("http://a.b/x-1/amp/amp/index.html/")
def test_any_text_has_one_canonical_form(text: str) -> None:
    found = canonical_address(text)
    assert canonical_address(found) == found
    forms = search_forms(text)
    assert len(forms) <= MAX_FORMS
    assert len(forms) == len(set(forms))


@given(st.lists(PIECES, min_size=1, max_size=6).map("".join))
def test_forms_to_search_for_are_forms_of_the_page(text: str) -> None:
    address = f"https://example.com/{text}"
    assert {canonical_address(form) for form in search_forms(address)} <= {canonical_address(address)}


def test_forms_of_an_article() -> None:
    assert search_forms("https://example.com/six-cars/?utm_source=rss#top") == [
        "https://example.com/six-cars/",
        "https://example.com/six-cars",
        "https://www.example.com/six-cars/",
        "http://example.com/six-cars/",
        "https://www.example.com/six-cars",
        "http://example.com/six-cars",
        "http://www.example.com/six-cars/",
        "http://www.example.com/six-cars",
    ]


@pytest.mark.parametrize(
    ("address", "forms"),
    [
        ("https://blog.example.com/a.html", ["https://blog.example.com/a.html", "http://blog.example.com/a.html"]),
        ("http://127.0.0.1:8123/?p=1", ["http://127.0.0.1:8123/?p=1", "https://127.0.0.1:8123/?p=1"]),
        (
            "https://youtu.be/dQw4w9WgXcQ",
            [
                "https://youtu.be/dQw4w9WgXcQ",
                "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
                "https://m.youtube.com/watch?v=dQw4w9WgXcQ",
            ],
        ),
        (
            "https://web.archive.org/web/2020/https://arxiv.org/abs/2101.00001",
            [
                "https://arxiv.org/abs/2101.00001",
                "https://arxiv.org/pdf/2101.00001",
                "https://arxiv.org/pdf/2101.00001.pdf",
            ],
        ),
    ],
)
def test_forms_of_other_pages(address: str, forms: list[str]) -> None:
    assert search_forms(address) == forms


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.example.com/six-cars/?utm_source=x", "example.com/six-cars"),
        ("https://example.com", "example.com"),
        ("https://example.com/?p=5", "example.com/?p=5"),
        ("https://m.youtube.com/watch?v=dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        ("https://twitter.com/ann/status/123", "status/123"),
        ("https://en.m.wikipedia.org/wiki/BMW", "wikipedia.org/wiki/BMW"),
        ("notes.txt", ""),
    ],
)
def test_what_all_forms_have_in_common(address: str, key: str) -> None:
    assert search_key(address) == key
    assert all(key in form for form in search_forms(address)[1:])


@pytest.mark.parametrize(
    ("address", "is_front"),
    [
        ("https://example.com", True),
        ("https://www.example.com/index.html?utm_source=x#top", True),
        ("https://example.com/?p=5", False),
        ("https://example.com/a", False),
        ("https://example.com/#!/a", False),
        ("", False),
    ],
)
def test_front_pages(address: str, is_front: bool) -> None:
    assert is_front_page(address) == is_front


def thread(article: Article, source: str = "") -> Thread:
    return Thread(article=article, parent=array("i"), authors=(), bodies=(), lengths=(), source=source)


def test_what_a_thread_is_about() -> None:
    article = Article(
        url="https://news.ycombinator.com/item?id=1",
        link="http://www.example.com/a?utm_source=hn",
        linked=LinkedPage("https://example.com/a", 0),
    )
    assert addresses_of(thread(article, "https://hn.example/saved")) == [
        "https://example.com/a",
        "https://news.ycombinator.com/item?id=1",
        "https://hn.example/saved",
    ]
    assert addresses_of(thread(Article(url="https://example.com/a"), "pages/a.html")) == ["https://example.com/a"]
    assert addresses_of(thread(Article(), "a.html")) == []


def test_distinct_pages_keep_the_first_form() -> None:
    addresses = ["https://m.example.com/a", "notes.txt", "https://example.com/a", "https://example.com/b"]
    assert distinct_pages(addresses) == ["https://m.example.com/a", "https://example.com/b"]
