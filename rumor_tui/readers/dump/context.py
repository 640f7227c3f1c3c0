"""What a line is can depend on the lines around it: quotations, printed phrases, facts in pairs, avatars."""

from __future__ import annotations

import re
from collections import Counter

from rumor_tui.readers.dump.dates import LONGEST
from rumor_tui.readers.dump.kinds import Mark
from rumor_tui.readers.dump.lines import Line
from rumor_tui.readers.dump.shapes import claimed, is_key, mark

_DIGITS = re.compile(r"\d+")


def marks(lines: list[Line]) -> list[Mark]:
    """The mark of every line; what a line is can depend on the others: quotations and repeated phrases."""
    found = [mark(line) for line in lines]
    _find_quotes(lines, found)
    _find_furniture(lines, found)
    _find_pairs(lines, found)
    _find_status(lines, found)
    return [_with_total(line, m) for line, m in zip(lines, found, strict=True)]


def _with_total(line: Line, m: Mark) -> Mark:
    """The mark with the number of comments that its line claims, if it claims one."""
    total = claimed(line.text) if line.text and m.kind != "text" else m.total
    return m if total == m.total else m._replace(total=total)


def _find_status(lines: list[Line], found: list[Mark]) -> None:
    """A status line that begins with an avatar's alternative text, a name and its capital: the name stands below."""
    for i in range(len(found) - 1):
        name = found[i].name
        if found[i].shape.endswith("W on") and len(name) > 2 and name[-1].isupper():
            below = next(
                (lines[k].text for k in range(i + 1, min(i + 4, len(lines))) if lines[k].text != lines[i].text), ""
            )
            if below.startswith(name[:-1]) or not name[:-1].strip():
                found[i] = found[i]._replace(name=name[:-1].strip())


def _find_pairs(lines: list[Line], found: list[Mark]) -> None:
    """Facts about a user that take two lines: "Posts", then a number; or any word that a number follows often."""
    after = [i + 1 for i in range(len(found) - 1) if found[i].kind in ("short", "fact", "label")]
    numbered = Counter(lines[i - 1].text for i in after if found[i].kind == "number" and found[i - 1].kind == "short")
    for i in after:
        key, value = found[i - 1], found[i]
        known = key.kind != "label" and is_key(lines[i - 1].text)
        often = key.kind == "short" and numbered[lines[i - 1].text] >= 3
        if (known or often) and value.kind in ("short", "number", "byline", "fact") and not lines[i].bullet:
            found[i - 1] = key._replace(kind="fact", name="")
            found[i] = value._replace(kind="fact", name="", date="")


def _find_quotes(lines: list[Line], found: list[Mark]) -> None:
    """Lines such as "name wrote:" that stand over words which the page had before are quotations, not bylines.

    When most of them are proven so, all of them are. A date alone under such a line belongs to it.
    """
    said = [i for i, m in enumerate(found) if m.kind == "byline" and m.shape == "W V"]
    first_seen: dict[str, int] = {}
    often = Counter(line.text[:40] for line in lines)
    for i, line in enumerate(lines):
        if len(line.text) >= 20 and often[line.text[:40]] < REPEATED:
            first_seen.setdefault(line.text[:40], i)
    proven = [i for i in said if _repeats(lines, found, i, first_seen)]
    quotes = said if len(proven) * 2 >= len(said) and len(proven) > 1 else proven
    for i in quotes:
        found[i] = found[i]._replace(kind="quote", shape="Q")
    for i in range(1, len(lines)):
        if found[i - 1].kind == "quote" and found[i].kind == "byline" and found[i].shape == "D":
            found[i] = found[i]._replace(kind="quote", shape="Q")


def _repeats(lines: list[Line], found: list[Mark], i: int, first_seen: dict[str, int]) -> bool:
    for k in range(i + 1, min(i + 6, len(lines))):
        if found[k].kind == "text" and len(lines[k].text) >= 20:
            return first_seen.get(lines[k].text[:40], i) < i
    return False


REPEATED = 4
"""A sentence that stands on a page this often, word for word, was printed by the template."""


def _find_furniture(lines: list[Line], found: list[Mark]) -> None:
    bylines = sum(1 for m in found if m.kind == "byline")
    enough = max(2 * REPEATED, bylines // 5)
    counts = Counter(_template(line.text) for line, m in zip(lines, found, strict=True) if m.kind in ("text", "short"))
    for i, (line, m) in enumerate(zip(lines, found, strict=True)):
        if m.kind not in ("text", "short") or len(line.text) > LONGEST:
            continue
        template = _template(line.text)
        counter = template != line.text and len(line.text.split()) > 2
        rare = counter or len(template) > 40 or not template[0].isalpha()
        if counts[template] >= (REPEATED if rare else enough) and (counter or m.kind == "text"):
            found[i] = m._replace(kind="label", shape="L", name="")


def _template(text: str) -> str:
    """The line without its numbers, which a template fills in; a long line is left as it is."""
    return _DIGITS.sub("0", text) if len(text) <= LONGEST else text
