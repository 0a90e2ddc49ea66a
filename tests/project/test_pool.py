"""A pool of processes: results in order, whatever happens to a process."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cleaner.project import pool
from cleaner.project.pool import Died, PoolError, in_order


@pytest.fixture(params=["fork", "spawn"], autouse=True)
def method(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    context = multiprocessing.get_context(request.param)
    monkeypatch.setattr(pool, "_context", lambda: context)


def _work(number: int) -> int:
    if number == 4:
        os._exit(7)
    if number == 9:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 11:
        raise MemoryError
    if number == 99:
        raise ValueError(f"not {number}")
    return number * number


def _make() -> Callable[[int], int]:
    return _work


def _no_start() -> Callable[[int], int]:
    os._exit(3)


def _write(square: int) -> int:
    Path(f"{square}.txt").write_text(str(square))
    return square


@pytest.mark.parametrize("at_once", [1, 5])
def test_a_process_that_dies_names_its_item_and_spares_the_rest(at_once: int) -> None:
    expected: list[object] = [number * number for number in range(30)]
    expected[4] = Died(4, "its process died (exit code 7)")
    expected[9] = Died(9, "its process died (SIGKILL)")
    expected[11] = Died(11, "there is not enough memory for it")
    assert list(in_order(_make, range(30), 2, at_once=at_once)) == expected


def test_what_the_work_raises_is_raised() -> None:
    with pytest.raises(ValueError, match="not 99"):
        list(in_order(_make, [1, 2, 99], 2))
    assert not multiprocessing.active_children()


def test_processes_that_do_not_start() -> None:
    with pytest.raises(PoolError, match="exit code 3"):
        list(in_order(_no_start, range(3), 2))


def test_items_are_taken_when_they_are_needed() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(12, 90):
            taken.append(number)
            yield number

    with closing(in_order(_make, items(), 2)) as results:
        first: object = next(results)
        assert first == 144
        assert len(taken) < 40
    assert not multiprocessing.active_children()


def test_what_was_finished_arrives_though_nobody_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    late: list[int] = []
    results = in_order(_make, range(12, 90), 2, finish=_write, at_once=3, late=late)
    with closing(results):
        first = next(results)
    assert late[0] == first  # nobody has said that it arrived
    assert {f"{square}.txt" for square in late} == {path.name for path in tmp_path.iterdir()}


def test_what_was_asked_for_is_not_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    late: list[int] = []
    results = in_order(_make, range(12, 90), 2, finish=_write, late=late)
    with closing(results):
        first, second = next(results), next(results)
    assert late == [second, *late[1:]]
    assert first not in late


def test_one_process_does_the_same() -> None:
    expected: list[object] = [25, 36, 49, 64]
    assert list(in_order(_make, range(5, 9), 1)) == expected
    (died,) = in_order(_make, [11], 1)
    assert died == Died(11, "there is not enough memory for it")
