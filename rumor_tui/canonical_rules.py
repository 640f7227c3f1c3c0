"""The tables of `canonical`: which addresses are forms of the same page.

Patterns match a host, or a page: the host, the path and the query in their canonical encoding, without the scheme.
They are compiled when they are first needed.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WRAPPERS: Final[tuple[str, ...]] = (
    r"web\.archive\.org/(?:web/)?[0-9*]{1,15}(?:[a-z]{2}_)?/(?P<address>.+)",
    r"archive\.(?:is|ph|today|li|vn|fo|md)/(?:[0-9][0-9.-]{3,24}/|o/\w{5}/|newest/|oldest/)?(?P<address>https?:/.+)",
    r"(?:www\.)?google\.[a-z.]{2,6}/amp/(?:s/)?(?P<address>.+)",
    r"(?:www\.)?bing\.com/amp/(?:s/)?(?P<address>.+)",
    r"[\w-]{1,63}\.cdn\.ampproject\.org/(?:[a-z]{1,2}/)(?:s/)?(?P<address>.+)",
    r"webcache\.googleusercontent\.com/search\?q=cache:(?:[\w-]{6,20}:)?(?P<address>https?:/.+)",
    r"(?:12ft\.io|r\.jina\.ai|via\.hypothes\.is|freedium\.cfd|txtify\.it)/(?P<address>https?:/.+)",
)
"""Copies of a page whose own address stands in theirs: archives, caches, AMP viewers."""

REDIRECTORS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    (r"(?:www\.)?google\.[a-z.]{2,6}/url", _words("q url")),
    (r"lm?\.facebook\.com/l\.php", _words("u")),
    (r"out\.reddit\.com/.*", _words("url")),
    (r"(?:www\.)?youtube\.com/redirect", _words("q")),
    (r"(?:www\.)?duckduckgo\.com/l", _words("uddg")),
    (r"(?:www\.)?vk\.com/away\.php", _words("to")),
    (r"t\.umblr\.com/redirect", _words("z")),
    (r"slack-redir\.net/link", _words("url")),
    (r"steamcommunity\.com/linkfilter", _words("u url")),
    (r"(?:www\.)?linkedin\.com/redir/redirect", _words("url")),
)
"""Pages that lead elsewhere, and the parameters with the address."""

HOST_PREFIX: Final = r"(?:www|m|mobile|amp)\."
SUFFIX: Final = r"(?:com?|org|net|ac|gov|gob|edu|or|ne)\.[a-z]{2}"
"""What is no host of its own, so that the label before it is the site's name (m.co.uk)."""
SITE: Final = rf"[\w-]{{1,63}}\.(?:[a-z][a-z0-9-]{{1,62}}|{SUFFIX})"
"""The host of a site, which may also have the name with `www` before it; not a host within a site."""

HOSTS: Final[tuple[tuple[str, str], ...]] = (
    (r"([\w-]{2,20})\.m\.(wik\w{2,20}\.org)", r"\1.\2"),
    (r"(?:www\.|mobile\.|m\.)?(?:twitter|fxtwitter|vxtwitter|fixupx|fixvx|xcancel)\.com", "x.com"),
    (r"(?:www\.)?nitter\.net", "x.com"),
    (r"(?:old|new|np|sh|i|[a-z]{2})\.reddit\.com", "reddit.com"),
    (r"(?:music\.youtube|(?:www\.)?youtube-nocookie)\.com", "youtube.com"),
    (r"(?:export\.arxiv\.org|(?:www\.)?alphaxiv\.org|ar5iv\.(?:labs\.arxiv\.)?org)", "arxiv.org"),
    (r"dx\.doi\.org", "doi.org"),
    (r"([\w-]{1,63}\.blogspot)\.(?:com?\.)?[a-z]{2}", r"\1.com"),
    (r"(?:mbasic|touch|web|[a-z]{2}-[a-z]{2})\.facebook\.com", "facebook.com"),
    (r"scribe\.rip", "medium.com"),
    (r"(?:www\.)?bbc\.co\.uk", "bbc.com"),
    (r"(?:www\.)?guardian\.co\.uk", "theguardian.com"),
    (r"edition\.cnn\.com", "cnn.com"),
)
"""Hosts of the same pages: mobile and old interfaces, former names, mirrors."""

_QUESTIONS = (
    r"((?:stackoverflow|serverfault|superuser|askubuntu|stackapps)\.com|mathoverflow\.net"
    r"|[\w.-]{1,40}\.stackexchange\.com|[a-z]{2}\.stackoverflow\.com)"
)

REWRITES: Final[tuple[tuple[str, str], ...]] = (
    (r"youtu\.be/([\w-]{6,20})(?:\?.*)?", r"youtube.com/watch?v=\1"),
    (r"youtube\.com/(?:embed|shorts|live|v)/([\w-]{6,20})(?:\?.*)?", r"youtube.com/watch?v=\1"),
    (r"redd\.it/(\w{2,16})(?:\?.*)?", r"reddit.com/comments/\1"),
    (
        r"reddit\.com/(?:(?:r|u|user)/[\w.-]{1,40}/)?comments/(\w{2,16})/[^/?]*/(\w{2,16})(?:\?.*)?",
        r"reddit.com/comments/\1/_/\2",
    ),
    (
        r"reddit\.com/(?:(?:r|u|user)/[\w.-]{1,40}/)?comments/(\w{2,16})(?:/[^/?]*)?(?:\?.*)?",
        r"reddit.com/comments/\1",
    ),
    (r"x\.com/(?:\w{1,40}|i/web)/status(?:es)?/([0-9]{1,20})(?:/.*|\?.*)?", r"x.com/i/status/\1"),
    (
        r"arxiv\.org/(?:abs|pdf|html|format)/([0-9]{4}\.[0-9]{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/[0-9]{7})"
        r"(?:v[0-9]{1,3})?(?:\.pdf)?(?:\?.*)?",
        r"arxiv.org/abs/\1",
    ),
    (rf"{_QUESTIONS}/(?:questions|q)/([0-9]{{1,12}})(?:[/?].*)?", r"\1/questions/\2"),
    (r"([a-z-]{2,12}\.wik\w{2,20}\.org)/w/index\.php\?title=([^&=]+)", r"\1/wiki/\2"),
    (r"([\w-]{2,60})\.medium\.com/([^/?]+)(?:\?.*)?", r"medium.com/@\1/\2"),
    (r"open\.substack\.com/pub/([\w-]{1,63})/p/([^/?]+)(?:\?.*)?", r"\1.substack.com/p/\2"),
    (r"([\w-]{1,63}\.substack\.com/p/[^/?]+)/comments(?:\?.*)?", r"\1"),
    (r"player\.vimeo\.com/video/([0-9]{4,14})(?:\?.*)?", r"vimeo.com/\1"),
    (r"lobste\.rs/s/(\w{6})(?:/[\w-]*)?", r"lobste.rs/s/\1"),
    (r"([\w-]{1,63})\.tumblr\.com/post/([0-9]{6,20})(?:[/?].*)?", r"tumblr.com/\1/\2"),
    (r"tumblr\.com/([\w-]{1,63})/([0-9]{6,20})/[^/?]*(?:\?.*)?", r"tumblr.com/\1/\2"),
    (
        r"(amazon\.[a-z.]{2,6})/(?:[^/?]+/)?(?:dp|gp/product)/([A-Z0-9]{10})(?:[/?].*)?",
        r"\1/dp/\2",
    ),
    (r"bbc\.com/news/amp/(.+)", r"bbc.com/news/\1"),
    (r"(github\.com/[^/?]+/[^/?]+)\.git", r"\1"),
)
"""The forms of the same page on sites that have several, after `HOSTS`; the first that matches counts."""

FORMS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    (
        r"youtube\.com/watch\?v=(.+)",
        r"\1",
        (r"www.youtube.com/watch?v=\1", r"youtu.be/\1", r"m.youtube.com/watch?v=\1"),
    ),
    (r"arxiv\.org/abs/(.+)", r"\1", (r"arxiv.org/abs/\1", r"arxiv.org/pdf/\1", r"arxiv.org/pdf/\1.pdf")),
    (r"([a-z-]{2,12})\.(wik\w{2,20}\.org)/(.+)", r"\2/\3", (r"\1.\2/\3", r"\1.m.\2/\3")),
    (r"x\.com/i/status/([0-9]+)", r"status/\1", (r"x.com/i/status/\1", r"twitter.com/i/status/\1")),
)
"""Pages that people post in several known forms: what matches the canonical form, what all forms have in common, and
the forms."""

INDEX: Final = r"(?i)(?:index|default)\.(?:html?|xhtml|shtml|php|aspx?|jsp|cgi)"
"""Files that servers give for their folder."""
SESSION: Final = r"(?i);jsessionid=[^;]*"
SESSION_VALUE: Final = r"(?i)[0-9a-f]{32}"
AMP_SUFFIX: Final = r"(?<=.)\.amp(\.html?)?$"
SLUG: Final = r"[-0-9.]"
"""What the name of an article has: only beside such a name is `/amp` another form of it, not a page called so."""
NO_AMP: Final = _words("github.com gitlab.com codeberg.org npmjs.com pypi.org crates.io hub.docker.com")

CASELESS: Final = MappingProxyType({"github.com": 2, "gitlab.com": 2, "reddit.com": 2, "x.com": 1, "doi.org": 9})
"""Sites that ignore case in the first segments of a path, and in how many."""

TRACKING: Final = _words(
    """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid igsh epik rb_clickid
    mc_cid mc_eid mkt_tok ref_src ref_url _ga _gl s_cid s_kwcid cmpid ncid sr_share soc_src soc_trk icid wickedid
    ga_source ga_medium ga_term ga_content ga_campaign sc_campaign sc_channel sc_content sc_cid
    _hsenc _hsmi __hstc __hssc __hsfp hsctatracking oly_anon_id oly_enc_id vero_id vero_conv
    _openstat spm guccounter guce_referrer guce_referrer_sig fb_action_ids fb_action_types fb_source
    action_object_map action_type_map action_ref_map wt_mc wt.mc_id xtor at_medium at_campaign
    unlocked_article_code pwapi_token replytocom phpsessid triedredirect showwelcomeonshare __twitter_impression
    amp_js_v amp_gsa amp_markup usqp __amp_source_origin _branch_match_id _branch_referrer
    """
)
"""Parameters, in lower case, that tell how a reader came, which session or gift it is, or that it is the AMP form."""
TRACKING_PREFIXES: Final = ("utm_", "pk_", "mtm_", "matomo_", "piwik_", "hsa_", "at_custom")

NO_CHANGE: Final = frozenset(
    {
        ("amp", ""),
        ("amp", "1"),
        ("amp", "true"),
        ("outputtype", "amp"),
        ("output", "amp"),
        ("view", "amp"),
        ("tab", "readme-ov-file"),
    }
)
"""Parameters, in lower case, that are other views of the same page with these values."""

_PLACES: Final = (
    r"hn|hackernews|hacker[-_]news|reddit|twitter|facebook|fb|linkedin|rss|feed|atom|newsletter|email|producthunt"
    r"|lobsters|mastodon|bluesky|telegram|whatsapp|slack|homepage|frontpage|rss-.{0,100}"
)
REFERRERS: Final[tuple[tuple[frozenset[str], str], ...]] = (
    (
        _words("ref referrer referer source via"),
        rf"{_PLACES}|(?:[a-z0-9-]{{1,40}}\.){{1,4}}[a-z]{{2,12}}",
    ),
    (_words("src share from"), _PLACES),
)
"""Parameters, and values that name a place to come from; others (`ref=main`, `source=3`) may identify the page."""

HOST_PARAMETERS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    (r".+\.blogspot\.com", _words("m")),
    (r".+\.wik\w{2,20}\.org", _words("mobileaction useskin")),
    (r"(?:open\.spotify|soundcloud)\.com", _words("si")),
    (r"(?:[a-z]{2}\.)?linkedin\.com", _words("trk trkinfo")),
    (r"(?:theguardian|ft|economist|cnn|bbc)\.com", _words("cmp sharetype accesstoken segmentid giftid")),
)
"""Parameters that change nothing about the page on some hosts."""

ONLY_PARAMETERS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    (r"youtube\.com/watch", _words("v")),
    (r"youtube\.com/playlist", _words("list")),
    (r"news\.ycombinator\.com/item", _words("id")),
    (r"x\.com/.+/status/.+", _words("")),
    (r"(?:reddit\.com/comments|arxiv\.org/abs|amazon\.[a-z.]{2,6}/dp)/.+", _words("")),
    (r"(?:medium\.com|[\w-]{1,63}\.substack\.com)/.+", _words("")),
    (
        r"(?:nytimes|washingtonpost|bloomberg|theguardian|theatlantic|newyorker|wsj|economist|wired)\.com/.+/.+",
        _words(""),
    ),
)
"""Pages that their path identifies, with the parameters that do so besides."""
