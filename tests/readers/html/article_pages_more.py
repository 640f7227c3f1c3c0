"""The rest of the small article pages."""

from __future__ import annotations

from tests.readers.html import article_pages as one
from tests.readers.html.article_pages import BIO, FIRST, FORM, LAST, PROSE, RELATED, SECOND, THIRD, TITLE, Page, page

STATIC = page(
    '<meta name="author" content="Ann Berg">',
    f"""<header class="site-header" role="banner"><div class="wrapper"><a class="site-title" href="/">Ann Berg's notes</a><nav
class="site-nav"><a class="page-link" href="/about/">MENU About</a></nav></div></header><main class="page-content"><div
class="wrapper"><article class="post h-entry"><header class="post-header"><h1 class="post-title p-name">{TITLE}</h1><p
class="post-meta"><time class="dt-published" datetime="2024-03-03T10:00:00+00:00">Mar 3, 2024</time></p></header><div
class="post-content e-content"><p>{FIRST}</p><div class="language-sh highlighter-rouge"><div class="highlight"><pre
class="highlight"><code><span class="nv">depth</span><span class="o">=</span>12
  measure <span class="nt">--salt</span></code></pre></div></div><ol start="3"><li>{THIRD}</li><li><p>{SECOND}</p></li></ol><p>{LAST}
</p></div><a class="u-url" href="/harbour" hidden></a></article></div></main><footer class="site-footer"><p>FOOT {BIO}</p></footer>""",
    f"{TITLE} | Ann Berg's notes",
)

DOCS = page(
    '<meta name="generator" content="Docs 1.0">',
    """<nav class="wy-nav-side"><ul><li><a href="i.html">MENU Installation</a></li><li><a href="u.html">MENU Usage</a></li></ul></nav>
<section class="wy-nav-content-wrap"><div class="rst-content"><div role="navigation" aria-label="Page navigation"><ul
class="wy-breadcrumbs"><li><a href="index.html">MENU Docs</a></li></ul></div><div role="main" class="document"><section id="salt"><h1>
Measuring salt<a class="headerlink" href="#salt" title="Link to this heading">¶</a></h1><p>The <code class="docutils literal">salt
</code> module reads a probe once a second and writes what it finds to a file of your choice.</p><div class="admonition note"><p
class="admonition-title">Note</p><p>Rinse the probe with fresh water before you begin, or it will remember the last harbour.</p></div>
<table class="docutils"><thead><tr><th>Option</th><th>Meaning</th></tr></thead><tbody><tr><td>depth</td><td>metres below the pier</td>
</tr><tr><td>rate</td><td>readings a second</td></tr></tbody></table><pre>probe = salt.open(depth=3)
    probe.read()</pre><p>Close the probe when you are done, since it holds the serial port for itself until then.</p></section></div>
<footer><div class="rst-footer-buttons"><a href="u.html" class="btn">SHARE Next</a></div><p>FOOT © 2024, the authors of the docs.</p>
</footer></div></section>""",
    "Measuring salt — harbour 1.0 documentation",
)

README_PAGE = page(
    '<meta property="og:type" content="object"><meta property="og:site_name" content="Codehost">',
    f"""<header class="AppHeader" role="banner"><a href="/login">MENU Sign in</a></header><main><div class="repository-content"><div
class="Box"><table aria-labelledby="files"><tbody><tr><td><a href="/ann/harbour/blob/main/README.md">README.md</a></td><td>2 years
ago</td></tr></tbody></table></div><div class="Box"><article class="markdown-body entry-content container-lg" itemprop="text"><div
class="markdown-heading"><h1 class="heading-element">harbour</h1></div><p>{FIRST}</p><div class="highlight highlight-source-shell"><pre>
pip install harbour</pre></div><ul><li>reads <a href="https://salt.example/">salt probes</a></li><li>writes files</li></ul><p>{LAST}</p>
</article></div></div><div class="Layout-sidebar"><h2>About</h2><p>{BIO}</p></div></main><footer class="footer">FOOT Terms</footer>""",
    "ann/harbour: Reads salt probes · Codehost",
)

H_ENTRY = page(
    "",
    f"""<div class="h-feed"><div class="top"><a class="u-url p-name" href="/">MENU Ann Berg</a></div><div class="h-entry post"><div
class="content-area"><div class="e-content p-name">{FIRST} <a href="https://north.example/">north.example</a></div><div
class="post-meta"><a class="u-url" href="/2024/1"><time class="dt-published" datetime="2024-03-03T10:00:00+01:00">Sun, Mar 3, 2024
</time></a> <span class="p-author h-card"><a class="p-name u-url" href="/">Ann Berg</a></span> <a class="p-category" href="/t">TAGS
#tar</a></div></div><div class="responses"><ul class="likes"><li class="p-like h-cite">SHARE 4 likes</li></ul></div></div></div>
<footer><div class="h-card"><p class="p-note">{BIO}</p></div></footer>""",
    f"{FIRST[:40]}... • Ann Berg",
)

FORUM_LIKE = page(
    '<meta property="og:title" content="What the harbour smells of — TideWrong">',
    f"""<div id="react-root"><div class="Layout-main"><header class="Header-root"><a href="/">MENU TideWrong</a></header><div
class="PostsPage-centralColumn"><h1 class="Typography-root Typography-headline VoteScore">94</h1><h1
class="Typography-root PostsPageTitle-root"><a href="/p/1">{TITLE}</a></h1><div class="PostsPagePostHeader-authorInfo"><a
class="UsersNameDisplay-userName" rel="author" href="/users/ann">Ann Berg</a></div></div></div></div><div hidden id="S:1"><div
class="PostsPage-postContent"><div class="InlineReactSelectionWrapper"><div id="postBody"><p>{FIRST}</p><ul><li>{SECOND}</li><li>{THIRD}
</li></ul><p>{LAST}</p></div></div></div></div><script>$RC("B:1","S:1")</script><div class="Footer">FOOT</div>""",
    f"{TITLE} — TideWrong",
)

AMP = (
    f'<!doctype html><html amp lang="en"><head><meta charset="utf-8"><title>{TITLE} – North</title><link rel="canonical" '
    'href="https://north.example/harbour"><style amp-custom>.a{color:#000}</style><noscript><style amp-boilerplate>body{}</style>'
    '</noscript><meta name="author" content="Ann Berg"></head><body>'
    '<amp-sidebar id="s" layout="nodisplay"><ul class="menu"><li><a href="/">MENU Home</a></li></ul></amp-sidebar>'
    f'<header class="amp-header"><a href="/">North</a></header><article class="amp-wp-article"><header><h1>{TITLE}</h1></header>'
    '<figure><amp-img src="/i.jpg" alt="Two boats" width="640" height="480"></amp-img><figcaption>Two boats in March</figcaption>'
    f'</figure><div class="amp-wp-article-content">{PROSE}</div><footer><div class="amp-wp-meta">TAGS Filed under <a href="/c">Sea</a>'
    f'</div></footer></article><footer class="amp-footer">FOOT {BIO}</footer></body></html>'
)

OLD_TABLES = (
    f"<HTML><HEAD><TITLE>{TITLE}</TITLE></HEAD><BODY BGCOLOR=#FFFFFF><CENTER><TABLE WIDTH=760 BORDER=0><TR><TD COLSPAN=2><IMG "
    'SRC=logo.gif ALT="North" WIDTH=400 HEIGHT=40></TD></TR><TR><TD WIDTH=150 VALIGN=top><FONT SIZE=2><A HREF="/">MENU Home</A><BR>'
    f'<A HREF="/a">MENU Articles</A><BR><A HREF="/l">MENU Links</A></FONT></TD><TD VALIGN=top><FONT FACE=Arial><B>{TITLE}</B><BR>'
    f"by Ann Berg<P>{FIRST}<P>{SECOND}<P>{THIRD}<P>{LAST}</FONT></TD></TR><TR><TD COLSPAN=2><FONT SIZE=1>FOOT <A "
    'HREF="mailto:a@b.example">Mail</A></FONT></TD></TR></TABLE></CENTER></BODY></HTML>'
)

PAYWALL_DE = page(
    '<meta property="og:site_name" content="Nordzeitung"><meta property="article:published_time" content="2024-03-03T10:00:00+01:00">'
    '<meta property="og:type" content="article">',
    """<header class="header" role="banner"><nav><a href="/politik">MENU Politik</a></nav></header><main class="main"><article
class="article"><header class="article-header"><h1 class="article-heading"><span class="article-heading__kicker">Hafen</span>: <span
class="article-heading__title">Wonach es im Hafen riecht</span></h1><div class="summary">Es riecht nach Teer, obwohl ihn seit fünfzig
Jahren niemand mehr benutzt. Ein Besuch im März.</div><div class="byline">Von <a href="/autoren/berg">Anna Berg</a></div></header>
<div class="article-body"><div class="article-page"><p class="paragraph article__item">Wer im Café an der Mole fragt, dem erzählt man von
den Booten, elf sind es, und vom Winter, in dem das Eis zwei von ihnen hinaustrug.</p><div class="ad-container">SHARE Anzeige</div><p
class="paragraph article__item">Niemand hat seither eine Karte verkauft, und doch fahren die Boote um sieben hinaus wie im Jahr des
Eises.</p></div></div><div class="paywall-box"><p>NEWSLETTER Lesen Sie weiter mit einem Probeabo, jederzeit kündbar, danach für nur wenige
Euro im Monat.</p></div></article><aside class="article-related"><h2>RELATED Mehr zum Thema</h2><p>RELATED Zehn weitere Häfen, die man
gesehen haben muss, bevor der Winter kommt.</p></aside></main><footer class="footer">FOOT Impressum</footer>""",
    "Hafen: Wonach es im Hafen riecht | Nordzeitung",
    "de",
)

CJK = page(
    '<meta property="og:site_name" content="北方日記">',
    """<div id="topbar"><a href="/">MENU 首頁</a></div><div id="container"><div id="header"><h1><a href="/">北方日記</a></h1></div><div
class="article-content-wrap"><ul class="article-head"><li class="title"><h2>港口的氣味</h2></li><li class="publish">三月 03 週日 2024</li>
</ul><div class="article-content"><div class="article-content-inner"><p>來到港口的人首先注意到的是柏油的氣味 雖然這裡從一九七四年起就沒有人再用</p>
<p><img src="/i.jpg" alt="冰上的兩艘船"></p><p>碼頭旁的咖啡館裡人們會說起十一艘船 以及冰把其中兩艘帶到海上的那個冬天</p><p>從那以後沒有人賣過船票 但船仍然在七點出海 和冰年一樣</p>
</div></div><div class="tag-list">TAGS <a href="/t/1">柏油</a> <a href="/t/2">港口</a></div></div><div id="sidebar"><p>BIO
作者住在北方 養了一隻貓和兩艘船 喜歡在三月旅行 也喜歡寫字</p></div></div>""",
    "港口的氣味 @ 北方日記 :: 部落格 ::",
    "zh-TW",
)

RTL = page(
    "",
    """<div class="header"><a href="/">MENU صفحهٔ شمال</a></div><div class="content"><div class="post" dir="rtl"><h2
class="post-title">بوی بندر</h2><div class="post-body"><p>نخستین چیزی که هر کس در بندر درمی‌یابد بوی قیر است که از پنجاه سال پیش کسی آن
را به کار نبرده است.</p><p>در کافهٔ کنار اسکله از قایق‌ها می‌گویند که یازده تا هستند و از زمستانی که یخ دو تا از آن‌ها را به دریا برد.</p><p>از
آن پس کسی بلیتی نفروخته است و با این همه قایق‌ها ساعت هفت به دریا می‌روند.</p></div><div class="post-footer">TAGS <a href="/t">قیر</a></div>
</div></div><div class="sidebar"><p>BIO نویسنده در شمال زندگی می‌کند و یک گربه و دو قایق دارد و در ماه مارس سفر می‌کند.</p></div>""",
    "بوی بندر | صفحهٔ شمال",
    "fa",
)

RECIPE = page(
    '<meta property="og:type" content="article"><meta property="og:site_name" content="The Northern Page">',
    f"""<div id="wrap"><nav class="site-breadcrumbs"><a href="/">MENU Home</a> » <a href="/r">MENU Recipes</a></nav><article
class="single-blog-article"><header class="single-blog-header"><h1 class="single-post-title entry-title">{TITLE}</h1></header><div
class="single-blog-content entry"><div class="jump-to-recipe"><a href="#r">SHARE Jump to recipe</a></div><p>{FIRST}</p><p><img
data-lazy-src="/tar.jpg" src="data:image/gif;base64,R0" alt="A pot of tar"><noscript><img src="/tar.jpg" alt="A pot of tar"></noscript>
</p><div class="recipe"><h2>Tar soup</h2><ul><li>2 litres of water</li><li>1 rope</li></ul><ol><li>Boil the water with the rope in it for
an hour and a half, stirring.</li><li>Let it cool.</li></ol></div><p>{SECOND}</p><p>{LAST}</p><p>You might also like:</p><p><a
href="/a">RELATED Salt bread</a></p><p><a href="/b">RELATED Ice cream</a></p></div></article><div class="author-box"><p>{BIO}</p></div>
</div>""",
    f"{TITLE} - The Northern Page",
)

POEM = page(
    '<meta property="og:type" content="article">',
    """<div id="all"><p><a href="/">MENU poems</a></p><h1>At seven</h1><div><p>The boats go out at seven,<br>the ice is black and
thin,<br>the café has no window<br>to let the harbour in.</p><p>Eleven names are painted<br>in tar upon the pier;<br>the sea has two
already<br>and brings them back each year.</p><p>I measured salt and distance,<br>I wrote the numbers down,<br>and nobody will read
them<br>in any other town.</p></div></div>""",
    "At seven",
)

PAGES: dict[str, Page] = {
    "wordpress classic": Page(one.WORDPRESS_CLASSIC),
    "wordpress blocks": Page(one.WORDPRESS_BLOCKS),
    "genesis": Page(one.GENESIS),
    "blogger": Page(one.BLOGGER),
    "drupal 7": Page(one.DRUPAL_7),
    "drupal 10": Page(one.DRUPAL_10),
    "movable type": Page(one.MOVABLE_TYPE, byline=None),
    "kinja": Page(one.KINJA),
    "medium": Page(one.MEDIUM),
    "news with json-ld": Page(one.NEWS_JSON_LD, byline="Ann Berg, Ben Ost"),
    "spip": Page(
        one.SPIP, "Ce que sent le port", "On remarque d’abord l’odeur du goudron", "sept heures, comme l’année de la glace."
    ),
    "static site": Page(STATIC),
    "documentation": Page(
        DOCS,
        "Measuring salt",
        "The salt module reads a probe once a second",
        "it holds the serial port for itself until then.",
        byline=None,
    ),
    "readme": Page(README_PAGE, "ann/harbour: Reads salt probes", "harbour", byline=None),
    "h-entry": Page(H_ENTRY, f"{FIRST[:40]}...", last="1974. north.example"),
    "react": Page(FORUM_LIKE),
    "amp": Page(AMP),
    "old tables": Page(OLD_TABLES, byline=None),
    "german paywall": Page(
        PAYWALL_DE,
        "Hafen: Wonach es im Hafen riecht",
        "Es riecht nach Teer",
        "hinaus wie im Jahr des Eises.",
        byline="Anna Berg",
    ),
    "cjk": Page(CJK, "港口的氣味", "來到港口的人首先注意到的是柏油的氣味", "和冰年一樣", byline=None),
    "right to left": Page(RTL, "بوی بندر", "نخستین چیزی که هر کس در بندر", "قایق‌ها ساعت هفت به دریا می‌روند.", byline=None),
    "recipe": Page(RECIPE, byline=None),
    "poem": Page(POEM, "At seven", "The boats go out at seven,", "in any other town.", byline=None),
}

WITH_FORM = page("", f"<form>{FORM}</form><main>{PROSE}</main>")
"""A page with a form before its text."""
