"""Small list pages in the styles of many sites, made for the tests: rows are repeated with numbers in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

TITLES: Final = (
    "Rust in the kernel, two years later",
    "A very small compiler for an even smaller language",
    "Why our buses are late, and what a spreadsheet can tell",
    "The quiet death of the office telephone",
    "Show: a sundial that knows about leap seconds",
    "Bread without kneading, with numbers",
)


def _page(head: str, before: str, row: Callable[[int, str], str], after: str) -> str:
    rows = "".join(row(nth, title) for nth, title in enumerate(TITLES, 1))
    return f"<!doctype html><html><head><title>News</title>{head}</head><body>{before}{rows}{after}</body></html>"


def _hn(nth: int, title: str, cell: str) -> str:
    return f"""<tr class="athing" id="{nth}00"><td align="right" class="title"><span class="rank">{nth}.</span></td>
<td valign="top" class="votelinks"><center><a href="vote?id={nth}00"><div class="votearrow" title="upvote"></div></a>
</center></td><td class="title">{cell.format(url=f"https://site{nth}.example/story", title=title)}<span class="sitebit comhead"> (<a
href="from?site=site{nth}.example"><span class="sitestr">site{nth}.example</span></a>)</span></td></tr>
<tr><td colspan="2"></td><td class="subtext"><span class="score">{nth}1 points</span> by <a href="user?id=ann{nth}"
class="hnuser">ann{nth}</a> <span class="age" title="2024-03-0{nth}T10:00:00 1709287200"><a href="item?id={nth}00">{nth}
hours ago</a></span> | <a href="hide?id={nth}00">hide</a> | <a href="item?id={nth}00">{nth}2&nbsp;comments</a></td></tr>
<tr class="spacer" style="height:5px"></tr>"""


_HN_TOP: Final = """<center><table id="hnmain"><tr><td bgcolor="#ff6600"><table><tr><td><a href="/"><img src="y.gif"></a></td>
<td><b class="hnname"><a href="news">Tech News</a></b> <a href="newest">new</a> | <a href="ask">ask</a></td></tr></table></td>
</tr><tr><td><table>"""
_HN_END: Final = """<tr class="morespace"></tr><tr><td></td><td class="title"><a href="?p=2" class="morelink">More</a></td></tr>
</table></td></tr><tr><td><a href="guidelines">Guidelines</a> | <a href="faq">FAQ</a></td></tr></table></center>"""

LISTS: Final = {
    "hacker news": _page(
        "",
        _HN_TOP,
        lambda nth, title: _hn(nth, title, '<span class="titleline"><a href="{url}">{title}</a></span>'),
        _HN_END,
    ),
    "hacker news 2015": _page(
        "",
        _HN_TOP,
        lambda nth, title: _hn(nth, title, '<span class="deadmark"></span><a href="{url}">{title}</a>'),
        _HN_END,
    ),
    "lobsters": _page(
        "",
        '<header id="nav"><a href="/">Active</a><a href="/recent">Recent</a></header><div id="inside"><ol class="stories">',
        lambda nth, title: f"""<li id="story_{nth}" class="story"><div class="story_liner h-entry"><div class="voters">
<a class="upvoter" href="/login">{nth}</a></div><div class="details"><span role="heading" class="link h-cite u-repost-of">
<a class="u-url" href="https://site{nth}.example/" rel="ugc">{title}</a></span><span class="tags"><a class="tag" href="/t/c">
c</a></span><a class="domain" href="/domains/x">site{nth}.example</a><div class="byline"><a href="/~ann{nth}"
class="u-author h-card">ann{nth}</a><time title="2024-03-0{nth} 10:00:00" datetime="2024-03-0{nth} 10:00:00">{nth} hours ago
</time> | <span class="comments_label"><a href="/s/a{nth}/story">{nth}2 comments</a></span></div></div></div></li>""",
        '</ol></div><footer id="footer"><a href="/about">About</a></footer>',
    ),
    "old reddit": _page(
        "",
        """<div id="header"><a href="/">reddit</a></div><div class="side"><div class="md"><p>Rules of the place, of which there
are quite a few and which nobody reads.</p></div></div><div class="content" role="main"><div id="siteTable" class="sitetable linklisting">""",
        lambda nth, title: f"""<div class="thing id-t3_{nth}a link" data-fullname="t3_{nth}a"><p class="parent"></p><span
class="rank">{nth}</span><div class="entry unvoted"><div class="top-matter"><p class="title"><a class="title may-blank"
href="https://site{nth}.example/x">{title}</a> <span class="domain">(<a href="/domain/x/">site{nth}.example</a>)</span></p>
<p class="tagline">submitted <time title="Fri" datetime="2024-03-0{nth}T10:00:00+00:00">{nth} hours ago</time> by <a
href="/user/ann{nth}" class="author may-blank">ann{nth}</a></p><ul class="flat-list buttons"><li class="first"><a
href="/r/x/comments/{nth}a/" class="bylink comments may-blank">{nth}2 comments</a></li><li class="share">
<a class="post-sharing-button" href="javascript: void 0;">share</a></li></ul></div></div></div><div class="clearleft"></div>""",
        '</div></div><div class="footer-parent"><a href="/help">help</a></div>',
    ),
    "blog home": _page(
        '<meta property="og:type" content="website">',
        '<header class="site-header"><h1 class="site-title"><a href="/">Ann writes</a></h1></header><main>',
        lambda nth, title: f"""<article id="post-{nth}" class="post type-post"><header class="entry-header">
<h2 class="entry-title"><a href="/2024/0{nth}/story/" rel="bookmark">{title}</a></h2><div class="entry-meta">
<time class="entry-date" datetime="2024-03-0{nth}T10:00:00+00:00">March {nth}, 2024</time> <span class="byline">by <a
href="/author/ann/">Ann</a></span></div></header><div class="entry-content"><p>It began with a question that somebody asked on a
rainy afternoon number {nth}, and that I could not answer, so that I went to look it up in three books. <a
href="/2024/0{nth}/story/">Continue reading</a></p></div><footer class="entry-footer"><span class="comments-link"><a
href="/2024/0{nth}/story/#comments">{nth}2 Comments</a></span></footer></article>""",
        '</main><aside class="sidebar"><h2>About</h2><p>Ann writes about small things that matter to her and her cat.</p></aside>',
    ),
    "forum": _page(
        "",
        '<div id="page-header"><h1>A forum</h1></div><div id="page-body"><h2>General talk</h2><div class="forumbg"><ul class="topiclist topics">',
        lambda nth, title: f"""<li class="row bg{nth % 2}"><dl class="row-item"><dt><div class="list-inner"><a
href="./viewtopic.php?t={nth}" class="topictitle">{title}</a><br>by <a href="./memberlist.php?u={nth}" class="username">ann{nth}</a>
» Fri Mar 0{nth}, 2024 10:00 am</div></dt><dd class="posts">{nth}2 <dfn>Replies</dfn></dd><dd class="views">{nth}34
<dfn>Views</dfn></dd><dd class="lastpost"><span>by <a href="./memberlist.php?u=9" class="username">ben</a> Sat Mar 09, 2024</span>
</dd></dl></li>""",
        '</ul></div></div><div id="page-footer">Powered by a board</div>',
    ),
    "discourse": _page(
        "",
        """<header><a href="/">A community</a></header><div id="main-outlet"><div class="topic-list-container"><table
class="topic-list"><thead><tr><th>Topic</th><th>Replies</th><th>Views</th><th>Activity</th></tr></thead><tbody>""",
        lambda nth, title: f"""<tr class="topic-list-item"><td class="main-link"><span class="link-top-line"><a
href="https://talk.example/t/story/{nth}" class="title raw-link raw-topic-link">{title}</a></span><div class="link-bottom-line">
<a href="https://talk.example/c/general/1" class="badge-wrapper bullet"><span class="category-name">General</span></a></div></td>
<td class="replies"><span class="posts" title="posts">{nth}3</span></td><td class="views"><span class="views">{nth}34</span></td>
<td>March 0{nth}, 2024</td></tr>""",
        '</tbody></table></div></div><footer class="container"><a href="/tos">Terms</a></footer>',
    ),
    "german news": _page(
        '<meta property="og:type" content="website">',
        '<nav><a href="/politik">Politik</a><a href="/sport">Sport</a></nav><main><section class="teaserlist">',
        lambda nth, title: f"""<div class="teaser-block"><a href="/artikel/{nth}.html"><h3 class="headline">{title}</h3></a><p>Was
bisher bekannt ist und was nicht, und warum das für die Leute am Ort Nummer {nth} mehr bedeutet, als man denkt.</p><a
href="/artikel/{nth}.html#kommentare" class="kommentare">{nth}2 Kommentare</a></div>""",
        '</section></main><footer><p>Impressum</p></footer>',
    ),
}
"""Pages that list the same six titles; entry n has n·10 + 2 comments."""
