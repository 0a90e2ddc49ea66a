"""Settings for all tests: a cache of their own, also for the bytecode of the commands they run; no
time limits; and in CI the same hypothesis examples on every run.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "untimed")

# The first process of a run makes the folder; the workers it starts use the same.
if "PYTEST_XDIST_WORKER" not in os.environ:
    _FOLDER = tempfile.TemporaryDirectory(prefix="cleaner-tests-")
    os.environ["CLEANER_CACHE_DIR"] = str(Path(_FOLDER.name, "cache"))
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
        # Otherwise each command that a test runs would compile its modules anew: half a second.
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(_FOLDER.name, "bytecode"))
