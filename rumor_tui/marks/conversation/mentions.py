"""How a comment says whom it addresses, as patterns around a name: "@Gabe", "Gabe wrote:", "Hi Gabe,"."""

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
"""How a comment says whom it addresses; `replies.FORM_CONFIDENCE` says how reliable each form is."""

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
    """Somebody whom a text addresses: the name that it uses, and how."""

    mention: PersonMention
    form: AddressForm


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
"""Characters at the start of a comment in which a name may say to whom it replies without addressing them."""


def find_addressees(text: str, row: int, people: Participants) -> Iterator[Addressee]:
    """Whom a text addresses, the most reliable form first; lazily, since the first one mostly decides."""
    yield from _attributed(text, row, people)
    first = _reply_header(text, row, people) or _opening(text, row, people)
    if first:
        yield first
    if "@" in text:
        yield from _at_mentions(text, row, people)
    yield from _at_line_starts(text, row, people)
    yield from _agreed_with(text, row, people)
    yield from _vocative(text, row, people)


def _attributed(text: str, row: int, people: Participants) -> Iterator[Addressee]:
    """Those to whom a text attributes a quotation ("Gabe wrote:"), in the order of the text."""
    mentions: list[PersonMention] = []
    if ":" in text:
        for match in _patterns()["verb"].finditer(text):
            earliest = max(0, match.start() - 120)
            line = text.rfind("\n", earliest, match.start()) + 1 or earliest
            if mention := people.mention_before(text, line, match.start(), row):
                mentions.append(mention)
        for match in _patterns()["line"].finditer(text):
            at_line = people.mention_at(text, match.start(), row)
            if at_line and at_line.sure and text[at_line.end : at_line.end + 3].lstrip()[:1] == ":":
                mentions.append(at_line)
    for match in _patterns()["quoted"].finditer(text):
        quoted = people.mention_at(text, match.end(), row)
        if quoted and _ends_attribution(text, quoted):
            mentions.append(quoted)
    yield from (Addressee(mention, "wrote") for mention in sorted(mentions))


def _ends_attribution(text: str, mention: PersonMention) -> bool:
    """Whether a name is followed by what ends an attribution: a colon, the line's end, a bracket, a date."""
    rest = text[mention.end : mention.end + 12]
    return (
        rest[:1] in ("", ":", "\n", ";", ",")
        or rest.lstrip()[:1] in ("", ":", "[", "(", "“", '"')
        or rest[:4] == " on "
    )


def _reply_header(text: str, row: int, people: Participants) -> Addressee | None:
    """Whom the header of a reply names: "Re: Gabe"."""
    replied = _patterns()["replied"].match(text)
    mention = people.mention_at(text, replied.end(), row) if replied else None
    if mention is None or not mention.sure:
        return None
    following = text[mention.end : mention.end + 3].lstrip(" ")[:1]
    return Addressee(mention, "named") if following in (":", "\n", "-", "–", ",") else None


def _opening(text: str, row: int, people: Participants) -> Addressee | None:
    """Whom the first words of a text address."""
    start = _patterns()["start"].match(text)
    assert start is not None
    at = start.end()
    if text[at : at + 1] == "@":
        return None
    greets = bool(start["greeting"])
    mention = people.mention_at(text, at, row)
    if mention:
        is_set_off = _is_set_off(text, mention)
        if mention.sure and (is_set_off or greets):
            return Addressee(mention, "greeted" if greets else "named")
        if is_set_off:
            return None
        if not start["lead"] and _stands_bare(text, mention):
            return Addressee(mention, "bare")
    near = people.misspelt_mention(text, at)
    return Addressee(near, "greeted" if greets else "near") if near and _is_set_off(text, near) else None


def _is_set_off(text: str, mention: PersonMention) -> bool:
    """Whether punctuation or the end of the line sets a name apart from what follows."""
    return _patterns()["follows"].match(text, mention.end) is not None


def _stands_bare(text: str, mention: PersonMention) -> bool:
    """Whether a name addresses somebody without punctuation: in full, or before a sentence, as in "gabe So it was."."""
    end = mention.end
    before_sentence = text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
    at_start = mention.start == 0 and text[0].islower() and before_sentence
    return mention.sure == 2 or (mention.sure > 0 and at_start)


_MAX_LEAD: Final = 20
"""Characters, none of them a letter, after which an @ still stands at the start of a text."""

_MAX_LINES: Final = 60
"""Lines of a text that are searched for a name at their start."""


def _at_line_starts(text: str, row: int, people: Participants) -> Iterator[Addressee]:
    """Those who are addressed at the start of a later line."""
    at = text.find("\n")
    for _ in range(_MAX_LINES):
        if at < 0:
            return
        mention = people.mention_at(text, at + 1, row) if text[at + 1 : at + 2].isalpha() else None
        if mention and mention.sure and _stands_at_line_start(text, mention):
            yield Addressee(mention, "line")
        at = text.find("\n", at + 1)


def _stands_at_line_start(text: str, mention: PersonMention) -> bool:
    """Whether what follows a name at the start of a line lets it address somebody."""
    if mention.sure < 2 and text[mention.end : mention.end + 1] not in (",", ":"):
        return False
    return _is_set_off(text, mention) or text[mention.end : mention.end + 2].strip().isalpha()


def _at_mentions(text: str, row: int, people: Participants) -> Iterator[Addressee]:
    """Those whom a text addresses with an @, in order."""
    for match in _patterns()["at"].finditer(text):
        at = match.start()
        mention = people.mention_at(text, match.end(), row) or people.misspelt_mention(text, match.end())
        if mention is None:
            continue
        is_first = at < _MAX_LEAD and not text[:at].strip(" \n\t>*_-–—.:,;!\"'“”(")
        if is_first or at == _greeting_end(text):
            yield Addressee(mention, "at start")
        elif _is_addressed(text, at, mention):
            yield Addressee(mention, "at")


def _greeting_end(text: str) -> int:
    """Where the greeting at the start of a text ends."""
    start = _patterns()["start"].match(text)
    return start.end() if start else 0


def _is_addressed(text: str, at: int, mention: PersonMention) -> bool:
    """Whether a mention addresses somebody rather than speaking of them ("a proposal by @gabe", "@gabe said it").

    It does at the start of a line or a sentence, and before punctuation that sets a name apart.
    """
    before = text[max(0, at - 80) : at]
    line = before[before.rfind("\n") + 1 :]
    if not any(map(str.isalnum, line)) or line.rstrip(" \t(*_–—-")[-1:] in (".", "!", "?", "…"):
        return _patterns()["said"].match(text, mention.end) is None
    if _patterns()["third"].search(line):
        return False
    return any(_patterns()[name].match(text, mention.end) for name in ("follows", "ends"))


def _agreed_with(text: str, row: int, people: Participants) -> Iterator[Addressee]:
    """Those with whom a text agrees or disagrees at its start."""
    for match in _patterns()["agreed"].finditer(text, 0, HEAD_CHARS):
        mention = people.mention_at(text, match.end(), row)
        has_at = match[0].endswith("@")
        if mention is None or not mention.sure or not (has_at or text[mention.start].isupper() or mention.sure == 2):
            continue
        if match[0].strip(" \t@,").lower() in ("like", "as", "what", "wie"):
            opens = not text[: match.start()].strip()
            if not (opens and _patterns()["said"].match(text, mention.end)):
                continue
        yield Addressee(mention, "at" if has_at else "agreed")


def _vocative(text: str, row: int, people: Participants) -> Iterator[Addressee]:
    """Those who are addressed at the end of a sentence: "Great list, Gabe!", or of a short first one: "Well done
    Gabe"."""
    sentence = _patterns()["sentence"].match(text)
    if sentence:
        mention = people.mention_before(text, sentence.start(1), sentence.end(1), row)
        if mention and mention.sure and mention.start > sentence.start(1):
            yield Addressee(mention, "vocative")
    for match in _patterns()["vocative"].finditer(text, 0, HEAD_CHARS):
        mention = people.mention_at(text, match.end(), row)
        if mention and mention.sure and mention.start == match.end() and _patterns()["ends"].match(text, mention.end):
            yield Addressee(mention, "vocative")


def is_attributed(text: str, start: int) -> bool:
    """Whether the passage that starts there is attributed to somebody: "Gabe wrote:"."""
    line = text.rfind("\n", 0, start) + 1
    before = text[max(0, line - 160) : line].rstrip()
    before = before[before.rfind("\n") + 1 :]
    here = text[line : line + 160].partition("\n")[0]
    return any(_patterns()["verb"].search(part) is not None for part in (before, here))


def ends_with_attribution(passage: str) -> bool:
    """Whether a passage is only the line above a quotation: "On Monday Gabe wrote:"."""
    tail = passage[-24:].rstrip()
    return "\n\n" not in passage and tail.endswith(":") and _patterns()["verb"].search(tail) is not None


def find_comment_numbers(text: str) -> Iterator[tuple[int, int, int]]:
    """The comments to which a text refers by number: (number, start, end)."""
    for match in _patterns()["number"].finditer(text, 0, HEAD_CHARS):
        yield int(match[1]), match.start(1), match.end(1)


def find_quoted_phrases(text: str) -> Iterator[tuple[int, int]]:
    """Short passages that a text sets off as quotations: its first paragraph, or what stands in quotation marks."""
    first = _patterns()["paragraph"].match(text)
    if first:
        yield first.span(1)
    for match in _patterns()["quotation"].finditer(text):
        yield match.span(1)


def leading_arrow_length(text: str) -> int:
    """The length of the arrow at the start of a text that points to the comment above, or 0."""
    match = _patterns()["above"].match(text)
    return match.end() if match else 0
