"""`cleaner corpus` as a user meets it: parts, order, resuming after a kill, and every message."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import time
from functools import partial
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from cleaner.cli import app, terminal
from cleaner.corpora import run as corpus_run
from cleaner.corpora import streams
from cleaner.corpora.run import Advanced, Restarted, asked, clean_corpus, find_inputs
from cleaner.corpora.shards import Finished, Output
from cleaner.corpora.work import Job, Worker
from cleaner.errors import CleanerError
from cleaner.formats import jsonl
from cleaner.project.config import Config
from tests.command import CLEAN, DAMAGED, USUAL, run
from tests.samples import ROOT, bundled

ARGS = ("--field", "text", "--isolated")
SUMMARY = r"""     4  fix      names/people/ma-yun
out: 1 part, 6 rows, 4 changed
"""


def rows(number: int, damaged: str = DAMAGED) -> list[dict[str, object]]:
    """Rows of which two of three are damaged."""
    return [{"id": f"d{n}", "text": damaged if n % 3 else "So."} for n in range(number)]


def lines(rows: list[dict[str, object]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


class Corpus(Protocol):
    """Runs `cleaner corpus` in this process; returns its exit code and stderr."""

    def __call__(self, *args: str) -> tuple[int, str]: ...


@pytest.fixture
def corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Corpus:
    monkeypatch.chdir(tmp_path)

    def run_here(*args: str) -> tuple[int, str]:
        try:
            code = app(["corpus", *args, *ARGS], standalone_mode=False)
        except CleanerError as error:
            return error.exit_code, f"{error}\n"
        shown = capsys.readouterr()
        assert shown.out == ""
        return code, shown.err

    return run_here


def parts(out: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(out.glob("part-*"))]


def names(out: Path) -> set[str]:
    return {path.name for path in out.iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.jsonl").write_bytes(lines(rows(6)))
    return tmp_path


def test_it_cleans_and_says_what_was_found(folder: Path) -> None:
    code, out, err = run("corpus", "a.jsonl", "out", *ARGS, "--id", "id", cwd=folder)
    assert (code, out) == (0, "")
    assert err == f"out/part-00000.jsonl: 6 rows, 4 changed\n{SUMMARY}"
    assert parts(folder / "out") == [lines(rows(6, CLEAN))]
    assert (folder / "a.jsonl").read_bytes() == lines(rows(6))
    found = (folder / "out" / "findings-00000.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["document"] for line in found] == ["d1", "d2", "d4", "d5"]
    told = {"manifest.json", "finished.jsonl", "part-00000.jsonl", "findings-00000.jsonl"}
    assert names(folder / "out") == told

    code, out, err = run("corpus", "a.jsonl", "out", *ARGS, "--id", "id", cwd=folder)
    assert (code, out) == (0, "")
    assert err == f"out: 1 part finished before; going on behind what is there\n{SUMMARY}"


def test_a_row_that_cannot_be_cleaned_is_said_each_time(folder: Path, corpus: Corpus) -> None:
    data = lines(rows(2)) + b'{"id": 9}\n{\n' + lines(rows(2))
    (folder / "a.jsonl").write_bytes(data)
    code, err = corpus("a.jsonl", "out")
    assert code == 3
    assert "a.jsonl:3: left alone: there is no text in the field “text” (fields: id)" not in err
    assert "a.jsonl:3: left alone: there is no text in the field “text”\n" in err
    assert "a.jsonl:4: left alone: this is not JSON: " in err
    assert err.endswith("out: 1 part, 6 rows, 2 changed, 2 left alone\n")
    errors = (folder / "out" / "errors-00000.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["line"] for line in errors] == [3, 4]
    assert parts(folder / "out") == [data.replace(DAMAGED.encode(), CLEAN.encode())]
    assert corpus("a.jsonl", "out")[0] == 3


def test_only_the_first_rows_that_fail_get_a_line(folder: Path, corpus: Corpus) -> None:
    (folder / "a.jsonl").write_bytes(b"{\n" * 25)
    _, err = corpus("a.jsonl", "out")
    assert err.count("left alone: this is not JSON") == 20
    assert "out: and 5 rows more that could not be cleaned; see errors-*.jsonl\n" in err


@pytest.mark.parametrize("compression", ["", ".gz", ".zst"])
@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".tsv"])
def test_files_of_each_format_and_compression(
    ending: str, compression: str, tmp_path: Path, corpus: Corpus
) -> None:
    zstd = pytest.importorskip(
        "backports.zstd" if sys.version_info < (3, 14) else "compression.zstd"
    )
    delimiter = {".csv": ",", ".tsv": "\t"}.get(ending, "")
    texts = [f"{DAMAGED} {n}" for n in range(4)]
    if delimiter:
        cells = [f'{n}{delimiter}"{text}"' for n, text in enumerate(texts)]
        data = "\r\n".join([f"id{delimiter}text", *cells]).encode()
    else:
        data = lines([{"text": text} for text in texts])
    pack = {"": bytes, ".gz": gzip.compress, ".zst": zstd.compress}[compression]
    unpack = {"": bytes, ".gz": gzip.decompress, ".zst": zstd.decompress}[compression]
    name = f"a{ending}{compression}"
    (tmp_path / name).write_bytes(pack(data))
    code, err = corpus(name, "out")
    assert (code, "4 rows, 4 changed" in err) == (0, True)
    (part,) = (tmp_path / "out").glob("part-*")
    assert part.name == f"part-00000{ending}{compression}"
    assert unpack(part.read_bytes()) == data.replace(DAMAGED.encode(), CLEAN.encode())


def test_a_folder_is_all_files_of_rows_in_it(tmp_path: Path, corpus: Corpus) -> None:
    for name in ("b/2.jsonl", "b/1.ndjson", "a.csv", ".hidden.jsonl", "notes.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(lines(rows(1)) if "j" in name else b"text\nMarwin\n")
    code, err = corpus("in", "more.jsonl", "out")
    assert (code, "there is no such file" in err) == (3, True)
    (tmp_path / "more.jsonl").write_bytes(lines(rows(2)))
    assert corpus("in", "more.jsonl", "out")[0] == 0
    told = {name for name in names(tmp_path / "out") if name.startswith("part")}
    assert told == {f"part-0000{n}" for n in ("0.csv", "1.ndjson", "2.jsonl", "3.jsonl")}


# -- shards: small ones, in this process


def job(path: Path) -> Job:
    return Job(Config(fields={"*": ("text",)}), (path,), "id")


def cleaned(path: Path, out: Path, jobs: int = 1, size: int = 500) -> bytes:
    """Clean a corpus in small shards; return all rows that come out."""
    wanted = job(path)
    output = Output(out, asked(wanted, size))
    for _ in clean_corpus(wanted, output, jobs, size):
        pass
    output.close()
    return b"".join(parts(out))


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus_run, "CHUNK", 200)


@pytest.mark.usefixtures("small_chunks")
def test_one_process_and_two_write_the_same_files(folder: Path) -> None:
    path = folder / "a.jsonl"
    path.write_bytes(lines(rows(60)))
    assert cleaned(path, folder / "one") == lines(rows(60, CLEAN))
    cleaned(path, folder / "two", jobs=2)
    assert len(names(folder / "one")) > 10
    for name in names(folder / "one"):
        one, two = (folder / which / name for which in ("one", "two"))
        assert one.read_bytes() == two.read_bytes(), name


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("compression", ["", ".gz"])
def test_a_run_that_stops_anywhere_is_gone_on_with(folder: Path, compression: str) -> None:
    path = folder / f"a.jsonl{compression}"
    path.write_bytes(gzip.compress(lines(rows(30))) if compression else lines(rows(30)))
    whole = cleaned(path, folder / "whole")
    events = len(list((folder / "whole").glob("part-*")))
    for stop in range(events):
        out = folder / f"out{stop}"
        wanted = job(path)
        output = Output(out, asked(wanted, 500))
        happening = clean_corpus(wanted, output, 1, 500)
        finished = (event for event in happening if isinstance(event, Finished))
        for _ in range(stop + 1):
            next(finished)
        output.close()  # and the generator is left as it is, as a kill leaves it
        (out / ".part-00099.jsonl.cleaner-tmp").write_bytes(b"left behind")
        (out / f"part-{stop + 1:05}.jsonl").write_bytes(b"not finished")
        with (out / "finished.jsonl").open("ab") as journal:
            journal.write(b'{"part": "par')
        assert cleaned(path, out) == whole
        assert names(out) == names(folder / "whole")
        del happening, finished


@pytest.mark.parametrize("is_ascii_first", [True, False])
def test_the_beginning_of_a_file_decides_how_characters_are_spelled(
    folder: Path, monkeypatch: pytest.MonkeyPatch, is_ascii_first: bool
) -> None:
    """Rows far behind the beginning come out as `fix` writes them, however they are spelled."""
    monkeypatch.setattr(jsonl, "BEGINNING", 100)
    monkeypatch.setattr(streams, "BEGINNING", 100)
    text = "He was called the’living treasure’ of the town. It is the'long road' home."
    first = [json.dumps({"text": "“It’s so.”"}, ensure_ascii=is_ascii_first)] * 9
    later = [json.dumps({"text": text}, ensure_ascii=one) for one in (True, False)]
    source = "\n".join([*first, *later])
    (folder / "a.jsonl").write_text(source, encoding="utf-8")
    by_fix = bundled().clean(source, partial(jsonl.read, fields=["text"])).source
    assert by_fix != source
    assert cleaned(folder / "a.jsonl", folder / "out").decode() == by_fix
    assert ("\\u2018" in by_fix.splitlines()[-1]) == is_ascii_first


IN_SMALL_SHARDS = """
from pathlib import Path
from cleaner.corpora import run
from tests.cli.test_corpus import cleaned
run.CHUNK = 500
cleaned(Path("a.jsonl"), Path("out"), jobs=2, size=5000)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_three_times_and_given_again(tmp_path: Path) -> None:
    data = lines(rows(2000))
    (tmp_path / "a.jsonl").write_bytes(data)
    out = tmp_path / "out"
    env = {**USUAL, "PYTHONPATH": str(ROOT)}
    for number in range(4):
        process = subprocess.Popen([sys.executable, "-c", IN_SMALL_SHARDS], cwd=tmp_path, env=env)
        before = len(list(out.glob("part-*")))
        while number < 3 and len(list(out.glob("part-*"))) <= before and process.poll() is None:
            time.sleep(0.01)
        if number < 3:
            process.kill()
        assert process.wait(60) == (-signal.SIGKILL if number < 3 else 0)
    assert b"".join(parts(out)) == data.replace(DAMAGED.encode(), CLEAN.encode())
    assert not list(out.glob(".*"))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
def test_ctrl_c_leaves_whole_parts_only(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(rows(50_000)))
    command = [sys.executable, "-m", "cleaner", "corpus", "a.jsonl", "out", *ARGS, "--jobs", "2"]
    process = subprocess.Popen(command, cwd=tmp_path, env=USUAL, stderr=subprocess.PIPE)
    while not list((tmp_path / "out").glob(".part-*")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"")
    assert names(tmp_path / "out") == {"manifest.json", "finished.jsonl"}


class Deadly(Worker):
    """A worker whose process dies on some rows."""

    def __call__(self, chunk: object) -> object:  # type: ignore[override]
        if b"deadly" in chunk.data:  # type: ignore[attr-defined]
            os._exit(9)
        return super().__call__(chunk)  # type: ignore[arg-type]


def test_a_row_that_kills_its_process_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus_run, "Worker", Deadly)
    data = lines(rows(3)) + lines([{"id": 1, "text": "deadly Marwin"}]) + lines(rows(2))
    path = folder / "a.jsonl"
    path.write_bytes(data)
    wanted = job(path)
    output = Output(folder / "out", asked(wanted, 500))
    first, failure, advanced, _ = clean_corpus(wanted, output, 2, 10_000)
    output.close()
    assert advanced == Advanced(0, rows=6, size=len(data), read=len(data))
    assert isinstance(first, Restarted)
    assert str(first).startswith("part 00000: its process died (")
    assert str(first).endswith(f") at {path}:1 or below; its rows are cleaned again")
    assert re.search(r"a\.jsonl:4: left alone: its process died \(", str(failure))
    assert b"".join(parts(folder / "out")) == data.replace(DAMAGED.encode(), CLEAN.encode())


# -- how far it is


@pytest.mark.usefixtures("small_chunks")
def test_progress_on_a_terminal(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look at the clock is a second after the one before."""
    monkeypatch.setattr(terminal, "monotonic", map(float, count()).__next__)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    (tmp_path / "a.jsonl").write_bytes(lines(rows(9)))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines(rows(9)), mtime=0))
    code, err = corpus("a.jsonl", "b.jsonl.gz", "out", "--jobs", "1")
    shown = re.findall(r"Cleaning (\S+) rows, file (\d) of 2, 0\.0 MB/s, (\d+:\d\d) left", err)
    assert code == 0
    assert len(shown) > 1
    assert shown[-1] == ("18", "2", "0:00")
    assert "\rout/part-00001.jsonl.gz: 9 rows, 6 changed\n" in err


# -- what is refused


@pytest.mark.parametrize(
    ("args", "what"),
    [
        (["--id", "id"], "out was begun with no id, and now it is id id; name a new folder"),
        (["--level", "suggest"], "out was begun with level fix, and now it is level suggest; "),
        (["--damaged"], "out was begun with no damaged, and now it is damaged yes; "),
        (["--shard-size", "2"], "out was begun with shard-size 64000000, and now it is "),
        (["--select", "names/*"], "out was begun with rules "),
        (["--field", "id"], "out was begun with field text, and now it is field id, text; "),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
@pytest.mark.usefixtures("folder")
def test_a_folder_is_gone_on_with_only_by_the_same_command(
    args: list[str], what: str, corpus: Corpus
) -> None:
    assert corpus("a.jsonl", "out")[0] == 0
    code, err = corpus("a.jsonl", "out", *args)
    assert (code, err.startswith(f"{what}")) == (2, True), err
    assert err.endswith("; name a new folder, or ask for the same again\n")


def test_another_input_is_refused(folder: Path, corpus: Corpus) -> None:
    assert corpus("a.jsonl", "out")[0] == 0
    (folder / "a.jsonl").write_bytes(lines(rows(7)))
    code, err = corpus("a.jsonl", "out")
    assert code == 2
    assert re.match(r"out was begun with input a\.jsonl \(\d+ bytes, ", err)


@pytest.mark.parametrize(
    ("args", "code", "what"),
    [
        ([], 2, "name the files to read, and the folder for the output"),
        (["a.jsonl"], 2, "name the files to read, and the folder for the output"),
        (["a.jsonl", ""], 2, "one of the paths is empty; . means the working folder"),
        (["-", "out"], 2, "a corpus is read from files, not from stdin; save it in a file"),
        (["a.jsonl", "a.jsonl"], 2, "a.jsonl and a.jsonl are one inside the other; choose "),
        ([".", "out"], 2, ". and out are one inside the other; choose a folder for the output"),
        (["none", "out"], 2, "none: cleaner corpus reads .csv, .jsonl, .ndjson, .tab, .tsv"),
        (["empty", "out"], 2, "empty: there is no file in it that ends in .csv, .jsonl, .ndjson"),
        (["a.jsonl", "full"], 2, "full holds other files, and no manifest.json of this command; "),
        (["a.jsonl", "notes.txt"], 2, "notes.txt is not a folder; name one, or a new name for one"),
        (["a.jsonl", "out", "--jobs", "0"], 2, "--jobs 0: write a number from 1 to 256, or auto"),
        (["a.jsonl", "out", "--jobs", "x"], 2, "--jobs x: write a number from 1 to 256, or auto"),
        (["none.jsonl", "out"], 3, "none.jsonl: there is no such file"),
        (["a.jsonl", "out", "--select", "x/*"], 2, "no rule's id matches “x/*”"),
        (["a.jsonl", "out", "--rules", "x.yaml"], 2, "x.yaml:1:1: cannot be read"),
        (["a.jsonl", "out", "--read-as", "json"], 2, "a.jsonl: cleaner corpus reads .csv, .jsonl"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_usage(args: list[str], code: int, what: str, folder: Path, corpus: Corpus) -> None:
    (folder / "empty").mkdir()
    (folder / "full").mkdir()
    (folder / "full" / "x").touch()
    (folder / "notes.txt").touch()
    got, err = corpus(*args)
    assert got == code
    assert err.startswith(f"{what}"), err
    assert err.count("\n") == 1
    assert not (folder / "out").exists()


def test_a_finished_part_that_was_changed_is_refused(folder: Path, corpus: Corpus) -> None:
    assert corpus("a.jsonl", "out")[0] == 0
    (folder / "out" / "part-00000.jsonl").write_bytes(b"")
    code, err = corpus("a.jsonl", "out")
    what = "out/part-00000.jsonl is finished, and now it is gone or has another size"
    assert (code, err) == (2, f"{what}; put it back, or name a new folder\n")


@pytest.mark.skipif(os.name != "posix", reason="there are no such locks")
def test_two_processes_do_not_write_into_one_folder(folder: Path, corpus: Corpus) -> None:
    assert corpus("a.jsonl", "out")[0] == 0
    lock = "import fcntl, sys; file = open('out/finished.jsonl', 'ab'); fcntl.lockf(file, 2)"
    holder = subprocess.Popen(
        [sys.executable, "-c", f"{lock}; print(1, flush=True); sys.stdin.read()"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout
    holder.stdout.readline()
    code, err = corpus("a.jsonl", "out")
    holder.communicate()
    assert (code, err) == (3, "out: another cleaner is writing into it; wait for it\n")


def test_inputs_are_each_read_once(folder: Path) -> None:
    (folder / "in").mkdir()
    path = folder / "in" / "a.jsonl"
    path.touch()
    assert find_inputs([path, folder / "in"]) == (path,)
