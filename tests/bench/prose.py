"""Invented people, sentences and bodies for the generated threads; seeded, and from our own word lists.

A body is a list of paragraphs and a paragraph a list of pieces, so that one body can be written as Hacker
News' HTML, as Markdown and as plain text, and all three say the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import log
from random import Random
from typing import Literal

PieceStyle = Literal["", "emphasis", "link"]
Piece = tuple[PieceStyle, str]
ParagraphKind = Literal["text", "quote", "code"]


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


def _either(options: str) -> list[str]:
    return [" ".join(option.split()) for option in options.split("|")]


NOUNS = words("""engine gearbox factory dealer budget release compiler kernel battery warranty forecast release
    harbour orchard museum camera keyboard satellite paper survey spreadsheet auction bridge tunnel tram mortgage
    allocation rumour interview source headline invoice patent prototype engine department collector reviewer
    committee deadline customer cylinder suspension terminal protocol archive library database cache parser scheduler
    allergy vaccine harvest reservoir turbine glacier election council ledger pension tariff strike lawsuit
    mechanic owner editor author neighbour supplier carrier vendor recruiter teacher pilot surgeon
    café façade résumé Citroën fiancée""")
VERBS = words("""built sold promised measured leaked confirmed denied doubled halved shipped cancelled delayed rewrote
    tested broke fixed audited priced imported copied quoted misread ignored predicted explained benchmarked
    profiled repaired replaced inherited borrowed painted tuned overstated underestimated announced""")
ADJECTIVES = words("""quiet limited expensive reliable orange used manual early official anonymous brittle boring
    naïve careful enormous modest honest stale second-hand hand-built hard-wired overpriced long-term short-lived
    regional German Japanese private public undocumented accidental""")
OPENERS = _either("""Honestly, | In my experience | As far as I know | To be fair, | For what it's worth, | Last year |
    I think | I doubt that | Apparently | Meanwhile | At work | Back then | Of course | On the other hand, |
    My guess is that | People forget that | It turns out | The article says that | Sources say | I was told that""")
CLOSERS = _either("""and nobody noticed | because the numbers did not add up | which is what everyone expected |
    although I could be wrong | and that was before the price went up | so I would wait |
    but the “official” answer never came | and it hasn't changed since | unless production is raised again |
    if you believe the dealer | and then it simply stopped working | despite every promise |
    which isn’t the same thing at all | and I still have the receipts | as usual""")
GIVEN = words("""Anna Marta Joaquín Priya Wen Oluwaseun Ingrid Tomasz Leïla Hannah Viktor Sunniva Dmitri Aiko Rafael
    Siobhán Emeka Greta Mateo Zofia""")
FAMILY = words("""Keller Okafor Lindqvist Marchetti Nakagawa Petrov O'Brien Sørensen Haddad Whitlock Varga Castellanos
    Mbeki Thornbury Achterberg Quill""")
PLACES = _either("""Port Ellis|Velostar|Northgate Motors|Harrow Labs|K2 Coupé|Model 7|Lake Orrin|Bramble & Sons|Ostrava|
    Kestrel OS|Ministry of Works|Tern Compiler|GP Clubsport|Aldwych|AT&T""")
HANDLES = words("""quiet rusty paper cold amber north pixel tin velvet static hollow brisk copper lazy midnight plain
    sable vivid woven zinc""")
CREATURES = words("""otter heron lathe piston walrus beacon falcon teapot badger comet turnip gasket yeti pylon
    sparrow anvil newt kettle raven spanner""")
SITES = _either("""https://www.example.com/reports/{}/summary.html|https://news.example.org/item?id={}&page=2|
    https://example.net/~quill/notes/{}|https://docs.example.com/en/latest/{}/#figures|https://bit.example/{}""")
CODE = ["for row in rows:", "    if row.price < limit and row.left > 0:", "        total += row.price * 1.19",
        "$ make -j8 && ./bench --runs 5 > out.txt", "SELECT name, count(*) FROM orders GROUP BY name;",
        "return n * (n - 1) // 2  # pairs", 'printf("%d units\\n", left);', "<T> void swap(T& a, T& b)"]  # fmt: skip
EMOJI = ["🙂", "👍", "🚗", "🔥", "🤷", "😅"]
NUMBER_MARK = "\x00"
NAME_MARK = "\x01"
SENTENCES = 6000
"""How many different sentences there are, before numbers and names are put in."""

OVERRUN = 1.07
"""Bodies come out longer than the length drawn by this factor, as their last sentence is not cut (measured)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a body: its kind, and its pieces in reading order."""

    kind: ParagraphKind
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The words a reader sees, without markup."""
        return "".join(text for _, text in self.pieces)


NUMBER_FORMS: tuple[Callable[[Random], str], ...] = (
    lambda rng: str(rng.randint(2, 99)),
    lambda rng: str(rng.randint(100, 999)),
    lambda rng: f"{rng.randint(1000, 99999):,}",
    lambda rng: f"${rng.randint(10, 90000):,}",
    lambda rng: f"{rng.uniform(0.1, 99):.1f}%",
    lambda rng: str(rng.randint(1985, 2026)),
    lambda rng: f"{rng.randint(2, 400)} km/h",
    lambda rng: f"€{rng.uniform(1, 40):.2f}M",
    lambda rng: f"{rng.randint(1, 12)}:{rng.randint(0, 59):02}",
    lambda rng: f"{rng.randint(2, 9)}x",
)


def number(rng: Random) -> str:
    """A figure as people write them: counts, prices, percentages, years, speeds."""
    return rng.choice(NUMBER_FORMS)(rng)


def name(rng: Random) -> str:
    """A person or a thing with a proper name."""
    if rng.random() < 0.5:
        return rng.choice(PLACES)
    title = rng.choice(("", "", "Dr. "))
    return f"{title}{rng.choice(GIVEN)} {rng.choice(FAMILY)}"


def handle(index: int) -> str:
    """The user name of author `index`; every index has its own."""
    rest, first = divmod(index, len(HANDLES))
    number, second = divmod(rest, len(CREATURES))
    return f"{HANDLES[first]}_{CREATURES[(second + first) % len(CREATURES)]}{number or ''}"


def sentence_pool(rng: Random) -> list[str]:
    """Sentences of 40 to 130 characters; NUMBER_MARK and NAME_MARK stand where a figure and a name go."""
    return [_sentence(rng) for _ in range(SENTENCES)]


def _sentence(rng: Random) -> str:
    subject = rng.choice((f"the {rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}", NAME_MARK, f"my {rng.choice(NOUNS)}"))
    amount = rng.choice(("", "", f" {NUMBER_MARK}", f" about {NUMBER_MARK}"))
    thing = f"{rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}"
    words = f"{rng.choice(OPENERS)} {subject} {rng.choice(VERBS)}{amount} {thing}"
    if rng.random() < 0.55:
        words += f", {rng.choice(CLOSERS)}"
    return words + rng.choice((".", ".", ".", ".", "?", "!", " …"))


def fill(sentence: str, rng: Random) -> str:
    """The sentence with its marks replaced by a figure and a name."""
    if NUMBER_MARK in sentence:
        sentence = sentence.replace(NUMBER_MARK, number(rng))
    if NAME_MARK in sentence:
        sentence = sentence.replace(NAME_MARK, name(rng))
    return sentence


def address(rng: Random) -> str:
    """A web address at one of the domains reserved for examples."""
    return rng.choice(SITES).format(rng.randint(1000, 99_999_999))


class Prose:
    """A source of bodies: the pool of sentences, and how long bodies are.

    Lengths are lognormal with `mean` characters and a spread of 1.0 (natural logarithm), between 12 and
    12,000: half the bodies are shorter than 0.6 times the mean, one in a hundred is longer than six times.
    """

    def __init__(self, rng: Random, mean: float) -> None:
        self._rng = rng
        self._pool = sentence_pool(Random(rng.random()))
        self._mu = log(mean / OVERRUN) - 0.5

    def body(self) -> list[Paragraph]:
        """One comment's paragraphs."""
        rng = self._rng
        left = min(12_000.0, max(12.0, rng.lognormvariate(self._mu, 1.0)))
        if left < 45:
            return [_plain(self._short(int(left)))]
        paragraphs: list[Paragraph] = []
        while left > 20:
            paragraph = self._paragraph(min(left, rng.uniform(120, 420)))
            paragraphs.append(paragraph)
            left -= len(paragraph.text)
        return paragraphs

    def _short(self, length: int) -> str:
        words = fill(self._rng.choice(self._pool), self._rng)
        return words[:length].rsplit(" ", 1)[0].rstrip(",") + "."

    def _paragraph(self, length: float) -> Paragraph:
        luck = self._rng.random()
        if luck < 0.02:
            return self._code()
        pieces = self._decorate(self.words(length))
        if luck < 0.06:
            return Paragraph("quote", (("", "> " + pieces[0][1]), *pieces[1:]))
        return Paragraph("text", tuple(pieces))

    def words(self, length: float) -> str:
        rng = self._rng
        words: list[str] = []
        while length > 20:
            words.append(fill(rng.choice(self._pool), rng))
            length -= len(words[-1]) + 1
        return " ".join(words)

    def _decorate(self, words: str) -> list[Piece]:
        """The words in pieces: some have emphasis, some end in a link, a few in an emoji."""
        rng = self._rng
        luck = rng.random()
        if luck > 0.2:
            return [("", words)]
        if luck > 0.1:
            before, space, rest = words.partition(" ")
            middle, last_space, after = rest.partition(" ")
            return [("", before + space), ("emphasis", middle), ("", last_space + after)]
        if luck > 0.03:
            return [("", words + " "), ("link", address(rng))]
        return [("", f"{words} {rng.choice(EMOJI)}")]

    def _code(self) -> Paragraph:
        lines = self._rng.choices(CODE, k=self._rng.randint(1, 5))
        return Paragraph("code", (("", "\n".join(lines)),))


def _plain(words: str) -> Paragraph:
    return Paragraph("text", (("", words),))


def zipf_authors(rng: Random, size: int) -> Iterator[int]:
    """Endless author numbers below `size`, author k being 1 / (k + 1) as frequent as author 0."""
    authors = range(size)
    weights = list(accumulate(1 / (k + 1) for k in authors))
    while True:
        yield from rng.choices(authors, cum_weights=weights, k=1000)


def escaped(text: str) -> str:
    """Text with the entities that Hacker News writes, slashes and quotes included."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("'", "&#x27;").replace('"', "&quot;").replace("/", "&#x2F;")


HTML_PIECES: dict[PieceStyle, str] = {
    "": "{0}",
    "emphasis": "<i>{0}</i>",
    "link": '<a href="{0}" rel="nofollow">{0}</a>',
}
MARKDOWN_PIECES: dict[PieceStyle, str] = {"": "{0}", "emphasis": "*{0}*", "link": "<{0}>"}


def html(body: list[Paragraph]) -> str:
    """The body as Hacker News serves it: `<p>` opens every paragraph but the first, and none is closed."""
    return "<p>".join(map(_html_paragraph, body))


def _html_paragraph(paragraph: Paragraph) -> str:
    if paragraph.kind == "code":
        return f"<pre><code>  {escaped(paragraph.text)}\n</code></pre>"
    return "".join(HTML_PIECES[style].format(escaped(text)) for style, text in paragraph.pieces)


def plain(body: list[Paragraph]) -> str:
    """The body's words alone, an empty line between paragraphs."""
    return "\n\n".join(paragraph.text for paragraph in body)


def markdown(body: list[Paragraph]) -> str:
    """The body as Markdown; its words are not escaped, as people do not escape them either."""
    return "\n\n".join(map(_markdown_paragraph, body))


def _markdown_paragraph(paragraph: Paragraph) -> str:
    if paragraph.kind == "code":
        return f"```\n{paragraph.text}\n```"
    return "".join(MARKDOWN_PIECES[style].format(text) for style, text in paragraph.pieces)
