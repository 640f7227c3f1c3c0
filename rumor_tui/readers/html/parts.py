"""What the parts of a page are called by those who make pages: tags, roles, and words of classes and ids.

General evidence, gathered from what many themes and systems share; no site is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


INLINE: Final = _listed(
    """
a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q ruby rb rp rt s samp small
span strike strong sub sup time tt u var wbr nobr picture source amp-img
"""
)
"""Elements that stand in a line of text."""

UNSEEN: Final = _listed(
    """
script style template svg math iframe head object embed canvas audio video map dialog button select textarea input link
meta
"""
)
"""Elements that are no text."""

HIDDEN: Final = (
    '[hidden]:not([id^="S:"]),[style*="display:none"],[style*="display: none"],[aria-hidden="true"]:not(img):not(i),'
    '[role="dialog"],[role="alertdialog"],[role="alert"],.screen-reader-text,.sr-only,.visually-hidden,'
    ".element-invisible,.visuallyhidden,.assistive-text,.noprint,.mw-editsection"
)
"""Elements that are not shown (a CSS selector). React sends parts of a page as `<div hidden id="S:1">`, shown later."""

CODE: Final = frozenset({"pre", "code"})
"""Elements in which names are those of a language's words: `<span class="hljs-comment">`."""

_BOXES: Final = frozenset({"div", "ul", "ol", "aside", "header", "footer", "form", "table", "td", "nav"})

LONGEST: Final = 300
"""Characters of a name that are looked at."""

ASIDE_TAGS: Final = {
    **dict.fromkeys(("nav", "footer", "aside", "menu", "noscript"), 0.5),
    **dict.fromkeys(("form", "fieldset"), 0.25),
}
"""Elements that are beside the article, unless they have this share of the page's prose: old pages are one form."""

ASIDE_ROLES: Final = frozenset({"navigation", "complementary", "banner", "contentinfo", "search", "menu", "toolbar"})

_NO_LETTERS: Final = re.compile(r"[\W_]+")
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _words(listed: str) -> re.Pattern[str]:
    """A pattern for names of which one part (`post-share`, `postShare`, `post__share`) is one of the words.

    A plus in a listed word stands for what parts words in names.
    """
    words = "|".join(word.replace("+", "[-_]{0,2}") for word in listed.split())
    return re.compile(rf"(?:^|[\s_-])(?:{words})(?:$|[\s_-])", re.IGNORECASE)


_BESIDE: Final = _words(
    """
share shares sharing sharebar sharedaddy sharethis addtoany addthis social socials socialmedia follow follow+us
related relatedposts related+posts related+articles relatedarticles relacionados recommend recommended recommendations
recirc recirculation relates suggested suggestions also+like more+from more+stories moreposts up+next trending popular
most+read latest newsletter newsletters newsletter+form subscribe subscription signup sign+up optin opt+in cta
call+to+action promo promos promotion promoted sponsor sponsored sponsors ad ads adv advert adverts advertisement
advertising adsense adsbygoogle adslot banner banners sidebar sidebars side+bar widget widgets breadcrumb breadcrumbs
pagination paginator pager paging pagenavi nav navi navigation navbar menu menus topbar toolbar author+box authorbox
author+bio authorbio author+info author+card author+profile about+author about+the+author post+author bio biography
footer comment comments commentlist comment+list comments+area commentarea respond reply replies disqus disqus+thread
outbrain taboola rating ratings likes jp+post+flair wpcnt cookie cookies consent gdpr popup modal overlay alert alerts
skip+link login logged+out register masthead site+header copyright license+box shariff heateor a2a sociable snap+share
pinterest pin+it donate donation donations spenden paywall paywall+box abo trackback trackbacks pingback pingbacks
yarpp zemanta printfriendly feedback poll survey
"""
)
"""Names of what stands beside an article on many sites."""

_NOTICES: Final = _words(
    """
notices navbar+notice noticeboard forum+notice guest+notice site+notice sitenotice global+notice globalannouncement
notice+bar announcements cookie+notice cookie+bar cookie+banner cookie+consent
"""
)
"""Names of what a site tells all of its visitors, on whatever page."""

_ABOUT: Final = _words(
    """
meta metadata postmeta post+meta entry+meta article+meta postmetadata post+info postinfo info+bar byline bylines
dateline tags taglist tag+list tagcloud tag+links cat+links categories post+tags post+categories author authors
author+name vcard avatar post+date entry+date publish+date pubdate published timestamp edit+link toc table+of+contents
ez+toc toc+container tools toolbox article+tools print+link permalink post+footer entry+footer article+footer
postfooter entry+utility jump+link jump+to+recipe actions action+bar controls reactions votes vote voting score flag
report views counter teaser teasers read+more readmore more+link badge badges submitted terms links+inline
caption+credit
"""
)
"""Names of what tells of an article rather than being its text."""

_BODY: Final = _words(
    """
articlebody article+body articlecontent article+content article+text articletext article+main+body entry+content
entrycontent entry+text entrytext entry+body post+content postcontent post+body postbody post+text posttext
post+single+content post+full+content story+body storybody story+content storytext story+text e+content markdown+body
field+name+body field+body node+body content+body contentbody td+post+content single+content single+post+content
blog+content blog+post+content blogpost+body rich+text richtext asset+content asset+body prose mw+parser+output
news+body newsbody news+text article+entry c+entry+content wysiwyg texte story_text storyfulltext document+content
md+content theme+doc+markdown rst+content message+body message+content messagetext postmsg post+message bbwrapper
messagecontent
"""
)
"""Names of the element that holds an article's text."""

_LEAD: Final = _words(
    """
lead lede leadtext lead+text intro introduction introtext standfirst dek deck summary excerpt subtitle subhead
sub+title subheadline sub+headline kicker+text teaser+text article+summary description chapo chapeau entradilla
vorspann einleitung abstract entry+summary post+subtitle post+excerpt headline+intro
"""
)
"""Names of a paragraph that opens an article and stands outside of its text's element."""


_NOTE: Final = _words("note tip tips notes warning caution important admonition callout hint info pullquote quote")
"""Names of what is set aside and belongs to the text."""


@lru_cache(maxsize=8192)
def _parted(name: str) -> str:
    return _CAMEL.sub("-", name)


@lru_cache(maxsize=8192)
def is_beside(name: str) -> bool:
    """Whether an element of this name stands beside an article: share bars, related posts, forms."""
    return _BESIDE.search(_parted(name)) is not None


@lru_cache(maxsize=8192)
def is_notice(name: str) -> bool:
    """Whether an element of this name has a site's notice to its visitors, which is no article even all alone."""
    return _NOTICES.search(_parted(name)) is not None


@lru_cache(maxsize=8192)
def is_about(name: str) -> bool:
    """Whether an element of this name tells about the article: who, when, filed under what."""
    return _ABOUT.search(_parted(name)) is not None


@lru_cache(maxsize=8192)
def is_body(name: str) -> bool:
    """Whether an element of this name holds an article's text."""
    return _BODY.search(_parted(name)) is not None


@lru_cache(maxsize=8192)
def is_lead(name: str) -> bool:
    """Whether an element of this name is the paragraph that opens an article."""
    return _LEAD.search(_parted(name)) is not None


@lru_cache(maxsize=8192)
def is_note(name: str) -> bool:
    """Whether an element of this name is set aside and belongs to the text."""
    return _NOTE.search(_parted(name)) is not None


def name_of(tag: str, attributes: Mapping[str, str | None]) -> str:
    """The classes and the item property of an element, and its id if it is a mere box, parted by blanks.

    What a heading or a section is called by its id is what it is about: `<h2 id="ratings">`.
    """
    keys = ("class", "itemprop", "id") if tag in _BOXES else ("class", "itemprop")
    return " ".join(value[:LONGEST] for key in keys if (value := attributes.get(key)))


def letters(text: str) -> str:
    """The letters and digits of a text, without regard to case, by which it is compared with another."""
    return _NO_LETTERS.sub("", text).casefold()
