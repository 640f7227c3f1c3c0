"""The ways in which a comment says whom it speaks to, as patterns around a name: "@Gabe", "Gabe wrote:", "Hi Gabe,"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from rumor_tui.marks.conversation.participants import Participants, PersonMention
from rumor_tui.marks.data.number_vocabulary import split_words

AddressForm = Literal[
    "wrote", "at start", "at", "named", "greeted", "near", "bare", "line", "agreed", "vocative", "number", "above"
]
"""How a comment tells whom it speaks to; see `ADDRESSES`."""

_VERBS: Final = tuple(
    split_words("""
        wrote said says writes posted asked replied schrieb schreibt meinte meint sagte sagt geschrieben écrit dit
        escribió dijo dice scritto scrive skrev schreef napisał пишет писал
        """)
)
_QUOTED: Final = r"(?:originally posted by|quote from|quote|quoting|zitat von|zitat|zitiere|cita de|citation de)"
_REPLIED: Final = (
    r"(?:reply to|in reply to|replying to|in response to|response to|answer to|antwort an|antwort auf|"
    r"respuesta a|en réponse à|réponse à|re|to|an|für|for)"
)
_GREETING: Final = (
    r"(?:(?:hi|hello|hey|heya|dear|hallo|hei|hej|moin|servus|lieber?|werter?|geehrter?|sehr|hola|estimad[oa]|"
    r"querid[oa]|bonjour|salut|ch[eè]re?|ciao|thanks?|thank you|many thanks|thx|ty|cheers|danke?|"
    r"vielen dank|gracias|merci|grazie|"
    r"congrats|congratulations|sorry|welcome)\b[ \t]{0,9}[,!.]?[ \t]{0,9})"
)
_LEAD: Final = (
    r"(?:(?:yes|yep|yeah|yup|no|nope|ok|okay|well|oh|ah|haha|lol|so|and|but|right|agreed|exactly|true|wow|"
    r"ja|nein|naja|also|nun|sí|oui|non|si|hmm?|so true|good (?:point|one|call|question|catch|idea|post)|great \w{1,24}|"
    r"nice \w{1,24})"
    r"\b[ \t]{0,9}[,!.…-]{0,9}[ \t]{0,9})"
)


class Addressee(NamedTuple):
    """One way in which a text tells whom it speaks to."""

    call: PersonMention
    how: AddressForm


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    verbs = "|".join(_VERBS)
    return {
        "verb": re.compile(rf"(?<=[ \t])(?:{verbs})\b[ \t]{{0,3}}:", re.IGNORECASE),
        "quoted": re.compile(rf"^[> \t*_]{{0,9}}{_QUOTED}\b[ \t]{{0,9}}:?[ \t]{{0,9}}@?", re.IGNORECASE | re.MULTILINE),
        "replied": re.compile(rf"[>\s*_]{{0,9}}{_REPLIED}\b[ \t]{{0,9}}:?[ \t]{{0,9}}@?", re.IGNORECASE),
        "line": re.compile(r"^(?=\S[^\n:]{1,59}:[ \t]{0,9}$)", re.MULTILINE),
        "start": re.compile(
            rf"[\s>*_(\"'“]{{0,60}}(?P<lead>{_LEAD}{{0,2}})(?P<greeting>{_GREETING}{{0,3}})", re.IGNORECASE
        ),
        "at": re.compile(r"(?<![\w.@])@[ \t]?(?=\w)"),
        "agreed": re.compile(
            r"\b(?:(?:dis)?agree[sd]?,?(?: with)?|like|as|what|thanks(?: to)?,?|thank you,?|kudos to|\+1 (?:to|for)|"
            r"stimme|zustimmung(?: an)?|wie|echo|seconding|second)[ \t]{1,9}@?",
            re.IGNORECASE,
        ),
        "said": re.compile(
            r"(?:[’']s)?[ \t]{1,9}(?:has |have |already |also |schon |hat |a )?"
            r"(?:said|says|wrote|mentioned|mentions|noted|notes|points?|pointed|suggests?|suggested|"
            r"explained|stated|put it|asked|above|sagte?|schrieb|schreibt|erwähnt)\b"
        ),
        "third": re.compile(
            r"\b(?:by|in|of|from|and|or|both|like|as|with|to|for|than|via|per|about|on|at|that|what|see|the|"
            r"von|mit|und|oder|wie|bei|für|zu|de|par|por|con|et|ou|y|o)[ \t]{1,9}\Z",
            re.IGNORECASE,
        ),
        "follows": re.compile(r"[ \t]{0,9}(?:[,:;!–—…]|[-.]{1,60}(?:[ \t\n]|$)|\)|\n|$|[ \t]\()|-[ \t]"),
        "vocative": re.compile(r",[ \t]{1,9}(?=[^\W\d_])"),
        "sentence": re.compile(
            r"\s{0,60}((?:[\w’'-]{1,40}[ \t]{1,9}){1,5}[\w’'-]{1,40})[ \t]{0,9}(?:[.!]{1,60}(?:\s|$)|\n|$)"
        ),
        "paragraph": re.compile(r"[\s.…>]{0,60}([^\s.…>][^\n]{7,70}[^\s.…:!?,])[ \t.…]{0,60}\n\n(?=.)"),
        "quotation": re.compile(r"""(?<!\w)["“„«]([^\s"“”„«»][^"“”„«»\n]{6,70}[^\s"“”„«».,!?])[.,!?]?["“”»](?!\w)"""),
        "ends": re.compile(r"[ \t]{0,9}(?:[.!?…]|$|\n|[:;]-?[)D(P])"),
        "number": re.compile(
            r"(?:^|\s)(?:(?:comment|post|reply|kommentar|beitrag|commentaire|comentario)[ \t]{0,9}"
            r"(?:#|no\.?|nr\.?|n°)?[ \t]{0,9}|>>|@[ \t]?#|@)(\d{1,5})(?![\w.,]\d|\w)",
            re.IGNORECASE,
        ),
        "above": re.compile(r"\s{0,60}\^{1,60}(?:\s|$|\w)|\s{0,60}(?:↑|⬆️?)"),
    }


HEAD_CHARS: Final = 240
"""Characters at the start of a comment in which it may name whom it answers without calling them."""


def find_addressees(text: str, row: int, people: Participants) -> Iterator[Addressee]:
    """Whom a text speaks to, the strongest sign first; lazily, since the first one mostly decides."""
    yield from _written(text, row, people)
    at_start = _at_start(text, row, people)
    if at_start:
        yield at_start
    if "@" in text:
        yield from _at(text, row, people)
    yield from _on_lines(text, row, people)
    yield from _agreed(text, row, people)
    yield from _vocative(text, row, people)


def _written(text: str, row: int, people: Participants) -> Iterator[Addressee]:
    """Those to whom a text ascribes a quotation ("Gabe wrote:"), in the order of the text."""
    found: list[PersonMention] = []
    if ":" in text:
        for match in _patterns()["verb"].finditer(text):
            line = text.rfind("\n", max(0, match.start() - 120), match.start()) + 1 or max(0, match.start() - 120)
            call = people.calls_before(text, line, match.start(), row)
            if call:
                found.append(call)
        for match in _patterns()["line"].finditer(text):
            call = people.called(text, match.start(), row)
            if call and call.sure and text[call.end : call.end + 3].lstrip()[:1] == ":":
                found.append(call)
    for match in _patterns()["quoted"].finditer(text):
        call = people.called(text, match.end(), row)
        if call and _ends_name(text, call):
            found.append(call)
    yield from (Addressee(call, "wrote") for call in sorted(found))


def _ends_name(text: str, call: PersonMention) -> bool:
    """Whether what follows an ascribed name is what follows there: a colon, the line's end, a bracket, a date."""
    rest = text[call.end : call.end + 12]
    return (
        rest[:1] in ("", ":", "\n", ";", ",")
        or rest.lstrip()[:1] in ("", ":", "[", "(", "“", '"')
        or rest[:4] == " on "
    )


def _at_start(text: str, row: int, people: Participants) -> Addressee | None:
    """Whom the first words of a text call."""
    replied = _patterns()["replied"].match(text)
    call = people.called(text, replied.end(), row) if replied else None
    if call and call.sure and text[call.end : call.end + 3].lstrip(" ")[:1] in (":", "\n", "-", "–", ","):
        return Addressee(call, "named")
    start = _patterns()["start"].match(text)
    assert start is not None
    at = start.end()
    if text[at : at + 1] == "@":
        return None
    call = people.called(text, at, row)
    follows = _patterns()["follows"].match(text, call.end) if call else None
    if call and follows:
        if call.sure:
            return Addressee(call, "greeted" if start["greeting"] else "named")
        return None
    if call and call.sure and start["greeting"]:
        return Addressee(call, "greeted")
    if call and not start["lead"] and (call.sure == 2 or (call.sure and _before_sentence(text, call))):
        return Addressee(call, "bare")
    near = people.near(text, at)
    if near and _patterns()["follows"].match(text, near.end):
        return Addressee(near, "greeted" if start["greeting"] else "near")
    return None


def _before_sentence(text: str, call: PersonMention) -> bool:
    """Whether a text begins with a name in small letters, and a sentence after it: "gabe So it was."."""
    return (
        call.start == 0
        and text[0].islower()
        and text[call.end : call.end + 1] == " "
        and text[call.end + 1 :][:1].isupper()
    )


_FIRST: Final = 20
"""Characters, none of them a letter, behind which an @ still stands at the start of a text."""

_LINES: Final = 60
"""Lines of a text that are looked at for a name at their start."""


def _on_lines(text: str, row: int, people: Participants) -> Iterator[Addressee]:
    """Those who are called at the start of a later line."""
    at = text.find("\n")
    for _ in range(_LINES):
        if at < 0:
            return
        call = people.called(text, at + 1, row) if text[at + 1 : at + 2].isalpha() else None
        if call and call.sure and (call.sure == 2 or text[call.end : call.end + 1] in (",", ":")):
            follows = _patterns()["follows"].match(text, call.end)
            if follows or text[call.end : call.end + 2].strip().isalpha():
                yield Addressee(call, "line")
        at = text.find("\n", at + 1)


def _at(text: str, row: int, people: Participants) -> Iterator[Addressee]:
    """Those to whom a text speaks behind an @, the first one first."""
    for match in _patterns()["at"].finditer(text):
        at = match.start()
        call = people.called(text, match.end(), row) or people.near(text, match.end())
        if call is None:
            continue
        first = at < _FIRST and not text[:at].strip(" \n\t>*_-–—.:,;!\"'“”(")
        if first or at == _greeted(text):
            yield Addressee(call, "at start")
        elif _is_spoken_to(text, at, call):
            yield Addressee(call, "at")


def _greeted(text: str) -> int:
    """Where the greeting ends with which a text begins."""
    start = _patterns()["start"].match(text)
    return start.end() if start else 0


def _is_spoken_to(text: str, at: int, call: PersonMention) -> bool:
    """Whether a mention calls somebody and does not just speak of them ("a proposal by @gabe", "@gabe said it").

    It does at the start of a line or a sentence, and before the comma or the stop that sets a name apart.
    """
    before = text[max(0, at - 80) : at]
    line = before[before.rfind("\n") + 1 :]
    if not any(map(str.isalnum, line)) or line.rstrip(" \t(*_–—-")[-1:] in (".", "!", "?", "…"):
        return _patterns()["said"].match(text, call.end) is None
    if _patterns()["third"].search(line):
        return False
    return any(_patterns()[how].match(text, call.end) for how in ("follows", "ends"))


def _agreed(text: str, row: int, people: Participants) -> Iterator[Addressee]:
    """Those with whose words a text begins to agree or not."""
    for match in _patterns()["agreed"].finditer(text, 0, HEAD_CHARS):
        call = people.called(text, match.end(), row)
        mentioned = match[0].endswith("@")
        if call is None or not call.sure or not (mentioned or text[call.start].isupper() or call.sure == 2):
            continue
        verb = match[0].strip(" \t@,").lower()
        if verb in ("like", "as", "what", "wie") and not (
            _patterns()["said"].match(text, call.end) and not text[: match.start()].strip()
        ):
            continue
        yield Addressee(call, "at" if mentioned else "agreed")


def _vocative(text: str, row: int, people: Participants) -> Iterator[Addressee]:
    """Those who are called at the end of a sentence: "Great list, Gabe!", or of a short first one: "Well done Gabe"."""
    sentence = _patterns()["sentence"].match(text)
    if sentence:
        call = people.calls_before(text, sentence.start(1), sentence.end(1), row)
        if call and call.sure and call.start > sentence.start(1):
            yield Addressee(call, "vocative")
    for match in _patterns()["vocative"].finditer(text, 0, HEAD_CHARS):
        call = people.called(text, match.end(), row)
        if call and call.sure and call.start == match.end() and _patterns()["ends"].match(text, call.end):
            yield Addressee(call, "vocative")


def is_attributed(text: str, start: int) -> bool:
    """Whether the passage that starts there stands in the text as somebody else's words: "Gabe wrote:"."""
    line = text.rfind("\n", 0, start) + 1
    before = text[max(0, line - 160) : line].rstrip()
    before = before[before.rfind("\n") + 1 :]
    here = text[line : line + 160].partition("\n")[0]
    return any(_patterns()["verb"].search(part) is not None for part in (before, here))


def ends_with_attribution(said: str) -> bool:
    """Whether a passage is but the line above a quotation: "On Monday Gabe wrote:"."""
    tail = said[-24:].rstrip()
    return "\n\n" not in said and tail.endswith(":") and _patterns()["verb"].search(tail) is not None


def find_comment_numbers(text: str) -> Iterator[tuple[int, int, int]]:
    """The comments that a text names by number: the number, and where it stands."""
    for match in _patterns()["number"].finditer(text, 0, HEAD_CHARS):
        yield int(match[1]), match.start(1), match.end(1)


def find_quoted_phrases(text: str) -> Iterator[tuple[int, int]]:
    """The few words that a text sets off as a quotation: a first paragraph of their own, or quotation marks."""
    first = _patterns()["paragraph"].match(text)
    if first:
        yield first.span(1)
    for match in _patterns()["quotation"].finditer(text):
        yield match.span(1)


def leading_arrow_length(text: str) -> int:
    """The length of the arrow to the comment above with which a text begins, or 0."""
    match = _patterns()["above"].match(text)
    return match.end() if match else 0
