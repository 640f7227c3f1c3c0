from __future__ import annotations

from typing import NamedTuple

import pytest

from rumor_tui.search.index.mark_index import entry_score


class Case(NamedTuple):
    type: str
    value: str
    times: int
    in_article: int = 0


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Case("name", "a", 10), Case("name", "b", 9)),
        (Case("name", "a", 10, 2), Case("name", "b", 10)),
        (Case("name", "a", 2), Case("name", "b", 1)),
        (Case("name", "a", 1, 1), Case("name", "b", 1)),
        (Case("organisation", "a", 2), Case("user", "b", 2)),
        (Case("quantity", "40 cars", 3), Case("quantity", "2 cars", 3)),
        (Case("number", "40", 3), Case("number", "4", 9)),
        (Case("number", "40", 3), Case("ordinal", "4th", 9)),
        (Case("unheard of", "a", 2), Case("year", "2009", 2)),
    ],
)
def test_scores(better: Case, worse: Case) -> None:
    def of(case: Case) -> float:
        return entry_score(*case, name=case.type in ("name", "organisation", "user"))

    assert of(better) > of(worse)
