"""Known weaknesses of the libraries, as `python -m tests.bench.audit` asks pip-audit for them.

Skipped, with a sentence and exit code 0, where pip-audit is not installed or its service cannot be reached. It exits
with 1 when a library that the program needs has a known weakness. `pip install pip-audit` beside the rest; it is no
part of `.[dev]`, because it asks the web.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata, util
from typing import Any

SECONDS = 120.0
"""What pip-audit may take."""


def needed(name: str, seen: set[str] | None = None) -> set[str]:
    """The names of what a distribution needs, and of what that needs, without what only extras want."""
    seen = set() if seen is None else seen
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return seen
    for line in lines:
        found = re.match(r"[\w.-]+", line)
        if found and "extra ==" not in line and (plain := found[0].lower().replace("_", "-")) not in seen:
            seen.add(plain)
            needed(plain, seen)
    return seen


def requirements(names: set[str]) -> Iterator[str]:
    """A line for each that is installed, with its version."""
    for name in sorted(names):
        try:
            yield f"{name}=={metadata.version(name)}"
        except metadata.PackageNotFoundError:  # for another system
            continue


def weaknesses(answer: Any) -> list[str]:
    """What pip-audit found, a line each."""
    return [
        f"{library['name']} {library['version']}: {known['id']}, mended in {', '.join(known['fix_versions']) or 'none'}"
        for library in answer["dependencies"]
        for known in library.get("vulns", ())
    ]


def main() -> int:
    """Ask, print what is known, and return the exit code."""
    lines = list(requirements(needed("rumor-tui")))
    if util.find_spec("pip_audit") is None:
        print(f"skipped: pip-audit is not installed, so nothing is known of these {len(lines)} libraries")
        return 0
    command = [sys.executable, "-m", "pip_audit", "--format=json", "--progress-spinner=off", "--no-deps"]
    try:
        run = subprocess.run(
            [*command, "--disable-pip", "--requirement=/dev/stdin"],
            input="\n".join(lines),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        answer = json.loads(run.stdout)
        found = weaknesses(answer)
        unknown = sum("skip_reason" in library for library in answer["dependencies"])
    except (subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
        print("skipped: the service that knows of weaknesses cannot be reached")
        return 0
    if unknown == len(lines):
        print("skipped: the service that answers knows none of the libraries")
        return 0
    for line in found:
        print(line)
    print(f"{len(lines)} libraries, of which {unknown} are not known there; {len(found)} known weaknesses")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
