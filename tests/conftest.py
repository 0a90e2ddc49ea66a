"""What holds for all tests: a cache of their own; in CI the same examples of hypothesis on every run."""

from __future__ import annotations

import os
import tempfile

from hypothesis import settings

settings.register_profile("ci", derandomize=True, print_blob=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

_CACHE = tempfile.TemporaryDirectory(prefix="cleaner-cache-")
os.environ["CLEANER_CACHE_DIR"] = _CACHE.name
