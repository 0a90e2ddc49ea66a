"""Runs a command and says what it took, in JSON: CPU and wall seconds, peak memory, exit code.

    python -I -S watch.py IN OUT COMMAND ...

IN and OUT are the files for stdin and stdout. The peak is that of the largest process among the
command and its children. This process is small, because a child's peak counts from that of the
process that started it.
"""

from __future__ import annotations

import os
import sys
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter


def main() -> None:
    """Run the command on the command line and print what it took."""
    source, target, *command = sys.argv[1:]
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, source, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666),
    ]
    begun = perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    _, status = os.waitpid(process, 0)
    wall = perf_counter() - begun
    used = getrusage(RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    kilobytes = used.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    code = os.waitstatus_to_exitcode(status)
    print(f'{{"cpu": {cpu}, "wall": {wall}, "kilobytes": {kilobytes}, "code": {code}}}')


if __name__ == "__main__":
    main()
