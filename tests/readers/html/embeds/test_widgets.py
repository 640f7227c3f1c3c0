"""Comment systems told from a page's markup, as documentation, older pages and themes of static sites write it."""

from __future__ import annotations

import pytest

from rumor_tui.readers.html.embeds import MAX_LENGTH, find_embeds
from rumor_tui.readers.html.embeds.markup import Markup

PAGE = "https://blog.example/posts/six.html"
HEAD = '<html><head><title>Six &amp; more</title><meta property="og:title" content="600"></head><body>'


def told(markup: str, address: str = PAGE) -> dict[str, dict[str, str]]:
    """The systems of a page, by name, with their settings."""
    found = find_embeds(HEAD + markup, address)
    return {stub.via: dict(key.split("=", 1) for key in stub.keys) for stub in found}


DISQUS = {
    "the documented snippet": """<div id="disqus_thread"></div><script>
        var disqus_config = function () {
        this.page.url = 'https://blog.example/six/';
        this.page.identifier = 'six';
        };
        (function() { var d = document, s = d.createElement('script');
        s.src = 'https://cars.disqus.com/embed.js'; s.setAttribute('data-timestamp', +new Date());
        (d.head || d.body).appendChild(s); })();</script>""",
    "the older snippet": """<div id="disqus_thread"></div><script type="text/javascript">
        var disqus_shortname = 'cars'; var disqus_identifier = 'six'; var disqus_url = 'https://blog.example/six/';
        (function() { var dsq = document.createElement('script'); dsq.async = true;
        dsq.src = '//' + disqus_shortname + '.disqus.com/embed.js'; })();</script>""",
    "Hugo": """<div id="disqus_thread"></div><script>window.disqus_config = function () {
        this.page.identifier = 'six'; this.page.url = 'https:\\/\\/blog.example\\/six\\/'; };
        (function() { var d = document, s = d.createElement('script'); s.async = true;
        s.src = '//' + "cars" + '.disqus.com/embed.js'; })();</script>""",
    "WordPress": """<div id="disqus_thread"></div><script id="disqus_embed-js-extra">
        var embedVars = {"disqusConfig":{"integration":"wordpress 3.0"},"disqusIdentifier":"six",
        "disqusShortname":"cars","disqusTitle":"Six","disqusUrl":"https:\\/\\/blog.example\\/six\\/","postId":"7"};
        </script>""",
    "Hexo NexT": """<div class="comments" id="disqus_thread"></div><script class="next-config" data-name="disqus"
        type="application/json">{"shortname":"cars","count":true,"identifier":"six",
        "page":{"url":1},"disqus_url":"https://blog.example/six/"}</script>""",
    "a placeholder with attributes": """<div id="disqus_thread" data-disqus-shortname="cars"
        data-disqus-identifier="six" data-disqus-url="/six/"></div><script src="/js/lazy-disqus.js"></script>""",
    "Drupal": """<link rel="canonical" href="/six/"><div id="disqus_thread"></div><script>{"path":
        {"baseUrl":"/"},"disqus":{"domain":"cars","url":"x","identifier":"six"}}</script>""",
    "a script that comes late": """<link href="https://cars.disqus.com" rel="dns-prefetch"><div id="disqus_thread"
        data-disqus-identifier="six" data-disqus-url="/six/"></div>""",
    "a frame that is loaded late": """<iframe data-src="https://cars.disqus.com/embed.js"></iframe><script>
        var disqus_identifier = "six", disqus_url = "https://blog.example/six/";</script>""",
}


@pytest.mark.parametrize("name", DISQUS)
def test_disqus(name: str) -> None:
    found = told(DISQUS[name])["disqus"]
    assert found["forum"] == "cars"
    assert found["identifier"] == "six"
    assert found["url"] == "https://blog.example/six/"


def test_disqus_without_settings_has_the_canonical_address() -> None:
    found = told('<link rel="canonical" href="/posts/six"><div id="disqus_thread"></div>'
                 '<script src="https://cars.disqus.com/embed.js"></script>')  # fmt: skip
    assert found["disqus"] == {"forum": "cars", "url": "https://blog.example/posts/six", "title": "Six & more"}


GISCUS = '<script src="https://giscus.app/client.js" data-repo="o/r" data-category="Talk" {}></script>'


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('data-mapping="pathname"', {"term": "posts/six"}),
        ('data-mapping="url"', {"term": PAGE}),
        ('data-mapping="title" data-strict="1"', {"term": "Six & more", "strict": "1"}),
        ('data-mapping="og:title"', {"term": "600"}),
        ('data-mapping="specific" data-term="a b"', {"term": "a b"}),
        ('data-mapping="number" data-term="12"', {"number": "12"}),
        ("", {"term": "posts/six"}),
    ],
)
def test_giscus(attributes: str, expected: dict[str, str]) -> None:
    assert told(GISCUS.format(attributes))["giscus"] == {"repo": "o/r", "category": "Talk", **expected}


GISCUS_FORMS = {
    "a component": '<giscus-widget repo="o/r" category="Talk" mapping="specific" term="x"></giscus-widget>',
    "a script that sets attributes": """<script>var s = document.createElement("script");
        s.src = "https://giscus.app/client.js"; s.setAttribute("data-repo", "o/r");
        s.setAttribute("data-category", "Talk"); s.setAttribute("data-mapping", "specific");
        s.setAttribute("data-term", "x");</script>""",
    "an object of settings": """<script>const attributes = {"src": "https://giscus.app/client.js", "data-repo": "o/r",
        "data-category": 'Talk', "data-mapping": "specific", "data-term": "x"};</script>""",
    "Hexo NexT": """<script class="next-config" data-name="giscus" type="application/json">{"repo":"o/r",
        "repo_id":"R","category":"Talk","mapping":"specific","term":"x"}</script>""",
    "a lazy script": '<script data-src="https://giscus.app/client.js" data-repo="o/r" data-category="Talk" '
    'data-mapping="specific" data-term="x"></script>',
}


@pytest.mark.parametrize("name", GISCUS_FORMS)
def test_forms_of_giscus(name: str) -> None:
    assert told(GISCUS_FORMS[name])["giscus"] == {"repo": "o/r", "category": "Talk", "term": "x"}


def test_a_giscus_of_ones_own_and_the_front_page() -> None:
    own = GISCUS.replace("giscus.app", "giscus.blog.example").format("")
    found = told(own, "https://blog.example/")["giscus"]
    assert (found["server"], found["term"]) == ("https://giscus.blog.example", "index")


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('issue-term="pathname"', {"term": "posts/six"}),
        ('issue-term="title"', {"term": "Six & more"}),
        ('issue-term="og:title"', {"term": "600"}),
        ('issue-term="url"', {"term": PAGE}),
        ('issue-term="my term" label="💬"', {"term": "my term"}),
        ('issue-number="7"', {"number": "7"}),
        ('data-issue-number="7"', {"number": "7"}),
    ],
)
def test_utterances(attributes: str, expected: dict[str, str]) -> None:
    markup = f'<script src="https://utteranc.es/client.js" repo="o/r" {attributes} theme="github-light"></script>'
    assert told(markup)["utterances"] == {"repo": "o/r", **expected}


def test_utterances_that_a_script_makes() -> None:
    markup = """<section class="comments"></section><script>var script = document.createElement('script');
        script.setAttribute('src', 'https://utteranc.es/client.js'); script.setAttribute('repo', 'o/r');
        script.setAttribute('issue-term', 'pathname');</script>"""
    assert told(markup)["utterances"] == {"repo": "o/r", "term": "posts/six"}


SERVERS = {
    "gitalk": (
        "<div id='gitalk'></div><script>const gitalk = new Gitalk({clientID: 'c', repo: 'r', owner: 'o', id: 'six'})"
        "</script>",
        {"repo": "o/r", "label": "six", "kind": "Gitalk"},
    ),
    "discourse-embed": (
        '<div id="discourse-comments"></div><script>DiscourseEmbed = { discourseUrl: "https://talk.example/", '
        "topicId: 12 };</script>",
        {"server": "https://talk.example/", "topic": "12", "url": PAGE},
    ),
    "isso": (
        '<script data-isso="//c.example/isso/" src="//c.example/isso/js/embed.min.js"></script>'
        '<section id="isso-thread"></section>',
        {"server": "https://c.example/isso/", "uri": "/posts/six.html"},
    ),
    "remark42": (
        '<div id="remark42"></div><script>var remark_config = { host: "https://r.example", site_id: "s" }</script>',
        {"server": "https://r.example", "site": "s", "url": PAGE},
    ),
    "commento": (
        '<div id="commento"></div><script defer src="https://cdn.commento.io/js/commento.js"></script>',
        {"server": "https://commento.io/", "host": "blog.example", "path": "/posts/six.html"},
    ),
    "comentario": (
        '<script defer src="https://c.example/comentario.js"></script><comentario-comments></comentario-comments>',
        {"server": "https://c.example/", "host": "blog.example", "path": "/posts/six.html"},
    ),
    "cusdis": (
        '<div id="cusdis_thread" data-app-id="a" data-page-id="p"></div>',
        {"server": "https://cusdis.com", "app": "a", "page": "p"},
    ),
    "waline": (
        "<script>Waline.init({ el: '#waline', serverURL: 'https://w.example' });</script>",
        {"server": "https://w.example", "path": "/posts/six.html"},
    ),
    "artalk": (
        "<script>new Artalk({ el: '#c', pageKey: '/k', server: 'https://a.example', site: 'S' })</script>",
        {"server": "https://a.example", "site": "S", "page": "/k"},
    ),
    "twikoo": (
        "<script>twikoo.init({ envId: 'https://t.example', el: '#t' })</script>",
        {"server": "https://t.example", "url": "/posts/six.html"},
    ),
    "hyvor-talk": (
        '<hyvor-talk-comments website-id="7" page-id="p"></hyvor-talk-comments>',
        {"website": "7", "page": "p"},
    ),
    "coral": (
        "<div id='coral'></div><script>Coral.createStreamEmbed({ id: 'coral', rootURL: 'https://c.example' })</script>",
        {"server": "https://c.example", "url": PAGE},
    ),
    "openweb": (
        '<script async src="https://launcher.spot.im/spot/sp_a1" data-post-id="p"></script>',
        {"spot": "sp_a1", "post": "p"},
    ),
    "viafoura": (
        '<meta name="vf:container_id" content="c"><div class="viafoura"><vf-conversations></vf-conversations></div>',
        {"container": "c", "domain": "blog.example"},
    ),
    "facebook-comments": ('<div class="fb-comments" data-href="x"></div>', {}),
    "intensedebate": ("<script>var idcomments_acct = 'abc';</script>", {}),
    "fastcomments": ("<script>window.FastCommentsUI(target, { tenantId: 'demo' })</script>", {}),
    "graphcomment": ('<div id="graphcomment"></div><script src="//graphcomment.com/js/x.js"></script>', {}),
}


@pytest.mark.parametrize("via", SERVERS)
def test_other_systems(via: str) -> None:
    markup, expected = SERVERS[via]
    assert told(markup) == {via: expected}


def test_older_forms() -> None:
    hyvor = "<script>var HYVOR_TALK_WEBSITE = 7; var HYVOR_TALK_CONFIG = { url: false, id: 'p' };</script>"
    assert told(hyvor) == {"hyvor-talk": {"website": "7", "page": "p"}}
    frame = '<iframe src="https://talk.example/embed/comments?embed_url=x"></iframe>'
    assert told(frame) == {"discourse-embed": {"server": "https://talk.example", "url": PAGE}}
    gitment = "<script>new Gitment({ id: 'six', owner: 'o', repo: 'r' })</script>"
    assert told(gitment) == {"gitalk": {"repo": "o/r", "label": "six", "kind": "Gitment"}}


QUIET = {
    "a counter": '<script>var disqus_shortname = "cars";</script><script src="https://cars.disqus.com/count.js"></script>'
    '<a href="/six/#disqus_thread">Comments</a>',
    "an article about Disqus": "<p>Disqus and giscus: put <code>&lt;div id=&quot;disqus_thread&quot;&gt;</code> and "
    "<code>s.src = 'https://cars.disqus.com/embed.js'</code> into the page.</p>",
    "a code sample": '<pre>&lt;script src="https://giscus.app/client.js" data-repo="o/r"&gt;&lt;/script&gt;</pre>',
    "a comment": '<!-- <script src="https://utteranc.es/client.js" repo="o/r" issue-term="title"></script> -->',
    "a link": '<a href="https://github.com/giscus/giscus">giscus</a> <a href="https://disqus.com/home">Disqus</a>',
    "a link to a forum": '<a href="https://talk.example/embed/comments?x">Talk</a>',
    "a preconnect": '<link rel="preconnect" href="https://disqus.com"><link rel="dns-prefetch" href="//spot.im">',
    "counts of Remark42": '<script>var remark_config = { host: "https://r.example", components: ["counter"] }</script>',
    "a profile": '<div class="fb-page" data-href="x"></div>',
    "broken addresses": '<script src="http://[/js/commento.js"></script><div id="commento"></div>'
    '<section id="isso-thread"></section><script data-isso="http://[::1"></script>',
    "other schemes": '<div id="cusdis_thread" data-app-id="a"></div><section id="isso-thread"></section>'
    '<script data-isso="javascript:alert(1)" src="file:///js/embed.min.js"></script>',
    "a template's placeholder": '<div id="disqus_thread"></div><script>var disqus_shortname = "{{ site.d }}";</script>',
}


@pytest.mark.parametrize("name", QUIET)
def test_pages_without_a_system(name: str) -> None:
    assert told(QUIET[name]) == {}


def test_a_page_whose_address_is_not_known() -> None:
    isso = '<script data-isso="https://c.example/" src="x"></script><section id="isso-thread"></section>'
    assert told(isso, "") == {}
    assert told(f'<link rel="canonical" href="{PAGE}">{isso}', "") == {
        "isso": {"server": "https://c.example/", "uri": "/posts/six.html"}
    }
    assert told(isso, "http://[broken") == {}


def test_comments_are_no_markup_and_scripts_stay() -> None:
    page = Markup(
        "<!-- a <b> --><i><script><!-- x = 'y' //--></script><!-- <script>z = 'w'</script> --><u><!-- <s>", ""
    )
    assert [name for name, _ in page.elements] == ["i", "script", "u"]
    assert (page.setting("x"), page.setting("z")) == ("y", "")


@pytest.mark.parametrize("piece", ["<!--", "<script ", "<script>", "disqus <a ", "<a b='", "repo: '", "<!-- <script"])
def test_hostile_pages_take_no_long_time(piece: str) -> None:
    """A time that grows with the square of the size would outlast the test's own limit."""
    told(piece * 60_000 + "disqus giscus remark_config createStreamEmbed Waline")


def test_a_page_of_any_length_is_not_searched() -> None:
    markup = DISQUS["the documented snippet"]
    assert told(markup + " " * (MAX_LENGTH - len(HEAD + markup)))
    assert not told(markup + " " * MAX_LENGTH)


FRAMES = {
    "giscus": """<iframe class="giscus-frame" src="https://giscus.app/en/widget?origin=https%3A%2F%2Fx&amp;repo=o%2Fr
        &amp;repoId=R&amp;category=Ann&amp;strict=1&amp;term=posts%2Fsix"></iframe>""".replace("\n        ", ""),
    "utterances": """<iframe class="utterances-frame" src="https://utteranc.es/utterances.html?repo=o%2Fr&amp;issue-term=
        pathname&amp;pathname=posts%2Fsix"></iframe>""".replace("\n        ", ""),
    "disqus": """<amp-iframe src="https://disqus.com/embed/comments/?base=default&f=cars&t_i=six"></amp-iframe>""",
}


def test_the_frame_that_a_loader_has_made_says_what_is_shown_in_it() -> None:
    assert told(FRAMES["giscus"])["giscus"] == {"repo": "o/r", "category": "Ann", "strict": "1", "term": "posts/six"}
    assert told(FRAMES["utterances"])["utterances"] == {"repo": "o/r", "term": "posts/six"}
    assert told(FRAMES["disqus"])["disqus"].items() >= {("forum", "cars"), ("identifier", "six")}


MADE = {
    "isso": """<p id="isso-thread"></p><script>var s = document.createElement('script');
        s.src = 'https://talk.example/js/embed.min.js'; document.body.append(s)</script>""",
    "commento": """<p id="commento"></p><script>s.src = "https://talk.example/js/commento.js";</script>""",
    "openweb": """<script>s.src = 'https://launcher.spot.im/spot/sp_talk'; s.dataset.postId = 'six';
        s.setAttribute('data-spotim-module', 'spotim-launcher');</script>""",
    "giscus": """<script>s.src = "https://giscus.app/client.js"; s.dataset.repo = "o/talk";
        s.dataset.repoId = "R"; s.dataset.mapping = "title"</script>""",
    "coral": """<script>var url = 'talk.example'; s.src = '//' + url + '/assets/js/embed.js';
        s.onload = () => Coral.createStreamEmbed({id: "coral_thread", rootURL: '//' + url});</script>""",
}


@pytest.mark.parametrize("system", MADE)
def test_scripts_that_other_scripts_make(system: str) -> None:
    settings = told(MADE[system])[system]
    assert any("talk" in value for value in settings.values()), settings


ELSEWHERE = {
    "an element beside its module": """<script type="module" src="https://esm.example/giscus"></script>
        <giscus-widget repo="o/r" repoid="R" category="Ann" mapping="title"></giscus-widget>""",
    "a box that a script of the theme fills": """<div class="giscus" data-repo="o/r" data-repo-id="R"
        data-category="Ann" data-mapping="title"></div>""",
    "a server of one's own": """<script src="https://talk.example/client.js" data-repo="o/r" data-repo-id="R"
        data-category="Ann" data-mapping="title"></script>""",
    "an island": """<astro-island component-url="/Comments.js" props="{&quot;repo&quot;:[0,&quot;o/r&quot;],
        &quot;category&quot;:[0,&quot;Ann&quot;],&quot;mapping&quot;:[0,&quot;title&quot;],&quot;list&quot;:[1,[]]}"
        opts="{&quot;name&quot;:&quot;Giscus&quot;}"></astro-island>""",
    "capitals": """<SCRIPT SRC=//giscus.app/client.js DATA-REPO=o/r data-category='Ann' data-mapping=title></SCRIPT>""",
}


@pytest.mark.parametrize("form", ELSEWHERE)
def test_giscus_where_themes_put_its_settings(form: str) -> None:
    found = told(ELSEWHERE[form])["giscus"]
    assert (found["repo"], found["category"], found["term"]) == ("o/r", "Ann", "Six & more")


def test_an_island_with_broken_settings_shows_nothing() -> None:
    assert not told("""<astro-island component-url="/giscus.js" props="{"></astro-island>""")
    assert not told("""<astro-island component-url="/giscus.js" props="[1]"></astro-island>""")


def test_settings_in_comments_of_scripts_are_switched_off() -> None:
    assert not told("""<script>/* <p id='disqus_thread'> s.src = 'https://old.disqus.com/embed.js' */ go()</script>""")
    script = """var remark_config = {
        // host: 'https://old.example',
        host: 'https://new.example', site_id: 'a/*b*/c', /* url: 'https://old.example/' */ };"""
    found = told(f"<p id=remark42></p><script>{script}</script>")["remark42"]
    assert found == {"server": "https://new.example", "site": "a/*b*/c", "url": PAGE}


def test_a_server_that_only_counts_visits_shows_no_comments() -> None:
    counts = "pageviewCount({serverURL: 'https://talk.example'}); // waline"
    assert not told(f"<b class=waline-pageview-count></b><script>var waline; {counts}</script>")


def test_settings_joined_from_variables() -> None:
    markup = Markup(
        "<script>var a = 'x.example', b = '//' + a + '/c', d = `https://${a}/e`, f = '//' + g()</script>", ""
    )
    assert [markup.setting(name) for name in "abdf"] == ["x.example", "//x.example/c", "https://x.example/e", ""]
    assert Markup("<script>var a = '1' + b, b = '2' + a;</script>", "").setting("a") == ""


def test_other_forms_of_systems_that_only_say_what_they_want() -> None:
    assert "facebook-comments" in told("<fb:comments href='https://blog.example/six'></fb:comments>")
    assert "fastcomments" in told("<script>window.fcConfigs = [{target: '#talk', tenantId: 'demo'}]</script>")
