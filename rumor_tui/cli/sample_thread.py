"""The sample: a thread that comes with the program, so that there is always something to open."""

from __future__ import annotations

TYPE_CHECKING = False  # avoids importing typing when only the version is requested
if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = "bmw-1m-production-rumors.txt"


def sample() -> Path:
    """The path of the sample thread: inside the package in a wheel, beside it in a checkout. Raises SourceError."""
    from pathlib import Path

    from rumor_tui.model import SourceError

    package = Path(__file__).parents[1]
    for folder in (package, package.parent):
        if (folder / "seeds" / SAMPLE).is_file():
            return folder / "seeds" / SAMPLE
    raise SourceError("The sample that comes with rumor-tui is missing. Name a file to open.")
