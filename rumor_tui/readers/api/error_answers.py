"""What web APIs answer instead of a thread when something is wrong, as an error message for people.

Known are the forms of the sites that are read, such as `{"error": 404, "message": "Not Found"}` (Reddit),
`{"code": …, "message": …, "data": {"status": 404}}` (WordPress), `{"errors": […], "error_type": …}` (Discourse),
`{"error_id": …, "error_message": …}` (Stack Exchange), `{"status": "404"}`.
"""

from __future__ import annotations

from typing import Any

from rumor_tui import markdown_format
from rumor_tui.model import SourceError, Thread
from rumor_tui.readers.api.document import Document, decode_fully, decode_level, is_array, is_object, object_keys
from rumor_tui.readers.api.values import to_int
from rumor_tui.readers.source import Hint, name_source

_MOST_KEYS = 12
_FEW = 3
_LONGEST = 200
_SIGNS = frozenset({"error", "errors", "error_message", "error_id", "errorMessage", "documentation_url"})
_WITH_MESSAGE = frozenset({"code", "status", "statusCode", "status_code", "reason", "data"})
_MESSAGES = (
    "error_message",
    "errorMessage",
    "message",
    "error_description",
    "detail",
    "error",
    "errors",
    "reason",
    "response",
)
_NUMBERS = ("error", "status", "statusCode", "status_code", "code", "error_id")


def sniff(document: Document, hint: Hint) -> bool:
    """Whether the document is a small object that reports an error and contains no list of objects."""
    top = document.top
    if not isinstance(top, dict) or not top or len(top) > _MOST_KEYS or any(map(_is_content, top.values())):
        return False
    speaks = any(decode_fully(top[key]) for key in _SIGNS & top.keys())
    says = "message" in top and bool(_WITH_MESSAGE & top.keys()) and not any(map(_is_large, top.values()))
    return bool(speaks or says or {"code", "response"} == top.keys() or _status_code(top) or _reports_failure(top))


def read(document: Document, hint: Hint) -> Thread:
    """Never a thread: raises SourceError with what the answer says."""
    says, number = _error_message(document.top), _status_code(document.top)
    what = f"“{says}”" if says else "nothing more"
    code = f" {number}" if number else ""
    raise SourceError(
        f"{name_source(hint)} is an error message instead of a thread{code}: it says {what}. "
        "Check the address, or try again later."
    )


def _is_content(value: Any) -> bool:
    return is_array(value) and bool(object_keys(value) - {"message", "code", "type", "path", "locations"})


def _is_large(value: Any) -> bool:
    """Whether a value is an object with more than a status."""
    return is_object(value) and len(decode_level(value) or ()) > _FEW


def _reports_failure(top: dict[str, Any]) -> bool:
    return "success" in top and decode_fully(top["success"]) is False


def _status_code(top: dict[str, Any]) -> int | None:
    """The status code, if there is one of an HTTP error."""
    data = decode_level(top.get("data"))
    numbers = [to_int(decode_fully(top[key])) for key in _NUMBERS if key in top]
    numbers += [to_int(decode_fully(data.get("status")))] if isinstance(data, dict) else []
    return next((number for number in numbers if number and 400 <= number < 600), None)


def _error_message(top: dict[str, Any]) -> str:
    for key in _MESSAGES:
        value = decode_fully(top.get(key))
        value = value[0] if isinstance(value, list) and value else value
        value = value.get("message") if isinstance(value, dict) else value
        says = markdown_format.clean_field(value) if isinstance(value, str) and not value.isdigit() else None
        if says:
            return says[:_LONGEST].rstrip(".")
    return ""
