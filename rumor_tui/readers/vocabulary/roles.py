"""The roles that pages print behind a name, as badges: the author of the post, who opened the thread, who moderates.

A badge is no part of the name, whether it is an element of a page or what is left of one in its text. Badges of several
words are cut wherever they follow a name; those of one word may be a part of it ("Site Admin"), so they are cut only in
brackets, behind a separator, or with a capital behind a word that does not go with them.
"""

from __future__ import annotations

from rumor_tui.readers.vocabulary.matching import fold
from rumor_tui.readers.vocabulary.page_words import split_table

PHRASES = split_table(
    """
post author|article author|author of the post|author of this post|original author|topic author|thread author
thread starter|topic starter|original poster|question author|question asker|staff member|team member|site admin
forum admin|forum moderator|community manager|community moderator|global moderator|super moderator
verified user|verified account|verified purchase|verified owner|verified buyer|top contributor|top commenter|top fan
autor des beitrags|autorin des beitrags|beitragsautor|beitragsautorin|beitrags-autor|beitrags-autorin|artikelautor
autor/in des beitrags|themenstarter|themenersteller|fragesteller
auteur de l’article|auteur de l'article|auteur/autrice de l’article|auteur du billet|auteur de la publication
auteur du sujet|auteur ou autrice de l’article|autor de la entrada|autor del artículo|autor del tema|autor do post
autor do artigo|autor do tópico|autore articolo|autore dell’articolo|autore dell'articolo|autore del post
autore della discussione|berichtauteur|auteur van dit bericht|auteur bericht|topicstarter|autor wpisu|autor posta
autor wątku|inläggsförfattare|trådstartare|innleggsforfatter|indlægsforfatter|forfatter af indlægget|trådstarter
artikkelin kirjoittaja|автор записи|автор темы|автор сообщения|автор поста|автор статті|autor příspěvku
autor článku|bejegyzés szerzője|autor articol|yazı yazarı|yazının yazarı|konu sahibi|文章作者|貼文作者|投稿作成者|投稿者
글 작성자|글쓴이|نویسنده نوشته|نویسندهٔ نوشته|كاتب المقال|كاتب الموضوع
"""
)
"""Badges that no name has."""

WORDS = split_table(
    """
author|op|mod|moderator|admin|administrator|staff|editor|maintainer|collaborator|contributor|owner|creator|verified
autor|autorin|verfasser|moderatorin|administratorin|redaktion|auteur|autrice|modérateur|modératrice|administrateur
moderador|moderadora|administrador|administradora|autora|autore|autrice|moderatore|amministratore|auteur|beheerder
författare|forfatter|moderatör|автор|модератор|администратор|админ|redaktor|yazar|yönetici|作者|樓主|楼主|版主|管理員|管理员
"""
)
"""Badges that may also be a part of a name, or all of it."""

_GOES_WITH = frozenset(
    split_table(
        """
the|a|an|your|our|site|web|forum|board|blog|guest|super|global|community|system|net|server|head|chief|senior|vice
assistant|associate|managing|co|content|home|shop|store|page|group|game|team|der|die|das|ein|eine|le|la|el|o|il|de
"""
    )
)
"""Words before such a badge with which it is a name."""

_CLOSERS = " \t])>】）*:"
_SEPARATORS = "|·•,–—[(<【（"
_SIGNS = _SEPARATORS + " \t:"
_PHRASES = tuple(map(fold, sorted(PHRASES, key=len, reverse=True)))
_WORDS = tuple(map(fold, sorted(WORDS, key=len, reverse=True)))
_MOST = 3
"""Badges that one name has, at most."""


def without_role(name: str) -> str:
    """A name without the badges at its end; what is nothing but a badge stays as it is."""
    for _ in range(_MOST):
        bare = name.rstrip(_CLOSERS)
        low = fold(bare)
        if low.endswith(_PHRASES):
            before = _without_phrase(bare, low)
        elif low.endswith(_WORDS):
            before = _without_word(bare, low)
        else:
            break
        before = before.rstrip(_SIGNS).removesuffix(" -").rstrip(_SIGNS)
        if not any(map(str.isalnum, before)):
            break
        name = before
    return name


def _without_phrase(name: str, low: str) -> str:
    """What is before the phrase that a name ends with, or "" where its first letter goes on with a word."""
    before = name[: -len(next(filter(low.endswith, _PHRASES)))]
    return "" if before[-1:].isalnum() and name[len(before)].islower() else before


def _without_word(name: str, low: str) -> str:
    """What is before the word that a name ends with, or "" where the word may be a part of the name."""
    before = name[: -len(next(filter(low.endswith, _WORDS)))]
    stripped = before.rstrip()
    if stripped[-1:] in _SEPARATORS or before.endswith((" - ", "  ")):
        return before
    is_capital = before != stripped and not name[len(before)].islower()
    return before if is_capital and low[: len(stripped)].rsplit(None, 1)[-1] not in _GOES_WITH else ""
