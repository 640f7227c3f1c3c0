"""What pages call things: the words of class names, labels and addresses around comments, in the main languages.

Names are those that blog, forum and news software use most; none of them belongs to one site.
"""

from __future__ import annotations

import re

from rumor_tui.readers.dump.words import BUTTONS, SAYS

TIME_NAME = re.compile(
    r"(?:^|[-_])(?:date|time|datetime|timestamp|timeago|dateline|posted|published|postdate|postedon|createdat|ago|when"
    r"|zeit|datum|fecha|data|relativetime|dt)(?:$|[-_])|(?:date|time|timestamp)$"
)
"""A class that dates have."""

AUTHOR_NAME = re.compile(
    r"author|user-?name|(?:^|[-_])user(?:$|link|nick)|user-?link|user-?profile|poster(?:$|-?name)|nick(?:$|-?name)"
    r"|commenter|pseudonym|actor|by-?line|(?:^|[-_])(?:fn|name|cite|by|creator|autor|auteur|owner|displayname|screenname|writer|member"
    r"|person|handle|verfasser|auteur)(?:$|[-_])|display-?name|screen-?name"
)
"""A class that authors' names have."""

NOT_AUTHOR_NAME = re.compile(
    r"avatar|image|photo|picture|thumb|badge|menu|role|rank|stat|date|time|-ip|signature|sig\b|bio\b|group|level|score"
    r"|count|status|online|offline|action|control|button|icon|info-?icon|karma|joined|location|description|posts$|post-?count"
    r"|title|text|content|body|message|moderation|link-?list|hover|popup|tooltip|box$|wrapper$|card|container"
    r"|select|original|reputation|toolbar|nav|reply|permalink|via|content|follow|tags?\b|field"
)
"""A class that stands beside authors' names."""

BODY_NAME = re.compile(
    r"(?:^|[-_])(?:body|bodytext|content|contents|text|texte|message|msg|copy|bubble|markdown|md|usertext|prose|wysiwyg"
    r"|postmsg|entry|inner|description|e-content|rich-?text|richtextjson|format_text|formatted|commentary|comment"
    r"|html|paragraph|words|inhalt|texto|testo|treść|usercontent|postcontent|postbody|posttext|messagetext)(?:$|[-_])"
    r"|(?:body|content|text|message|copy|msg)$"
)
"""A class that bodies have."""

NOT_BODY_NAME = re.compile(
    r"author|meta|head|foot|title|signature|(?:^|[-_])sig(?:$|[-_])|button|actions|action$|action-(?:bar|row|link|list)|control|toolbar|avatar|user-?info|date"
    r"|time|link|reply$|replies|children|vote|score|share|reaction|like|attachment-?list|notice|edited|lastedit|badge"
    r"|hidden|sr-only|rank|stats|profile|nav|menu|permalink|options|form|icon|small-?text|user-?title"
    r"|^text-(?:xs|sm|base|lg|xl|left|right|center|muted|gray|[a-z]+-\d)|user-?(?:details|extras|cell)"
)
"""A class that stands around bodies, or holds them with more."""

ASIDE_NAME = re.compile(
    r"(?:^|[-_])(?:signature|sig|postsig|edited|lastedit|last-edit|edit-?note|editedby|likes?|likebutton|reactions?|share"
    r"|sharing|social|votes?|voting|rating|buttons?|actions?|controls?|tools?|toolbar|permalink|reply|replybox|report|flag"
    r"|respond|footer|postfoot|sr-only|screen-reader-text|screen-reader|visually-hidden|v-visible-sr|avatar|badge|quote-?link"
    r"|comment-?links?|comment-?edit|more-?link|readmore|says|karma|popup|tooltip|dropdown|menu|noprint|hidden|d-none|options"
    r"|attribution|post-?buttons|comment-?count|replies-?count|moderation-links)(?:$|[-_])|comment-?reply|reply-?link"
)
"""A class of what surrounds the text of a comment and is none of it."""

PLAIN_BODY_NAME = re.compile(
    r"(?:[a-z]+[-_]+)?(?:comment|post|message|reply|answer|usertext)[-_]*(?:body|content|text|message|copy|msg)(?:[-_]text)?"
    r"|markdown-body|comment-copy|e-content|bb-?wrapper|user-?content|user-?body|post-?body|message-?text|post-?message"
)
"""A class that hardly anything but the text of a comment has."""

SIGNATURE_NAME = re.compile(
    r"(?:^|[-_])(?:signature|sig|postsig|user-?signature|attachments?|edited|respond)(?:$|[-_])|signature$"
)
"""A class of what stands under everything that somebody writes."""

HIDDEN_NAMES = frozenset(("hide", "hidden", "d-none", "is-hidden", "invisible", "sr-only", "visually-hidden"))
"""Classes of what is not shown."""

ABOUT_NAME = re.compile(
    r"(?:^|[-_])(?:info|meta|metadata|header|head|top|byline|details|user-?info|user-?card|poster|profile|postprofile"
    r"|author-?info|author|userinfo|attribution|submitted|tagline|by|heading|footer)(?:$|[-_])"
)
"""A class of an element that tells who wrote a comment, and when."""

UNIT_NAME = re.compile(
    r"(?:^|[-_#])(?:comments?|commento?|comentario|kommentar|commentaire|reply|replies|reply-?text|post|posts|postbit"
    r"|postcontainer|message|messages|msg|answer|answers|response|entry|respuesta|topic-?post|forum-?post|windowbg"
    r"|blockpost|itemcomment|cpost|forum-?fil|h-cite|p-comment|wc-?comment|review|tweet|status|note|athing|thing|item)"
    r"(?:$|[-_#])|comment(?:s|item|row|block|container|box)?(?:$|[-_#])|post(?:box|wrapper|wrap|row|block)(?:$|[-_#])"
)
"""A class or an identifier of a whole comment or post."""

STRONG_UNIT_NAME = re.compile(r"comment|kommentar|comentario|commentaire|(?:^|[-_])(?:reply|answer|respuesta|h-cite)")
"""A class that hardly anything but a comment has."""

NOT_UNIT_NAME = re.compile(
    r"recent|latest|related|sidebar|widget(?![-_](?:message|comment|post))|teaser|miniature|popular|trending|preview|promo|sponsor|advert|product|nav|menu"
    r"|breadcrumb|pingback|trackback|respond|reply-?form|comment-?form|share|tag-?|categor|footer|header|meta|avatar|author"
    r"|body|content|text|title|vote|icon|button|reply-?link|links?$|date|time|count|form|likes?|notice|banner|recommend"
    r"|actions?|list$|signature|attachment|pagination|pager|topic-?list|thread-?list|latest"
)
"""A class of parts of comments, or of what only looks like comments."""

OUTSIDE_NAME = re.compile(
    r"(?:^|[-_])(?:sidebar|widgets?(?![-_](?:message|comment|post))|widget-area|recent-?comments|recentcomments|related|footer|navigation|nav|menu|popular"
    r"|latest|teasers?|recommended|trackbacks?|pingbacks?|pinglist|sharebar|breadcrumbs?|secondary|tertiary|yarpp)(?:$|[-_])"
)
"""A class around what is no discussion."""

PROFILE = re.compile(
    r"(?:^|[/.?&=])(?:users?|u|members?|profile|profiles|author|people|autor|usuario|utilisateur|benutzer|account|space)"
    r"[/=.?-]|/~|[?&]u(?:id|ser)?=|memberlist\.php|member\.php|profile\.php|action=profile|user\?id=|mode=viewprofile"
    r"|/@[\w.-]+/?(?:$|\?)|profile:|/user-\d|viewprofile"
)
"""An address of somebody's page."""

_ANSWERING = (
    "reply antworten répondre responder rispondi odpowiedz ответить 回覆 回复 返信 答复 reageren"
    " beantwoorden svara svar vastaa yanıtla cevapla quote zitieren citer citar cita cytuj"
    " 引用 balas répliquer odpovědět válasz پاسخ رد 답글"
)
_ELSE = (
    "répond permalink link report melden signaler denunciar segnala share parent context"
    " antwort تعليق ตอบกลับ 답글쓰기 trả"
)
ANSWER_LABELS = frozenset(_ANSWERING.split())
"""Those of the labels by which a comment is answered."""

REPLY_LABELS = ANSWER_LABELS | frozenset(_ELSE.split())
"""Labels of what can be done with a comment; the first word of the label, in lower case."""

PRESSED = frozenset((*BUTTONS, "was this helpful?", "helpful?", "yes", "no", "ответ", "спасибо", "liken", "hilfreich"))
"""What can be pressed under a comment, in lower case."""

COUNTED = re.compile(
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
"""How many liked a comment, answered it or found it helpful."""

NO_NAMES = frozenset(
    ("next", "prev", "previous", "parent", "root", "context", "top", "edit", "edited", "all", "more", "hide", "new")
)
"""Labels of a byline that are nobody's name, in lower case."""

UNSURE_NAME = re.compile(
    r"\s*\((?:not verified|unverified|guest|gast|nicht überprüft|non vérifié|no verificado|niet geverifieerd)\)",
    re.IGNORECASE,
)
"""What a site says after the name of somebody whom it does not know."""

SUBJECT = re.compile(r"\s*(?:re|aw|sv|vs|fwd?|antw|odp|res|tr)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
"""What stands before the subject of an answer."""

ANSWERED = re.compile(
    r"^\W*(?:in reply to|replying to|reply to|replied to|antwort (?:auf|an)|als antwort auf|en réponse à|en respuesta a"
    r"|in risposta a|em resposta a|w odpowiedzi|в ответ)\b",
    re.IGNORECASE,
)
"""How a line begins that names who is answered."""
ANSWERED_NAME = re.compile(
    r"(?:^|[-_])(?:parent-link\w*|reply-?to|replied-?to|in-?reply-?to|answer-?to)(?:$|[-_])|inreplyto|^(?:comment-?)?parent$"
)

OPENING_NAME = re.compile(
    r"(?:^|[-_.#])(?:question|first-?post|opening-?post|original-?post|op|starter|forum-?op|item-?discussion|discussion"
    r"|topic-?post|q-?view|qa-?q-?view|topic-?starter|main-?post|lead-?post|root-?post|thread-?starter)(?:$|[-_#])"
)
"""A class of the post that a discussion is about."""

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
DELETED = re.compile(
    r"^\W*(?:"
    r"(?:this |the |dieser |dieses |ce |este )?(?:comment|post|message|reply|kommentar|beitrag|commentaire|comentario)"
    r"\s+(?:is |has been |was |wurde |a été |ha sido )?"
    rf"{_UNSEEN}(?:\s+{_BY_WHOM}\s+[\w .-]{{1,40}})?\s*[\])>.]?(?:$|\s*[|•·]|(?<=\.)\s.{{0,100}}$)"
    rf"|(?<=[\[(<]){_UNSEEN}(?:\s+{_BY_WHOM}\s+[\w .-]{{1,40}})?\s*[\])>.]{{1,2}}(?:$|\s*[|•·])"
    rf"|(?:{_GONE})(?:\s+{_BY_WHOM}\s+{_IN_CHARGE}|\s+comment)?\s*[\])>.]?(?:$|\s*[|•·])"
    r")",
    re.IGNORECASE,
)
"""A body that says only that there is none."""

NOT_POSTED = re.compile(
    r"join|regist|member since|inscri|dabei seit|mitglied seit|beigetreten|last visit|last seen|last edit|edited|modif"
    r"|bearbeitet|geändert|editado|zuletzt|updated|born|location|угол|регистрац",
    re.IGNORECASE,
)
"""What stands before, or is a class of, a date that is not the comment's own."""

SAID_FIRST = re.compile(
    r"^(?:\s|<br\s*/?>)*(?:{})\b\s*[:,]?(?:\s|<br\s*/?>)*".format(
        "|".join(map(re.escape, sorted(SAYS, key=len, reverse=True)))
    ),
    re.IGNORECASE,
)
"""What is left of a byline before a text, when the name and the date are out of it."""

JOINED = re.compile(
    r"join|regist|member since|inscri|dabei seit|mitglied seit|beigetreten|last visit|last seen|регистрац|\bborn\b",
    re.IGNORECASE,
)
"""What stands before a date that tells of somebody, and not of what is said."""

FORUM = re.compile(
    r"viewtopic|showthread|viewthread|(?:^|[-_/.?&= ])(?:forum|forums|topic|topics|thread|threads|discussion"
    r"|discussions|board|boards|questions?|question-page|community|issues?|bugs?|show_bug\.cgi|tickets?|post-?stream|bbpress-forums|topic-replies|xenforo|phpbb|vbulletin|mybb|smf|discourse|nodebb|vanilla|flarum|bz_bug|bz_comment_table|discussion-page|thread-body|thread-content)"
    r"(?:$|[-_/.?&= ])",
    re.IGNORECASE,
)
"""Something in the address or in the classes of the page that forums have."""

PAGE_NUMBER = re.compile(
    r"(?:page|seite|página|pagina|strona|страница|صفحه|sida|side|sayfa|頁|页|ページ)[\s-]*(\d{1,5})|[?&/](?:page|paged|start|p)[=/-]?(\d{1,6})\b"
    r"|/page-(\d+)|第\s?(\d+)\s?[頁页]",
    re.IGNORECASE,
)
"""Which page of several this is."""

CHILD_NAME = re.compile(
    r"(?:^|[-_])(?:indented|indent|nested|child|subcomment|sub-comment|is-reply|reply|second-?level|level-?2)(?:$|[-_])"
)
TURN_NAME = re.compile(
    r"(?:[a-z]+[-_])*(?:odd|even|alt|first|last|alternate|zebra)(?:[-_]?(?:row|box|item|child))?"
    r"|(?:row|bg|trow|windowbg|color|col|post-?bg)[-_]?\d?"
)
"""A class that elements of one kind have in turn, for their looks."""
