"""Work on many items in several processes. The results come in the order of the items.

Each process is given a few items at a time and answers one by one, so that it is known on which
item it was when it died. That item is named, another process takes the place of the dead one, and
all other items are done.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.reduction import ForkingPickler
from typing import Any, Generic, Literal, NamedTuple, NoReturn, TypeVar

from cleaner.errors import CleanerError

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 8  # times as many items as all processes are given at once may be done before their turn
_GRACE = 1.0  # seconds that a process has to clean up before it is killed
_IS_LINUX = sys.platform == "linux"
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Died(NamedTuple, Generic[T]):
    """An item that has no result, because the process that worked on it died, and why it died."""

    item: T
    why: str


class PoolError(CleanerError):
    """A process died before it was ready to work, and so would another one."""

    exit_code = 3


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "process_cpu_count"):
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _same(value: Any) -> Any:
    return value


def in_order(
    make: Callable[[], Callable[[T], Any]],
    items: Iterable[T],
    jobs: int,
    *,
    finish: Callable[[Any], R] = _same,
    at_once: int = 1,
    late: list[R] | None = None,
) -> Generator[R | Died[T]]:
    """Yield the result of each item, in the order of the items.

    What the work raises is raised here. If this generator is closed, its processes end at once.

    Args:
        make: is called once in each process and returns what does the work, as in
            `partial(Worker, settings)`.
        items: are taken when they are needed; only so many are in memory at a time.
        jobs: how many processes to use; 1 means this process alone.
        finish: makes the result of what the work returns. Only killing a process interrupts it,
            so that it is the place to write a file: the result that says so arrives.
        at_once: how many items a process is given at a time; several if each of them is small.
        late: gets the results that were finished when this generator was closed and that nobody
            is known to have dealt with: the one that was yielded last, and those behind it.

    `make`, `finish`, the items and the results go from process to process: they must be picklable.

    Raises:
        PoolError: the processes die before they begin.

    >>> list(in_order(lambda: str.upper, ["a", "b"], jobs=1))
    ['A', 'B']
    """
    if jobs == 1:
        yield from _alone(make(), finish, items)
        return
    pool: _Pool[T, R] = _Pool(_Task(make, finish), items, jobs, at_once)
    try:
        yield from pool.results()
    finally:
        pool.end()
        if late is not None:
            late.extend(pool.left())


def _alone(
    work: Callable[[T], Any], finish: Callable[[Any], R], items: Iterable[T]
) -> Iterator[R | Died[T]]:
    for item in items:
        try:
            result = finish(work(item))
        except MemoryError:
            yield Died(item, _NO_MEMORY)
        else:
            yield result


class _Task(NamedTuple):
    """What processes do; see `in_order`."""

    make: Callable[[], Callable[[Any], Any]]
    finish: Callable[[Any], Any]


class _Answer(NamedTuple):
    """What a process says: it is ready, or what became of the next one of its items."""

    kind: Literal["ready", "result", "died", "raised"]
    value: Any = None


_NO_MEMORY = "there is not enough memory for it"


class _Pool(Generic[T, R]):
    """The processes of one call of `in_order`, and the items that they have."""

    def __init__(
        self,
        task: _Task,
        items: Iterable[T],
        jobs: int,
        at_once: int,
    ) -> None:
        self._task, self._jobs, self._at_once = task, jobs, at_once
        self._items = iter(items)
        self._taken = 0  # how many items were taken from there
        self._again: deque[tuple[int, T]] = deque()  # items that a dead process has left
        self._workers: list[_Worker[T]] = []
        self._done: dict[int, R | Died[T]] = {}  # results that wait for their turn
        self._turn = 0  # the number of the item whose result comes next

    def results(self) -> Iterator[R | Died[T]]:
        """Yield the results in order."""
        while True:
            self._hand_out()
            if self._turn in self._done:
                yield self._done[self._turn]
                del self._done[self._turn]
                self._turn += 1
                self._receive(0)
            elif any(worker.given for worker in self._workers):
                self._receive(None)
            else:
                return

    def end(self) -> None:
        """End all processes at once, whatever they are doing."""
        with _signals_held():
            for worker in self._workers:
                worker.process.terminate()
            for worker in self._workers:
                for answer in worker.last_answers():
                    if answer.kind == "result":
                        self._note(worker, answer)
                worker.end()
            self._workers.clear()

    def left(self) -> Iterator[R]:
        """Yield the results that nobody is known to have dealt with, in order."""
        for number in sorted(self._done):
            result = self._done[number]
            if not isinstance(result, Died):
                yield result

    def _hand_out(self) -> None:
        """Give items to the processes that have none, and start those that are missing."""
        for worker in [one for one in self._workers if not one.given]:
            items = self._next_items()
            if items:
                worker.give(items)
        while len(self._workers) < self._jobs:
            items = self._next_items()
            if not items:
                break
            worker = _Worker(self._task)
            self._workers.append(worker)
            worker.give(items)

    def _next_items(self) -> list[tuple[int, T]]:
        """Return the next items to work on, unless too many results wait for their turn."""
        last = self._turn + self._jobs * self._at_once * _AHEAD
        given: list[tuple[int, T]] = []
        while self._again and len(given) < self._at_once:
            given.append(self._again.popleft())
        room = min(self._at_once - len(given), last - self._taken)
        for item in islice(self._items, max(room, 0)):
            given.append((self._taken, item))
            self._taken += 1
        return given

    def _receive(self, timeout: float | None) -> None:
        """Take the answers that are there; wait for one, up to so many seconds."""
        busy = {worker.pipe: worker for worker in self._workers if worker.given}
        for pipe in wait(list(busy), timeout):
            worker = busy[pipe]  # type: ignore[index]
            with _signals_held():  # an answer that was taken is noted
                try:
                    answer: _Answer = worker.pipe.recv()
                except (EOFError, OSError):
                    self._bury(worker)
                else:
                    self._note(worker, answer)

    def _note(self, worker: _Worker[T], answer: _Answer) -> None:
        if answer.kind == "ready":
            worker.is_ready = True
            return
        if answer.kind == "raised":
            raise answer.value
        number, item = worker.given.popleft()
        self._done[number] = Died(item, answer.value) if answer.kind == "died" else answer.value

    def _bury(self, worker: _Worker[T]) -> None:
        """Name the item on which a process died, and keep its other items for the next one."""
        self._workers.remove(worker)
        worker.end()
        why = _cause_of_death(worker.process.exitcode)
        if not worker.is_ready:
            raise PoolError(f"a process to work with does not start ({why}); try --jobs 1")
        number, item = worker.given.popleft()
        self._done[number] = Died(item, f"its process died ({why})")
        self._again.extendleft(reversed(worker.given))


class _Worker(Generic[T]):
    """A process, the items that it was given and has not answered, and the way to it."""

    def __init__(self, task: _Task) -> None:
        context = _context()
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(task, theirs, self.pipe), daemon=True
        )
        with _signals_held():
            self.process.start()
        theirs.close()
        self.given: deque[tuple[int, T]] = deque()
        self.is_ready = False

    def give(self, items: list[tuple[int, T]]) -> None:
        """Let the process work on items. If it is dead, receiving its answer will show that."""
        self.given.extend(items)
        with suppress(OSError):
            self.pipe.send([item for _, item in items])

    def last_answers(self) -> Iterator[_Answer]:
        """Yield the answers that the process, which was told to end, still has given."""
        with suppress(EOFError, OSError):
            while self.pipe.poll(_GRACE):
                yield self.pipe.recv()

    def end(self) -> None:
        """Wait until the process is gone; kill it if that takes long."""
        self.pipe.close()
        self.process.join(_GRACE)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()


def _serve(task: _Task, pipe: Connection, others_end: Connection) -> None:
    """Work on items until there are no more, or nobody is there to give any.

    Ctrl-C is for the process that gives the items, which then ends this one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    others_end.close()
    with suppress(EOFError, OSError):
        try:
            work = task.make()
            pipe.send(_Answer("ready"))
        except Exception as error:
            pipe.send(_failure(error))
            return
        while True:
            for item in pipe.recv():
                _answer(work, task.finish, item, pipe)


def _answer(
    work: Callable[[Any], Any], finish: Callable[[Any], Any], item: object, pipe: Connection
) -> None:
    """Work on an item, and say what became of it."""
    try:
        half = work(item)
    except Exception as error:
        pipe.send(_failure(error))
        return
    with _signals_held():
        try:
            answer = ForkingPickler.dumps(_Answer("result", finish(half)))
        except Exception as error:
            answer = ForkingPickler.dumps(_failure(error))
        pipe.send_bytes(answer)


def _failure(error: Exception) -> _Answer:
    if isinstance(error, MemoryError):
        return _Answer("died", _NO_MEMORY)
    return _Answer("raised", _sendable(error))


def _sendable(error: Exception) -> Exception:
    """Return an error, or another one that says the same if that one cannot be sent."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _end(number: int, _: object) -> NoReturn:
    sys.exit(128 + number)  # as a shell says it


def _context() -> BaseContext:
    """Return how processes are started.

    A copy of this process (fork) has everything loaded already, but it is safe only where nothing
    else runs in this process, and not on macOS.
    """
    if not _IS_LINUX:
        return multiprocessing.get_context("spawn")
    return multiprocessing.get_context("fork" if _threads() == 1 else "forkserver")


def _threads() -> int:
    """Return how many threads this process has, also those that Python does not know."""
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208
    except OSError:
        return threading.active_count()


@contextmanager
def _signals_held() -> Iterator[None]:
    """Hold back signals until something is done; processes that start meanwhile do so, too."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _cause_of_death(code: int | None) -> str:
    """Say how a process ended.

    >>> _cause_of_death(-9), _cause_of_death(3)
    ('SIGKILL', 'exit code 3')
    """
    if code is not None and code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"
