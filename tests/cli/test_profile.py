"""`cleaner check --profile`: how long kinds and rules take."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cleaner.engine.profile import Cost, Profile
from cleaner.reports.profile import lines
from tests.command import DAMAGED, run
from tests.samples import SEEDS, bundled, read

HEAD = re.compile(r" +CPU +hits +edits  (kind|rule, alone)")
ROW = re.compile(r" +[\d,]+\.\d ms +([\d,]+) +([\d,]+)  (\S.*)")
WHOLE = re.compile(r" +[\d,]+\.\d ms  (everything else: .*|in all)")


def test_the_tables_follow_the_usual_output(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{DAMAGED}\n{DAMAGED}\n", encoding="utf-8")
    code, out, err = run("check", "a.txt", cwd=tmp_path)
    profiled = run("check", "--profile", "a.txt", cwd=tmp_path)
    assert profiled[:2] == (code, out)
    tables = profiled[2].removeprefix(err).splitlines()
    assert profiled[2].startswith(err)
    rows: dict[str, tuple[str, str]] = {}
    for line in tables:
        row = ROW.fullmatch(line)
        if row:
            rows[row[3]] = (row[1], row[2])
        else:
            assert HEAD.fullmatch(line) or WHOLE.fullmatch(line), line
    assert rows["name"] == ("2", "2")
    assert rows["names/people/ma-yun"] == ("2", "2")
    kinds, rules = (at for at, line in enumerate(tables) if HEAD.fullmatch(line))
    assert kinds < rules


@pytest.mark.parametrize("jobs", ["1", "auto"])
def test_one_process_is_measured(jobs: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED, encoding="utf-8")
    assert run("check", "--profile", "--jobs", jobs, "a.txt", cwd=tmp_path)[0] == 1
    code, out, err = run("check", "--profile", "--jobs", "2", "a.txt", cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err == "cleaner: --profile measures one process; leave --jobs out\n"


@pytest.mark.parametrize("seed", SEEDS[:4], ids=lambda path: path.stem)
def test_measuring_changes_no_result(seed: Path) -> None:
    cleaner = bundled()
    text = read(seed)
    profile = Profile()
    assert cleaner.clean(text, tracer=profile) == cleaner.clean(text)
    assert {cleaner.rules[id_].kind for id_ in profile.rules} == set(profile.kinds)


def test_most_expensive_first_and_the_rest_in_one_row() -> None:
    profile = Profile()
    costs = {f"r/{number:02}": Cost(number / 1000, hits=1, edits=2) for number in range(25)}
    profile._rules.update(costs)
    rules = list(lines(profile, seconds=1.0))[4:]
    assert rules[0] == "      24.0 ms          1          2  r/24"
    assert rules[-1] == "      10.0 ms          5         10  5 others"
    assert len(rules) == 21
