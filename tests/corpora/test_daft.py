"""The same work on Daft: the same rows and findings as without it, in the order of the ids."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from cleaner.corpora import daft as engine
from cleaner.corpora.daft import Cluster, clean_tables, find_tables
from cleaner.corpora.run import asked, clean_corpus
from cleaner.corpora.shards import Output
from cleaner.corpora.table import Failure
from cleaner.corpora.work import Job
from cleaner.errors import UsageError
from cleaner.project.config import Config
from tests.command import DAMAGED

needs_daft = pytest.mark.skipif(not find_spec("daft"), reason="needs the package daft")
needs_ray = pytest.mark.skipif(not find_spec("ray"), reason="needs the package ray")
# Daft leaves a pipe to its processes open.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
FIELDS = ("title", "text")
ROWS: list[dict[str, Any]] = [
    {"id": 1, "title": "Alibaba\n\nMarwin", "text": 'Of "Marwin".', "n": "007"},
    {"id": 2, "title": "So", "text": DAMAGED, "n": "x"},
    {"id": 3, "title": "So", "text": "Nothing here.", "n": ""},
    *({"id": n, "title": "a, b", "text": f"{DAMAGED}\n“so”" * n, "n": "ä"} for n in range(4, 30)),
]


def job(path: Path) -> Job:
    return Job(Config(fields={"*": FIELDS}), (path,), "id")


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Write a table in the format that the name of its file tells."""
    if path.suffix == ".jsonl":
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        path.write_text("".join(lines), encoding="utf-8")
    elif path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    else:
        pyarrow = pytest.importorskip("pyarrow")
        parquet = pytest.importorskip("pyarrow.parquet")
        parquet.write_table(pyarrow.Table.from_pylist(rows), path, row_group_size=5)
    return path


def read(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [{**row, "id": int(row["id"])} for row in csv.DictReader(file)]
    rows: list[dict[str, Any]] = pytest.importorskip("pyarrow.parquet").read_table(path).to_pylist()
    return rows


def findings(out: Path) -> list[Mapping[str, Any]]:
    """What was found, without where the rows stood; ids of CSV are texts."""
    found: list[Mapping[str, Any]] = []
    for row in read(out / "findings-00000.jsonl"):
        del row["file"], row["line"]
        found.append({**row, "document": int(row["document"])})
    return found


def own(folder: Path, rows: list[dict[str, Any]]) -> tuple[list[Any], list[Any], list[str]]:
    """The rows, findings and errors of our own engine."""
    wanted = job(written(folder / "own.jsonl", rows))
    with closing(Output(folder / "own", asked(wanted, 1))) as output:
        failed = [one.why for one in clean_corpus(wanted, output, 1) if isinstance(one, Failure)]
    return read(folder / "own" / "part-00000.jsonl"), findings(folder / "own"), failed


def check_same(folder: Path, name: str, rows: list[dict[str, Any]], cluster: Cluster) -> None:
    shuffled = rows.copy()
    random.Random(16).shuffle(shuffled)
    wanted = job(written(folder / name, shuffled))
    with closing(Output(folder / "out", asked(wanted, 1))) as output:
        events = list(clean_tables(wanted, output, cluster))
        assert list(clean_tables(wanted, output, cluster)) == []  # it is finished
    failed = [one.why.partition(" (")[0] for one in events if isinstance(one, Failure)]
    expected_rows, expected_findings, expected_failed = own(folder, rows)
    assert read(folder / "out" / f"part-00000{Path(name).suffix}") == expected_rows
    assert findings(folder / "out") == expected_findings != []
    assert failed == [why.partition(" (")[0] for why in expected_failed]


@needs_daft
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
def test_rows_and_findings_are_the_same(name: str, tmp_path: Path) -> None:
    check_same(tmp_path, name, ROWS, Cluster(jobs=2))


@needs_daft
@pytest.mark.parametrize("name", ["a.jsonl", "a.parquet"])
def test_a_row_without_a_text_is_left_alone(name: str, tmp_path: Path) -> None:
    empty = {"id": 30, "title": None, "text": None, "n": ""}
    check_same(tmp_path, name, [*ROWS, empty, {**ROWS[0], "id": 31, "title": None}], Cluster())


@needs_daft
@needs_ray
def test_a_local_ray_gives_the_same(tmp_path: Path) -> None:
    """In a process of its own: Daft takes one runner in a process."""
    written(tmp_path / "a.parquet", ROWS[::-1])
    args = "corpus a.parquet out --isolated --id id --field title --field text --jobs 2"
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", *args.split(), "--engine", "daft", "--runner", "ray"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    rows, found, _ = own(tmp_path, ROWS)
    assert read(tmp_path / "out" / "part-00000.parquet") == rows
    assert findings(tmp_path / "out") == found != []


@needs_daft
@pytest.mark.parametrize(
    ("fields", "id", "what"),
    [
        ((), "id", "name the columns that hold text with --field (columns: id, title, text, n)"),
        (FIELDS, "", "Daft gives rows back in any order; name the column to sort them by with"),
        (("body",), "id", "there is no column “body” (columns: id, title, text, n)"),
        (FIELDS, "key", "there is no column “key” (columns: id, title, text, n)"),
    ],
)
def test_columns_that_are_not_there(
    fields: tuple[str, ...], id: str, what: str, tmp_path: Path
) -> None:
    wanted = Job(Config(fields={"*": fields}), (written(tmp_path / "a.jsonl", ROWS),), id)
    with (
        closing(Output(tmp_path / "out", {})) as output,
        pytest.raises(UsageError) as error,
    ):
        list(clean_tables(wanted, output, Cluster()))
    assert str(error.value).startswith(what)


@pytest.mark.parametrize(("option", "missing"), [("--engine", "daft"), ("--runner", "ray")])
def test_a_missing_package_is_said(
    option: str, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    if missing == "ray":
        monkeypatch.setitem(sys.modules, "daft", sys)
    with pytest.raises(UsageError) as error:
        engine._daft(Cluster("ray"))
    what = f"{option} {missing} needs the package {missing}: pip install {missing}"
    assert str(error.value) == what


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["a.parquet", "b.parquet"], 2),
        (["a.parquet", "b.csv"], 0),
        (["a.txt"], 0),
        ([], 0),
    ],
)
def test_tables_have_one_ending(names: list[str], found: int, tmp_path: Path) -> None:
    for name in names:
        (tmp_path / name).touch()
    if found:
        assert len(find_tables([tmp_path])) == found
        return
    with pytest.raises(UsageError, match="files that all have the same one of the endings"):
        find_tables([tmp_path / name for name in names] or [tmp_path])
