"""`python -m rumor_tui`, the same program as the console script."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    try:
        from rumor_tui.cli import main

        sys.exit(main())
    except KeyboardInterrupt:  # before `main` takes care of it
        sys.exit(130)
