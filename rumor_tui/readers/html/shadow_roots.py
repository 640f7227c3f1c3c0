"""Declarative shadow roots put where a browser shows them: web components keep whole comments in them.

`<template shadowrootmode="open">` below a custom element is what the element shows; its `<slot>`s show the element's
own children (https://html.spec.whatwg.org/multipage/scripting.html#attr-template-shadowrootmode). A parser without
scripts sets the template's content apart, and so it would be lost.
"""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

_NAME: Final = "shadow-root"
"""The element that stands for a shadow root in the tree."""
_MAX_LEVELS: Final = 40
"""Elements around a slot among which its shadow root is."""
_TAG: Final = re.compile(r"<(/?)template\b([^<>]*)>", re.IGNORECASE)
_MODE: Final = re.compile(r"\bshadowroot(?:mode)?\s*=", re.IGNORECASE)
"""The attribute's name; the shorter one is that of Chrome 90 to 110."""


def parse_with_shadow_roots(text: str) -> LexborHTMLParser:
    """The tree of a page in which the shadow roots are elements, their slots replaced by what they show."""
    if "shadowroot" not in text:
        return LexborHTMLParser(text)
    tree = LexborHTMLParser(_with_elements(text))
    slots: dict[int, dict[str, LexborNode]] = {}
    for slot in tree.css("slot"):
        if (root := _root_of(slot)) is not None:
            slots.setdefault(root.mem_id, {}).setdefault(slot.attributes.get("name") or "", slot)
    for root in tree.css(_NAME):
        if root.mem_id in slots:
            _fill(root, slots[root.mem_id])
    return tree


def _with_elements(text: str) -> str:
    """The page with an element in place of each template that is a shadow root; other templates stay."""
    is_root: list[bool] = []

    def renamed(tag: re.Match[str]) -> str:
        if not tag[1]:
            is_root.append(bool(_MODE.search(tag[2])))
        is_shown = is_root[-1] if is_root else False
        if tag[1] and is_root:
            is_root.pop()
        return f"<{tag[1]}{_NAME}{tag[2]}>" if is_shown else tag[0]

    return _TAG.sub(renamed, text)


def _root_of(slot: LexborNode) -> LexborNode | None:
    """The shadow root that a slot stands in."""
    node = slot.parent
    for _ in range(_MAX_LEVELS):
        if node is None or node.tag == _NAME:
            return node
        node = node.parent
    return None


def _fill(root: LexborNode, slots: dict[str, LexborNode]) -> None:
    """Put the other children of a shadow root's element where its slots show them, in place of what stands there."""
    host = root.parent
    filled = set()
    for child in list(host.iter(include_text=True)) if host is not None else ():
        name = "" if child.tag == "-text" else child.attributes.get("slot") or ""
        if name in slots and child.mem_id != root.mem_id:
            slots[name].insert_before(child, move=True)
            filled.add(name)
    for name in filled:
        slots[name].remove()
