"""Which forms of names are counted together."""

from __future__ import annotations

import pytest

from rumor_tui.marks.names.aliases import canonical_values, refine_type, starts_with_title, strip_titles


def test_titles_are_no_part_of_a_name() -> None:
    assert strip_titles("Dr. Segler") == strip_titles("Segler") == "segler"
    assert starts_with_title("Dr. Segler")
    assert not starts_with_title("Segler")
    assert not starts_with_title("Dr")


def test_a_title_and_the_bare_name_are_one() -> None:
    found = canonical_values({"Dr. Segler": 3, "Segler": 1}, {"Dr. Segler": "person"}, [])
    assert found["Segler"] == found["Dr. Segler"] == "Dr. Segler"


def test_a_last_or_first_name_stands_for_the_one_full_name() -> None:
    forms = {"Elon Musk": 2, "Musk": 5, "Elon": 1, "Tesla": 4}
    assert canonical_values(forms, {"Elon Musk": "person"}, []) == {
        "Elon Musk": "Elon Musk", "Musk": "Elon Musk", "Elon": "Elon Musk", "Tesla": "Tesla",
    }  # fmt: skip


def test_a_last_name_of_two_people_stands_for_neither() -> None:
    forms = {"Ann Lee": 1, "Bob Lee": 1, "Lee": 1}
    assert canonical_values(forms, {"Ann Lee": "person", "Bob Lee": "person"}, [])["Lee"] == "Lee"


def test_an_acronym_and_its_plural_are_one() -> None:
    assert canonical_values({"LLMs": 9, "LLM": 2, "US": 3, "Us": 1}, {}, []) == {
        "LLMs": "LLM", "LLM": "LLM", "US": "US", "Us": "US",
    }  # fmt: skip


def test_other_names_are_not_taken_apart() -> None:
    forms = {"New York Times": 1, "Times": 2}
    assert canonical_values(forms, {}, [])["Times"] == "Times"


def test_case_does_not_part_a_name_and_a_commenter_owns_theirs() -> None:
    assert canonical_values({"BMWBlog": 3, "bmwblog": 1}, {}, ["bmwblog"]) == {
        "BMWBlog": "bmwblog",
        "bmwblog": "bmwblog",
    }


NOT_A_PERSON = {
    "a place": ({"George Washington": 3, "Washington": 4}, {"Washington": "place"}),
    "a place that is a first name": ({"Paris Hilton": 3, "Paris": 2}, {"Paris": "place"}),
    "a firm": ({"Harrison Ford": 3, "Ford": 2}, {"Ford": "organisation"}),
    "a firm, by its longer names": ({"Harrison Ford": 3, "Ford": 2, "Ford Focus": 5}, {"Ford Focus": "product"}),
    "far more frequent than the person": ({"Harrison Ford": 3, "Ford": 13}, {}),
    "a first name that is more frequent": ({"Harrison Ford": 3, "Harrison": 4}, {}),
    "an acronym": ({"GPT Terra": 9, "GPT": 9}, {}),
    "an acronym like a name": ({"Roth Ira": 9, "IRA": 9}, {}),
    "a person with an acronym": ({"Claude Code TUI": 9, "Claude": 2}, {}),
    "what is written otherwise": ({"Hello Openstack": 9, "OpenStack": 9}, {}),
    "no person, by a function word": ({"Since Openstack": 9, "Openstack": 9}, {}),
    "a person seen once": ({"Harrison Ford": 1, "Ford": 1}, {}),
    "figures": ({"Windows 10": 9, "Windows": 9}, {}),
}


@pytest.mark.parametrize("case", NOT_A_PERSON)
def test_a_word_that_need_not_be_the_persons_stays_apart(case: str) -> None:
    forms, kinds = NOT_A_PERSON[case]
    full, alone = list(forms)[:2]
    assert canonical_values(forms, {full: "person", **kinds}, [])[alone] == alone


def test_a_titled_person_is_meant_however_often_the_last_name_stands_alone() -> None:
    assert (
        canonical_values({"Dr. Ann Segler": 1, "Segler": 40}, {"Dr. Ann Segler": "person"}, [])["Segler"]
        == "Dr. Ann Segler"
    )


def test_a_title_makes_no_person_of_a_firm() -> None:
    assert refine_type("General Motors", "organisation") == "organisation"
    assert refine_type("General Grant", "name") == "person"
    forms = {"General Motors": 3, "Motors": 2}
    assert canonical_values(forms, {"General Motors": "organisation"}, [])["Motors"] == "Motors"
