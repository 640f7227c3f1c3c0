"""What the routes of the played server are made of."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Reply:
    """What is answered to one request."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Query = dict[str, list[str]]
"""What is asked: the query of the address, and the fields of a JSON object in the body."""

Route = Callable[[re.Match[str], Query, str], Reply]
"""Answers a path that matches, a query, and the server's base address."""


def as_json(value: Any, **headers: str) -> Reply:
    """JSON with an ETag."""
    body = json.dumps(value).encode()
    tag = f'"{zlib.crc32(body):x}"'
    return Reply(body, headers={"Content-Type": "application/json", "ETag": tag, **headers})


def as_html(body: str) -> Reply:
    """A page."""
    return Reply(body.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def number(query: Query, name: str, default: int = 1) -> int:
    """A number of the query."""
    return int(query.get(name, [str(default)])[0])


def cut(values: list[Any], query: Query, size: int) -> list[Any]:
    """One page of values, by the query's `page`, from 1."""
    at = (number(query, "page") - 1) * size
    return values[at : at + size]
