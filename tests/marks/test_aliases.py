"""Which forms of names are counted together."""

from __future__ import annotations

from rumor_tui.marks.aliases import bare, titled, values


def test_titles_are_no_part_of_a_name() -> None:
    assert bare("Dr. Segler") == bare("Segler") == "segler"
    assert titled("Dr. Segler")
    assert not titled("Segler")
    assert not titled("Dr")


def test_a_title_and_the_bare_name_are_one() -> None:
    found = values({"Dr. Segler": 3, "Segler": 1}, ["Dr. Segler"], [])
    assert found["Segler"] == found["Dr. Segler"] == "Dr. Segler"


def test_a_last_or_first_name_stands_for_the_one_full_name() -> None:
    forms = {"Elon Musk": 2, "Musk": 5, "Elon": 1, "Tesla": 4}
    assert values(forms, ["Elon Musk"], []) == {
        "Elon Musk": "Elon Musk", "Musk": "Elon Musk", "Elon": "Elon Musk", "Tesla": "Tesla",
    }  # fmt: skip


def test_a_last_name_of_two_people_stands_for_neither() -> None:
    forms = {"Ann Lee": 1, "Bob Lee": 1, "Lee": 1}
    assert values(forms, ["Ann Lee", "Bob Lee"], [])["Lee"] == "Lee"


def test_an_acronym_and_its_plural_are_one() -> None:
    assert values({"LLMs": 9, "LLM": 2, "US": 3, "Us": 1}, [], []) == {
        "LLMs": "LLM", "LLM": "LLM", "US": "US", "Us": "US",
    }  # fmt: skip


def test_other_names_are_not_taken_apart() -> None:
    forms = {"New York Times": 1, "Times": 2}
    assert values(forms, [], [])["Times"] == "Times"


def test_case_does_not_part_a_name_and_a_commenter_owns_theirs() -> None:
    assert values({"BMWBlog": 3, "bmwblog": 1}, [], ["bmwblog"]) == {"BMWBlog": "bmwblog", "bmwblog": "bmwblog"}
