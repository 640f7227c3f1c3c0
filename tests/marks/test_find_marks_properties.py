"""What holds for the marks of any text: where they stand, and that no paragraph bears on another."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.marks import LexiconBuilder, Mark, ThreadLexicon, find_marks
from rumor_tui.marks.data.number_vocabulary import split_words
from rumor_tui.marks.language import detect_language
from rumor_tui.marks.names.heuristics import CapitalCounts
from rumor_tui.marks.names.lexicon import KnownForm
from rumor_tui.marks.scanning import split_paragraphs, word_set

PIECES = split_words("""
    1 12 600 2003 1,234 1.5 ½ $ € % - – ~ 1M 1M's 2B 10G M3 i8 one two hundred million half a dozen and between to the
    The I BMW bmw US NASA nasa Dr. Mr. Segler of van University Oxford Munich Monday May 5th 3rd :50 pm @gabe gabe Gabe
    Michael Micheal JRobUSC JBRobUSC water #1 units years in km . , ! ? ' ’s s iPhone 12 http://x.y/1M a@b.co ١ É
    der Hund und ist nicht Ich glaube dass Zorblatt le chat est pas pour LOUD WORDS
""")
SENTENCES = (
    "We spoke to Dr. Segler in Munich last week, and BMW told us that 600 units of the 1M will come.",
    "Gabe, I won’t pay $59,995 for a 1M. The BMW M3 was about 20% cheaper in 2008.",
    "1M is a lot of money, and so are 2B. nasa said so, NASA did not.",
    "Ich glaube nicht, dass der Wagen so teuer ist, wie man es in München sagt; Segler weiß es auch nicht.",
    "Le prix n'est pas de 50 000 € pour une voiture qui est dans la rue, dit Marie Dupont.",
    "Micheal, half a dozen of them were sold between 25 and 65 per month.",
    "THIS IS ALL SHOUTED AND NASA TOO",
    "gabe",
    "see https://example.com/1M and write to gabe@example.com",
    "It took four to five years, from 3 pm on Monday, May 5th",
)
PEOPLE = frozenset({"Gabe", "bmwblog", "water", "Michael", "JRobUSC", "12"})
KNOWN = ThreadLexicon(
    PEOPLE,
    {
        "Segler": KnownForm("person", "Dr. Segler"),
        "BMW M3": KnownForm("product", "BMW M3"),
        "Munich": KnownForm("place", "Munich"),
    },
    {"BMW": ("BMW M3",)},
    {"München": CapitalCounts(5, 0)},
    "de",
    frozenset(("1M",)),
)
EVIDENCE = {"nothing": ThreadLexicon(), "people": ThreadLexicon(PEOPLE), "all sorts": KNOWN}
GAPS = st.sampled_from(["\n", "\n\n", "\n\n\n", "\n \n", " "])


@st.composite
def _texts(draw: st.DrawFn) -> str:
    """A few sentences and loose pieces, parted by spaces, newlines and empty lines."""
    loose = st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)
    parts = draw(st.lists(st.one_of(st.sampled_from(SENTENCES), loose), max_size=5))
    return "".join(part + draw(GAPS) for part in parts)


TEXTS = st.one_of(
    _texts(), st.lists(st.sampled_from([*PIECES, "\n"])).map("".join), st.text(), st.text(alphabet="aA1M.,-@ \n")
)


def shifted(marks: list[Mark], by: int) -> list[Mark]:
    return [mark._replace(start=mark.start + by, end=mark.end + by) for mark in marks]


@pytest.mark.parametrize("lexicon", EVIDENCE.values(), ids=EVIDENCE)
@given(text=TEXTS)
def test_marks_lie_in_order_inside_the_text_and_never_overlap(lexicon: ThreadLexicon, text: str) -> None:
    end = 0
    for mark in find_marks(text, lexicon):
        assert end <= mark.start < mark.end <= len(text)
        surface = text[mark.start : mark.end]
        assert surface == surface.strip()
        assert "\n\n" not in surface
        assert mark.value.strip()
        assert mark.kind in ("number", "name")
        end = mark.end


@pytest.mark.parametrize("lexicon", EVIDENCE.values(), ids=EVIDENCE)
@given(one=TEXTS, two=TEXTS)
def test_a_text_may_be_cut_at_its_paragraphs(lexicon: ThreadLexicon, one: str, two: str) -> None:
    whole = find_marks(f"{one}\n\n{two}", lexicon)
    assert whole == find_marks(one, lexicon) + shifted(find_marks(two, lexicon), len(one) + 2)


@pytest.mark.parametrize("one", SENTENCES)
@pytest.mark.parametrize("two", SENTENCES)
def test_no_sentence_bears_on_another_in_the_next_paragraph(one: str, two: str) -> None:
    for evidence in EVIDENCE.values():
        whole = find_marks(f"{one}\n\n{two}", evidence)
        assert whole == find_marks(one, evidence) + shifted(find_marks(two, evidence), len(one) + 2)


@pytest.mark.parametrize("seed", range(5))
def test_what_a_thread_gathered_holds_paragraph_by_paragraph(seed: int) -> None:
    """The tagger's finds of a whole text, as the gathering keeps them, give the marks that its paragraphs give."""
    rng = Random(seed)
    texts = ["\n\n".join(rng.choices(SENTENCES, k=rng.randint(1, 6))) for _ in range(20)]
    gathering = LexiconBuilder(PEOPLE)
    for text in texts:
        gathering.add(text)
    evidence = gathering.lexicon()
    for number, text in enumerate(texts):
        alone = [
            mark
            for start, end in split_paragraphs(text)
            for mark in shifted(find_marks(text[start:end], evidence), start)
        ]
        assert find_marks(text, evidence, gathering.tagged(number)) == alone


@given(st.text(alphabet="ab \n"))
def test_paragraphs_are_what_empty_lines_part(text: str) -> None:
    spans = list(split_paragraphs(text))
    pieces = [text[start:end] for start, end in spans]
    assert pieces == [piece.strip("\n") for piece in text.split("\n\n") if piece.strip("\n")]
    assert spans == sorted(spans)


def test_paragraphs_have_languages_of_their_own() -> None:
    german = "Ich glaube nicht, dass der Wagen so teuer ist, und der Preis auch nicht."
    english = "We went to Munich and spoke to Anna about the price of the car."
    assert (detect_language(word_set(german)), detect_language(word_set(english))) == ("de", "en")
    text = f"{german}\n\n{english}"
    assert [text[mark.start : mark.end] for mark in find_marks(text)] == ["Munich", "Anna"]


def test_a_code_that_the_thread_proves_is_one_in_every_paragraph() -> None:
    gathering = LexiconBuilder()
    for text in ("The 1M is here.", "my 1M", "1M it is", "20M for a 20M loan or 20M"):
        gathering.add(text)
    evidence = gathering.lexicon()
    assert evidence.codes == {"1M"}
    assert [mark.type for mark in find_marks("1M it is\n\n20M too", evidence)] == ["product", "number"]
    assert [mark.type for mark in find_marks("1M it is")] == []
