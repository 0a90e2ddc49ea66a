"""The hook on one article of 5 KB, with a warm cache and 2,000 names beside the bundled rules,
against codespell.

    python tests/bench/hook.py --runs 21

The two take turns; what is compared is the CPU time (user + system) of the whole process as
pre-commit starts it. Both only look (`--check`, and codespell without `-w`), so that every run sees
the same file.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

from corpora import names, write_rules, write_text


def cpu_ms(command: Sequence[str], folder: Path) -> float:
    """CPU milliseconds of a process from its start to its end."""
    before = getrusage(RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    after = getrusage(RUSAGE_CHILDREN)
    assert done.returncode in {0, 1, 65}, done.stderr.decode()
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main() -> None:
    """Print the medians and their ratio, for a damaged article and for a clean one."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--runs", type=int, default=21)
    options.add_argument("--size", type=int, default=5_000, help="bytes of the article")
    options.add_argument("--names", type=int, default=2_000)
    wish = options.parse_args()
    programs = Path(sys.executable).parent
    if not (programs / "codespell").exists():
        raise SystemExit(f"codespell is missing beside {sys.executable}: pip install codespell")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        os.environ["CLEANER_CACHE_DIR"] = str(folder / "cache")
        known = names(wish.names)
        rules = write_rules(folder / "rules", [(name.canonical, name.garbled) for name in known])
        write_text(folder / "damaged.txt", wish.size, [name.garbled for name in known[:20]])
        write_text(folder / "clean.txt", wish.size, [], avoid=[name.garbled for name in known])
        for article in ("damaged.txt", "clean.txt"):
            ours = [str(programs / "cleaner-hook"), "--check", "--rules", str(rules), article]
            theirs = [str(programs / "codespell"), article]
            cpu_ms(ours, folder)  # fills the cache
            times = [(cpu_ms(ours, folder), cpu_ms(theirs, folder)) for _ in range(wish.runs)]
            mine, peers = (median(column) for column in zip(*times, strict=True))
            print(
                f"{article}: ours {mine:.1f} ms, codespell {peers:.1f} ms, "
                f"ours / codespell {mine / peers:.2f} (at most 1.2, aim 0.85)"
            )


if __name__ == "__main__":
    main()
