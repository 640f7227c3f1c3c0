"""What of a claim is followed through the library."""

from __future__ import annotations

from rumor_tui.library_types import ClaimSubject
from rumor_tui.search.claims.across import claim_across, claim_in_words
from rumor_tui.search.claims.figures import Claims
from rumor_tui.search.claims.trail import TrailSubject
from tests.search.marked_threads import marked
from tests.search.threads import make_index

BODIES = ["They made 600 cars of the New Star, said USA.", "So 600 units of the New Star?", "Ann Lee costs $50."]


def test_a_figure_goes_with_its_dimension_and_the_names_that_it_is_about() -> None:
    index = make_index(BODIES, title="All of XYZ")
    marks = marked(index)
    claims = Claims(index, marks)
    claims.build()
    followed = claim_across(TrailSubject("number", "600 cars", "600 cars"), marks, claims)
    assert (followed.kind, followed.text, followed.dimension) == ("number", "600 cars", "made")
    assert list(followed.about) == ["XYZ", "New Star", "USA"]


def test_words_are_followed_by_the_number_that_is_lit_in_them_or_the_first() -> None:
    words = "In 2011 they made 600 cars, or 1,250 units, for $50."
    assert claim_in_words(words, []) == ClaimSubject("number", "600 cars", "made")
    assert claim_in_words(words, [(words.index("$50"), len(words))]) == ClaimSubject("number", "$50", "$")
    assert claim_in_words("They made 700 of it.", []) == ClaimSubject("number", "700", "made")
    assert claim_in_words("In 2011 they did.", []) is None


def test_a_name_and_what_is_not_known_yet_are_followed_by_themselves() -> None:
    index = make_index(BODIES)
    marks = marked(index)
    name = TrailSubject("name", "New Star", "New Star")
    assert claim_across(name, marks, None) == ClaimSubject("name", "New Star")
    unknown = TrailSubject("number", "7 cars", "7 cars")
    assert claim_across(unknown, marks, Claims(index, marks)) == ClaimSubject("number", "7 cars")
    assert claim_across(unknown, None, None) == ClaimSubject("number", "7 cars")
