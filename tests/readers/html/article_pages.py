"""Small article pages in the styles of many systems, made for the tests.

`PAGES` gives for each its HTML, its title, its first and last paragraphs, and words of what is not the article.
"""

from __future__ import annotations

from typing import NamedTuple

FIRST = "The first thing that anyone notices about the harbour is the smell of tar, which no one has used here since 1974."
SECOND = (
    "Ask in the café by the pier and you are told about <a href='/boats'>the boats</a>, of which there are <em>eleven</em>, "
    "and about the winter when the ice carried two of them out to sea, crews and all, and brought them back again."
)
THIRD = "I went there in March with a notebook and a thermometer, and measured what could be measured: depth, salt, noise."
LAST = "Nobody has sold a ticket since, and yet the boats go out at seven, as they did in the year of the ice."
TITLE = "What the harbour smells of"

PROSE = f"<p>{FIRST}</p>\n<p>{SECOND}</p>\n<p>{THIRD}</p>\n<p>{LAST}</p>"

RELATED = (
    '<ul><li><a href="/a">RELATED Ten more harbours that you should see before winter</a></li>'
    '<li><a href="/b">RELATED Why tar is coming back to the kitchens of the north</a></li></ul>'
)
FORM = (
    "<p>NEWSLETTER Get the harbour in your inbox every single week, and nothing else, we promise that by the sea.</p>"
    '<input type="email"><button>Sign up</button>'
)
BIO = "BIO Ann Berg writes about water and wood for many papers, and lives with a cat and two boats in the north."


class Page(NamedTuple):
    """A page, and what is to be found of it."""

    html: str
    title: str = TITLE
    first: str = FIRST
    last: str = LAST
    absent: tuple[str, ...] = ("RELATED", "NEWSLETTER", "BIO", "SHARE", "MENU", "FOOT", "TAGS")
    byline: str | None = "Ann Berg"


def page(head: str, body: str, title: str = f"{TITLE} | The Northern Page", lang: str = "en") -> str:
    """A whole document."""
    return f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


WORDPRESS_CLASSIC = page(
    '<link rel="canonical" href="https://north.example/2024/harbour/">',
    f"""<div id="page" class="hfeed site"><div id="header"><h1 class="site-title"><a href="/">The Northern Page</a></h1>
<div id="menu"><ul><li><a href="/">MENU Home</a></li><li><a href="/about">MENU About</a></li></ul></div></div>
<div id="content"><div id="post-7" class="post-7 post type-post status-publish hentry category-sea tag-tar">
<h2 class="entry-title">{TITLE}</h2><div class="entry-meta">Posted on <a href="/7"><span class="entry-date">March 3, 2024
</span></a> by <span class="author vcard"><a class="url fn n" href="/author/ann">Ann Berg</a></span></div>
<div class="entry-content">{PROSE}<div class="sharedaddy sd-sharing-enabled"><h3>SHARE this:</h3><ul><li>
<a href="https://facebook.example/sharer">SHARE on F</a></li></ul></div><div id="jp-relatedposts" class="jp-relatedposts">{RELATED}
</div></div><div class="entry-utility">TAGS <a href="/tag/tar">tar</a></div></div></div>
<div id="primary" class="widget-area"><ul class="xoxo"><li class="widget-container"><p>BIO {BIO}</p></li></ul></div>
<div id="footer">FOOT Proudly powered by something or other, all rights reserved since 1999.</div></div>""",
)

WORDPRESS_BLOCKS = page(
    '<meta property="og:title" content="What the harbour smells of"><meta property="og:site_name" content="The Northern Page">'
    '<meta name="author" content="Ann Berg">',
    f"""<div class="wp-site-blocks"><header class="wp-block-template-part"><nav class="wp-block-navigation"><a href="/">MENU
Home</a></nav></header><main class="wp-block-group"><h1 class="wp-block-post-title">{TITLE}</h1><div
class="wp-block-post-date"><time datetime="2024-03-03T10:00:00+00:00">March 3, 2024</time></div><div
class="entry-content wp-block-post-content is-layout-flow"><p class="has-drop-cap">{FIRST}</p><h2 class="wp-block-heading">In the
café</h2><p>{SECOND}</p><figure class="wp-block-image"><img src="/i.jpg" alt="Two boats on the ice"><figcaption>The ice in March.
</figcaption></figure><p>{THIRD}</p><p>{LAST}</p></div><div class="wp-block-group"><div class="wp-block-post-terms">TAGS: <a
href="/t">tar</a></div><div class="wp-block-query related-posts"><h2>RELATED</h2>{RELATED}</div></div></main>
<footer class="wp-block-template-part"><p>FOOT This site was made with blocks, and with a great deal of patience.</p></footer></div>""",
)

GENESIS = page(
    '<meta property="og:site_name" content="The Northern Page">',
    f"""<div class="site-container"><header class="site-header"><p class="site-title"><a href="/">The Northern Page</a></p></header>
<nav class="nav-primary"><ul><li><a href="/r">MENU Recipes</a></li></ul></nav><div class="site-inner"><main class="content">
<article class="post-9 post entry" itemscope itemtype="https://schema.org/CreativeWork"><header class="entry-header"><h1
class="entry-title" itemprop="headline">{TITLE}</h1><p class="entry-meta"><time class="entry-time" itemprop="datePublished"
datetime="2024-03-03T10:00:00+00:00">March 3, 2024</time> by <span class="entry-author" itemprop="author" itemscope><span
class="entry-author-name" itemprop="name">Ann Berg</span></span> <span class="entry-comments-link">12 Comments</span></p></header>
<div class="entry-content" itemprop="text"><div class="disclosure-widget">SHARE links in this post may pay us a little bit of money.
</div>{PROSE}</div><footer class="entry-footer"><p class="entry-meta">TAGS Filed Under: <a href="/c">Sea</a></p></footer></article>
<section class="author-box"><h4>About Ann Berg</h4><p>{BIO}</p></section></main><aside class="sidebar sidebar-primary"><section
class="widget"><h4>Hello!</h4><p>{BIO}</p></section></aside></div></div>""",
)

BLOGGER = page(
    '<meta property="og:title" content="What the harbour smells of">',
    f"""<div class="content-outer"><div class="header-inner"><div class="titlewrapper"><h1 class="title"><a href="/">Northern
Page</a></h1></div></div><div class="main-outer"><div class="column-center-inner"><div class="blog-posts hfeed"><div
class="date-outer"><h2 class="date-header"><span>Sunday, March 3, 2024</span></h2><div class="post hentry"><h3
class="post-title entry-title" itemprop="name">{TITLE}</h3><div class="post-header"></div><div class="post-body entry-content"
id="post-body-1">{FIRST}<br><br>{SECOND}<br><br><div class="separator"><a href="/b.jpg"><img src="/b.jpg" alt="The pier"></a></div>
{THIRD}<br><br>{LAST}<div style="clear: both;"></div></div><div class="post-footer"><div class="post-footer-line">Posted by
<span class="post-author vcard"><span class="fn">Ann Berg</span></span> <span class="post-labels">TAGS Labels: <a
href="/l">tar</a></span></div></div></div></div></div></div><div class="column-right-outer"><div class="sidebar section"><div
class="widget Profile"><h2>About me</h2><p>{BIO}</p></div></div></div></div></div>""",
    f"Northern Page: {TITLE}",
)

DRUPAL_7 = page(
    "",
    f"""<div id="skip-link"><a href="#main" class="element-invisible">MENU Skip to main content</a></div><div id="page"><div
id="header"><a href="/" id="logo">The Northern Page</a></div><div id="main"><h1 class="title" id="page-title">{TITLE}</h1>
<div class="tabs"></div><div class="region region-content"><div id="node-4" class="node node-blog clearfix"><div class="meta
submitted">Submitted by <span class="username">Ann Berg</span> on Sun, 03/03/2024 - 10:00</div><div class="content"><div
class="field field-name-body field-type-text-with-summary"><div class="field-items"><div class="field-item even"
property="content:encoded">{PROSE}</div></div></div><div class="field field-name-field-tags"><div class="field-label">TAGS:</div>
<div class="field-items"><a href="/t/1">tar</a></div></div></div><div class="link-wrapper"><ul class="links inline"><li><a
href="/u/login">SHARE Log in to post comments</a></li></ul></div></div></div></div><div class="region region-sidebar-first"><div
class="block"><h2>Who's new</h2>{RELATED}</div></div><div id="footer"><p>FOOT {BIO}</p></div></div>""",
)

DRUPAL_10 = page(
    '<meta property="og:site_name" content="The Northern Page">',
    f"""<div class="layout-container"><header role="banner"><nav role="navigation"><a href="/">MENU Home</a></nav></header><main
role="main"><div class="layout-content"><div class="block block-page-title-block"><h1 class="page-title"><span class="field
field--name-title">{TITLE}</span></h1></div><article class="node node--type-article node--view-mode-full"><footer
class="node__meta"><div class="node__submitted">By <span class="field--name-uid"><a rel="author" href="/user/3">Ann Berg</a></span>,
3 March, 2024</div></footer><div class="node__content"><div class="field field--name-field-summary lead"><p>{FIRST}</p></div><div
class="clearfix text-formatted field field--name-body"><p>{SECOND}</p><p>{THIRD}</p><p>{LAST}</p></div><div class="field
field--name-field-tags">TAGS <a href="/t">tar</a></div></div></article><div class="block related-content"><h2>RELATED content</h2>
{RELATED}</div></div></main><footer role="contentinfo"><p>FOOT {BIO}</p></footer></div>""",
)

MOVABLE_TYPE = page(
    "",
    f"""<div id="container"><div id="banner"><h1><a href="http://north.example/">The Northern Page</a></h1><h2>Notes from the
water</h2></div><div id="center"><div class="content"><p align="right"><a href="/1">MENU « Ropes</a> | <a href="/">Main</a> | <a
href="/2">MENU Sails »</a></p><h2>March 03, 2024</h2><h3>{TITLE}</h3>{PROSE}<div class="posted">Posted by Ann Berg at March 3, 2024
10:00 AM | <a href="/tb">TAGS TrackBack</a></div><h2>Comments</h2></div></div></div>""",
    f"The Northern Page: {TITLE}",
)

KINJA = page(
    '<meta property="og:type" content="article"><meta property="og:title" content="What the harbour smells of">'
    '<meta property="og:site_name" content="Northpage">',
    f"""<div class="js_global-nav-wrapper nav"><a href="/">MENU Northpage</a></div><article class="post hentry js_post_item status-published">
<header><h1 class="headline entry-title"><a href="/what-1">{TITLE}</a></h1><div class="meta__container"><div class="meta__byline">
<a class="fn" href="/ann">Ann Berg</a></div><time class="meta__time" datetime="2024-03-03T10:00:00-04:00">3/03/24 10:00am</time></div>
</header><div class="js_sharebar sharebar">SHARE <a href="/f">F</a></div><div class="post-content entry-content js_entry-content"><p
data-textannotation-id="1" class="first-text">{FIRST}</p><p>{SECOND}</p><aside class="inset--story"><p>RELATED story that we wrote
about another harbour, which you might want to read now.</p></aside><p>{THIRD}</p><p>{LAST}</p></div></article><section
class="recommended js_recommended">{RELATED}</section>""",
    TITLE,
)

MEDIUM = page(
    '<meta property="og:type" content="article"><meta property="og:title" content="What the harbour smells of">'
    '<meta property="og:site_name" content="Medium"><meta property="article:author" content="https://medium.example/@ann">'
    '<meta name="author" content="Ann Berg">',
    f"""<div id="root"><div class="a b c"><nav class="d"><a href="/m">MENU Open in app</a></nav><article><div class="e f"><section>
<div class="g h i"><div><h1 id="a1" class="pw-post-title j k">{TITLE}</h1></div><div class="l"><div class="m n"><a
href="/@ann"><img alt="Ann Berg" src="/p.jpg" width="32" height="32"></a><p class="o">3 min read</p><span>Mar 3, 2024</span></div></div>
<p id="b1" class="pw-post-body-paragraph p q">{FIRST}</p><p id="b2" class="pw-post-body-paragraph p q">{SECOND}</p><blockquote
class="r"><p id="b3" class="s t">{THIRD}</p></blockquote><p id="b4" class="pw-post-body-paragraph p q">{LAST}</p></div></section></div>
</article><div class="u v"><div class="w"><h2>RELATED More from Ann Berg</h2>{RELATED}</div><footer>FOOT Help Status About</footer>
</div></div></div>""",
    f"{TITLE} | by Ann Berg | Medium",
)

NEWS_JSON_LD = page(
    """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Daily North"},
{"@type":"NewsArticle","headline":"What the harbour smells of","datePublished":"2024-03-03T10:00:00Z","author":[{"@type":"Person",
"name":"Ann Berg"},{"@type":"Person","name":"Ben Ost"}],"publisher":{"@type":"Organization","name":"Daily North"}}]}</script>""",
    f"""<div class="skip"></div><div class="c-nav"><ul><li><a href="/world">MENU World</a></li><li><a href="/sea">MENU Sea</a></li></ul>
</div><main><div class="l-article"><div class="c-hero"><p class="kicker">MENU Life at sea</p><h1 class="c-title">{TITLE}</h1>
<p class="c-standfirst standfirst">{FIRST}</p><div class="c-byline byline">By Ann Berg and Ben Ost</div></div><div class="l-cols">
<div class="c-article-content"><p>{SECOND}</p><div class="c-ad ad-slot">SHARE Advertisement, story continues below</div><p>{THIRD}</p>
<div class="newsletter-signup">{FORM}</div><p>{LAST}</p></div><div class="l-rail"><div class="most-read"><h3>Most read</h3>{RELATED}
</div></div></div></div></main><div class="site-footer">FOOT {BIO}</div>""",
    f"{TITLE} - Daily North",
)

SPIP = page(
    "",
    """<div id="page"><div id="entete"><a rel="start home" href="/"><h1>Le Nord</h1></a></div><div id="nav"><a href="/mer">MENU Mer
</a></div><div id="conteneur"><div id="contenu"><div class="cartouche"><h2 class="titre">Ce que sent le port</h2><p class="info-publi">
<abbr class="published" title="2024-03-03T10:00:00Z">Dimanche 3 mars 2024</abbr>, par <span class="vcard author"><a class="fn"
href="/ann">Ann Berg</a></span></p></div><div class="chapo"><p>On remarque d’abord l’odeur du goudron, que plus personne n’emploie ici
depuis 1974.</p></div><div class="texte entry-content"><p>Au café près de la jetée on vous parle des bateaux, il y en a onze, et de
l’hiver où la glace en a emporté deux au large avec leurs équipages.</p><h3 class="spip">La glace</h3><p class="spip">Personne n’a
vendu de billet depuis, et pourtant les bateaux partent à sept heures, comme l’année de la glace.</p></div><div class="partager">SHARE
<a href="/f">Partager</a></div></div></div><div id="extra" class="aside"><p>BIO Le Nord est un journal qui paraît quand il veut, au
bord de la mer et ailleurs.</p></div></div>""",
    "Ce que sent le port - Le Nord",
    "fr",
)
