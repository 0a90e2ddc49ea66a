"""Settings for all tests: a cache of their own, no time limits, and in CI the same hypothesis
examples on every run.
"""

from __future__ import annotations

import os
import tempfile

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "untimed")

_CACHE = tempfile.TemporaryDirectory(prefix="cleaner-cache-")
os.environ["CLEANER_CACHE_DIR"] = _CACHE.name
