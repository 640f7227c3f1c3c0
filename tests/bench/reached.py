"""Every spelling of a private host by every way that a stranger has to name one: no connection may be made.

    python -m tests.bench.reached [--only WORD] [--every N]

The ways are those of `tests.sources.test_private`, the spellings those of `tests.hostile.spellings`. Connections are
watched at the level of the system's calls. Prints what was reached, and exits with 1 if that is anything.
"""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import suppress
from dataclasses import replace
from itertools import product

import httpcore2
import pytest

from tests.hostile.spellings import PUBLIC, SPELLINGS, Resolver, watched_connections
from tests.sources import play_linked, threads
from tests.sources.conftest import context
from tests.sources.server import Play, playing
from tests.sources.test_private import QUIET, WAYS, Try

PORT = 9
"""The port of the private hosts; nobody is there, and nobody may look."""


def reached(web: Play, way: str, spelling: str) -> list[tuple[object, ...]]:
    """The connections that a way makes with a spelling, but for those to the server that plays the web.

    A name that turns is gone to twice. A connection to the public address that some names have at first is none.
    """
    found: list[tuple[object, ...]] = []
    web.faults.clear()
    known = context(web)
    known.access = replace(known.access, resolve=Resolver())
    for _ in range(2 if "turning" in spelling else 1):
        with pytest.MonkeyPatch.context() as patch, watched_connections(web.server_port) as connections:
            go = {**WAYS, **QUIET}[way]
            with suppress(AssertionError, StopIteration):  # a way may not get far with an odd spelling, which is well
                go(Try(web, known, f"http://{spelling}:{PORT}", patch))
            found += connections.refused
    return [address for address in found if address[0] != PUBLIC]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default="", help="ways or spellings that hold this word")
    parser.add_argument("--every", type=int, default=1, help="each of so many tries only")
    given = parser.parse_args()
    tries = [pair for pair in product((*WAYS, *QUIET), SPELLINGS) if given.only in " ".join(pair)][:: given.every]
    certificates, items = httpcore2.default_ssl_context(), threads.hn_items(5)
    bad = 0
    began = time.monotonic()
    with playing() as web, pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpcore2, "default_ssl_context", lambda: certificates)
        patch.setattr(play_linked, "_items", lambda: items)
        for number, (way, spelling) in enumerate(tries, 1):
            for address in reached(web, way, spelling):
                bad += 1
                print(f"{way} with {spelling}: {address}", flush=True)
            if number % 500 == 0:
                print(f"{number:,} of {len(tries):,} tries, {time.monotonic() - began:.0f} s", flush=True)
    ways, spellings = len({way for way, _ in tries}), len({spelling for _, spelling in tries})
    print(f"{bad} connections in {len(tries):,} tries: {spellings} spellings by {ways} ways.")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
