"""A process that has imported the commands of `cleaner`, and forks for every command of a test.

Starting Python and importing the commands takes more than half of the time of a short command. Each
command still is a process of its own, with its own folder, streams, exit code and end. What depends
on how Python starts, above all on variables of the environment, is tested with `subprocess`.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import json
import os
import signal
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE, Popen

_LONGEST = 100_000  # bytes of a request: it is one packet
_PATIENCE = 120  # seconds that a command may take


class Server:
    """The process, as the tests see it."""

    def __init__(self, env: dict[str, str]) -> None:
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        # Its streams are pipes, as those of a command are, so that Python treats them alike.
        self._process = Popen(
            [sys.executable, "-P", __file__, str(theirs.fileno())],
            env=env,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        atexit.register(self._end)

    def run(self, args: list[str], cwd: Path, stdin: bytes) -> tuple[int, bytes, bytes]:
        """Run `cleaner ARGS`; return its exit code, stdout and stderr."""
        (in_read, in_write), (out_read, out_write), (err_read, err_write) = (
            os.pipe() for _ in range(3)
        )
        theirs = (in_read, out_write, err_write)
        socket.send_fds(self._requests, [json.dumps([args, str(cwd)]).encode()], theirs)
        for stream in theirs:
            os.close(stream)
        with ThreadPoolExecutor(3) as pool:
            pool.submit(_write, in_write, stdin)
            out, err = pool.submit(_read, out_read), pool.submit(_read, err_read)
        code = self._requests.recv(_LONGEST)
        assert code, self._process.communicate()[1].decode()  # the process itself has ended
        return int(code), out.result(), err.result()

    def _end(self) -> None:
        self._requests.close()
        self._process.kill()
        self._process.communicate()


def _read(stream: int) -> bytes:
    with open(stream, "rb") as file:
        return file.read()


def _write(stream: int, data: bytes) -> None:
    with contextlib.suppress(BrokenPipeError), open(stream, "wb") as file:
        file.write(data)


def _wait_for_commands(requests: socket.socket) -> bool:
    """Fork for every command. Return True in a process that is to run one, False at the end."""
    while True:
        request, streams, _, _ = socket.recv_fds(requests, _LONGEST, 3)
        if not request:
            return False
        child = os.fork()
        if child == 0:
            requests.close()
            args, folder = json.loads(request)
            _become(args, folder, streams)
            return True
        for stream in streams:
            os.close(stream)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        requests.send(str(code).encode())


def _become(args: list[str], folder: str, streams: list[int]) -> None:
    """Make this process one that was started with these arguments, folder and streams."""
    sys.argv = ["cleaner", *args]
    os.chdir(folder)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    signal.alarm(_PATIENCE)


if __name__ == "__main__":
    from cleaner.__main__ import main
    from cleaner.cli import commands, fixing  # noqa: F401  (fixing is for commands without typer)

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with contextlib.redirect_stdout(io.StringIO()):  # so that all that typer needs is imported
        commands.app(["check", "--help"], standalone_mode=False)
    if _wait_for_commands(socket.socket(fileno=int(sys.argv[1]))):
        main()
