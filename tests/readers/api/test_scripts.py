"""JSON in scripts, and behind the guards that sites put before it."""

from __future__ import annotations

import json

import pytest

from rumor_tui.model import Thread
from rumor_tui.readers import SourceError, read_source
from tests.readers.api.samples import HINT

ROWS = [{"id": 1, "author": "ann", "text": "one"}, {"id": 2, "author": "ben", "text": "two"}]
JSON = json.dumps(ROWS).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"window.YTD.tweets.part0 = " + JSON,
        b"var comments = " + JSON + b";\n",
        b"export default " + JSON + b";",
        b"/* a comment */ window['__STATE__'] = " + JSON + b";",
        b"callback(" + JSON + b");",
        b"/**/jQuery123_456(" + JSON + b")",
        b")]}'\n" + JSON,
        b"for (;;);" + JSON,
        b"while(1);" + JSON,
        "\ufeff)]}',\n".encode() + JSON,
    ],
)
def test_json_behind_a_beginning(data: bytes) -> None:
    result = read_source(data, HINT)
    assert isinstance(result, Thread)
    assert list(result.authors) == ["ann", "ben"]


@pytest.mark.parametrize("data", [b"f(x) = {1, 2, 3}", b"x = [see below]\nand more", b"print({'a': 1})", b"a = {"])
def test_other_text_is_no_json(data: bytes) -> None:
    result = read_source(data, HINT)
    assert isinstance(result, Thread)
    assert not len(result)


def test_json_of_an_unknown_kind_in_a_script() -> None:
    with pytest.raises(SourceError, match="JSON of an unknown kind"):
        read_source(b'var x = {"a": [1, 2]};', HINT)
