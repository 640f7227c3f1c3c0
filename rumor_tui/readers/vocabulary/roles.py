"""The roles that pages print behind a name, as badges: the author of the post, who opened the thread, who moderates.

A badge is no part of the name, whether it is an element of a page or what is left of one in its text. Badges of several
words are cut wherever they follow a name; those of one word may be a part of it ("Site Admin"), so they are cut only in
brackets, behind a separator, or with a capital behind a word that does not go with them.
"""

from __future__ import annotations

import re
from functools import cache

from rumor_tui.readers.vocabulary.matching import alternation, fold
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

_SEPARATORS = r"\s{0,4}[|·•,–—\[(<【（]\s{0,4}|\s{1,4}-\s{1,4}|\s{2,4}"
_LONGEST = 160
"""Characters of what may be a name with its badges."""


@cache
def _certain() -> re.Pattern[str]:
    words, phrases = alternation(WORDS), alternation(PHRASES)
    every = rf"(?:{phrases}|{words})"
    return re.compile(
        rf"(?:(?:{_SEPARATORS})(?:{every})(?:\s?[|·•,/&]\s?{every}){{0,3}}|\s{{0,4}}[([【（]?(?:{phrases}))"
        r"\s{0,4}[\])>】）*:]?\Z",
        re.IGNORECASE,
    )


@cache
def _capital() -> re.Pattern[str]:
    words = [form for word in WORDS for form in (word[:1].upper() + word[1:], word.upper())]
    return re.compile(rf"\s(?:{alternation(words)})\Z")


_LAST_LETTERS = frozenset(fold(phrase)[-1] for phrase in (*PHRASES, *WORDS))
_CLOSERS = " \t])>】）*:"


def without_role(name: str) -> str:
    """A name without the badges at its end; what is nothing but a badge stays as it is."""
    for _ in range(3):
        if len(name) > _LONGEST or fold(name).rstrip(_CLOSERS)[-1:] not in _LAST_LETTERS:
            break
        shorter = _cut(name.rstrip()).rstrip(" \t,|·•–—:")
        if shorter == name or not any(map(str.isalnum, shorter)):
            break
        name = shorter
    return name


def _cut(name: str) -> str:
    match = _certain().search(name)
    if match:
        return name[: match.start()]
    match = _capital().search(name)
    before = name[: match.start()] if match else ""
    words = fold(before).split()
    return before if words and words[-1] not in _GOES_WITH else name
