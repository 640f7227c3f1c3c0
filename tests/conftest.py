"""What all tests share: hypothesis without limits of time, and with the same examples each time in CI.

On a busy machine an example may take any time: a deadline, or a check of how fast examples are made, would fail there.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("local", deadline=None, suppress_health_check=(HealthCheck.too_slow,))
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")
