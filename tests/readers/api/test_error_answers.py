from __future__ import annotations

from typing import Any

import pytest

from rumor_tui.readers import SourceError
from tests.readers.api.samples import opened, thread


@pytest.mark.parametrize(
    ("value", "says", "number"),
    [
        ({"error": 404, "message": "Not Found"}, "“Not Found”", " 404"),
        ({"error": 403, "message": "Forbidden", "reason": "private"}, "“Forbidden”", " 403"),
        ({"status": "404"}, "nothing more", " 404"),
        ({"status": 404, "error": "Not Found"}, "“Not Found”", " 404"),
        (
            {"code": "rest_post_invalid_id", "message": "Invalid post ID.", "data": {"status": 404}},
            "“Invalid post ID”",
            "4",
        ),
        ({"errors": ["The topic could not be found."], "error_type": "not_found"}, "“The topic could not", ""),
        (
            {"error_id": 502, "error_message": "too many requests"},
            "too many",
            " 502",
        ),
        (
            {"message": "Not Found", "documentation_url": "https://docs/", "status": "404"},
            "“Not Found”",
            " 404",
        ),
        ({"error": "Record not found"}, "“Record not found”", ""),
        ({"error": "NotFound", "message": "Post not found: at://x"}, "“Post not found: at://x”", ""),
        ({"code": 2, "response": "Invalid argument, 'thread'"}, "“Invalid argument, 'thread'”", ""),
        ({"error": "couldnt_find_post"}, "“couldnt_find_post”", ""),
        (
            {"data": None, "errors": [{"message": "no such repository", "type": "NOT_FOUND"}]},
            "“no such repository”",
            "",
        ),
        ({"success": False}, "nothing more", ""),
    ],
)
def test_an_error_is_one_sentence_with_what_it_says(value: dict[str, Any], says: str, number: str) -> None:
    with pytest.raises(SourceError) as caught:
        opened(value)
    said = str(caught.value)
    assert "an error message instead of a thread" in said
    assert says in said
    assert number in said
    assert said.endswith(".")


def test_what_an_error_says_is_neutral_and_short() -> None:
    with pytest.raises(SourceError) as caught:
        opened({"error": "a\x1b]0;x\x07\n" + "b" * 1_000})
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 500


def test_a_thread_that_speaks_of_errors_is_a_thread() -> None:
    comments = [{"author": "ann", "text": "It says error 404."}]
    assert len(thread({"error": None, "comments": comments})) == 1
    assert len(thread({"status": 200, "message": "OK", "data": {"comments": comments}})) == 1
