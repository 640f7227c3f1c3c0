"""What the fields of records are called, whatever the writing: `createdAt`, `created_at` and `CreatedAt` are one name.

Names are compared as words in lower case, joined by `_`. A number is how well a name fits its role; roles are chosen
by names and values together (`roles`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from rumor_tui.readers.vocabulary.page_words import COMMENT_WORDS

_WORDS = re.compile(r"[A-Z]+(?![^\W\d_A-Z])|[A-Z]?[^\W\d_A-Z]+|\d+")


def name_set(text: str) -> frozenset[str]:
    """Names in any order, separated by spaces."""
    return frozenset(text.split())


def name_list(text: str) -> tuple[str, ...]:
    """Names, the best one first, separated by spaces."""
    return tuple(text.split())


_CARRIERS = name_set("label rendered $t #text _text __cdata simpleText runs raw value view storage $ _")
"""Keys below which stands the value of the key above."""


@lru_cache(maxsize=65_536)
def tokens_of(key: str) -> tuple[str, ...]:
    """The words of a key in lower case."""
    return tuple(word.lower() for word in _WORDS.findall(key[:80]))


@lru_cache(maxsize=65_536)
def key_name(key: str) -> str:
    """A key as its words, joined by `_`."""
    return "_".join(tokens_of(key))


@lru_cache(maxsize=65_536)
def path_names(path: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a path's keys, without those at its end that only carry a value."""
    names = path
    while len(names) > 1 and names[-1] in _CARRIERS:
        names = names[:-1]
    return tuple(map(key_name, names))


def _ranked(text: str) -> dict[str, int]:
    """`"9: a b; 5: c"` as a number for each name."""
    parts = (part.partition(":") for part in text.split(";"))
    return {name: int(rank) for rank, _, names in parts for name in names.split()}


TEXTS = _ranked(
    "60: body_html content_html comment_html cooked html rendered_body; 58: text_original; 57: full_text "
    "raw_content; 56: comment_text comment_body comment_content message_text review_text review_body; 55: body "
    "text content message com thetext; 53: comment review note notes msg raw selftext raw_message;50: "
    "text_display rendered_content markdown body_markdown body_text raw_text plain_text text_content "
    "comment_plain;45: caption answer remark reply remarks feedback; 41: reply_text blurb; "
    "45: antwort respuesta resposta risposta réponse odpowiedź ответ "
    "kommentar inhalt nachricht beitrag texto "
    "texte contenu contenido mensaje mensagem testo commento commentaire comentario comentário comentários opinião "
    "opinión avis messaggio bericht reactie treść komentarz wiadomość текст сообщение комментарий отзыв "
    "コメント 本文 内容 评论 留言 댓글 내용; 20: "
    "description beschreibung descripción descrição descrizione omschrijving opis описание; "
    "18: summary story abstract; 15: excerpt teaser; 12: topic; 5: about bio"
)
"""Names of texts. From `STRONG` upwards they are texts of their own; the others may as well describe something."""

STRONG = 40
TEXT_ENDS = name_set(
    "text body content message comment comments html msg review note markdown remarks feedback suggestions opinion"
)
"""Last words of other names of texts."""

NAMES = _ranked(
    "20: display_name displayname global_name; 19: nickname nick uname pseudo pseudonym; "
    "18: full_name fullname real_name realname persona_name "
    "personaname author_title; 17: name nome nom nombre naam navn namn imię имя 名前 姓名 이름; "
    "15: username user_name screen_name; "
    "14: login handle acct; 13: unique_id blog_name; 12: first_name firstname; 5: email"
)
"""Names of the name of a person: what is displayed comes before what one signs in with."""

PERSON_IDS = name_set("id uid steamid phid hex did account_id user_id uuid key mid id_str author_id member_id slug")
PEOPLE = name_set(
    "author user u from sender creator owner by poster commenter account member actor profile consumer reviewer "
    "commenting contributor participant submitter uploader persona person who reporter autor autora auteur autore "
    "athlete student customer verfasser usuario usuário utente utilisateur "
    "benutzer nutzer absender gebruiker автор пользователь"
)
"""Words for the person who wrote something."""

NOT_THE_AUTHOR = name_set(
    "parent reply replied replying in mention mentions mentioned edit edited editor modified updated assignee "
    "assigned moderator approved like liked likes recipient last closed deleted quoted quote forward forwarded "
    "retweeted attachment attachments embed embeds reaction reactions avatar image badge badges flair guild "
    "group community subreddit place entities media album bot application repository repo organization site to "
    "via agent url href link photo picture icon thumbnail color colour role count reputation rank status type "
    "timezone verified"
)
"""Words for other people, and for what a person has."""

CONTROLS = name_set("cursor paging pagination sort sorting order filter control controls config settings options")
"""Words for what is about the list itself, not about what its records are about."""

CONTEXTS = name_set(
    "post story article thread topic video page community submission question issue parent target document book"
    " episode product app game"
)
"""Words for what records are about: a field below one of them tells of that, not of the record."""

DATES = _ranked(
    "30: created creation create ctime; 28: published publish posted submitted sent written; 26: date timestamp"
    " datetime time ts; 24: at on when now started "
    "geschrieben verfasst gepostet publié publicado "
    "datum fecha data zeit zeitstempel dato pvm дата 日付 日時 날짜; 4: updated modified update"
)
"""Words in the names of dates."""

NOT_THE_DATE = name_set(
    "edited edit deleted last join expires expire joined seen read zone timezone playtime runtime duration count "
    "since first locked closed approved banned liked cached fetched scraped retrieved responded due replied "
    "offset exported export download downloaded generated saved imported"
)

TITLES = _ranked(
    "50: title headline clean_title fancy_title thread_title post_title story_title video_title page_title;"
    "48: subject sub issue_title betreff titel titre titolo título titulo asunto assunto "
    "onderwerp temat emne ämne sujet oggetto тема заголовок"
    " 件名 標題 标题 제목; 42: room_name channel_name group_name chat_name stream_name topic_name thread_name;"
    "40: summary; 35: name display_name label; 20: full_name fancy_name; 12: topic"
)
"""Names of the title of what records are about."""

OWN_TITLES = name_set(
    "title headline subject sub review_title comment_title comment_subject betreff titel titre título asunto assunto"
    " sujet oggetto тема заголовок 件名 標題 标题 제목"
)
"""Names of the title of a record."""

ROOMS = name_set("channel room chat group thread topic conversation video page stream post story article")
LARGER = name_set("guild server community site forum category section team workspace subreddit board")
"""Words for what contains rooms, whose name is only second-best."""

SCORES = name_list(
    "score points likes like_count likes_count upvotes ups vote_count votes favorite_count favourites_count "
    "digg_count votes_up thumbs_up_count like karma vote_score net_votes helpful_count num_likes reaction_count "
    "rating_sum"
)

DELETED = name_set("deleted is_deleted removed is_removed is_moderated dead is_spam is_minimized deleted_at")

URLS = name_list(
    "permalink html_url web_url url link href comment_url short_id_url ap_id uri tweet_url share_url comments_url"
)

COUNTS = name_set(
    "reply_count replies_count total_reply_count num_replies reply_comment_total child_count children_count"
    " hidden_replies comment_count_hidden replies_total rcount total_replies"
)
"""Numbers of replies."""

ARTICLE_COUNTS = name_list(
    "num_comments comment_count comments_count comments reply_count replies posts_count descendants"
)

REPLY_WORDS = name_set(
    "parent reply replied replying pid resto answer ref refs references reference ancestor ancestors "
    "antwort respuesta resposta "
    "réponse reponse risposta odpowiedź ответ antwoord svar vastaus 返信 回复"
)
"""Words in the names of fields that tell what a record answers."""

ROOT_WORDS = name_set("root thread conversation discussion topic")
"""The same of the first record of a thread, which is second-best."""

STOPPED = name_set(
    "user users author authors profile profiles member members participants owner creator sender account "
    "accounts embed embeds attachment attachments media entities reaction reactions mentions quoted quote "
    "quotes retweeted forwarded preview previews card cards edits history histories revisions versions related "
    "recommended recommendations suggested similar labels tags badges emoji emojis stickers commits "
    "advertisement ads reply_to in_reply_to replied_to parent reactor referenced original shared text_entities "
    "tokens facets selector selectors"
)
SAID = frozenset(COMMENT_WORDS) | name_set("review reviews")
"""Words for what people say, in the names of texts and of lists."""

THINGS = name_set(
    "price prices sku stock brand genre genres director runtime isbn currency amount quantity iban preis betrag währung"
    " waehrung menge prix devise montant precio importe moneda prezzo importo"
)
"""Words in the names of fields of goods and payments, whose descriptions nobody said."""

UNSAID = name_set("logger birthday geometry geburtstag")
"""Words in the names of fields of contacts, places and lines of a log, in which nobody says anything."""

LOG_LEVELS = name_set("debug info notice warn warning error critical fatal trace")
"""How grave what a program logged is."""

STOPPED_FIRST = name_set("via quoted retweeted forwarded embedded related recommended suggested parent replied")
"""Names, and first words of names, of what belongs to no discussion."""
