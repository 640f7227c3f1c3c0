"""What pages call things: tags, roles, and the words of class names, identifiers, labels and addresses.

First the words around comments, in the main languages; then the names around an article. All of it is general
evidence, gathered from what blog, forum and news software and their themes share; no site is named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from rumor_tui.readers.vocabulary import page_words

TIME_NAME = re.compile(
    r"(?:^|[-_])(?:date|time|datetime|timestamp|timeago|dateline|posted|published|postdate|postedon|createdat|ago|when"
    r"|zeit|datum|fecha|data|relativetime|dt)(?:$|[-_])|(?:date|time|timestamp)$"
)
"""Classes of dates."""
AUTHOR_NAME = re.compile(
    r"author|user-?name|(?:^|[-_])user(?:$|link|nick)|user-?link|user-?profile|poster(?:$|-?name)|nick(?:$|-?name)"
    r"|commenter|pseudonym|actor|by-?line|(?:^|[-_])(?:fn|name|cite|by|creator|autor|auteur|owner|displayname|screenname|writer|member"
    r"|person|handle|verfasser|auteur)(?:$|[-_])|display-?name|screen-?name"
)
"""Classes of authors' names."""
NOT_AUTHOR_NAME = re.compile(
    r"avatar|image|photo|picture|thumb|badge|menu|role|rank|stat|date|time|-ip|signature|sig\b|bio\b|group|level|score"
    r"|count|status|online|offline|action|control|button|icon|info-?icon|karma|joined|location|description|posts$|post-?count"
    r"|title|(?:text|content|body|message)(?![\w-]*(?:author|name))|moderation|link-?list|hover|popup|tooltip|box$|wrapper$|card|container"
    r"|select|original|reputation|toolbar|nav|reply|permalink|via|content|follow|tags?\b|field"
)
"""Classes of what is beside authors' names."""
BODY_NAME = re.compile(
    r"(?:^|[-_])(?:body|bodytext|content|contents|text|texte|message|msg|copy|bubble|markdown|md|usertext|prose|wysiwyg"
    r"|postmsg|entry|inner|description|e-content|rich-?text|richtextjson|format_text|formatted|commentary|comment"
    r"|html|paragraph|words|inhalt|texto|testo|treść|usercontent|postcontent|postbody|posttext|messagetext)(?:$|[-_])"
    r"|(?:body|content|text|message|copy|msg)$"
)
"""Classes of the bodies of comments."""
NOT_BODY_NAME = re.compile(
    r"author|meta|head|foot|title|signature|(?:^|[-_])sig(?:$|[-_])|button|actions|action$|action-(?:bar|row|link|list)|control|toolbar|avatar|user-?info|date"
    r"|time|link|reply$|replies|children|vote|score|share|reaction|like|attachment-?list|notice|edited|lastedit|badge"
    r"|hidden|sr-only|rank|stats|profile|nav|menu|permalink|options|form|icon|small-?text|user-?title"
    r"|^text-(?!body|content|message)|user-?(?:details|extras|cell)"
)
"""Classes of elements beside or around bodies."""
ASIDE_NAME = re.compile(
    r"(?:^|[-_])(?:signature|sig|postsig|edited|lastedit|last-edit|edit-?note|editedby|likes?|likebutton|reactions?|share"
    r"|sharing|social|votes?|voting|rating|buttons?|actions?|controls?|tools?|toolbar|permalink|reply|replybox|report|flag"
    r"|respond|footer|postfoot|sr-only|screen-reader-text|screen-reader|visually-hidden|v-visible-sr|avatar|badge|quote-?link"
    r"|comment-?links?|comment-?edit|more-?link|read-?more|expand-?link|quote-?expand|says|karma|popup|tooltip|dropdown|menu|noprint|hidden|d-none|options"
    r"|attribution|expand-?link|shrink-?link|post-?buttons|comment-?count|replies-?count|moderation-links)(?:$|[-_])|comment-?reply|reply-?link"
)
"""Classes of what surrounds the text of a comment without being part of it."""
PLAIN_BODY_NAME = re.compile(
    r"(?:[a-z]+[-_]+)?(?:comment|post|message|reply|answer|usertext)[-_]*(?:body|content|text|message|copy|msg)(?:[-_]text)?"
    r"|markdown-body|comment-copy|e-content|bb-?wrapper|user-?content|user-?body|post-?body|message-?text|post-?message"
)
"""Classes that hardly anything but the text of a comment has."""
SIGNATURE_NAME = re.compile(
    r"(?:^|[-_])(?:signature|sig|postsig|user-?signature|attachments?|edited|respond)(?:$|[-_])|signature$"
)
"""Classes of signatures and other additions below every text of an author."""
HIDDEN_CLASSES = frozenset(("hide", "hidden", "d-none", "is-hidden", "invisible", "sr-only", "visually-hidden"))
"""Classes of hidden elements."""
BYLINE_BLOCK_NAME = re.compile(
    r"(?:^|[-_])(?:info|meta|metadata|header|head|top|byline|details|user-?info|user-?card|poster|profile|postprofile"
    r"|author-?info|author|userinfo|attribution|submitted|tagline|by|heading|footer)(?:$|[-_])"
)
"""Classes of elements with the author and the date of a comment."""
COMMENT_NAME = re.compile(
    r"(?:^|[-_#])(?:comments?|commento?|comentario|kommentar|commentaire|reply|replies|reply-?text|post|posts|postbit"
    r"|postcontainer|message|messages|msg|answer|answers|response|entry|respuesta|topic-?post|forum-?post|windowbg"
    r"|blockpost|itemcomment|cpost|forum-?fil|h-cite|p-comment|wc-?comment|review|tweet|status|note)"
    r"(?:$|[-_#])|comment(?:s|item|row|block|container|box)?(?:$|[-_#])|post(?:box|wrapper|wrap|row|block)(?:$|[-_#])"
)
"""Classes and identifiers of whole comments and posts."""
STRONG_COMMENT_NAME = re.compile(
    r"comment|kommentar|comentario|commentaire|(?:^|[-_])(?:reply|answer|respuesta|h-cite)"
)
"""Classes that hardly anything but a comment has."""
NOT_COMMENT_NAME = re.compile(
    r"recent|latest|related|sidebar|widget(?![-_](?:message|comment|post))|teaser|miniature|popular|trending|preview|promo|sponsor|advert|product|nav|menu"
    r"|breadcrumb|pingback|trackback|respond|reply-?form|comment-?form|share|tag-?|categor|footer|header|meta|avatar|author"
    r"|body|content|text|title|vote|icon|button|reply-?link|links?$|date|time|count|form|likes?|notice|banner|recommend"
    r"|actions?|list$|signature|attachment|pagination|pager|topic-?list|thread-?list|latest|(?:cite|foot|end)[-_]?note"
)
"""Classes of parts of comments, and of what only looks like comments."""
OUTSIDE_NAME = re.compile(
    r"(?:^|[-_])(?:sidebar|widgets?(?![-_](?:message|comment|post))|widget-area|recent-?comments|recentcomments|related|footer|navigation|nav|menu|popular"
    r"|latest|teasers?|recommended|trackbacks?|pingbacks?|pinglist|sharebar|breadcrumbs?|secondary|tertiary|yarpp|references|reflist|footnotes?|endnotes?|bibliography)(?:$|[-_])"
)
"""Classes around what is not a discussion."""
PROFILE_ADDRESS = re.compile(
    r"(?:^|[/.?&=])(?:users?|u|members?|profile|profiles|author|people|autor|usuario|utilisateur|benutzer|account|space)"
    r"[/=.?-]|/~|[?&]u(?:id|ser)?=|memberlist\.php|member\.php|profile\.php|action=profile|user\?id=|mode=viewprofile"
    r"|/@[\w.-]+/?(?:$|\?)|profile:|/user-\d|viewprofile"
)
"""Addresses of profile pages."""
ANSWER_LABELS = frozenset(page_words.ANSWER_LABELS)
"""The first words of labels to answer a comment, in lower case."""
REPLY_LABELS = ANSWER_LABELS | frozenset(page_words.ACTION_LABELS)
"""The first words of labels of what can be done with a comment, in lower case."""
BUTTON_LABELS = frozenset((*page_words.BUTTONS, *page_words.PAGE_BUTTONS))
"""Labels of buttons under a comment, in lower case."""
REACTION_COUNT = re.compile(
    r"(?:(?:share|like|likes|reply|replies|helpful|нравится|gefällt mir|j.aime|me gusta|mi piace)\s*)?"
    r"\(?\+?\d[\d.,]{0,8}k?\)?"
    r"|\d[\d.,]{0,8}k?\s*(?:likes?|dislikes?|votes?|upvotes?|shares?|repl(?:y|ies)|reactions?|gefällt mir|j.aime"
    r"|me gusta|mi piace|curtidas?|нравится)"
    r"|(?:\d[\d.,]*|one|no)(?: (?:of|out of) \d[\d.,]*)? (?:people|person|users?|members?|customers?|others?|readers?)"
    r"(?: have| has)? (?:found|find|liked?|likes|thinks?|voted|marked) (?:this|that|it)\b[\w ]{0,30}"
    r"|\d[\d.,]* (?:personen|kunden|leser|nutzer) (?:fanden|finden|gefällt) (?:diese|dies|das)[\w ]{0,40}"
    r"|\d[\d.,]* personnes? ont trouvé [\w ]{0,40}|a \d[\d.,]* personas? les? [\w ]{0,40}",
    re.IGNORECASE,
)
"""Counts of likes, replies or votes."""
NON_NAMES = frozenset(
    ("next", "prev", "previous", "parent", "root", "context", "top", "edit", "edited", "all", "more", "hide", "new")
)
"""Labels in a byline that are not a name, in lower case."""
UNVERIFIED_SUFFIX = re.compile(
    r"\s*\((?:not verified|unverified|guest|gast|nicht überprüft|non vérifié|no verificado|niet geverifieerd)\)",
    re.IGNORECASE,
)
"""What a site adds to the name of an unregistered author."""
SUBJECT_PREFIX = re.compile(r"\s*(?:re|aw|sv|vs|fwd?|antw|odp|res|tr)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
"""The prefix of the subject of an answer."""
REPLY_TO_NAME = re.compile(
    r"(?:^|[-_])(?:parent-link\w*|reply-?to|replied-?to|in-?reply-?to|answer-?to)(?:$|[-_])|inreplyto|^(?:comment-?)?parent$"
)

OPENING_NAME = re.compile(
    r"(?:^|[-_.#])(?:question|first-?post|opening-?post|original-?post|op|starter|forum-?op|item-?discussion|discussion"
    r"|topic-?post|q-?view|qa-?q-?view|topic-?starter|main-?post|lead-?post|root-?post|thread-?starter)(?:$|[-_#])"
)
"""Classes of the post that a discussion is about."""
REPLY_NAME = re.compile(
    r"(?:^|[-_])(?:reply|respond|antworten|quote|permalink|report|flag)(?:$|[-_](?:link|button|btn|to))|comment-?reply$|replyto"
)
REPLY_ADDRESS = re.compile(
    r"reply(?:to)?(?:com)?[=/?]|[?&]do=newreply|mode=quote|mode=reply|/reply\b|#respond|newreply\.php"
)

_GONE = r"deleted|removed|gelöscht|entfernt|supprimé|eliminado|rimosso|removido|удал[её]н\w*"
_UNSEEN = rf"(?:{_GONE}|flagged|dead|no longer available|unavailable)"
_BY_WHOM = r"(?:by|vom|von|durch|par|por|door)"
_IN_CHARGE = (
    r"(?:the |a |an |its |our )?(?:original )?(?:author|user|poster|owner|creator|commenter|mod|moderator|admin"
    r"|administrator|moderation|staff|editor|community|redaktion|benutzer|verfasser|autor|auteur|utilisateur"
    r"|modérateur|usuario|moderador)s?"
)
DELETED_NOTICE = re.compile(
    r"^\W*(?:"
    r"(?:this |the |dieser |dieses |ce |este )?(?:comment|post|message|reply|kommentar|beitrag|commentaire|comentario)"
    r"\s+(?:is |has been |was |wurde |a été |ha sido )?"
    rf"{_UNSEEN}(?:\s+{_BY_WHOM}\s+[\w .-]{{1,40}})?\s*[\])>.]?(?:$|\s*[|•·]|(?<=\.)\s.{{0,100}}$)"
    rf"|(?<=[\[(<]){_UNSEEN}(?:\s+{_BY_WHOM}\s+[\w .-]{{1,40}})?\s*[\])>.]{{1,2}}(?:$|\s*[|•·])"
    rf"|(?:{_GONE})(?:\s+{_BY_WHOM}\s+{_IN_CHARGE}|\s+comment)?\s*[\])>.]?(?:$|\s*[|•·])"
    r")",
    re.IGNORECASE,
)
"""A body that says only that the comment was deleted."""
_MEMBERSHIP = "join|regist|member since|inscri|dabei seit|mitglied seit|beigetreten|last visit|last seen|регистрац"
OTHER_DATE = re.compile(
    rf"{_MEMBERSHIP}|last edit|edited|modif|bearbeitet|geändert|editado|zuletzt|updated|born|location|угол",
    re.IGNORECASE,
)
"""Words before, or classes of, a date that is not the comment's own."""
PERSON_DATE = re.compile(rf"{_MEMBERSHIP}|\bborn\b", re.IGNORECASE)
"""Words before a date that is about a person rather than a comment."""
BYLINE_REMNANT = re.compile(
    r"^(?:\s|<br\s*/?>)*(?:{})\b\s*[:,]?(?:\s|<br\s*/?>)*".format(
        "|".join(map(re.escape, sorted(page_words.SAYS, key=len, reverse=True)))
    ),
    re.IGNORECASE,
)
"""What is left of a byline before a text when the name and the date are removed."""
FORUM_SIGN = re.compile(
    r"viewtopic|showthread|viewthread|(?:^|[-_/.?&= ])(?:forum|forums|topic|topics|thread|threads|discussion"
    r"|discussions|board|boards|questions?|question-page|community|issues?|bugs?|show_bug\.cgi|tickets?|post-?stream|bbpress-forums|topic-replies|xenforo|phpbb|vbulletin|mybb|smf|discourse|nodebb|vanilla|flarum|bz_bug|bz_comment_table|discussion-page|thread-body|thread-content)"
    r"(?:$|[-_/.?&= ])",
    re.IGNORECASE,
)
"""Words in the address or the classes of a forum's page."""
PAGE_NUMBER = re.compile(
    r"(?:page|seite|página|pagina|strona|страница|صفحه|sida|side|sayfa|頁|页|ページ)[\s-]*(\d{1,5})|[?&/](?:page|paged|start|p)[=/-]?(\d{1,6})\b"
    r"|/page-(\d+)|第\s?(\d+)\s?[頁页]",
    re.IGNORECASE,
)
"""The number of the page among several."""
CHILD_NAME = re.compile(
    r"(?:^|[-_])(?:indented|indent|nested|child|subcomment|sub-comment|is-reply|reply|replies|second-?level|level-?2)(?:$|[-_])"
)
ALTERNATING_NAME = re.compile(
    r"(?:[a-z]+[-_])*(?:odd|even|alt|first|last|alternate|zebra)(?:[-_]?(?:row|box|item|child))?"
    r"|(?:row|bg|trow|windowbg|color|col|post-?bg)[-_]?\d?"
)
"""Classes that alternate between rows, for their looks."""


_INLINE_NAMES: Final = (
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q ruby rb rp rt s samp"
    " small span strike strong sub sup time tt u var wbr nobr picture source amp-img"
)
_NON_TEXT_NAMES: Final = (
    "script style template svg math iframe head object embed canvas audio video map dialog button select textarea"
    " input link meta"
)
INLINE_TAGS: Final = frozenset(_INLINE_NAMES.split())
"""Elements within a line of text."""
NON_TEXT_TAGS: Final = frozenset(_NON_TEXT_NAMES.split())
"""Elements whose content is not text."""
HIDDEN_SELECTOR: Final = (
    '[hidden]:not([id^="S:"]),[style*="display:none"],[style*="display: none"],[aria-hidden="true"]:not(img):not(i),'
    '[role="dialog"],[role="alertdialog"],[role="alert"],.screen-reader-text,.sr-only,.visually-hidden,'
    ".element-invisible,.visuallyhidden,.assistive-text,.noprint,.mw-editsection"
)
"""Elements that are not shown (a CSS selector). React sends parts of a page as `<div hidden id="S:1">`, shown later."""
HEADING_TAGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CODE_TAGS: Final = frozenset({"pre", "code"})
"""Elements in which class names are those of syntax highlighting: `<span class="hljs-comment">`."""
_BOXES: Final = frozenset({"div", "ul", "ol", "aside", "header", "footer", "form", "table", "td", "nav"})

MAX_NAME: Final = 300
"""Characters of an attribute that are looked at."""
BOILERPLATE_TAGS: Final = {
    **dict.fromkeys(("nav", "footer", "aside", "menu", "noscript"), 0.5),
    **dict.fromkeys(("form", "fieldset"), 0.25),
}
"""Elements that are boilerplate, unless they have this share of the page's prose: old pages are one form."""
BOILERPLATE_ROLES: Final = frozenset(
    {"navigation", "complementary", "banner", "contentinfo", "search", "menu", "toolbar"}
)

SENTENCE_END: Final = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*\s*$")
"""The end of a sentence, in many scripts."""

_NON_ALPHANUMERIC: Final = re.compile(r"[\W_]+")
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@lru_cache(maxsize=8192)
def _split_camel_case(name: str) -> str:
    return _CAMEL.sub("-", name)


def _name_words(words: str) -> Callable[[str], tuple[str, ...]]:
    """A function that tells which of the words are a part of a name (`post-share`, `postShare`, `post__share`).

    A plus in a word stands for the separators in names.
    """
    alternatives = "|".join(word.replace("+", "[-_]{0,2}") for word in words.split())
    pattern = re.compile(rf"(?:^|[\s_-])({alternatives})(?=$|[\s_-])", re.IGNORECASE)

    @lru_cache(maxsize=8192)
    def words_of(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(str.lower, pattern.findall(_split_camel_case(name)))))

    return words_of


def _name_test(words: str) -> Callable[[str], bool]:
    """A test for names of which one of the words is a part."""
    words_of = _name_words(words)
    return lambda name: bool(words_of(name))


is_boilerplate_name = _name_test(
    """
share shares sharing sharebar sharedaddy sharethis addtoany addthis social socials socialmedia follow+us
related relatedposts related+posts related+articles relatedarticles relacionados recommend recommended recommendations
recirc recirculation also+like more+from more+stories moreposts up+next trending
most+read newsletter newsletters newsletter+form subscribe subscription signup sign+up optin opt+in
sponsored advert adverts advertisement
advertising adsense adsbygoogle adslot sidebar sidebars side+bar breadcrumb breadcrumbs
pagination paginator pager paging pagenavi navi navigation navbar menus author+box authorbox
author+bio authorbio author+info author+card author+profile about+author about+the+author post+author
footer comment comments commentlist comment+list comments+area commentarea respond disqus disqus+thread
outbrain taboola jp+post+flair wpcnt cookie cookies consent gdpr popup modal
skip+link login logged+out masthead site+header shariff heateor a2a sociable snap+share
pin+it donations spenden trackback trackbacks pingback pingbacks
yarpp zemanta printfriendly
"""
)
"""Which words of a name say that the element is beside an article: share bars, related posts, forms."""

module_words = _name_words(
    """
side titlebox
widget widgets follow relates suggested suggestions popular latest cta call+to+action promo promos promotion promoted
sponsor sponsors ad ads adv banner banners nav menu topbar toolbar bio biography reply replies rating ratings likes
overlay alert alerts register copyright license+box pinterest donate donation paywall paywall+box abo feedback poll
survey
meta metadata postmeta post+meta entry+meta article+meta postmetadata post+info postinfo info+bar byline bylines
dateline tags taglist tag+list tagcloud tag+links cat+links categories post+tags post+categories author authors
author+name vcard avatar post+date entry+date publish+date pubdate published timestamp edit+link toc table+of+contents
ez+toc toc+container tools toolbox article+tools print+link permalink post+footer entry+footer article+footer
postfooter entry+utility jump+link jump+to+recipe actions action+bar controls reactions votes vote voting score flag
report views counter teaser teasers read+more readmore more+link badge badges submitted terms links+inline
caption+credit
"""
)
"""Which words of a name say the same as long as little of the page's prose is in such elements.

Page builders make whole articles of "widgets", and call a paragraph's box "author" or "promo" after its subject.
"""

is_body_name = _name_test(
    """
articlebody article+body articlecontent article+content article+text articletext article+main+body entry+content
entrycontent entry+text entrytext entry+body post+content postcontent post+body postbody post+text posttext
post+single+content post+full+content story+body storybody story+content storytext story+text e+content markdown+body
field+name+body field+body node+body content+body contentbody td+post+content single+content single+post+content
blog+content blog+post+content blogpost+body rich+text richtext asset+content asset+body prose mw+parser+output
news+body newsbody news+text article+entry c+entry+content wysiwyg texte story_text storyfulltext document+content
md+content theme+doc+markdown rst+content message+body message+content messagetext postmsg post+message bbwrapper
messagecontent usertext+body
"""
)
"""Whether an element of this name has an article's text."""

is_note_name = _name_test("note tip tips notes warning caution important admonition callout hint info pullquote quote")
"""Whether an element of this name is set apart but belongs to the text."""


def element_name(tag: str, attributes: Mapping[str, str | None]) -> str:
    """The classes and the item property of an element, and its id if it is a mere box, separated by blanks.

    The id of a heading or a section is its subject rather than its role: `<h2 id="ratings">`.
    """
    keys = ("class", "itemprop", "id") if tag in _BOXES else ("class", "itemprop")
    return " ".join(value[:MAX_NAME] for key in keys if (value := attributes.get(key)))


def comparison_key(text: str) -> str:
    """The letters and digits of a text, without regard to case, by which it is compared with another.

    Raised digits are the same as others: a `<title>` cannot raise any.
    """
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return _NON_ALPHANUMERIC.sub("", text).casefold()
