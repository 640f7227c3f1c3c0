"""The language of a text by its function words: enough to know whether capitals mean names in it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

from rumor_tui.marks.data.number_vocabulary import split_words

_ENGLISH: Final = (
    "the of and to is that it for was with on this are be have not but you they from at or we he his her my your "
    "their what which would there about if can will has had been were do does did just so no an as by all out up more "
    "when who how than then some them me our its don't i'm it's didn't doesn't isn't can't thanks yes"
)
_OTHERS: Final = {
    "de": "der die das und ist nicht ein eine einen einem einer ich du sie wir ihr zu mit auf für von den dem des "
    "auch sich es aber wie wenn oder nur noch als bei nach aus so dass daß man mir mich dir dich uns haben habe hat "
    "war sind wird werden kann schon mal sehr doch kein keine was wer im zum zur vom über durch danke gibt",
    "nl": "de het een en van niet is dat ik je we ze op te met voor zijn maar ook aan er naar om als dan wat dit heb "
    "heeft worden wordt bij uit nog geen door over wel kan deze die mijn jij",
    "fr": "le la les de des du un une et est pas que qui je tu il elle nous vous ils pour dans sur avec ce cette ces "
    "mais ou où donc ne se sa son ses par plus au aux en être avoir fait merci très bien comme si tout c'est j'ai",
    "es": "el la los las de del un una y es no que yo tú él ella nosotros ellos para en con por su sus este esta esto "
    "pero o más como muy al lo se le me mi te ser hay gracias también todo cuando si ya son fue",
    "it": "il lo la gli le di del della un una e è non che io tu lui lei noi voi per in con su questo questa ma o più "
    "come molto anche si ci mi ti sono ho hai ha nel alla grazie essere tutto dei delle da",
    "pt": "o a os as de do da dos das um uma e é não que eu você ele ela nós para em com por seu sua este esta isso "
    "mas ou mais como muito ao se me te ser também obrigado tudo quando já são foi no na",
    "sv": "och det att en ett är inte jag du han hon vi ni de som på för med av till den om men eller har var kan "
    "ska så från där här också mycket tack bara när",
    "da": "og det at en et er ikke jeg du han hun vi de som på for med af til den om men eller har var kan skal så "
    "fra der her også meget tak bare når",
    "pl": "i w nie na się z do że jest to o jak ale po co tak za od przez już czy tylko może dla przy być są był",
    "tr": "ve bir bu da de için ile çok ama ne gibi daha var ben sen o biz değil olarak kadar sonra en mi",
}

ENGLISH_FUNCTION_WORDS: Final = frozenset(split_words(_ENGLISH))
FUNCTION_WORDS: Final = {language: frozenset(split_words(words)) for language, words in _OTHERS.items()}
NOUN_CAPITALS: Final = frozenset(("de",))
"""Languages that capitalise every noun."""

MIN_FUNCTION_WORDS: Final = 3
"""Function words of a language that a text must have to be taken for that language."""

UNKNOWN_LANGUAGE: Final = ""
"""Stands for a language that a text does not make clear."""


def detect_language(words: AbstractSet[str], otherwise: str = "en") -> str:
    """The language of a text with these words as written: "en", another code, or `otherwise` if it is not clear."""
    english = len(words & ENGLISH_FUNCTION_WORDS)
    if english >= 2 * MIN_FUNCTION_WORDS and 3 * english > len(words):
        return "en"
    best, most = "en", english
    for language, known in FUNCTION_WORDS.items():
        count = len(words & known)
        if count > most:
            best, most = language, count
    return best if most >= MIN_FUNCTION_WORDS else otherwise
