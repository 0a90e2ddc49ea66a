"""The same fault gives the same exit code in every command, and one line that says what to do.

The codes are those of the table in the README.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import BinaryIO

import pytest

from cleaner import reading
from tests.here import Said, code_here, run_here
from tests.samples import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS_PAGE = (ROOT / "cleaner" / "manual" / "commands.md").read_text(encoding="utf-8")
DAMAGED = "Alibaba fell, and Marwin’s wealth shrank.\n"
CLEAN = "Alibaba fell, and Ma Yun’s wealth shrank.\n"
_ROW = re.compile(r"^\| *([0-9]+(?:, [0-9]+)*) *\| *(\S.*?) *\|$", re.MULTILINE)


def codes_in(page: str) -> Mapping[int, str]:
    """Return the exit codes of a page's table, each with what it means."""
    found: dict[int, str] = {}
    for codes, meaning in _ROW.findall(page):
        for code, one in zip(codes.split(", "), meaning.split(", "), strict=False):
            found[int(code)] = one if "," in codes else meaning
    return found


DOCUMENTED = codes_in(README)
DONE, TO_SEE, WRONG, LEFT_ALONE, INTERRUPTED, TERMINATED = DOCUMENTED

# Every command that reads texts, with FILE where the file is named.
READING: Mapping[str, Sequence[str]] = {
    "fix": ("cleaner", "fix", "FILE"),
    "fix --check": ("cleaner", "fix", "--check", "FILE"),
    "fix --diff": ("cleaner", "fix", "--diff", "FILE"),
    "fix --diff --format html": ("cleaner", "fix", "--diff", "--format", "html", "FILE"),
    "fix --stdout": ("cleaner", "fix", "--stdout", "FILE"),
    "fix -o": ("cleaner", "fix", "-o", "out/", "FILE"),
    "check": ("cleaner", "check", "FILE"),
    "check --fix": ("cleaner", "check", "--fix", "FILE"),
    "check --format json": ("cleaner", "check", "--format", "json", "FILE"),
    "suggest": ("cleaner", "suggest", "FILE"),
    "review": ("cleaner", "review", "FILE"),
    "review --web": ("cleaner", "review", "--web", "--no-open", "FILE"),
    "rules list": ("cleaner", "rules", "list", "FILE"),
    "explain": ("cleaner", "explain", "FILE:1"),
    "ignore": ("cleaner", "ignore", "FILE:1"),
    "golden add": ("cleaner", "golden", "add", "--yes", "FILE"),
    "cleaner-hook": ("cleaner-hook", "FILE"),
    "cleaner-hook --check": ("cleaner-hook", "--check", "FILE"),
}
# Every command that reads the configuration, with arguments that are right.
CONFIGURED: Mapping[str, Sequence[str]] = {
    **{name: [word.replace("FILE", "a.txt") for word in words] for name, words in READING.items()},
    "corpus": ("cleaner", "corpus", "rows.jsonl", "out", "--field", "text"),
    "pending": ("cleaner", "pending"),
    "accept": ("cleaner", "accept", "--all"),
    "reject": ("cleaner", "reject", "nobody"),
    "decisions": ("cleaner", "decisions", "list"),
    "decisions take-back": ("cleaner", "decisions", "take-back", "nobody"),
    "test": ("cleaner", "test"),
    "config": ("cleaner", "config"),
    "init": ("cleaner", "init"),
    "names link": ("cleaner", "names", "link"),
    "names forms": ("cleaner", "names", "forms", "Ma Yun"),
    "names export": ("cleaner", "names", "export", "--format", "tsv"),
    "rules lint": ("cleaner", "rules", "lint", "--no-bundled", "mine"),
    "rules explain": ("cleaner", "rules", "explain", "ma-yun"),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with a text, and go there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CI", raising=False)
    Path("a.txt").write_text(DAMAGED, encoding="utf-8")
    Path("rows.jsonl").write_text('{"text": "Alibaba fell."}\n', encoding="utf-8")
    Path("mine").mkdir()
    Path("mine", "x.yaml").write_text(
        "kind: pattern\nrules:\n- {id: x, match: zzz, replace: z, message: loud}\n",
        encoding="utf-8",
    )
    return tmp_path


def test_the_tables_have_the_same_codes() -> None:
    assert list(DOCUMENTED) == [0, 1, 2, 3, 130, 143]
    assert list(codes_in(COMMANDS_PAGE)) == list(DOCUMENTED)
    for program in ("cleaner", "cleaner-hook"):
        (listed,) = re.findall(r"(?s)Exit codes: (.*?\.)\n", run_here(program, "--help").out)
        assert [int(code) for code in re.findall(r"\b\d\b", listed)] == [0, 1, 2, 3]


# What only the libraries or Python would say.
FOREIGN = re.compile(
    r"Value error|<U\+000A>|Traceback|Error\b|Errno|[╭│╰]|\[/?(?:red|bold)\]|NoneType"
)

# -- a file that cannot be read


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


FILES: Mapping[str, tuple[str, bytes | Callable[[Path], None] | None]] = {
    "missing": ("a file.txt", None),
    "not UTF-8": ("a file.txt", b"caf\xe9, Marwin of Alibaba"),
    "binary": ("a file.txt", b"\0\1"),
    "UTF-32": ("a file.txt", "Alibaba".encode("utf-32")),
    "of no known format": ("a file.xyz", b"Marwin of Alibaba"),
    "a broken page": ("a file.xliff", b"<xliff"),
    "a link to itself": ("a file.txt", _link_to_itself),
    "a pipe": ("a file.txt", os.mkfifo),
    "in conflict": ("a file.txt", b"<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n"),
}


@pytest.mark.parametrize("fault", FILES)
def test_a_file_that_cannot_be_read(fault: str) -> None:
    name, content = FILES[fault]
    said_by: dict[str, Said] = {}
    for command, words in READING.items():
        if command == "golden add" and name.endswith(".xyz"):
            continue  # a seed needs another name, and that is a wrong command line
        path = Path(name)
        path.unlink(missing_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif content:
            content(path)
        said_by[command] = run_here(*(word.replace("FILE", name) for word in words))
    check_same(said_by, LEFT_ALONE, "a file")


def check_same(said_by: Mapping[str, Said], code: int, about: str) -> None:
    """Check that all commands end with a code, and give the same reason, in one line.

    `about` is what the line begins with, behind the name of the program.
    """
    assert {command: said.code for command, said in said_by.items()} == dict.fromkeys(said_by, code)
    reasons: dict[str, set[str]] = {}
    for command, said in said_by.items():
        lines = [re.sub("^cleaner[a-z -]*: ", "", line) for line in said.err.splitlines()]
        found = [line for line in lines if line.startswith(about)]
        assert len(found) == 1, (command, said)
        (line,) = found
        what = re.sub("cleaner[a-z -]* -h", "-h", line.replace("left alone: ", ""))
        reasons.setdefault(what, set()).add(command)
    (reason,) = reasons
    assert not FOREIGN.search(reason), reason


# -- what is wrong before a file is read

CONFIGURATIONS: Mapping[str, str] = {
    "no TOML": "select = [",
    "an unknown key": "selct = []",
    "a value of another type": "select = 3",
    "an encoding": "encoding = 'utf-9'",
    "a level": "levels = {'names/*' = 'fixed'}",
    "no UTF-8": "select = ['\udcff']",
    "a key twice": "select = []\nselect = []",
    "nested deeply": f"select = {'[' * 3000}",
}


@pytest.mark.parametrize("fault", CONFIGURATIONS)
def test_a_broken_configuration(fault: str) -> None:
    text = CONFIGURATIONS[fault].encode("utf-8", "surrogateescape")
    Path("cleaner.toml").write_bytes(text)
    said_by = {command: run_here(*words) for command, words in CONFIGURED.items()}
    check_same(said_by, WRONG, "cleaner.toml")


RULES: Mapping[str, tuple[str, str]] = {
    "missing": ("rules = ['none.yaml']", ""),
    "no YAML": ("rules = ['own.yaml']", "kind: [\n"),
    "an unknown key": ("rules = ['own.yaml']", "kind: pattern\nrulez: []\n"),
    "a text": ("rules = ['own.yaml']", "- 1\n"),
    "empty": ("rules = ['own.yaml']", ""),
    "a tag": ("rules = ['own.yaml']", "kind: !!python/object/apply:os.system [x]\n"),
    "a pattern": (
        "rules = ['own.yaml']",
        "kind: pattern\nrules:\n- {id: x, match: '(', replace: z, message: m}\n",
    ),
}

# They need no rules; rules lint was given others than those of the configuration.
NO_RULES = {"accept", "reject", "decisions", "decisions take-back", "config", "init", "rules lint"}


@pytest.mark.parametrize("fault", RULES)
def test_broken_rules(fault: str) -> None:
    configuration, text = RULES[fault]
    Path("cleaner.toml").write_text(configuration, encoding="utf-8")
    Path("own.yaml").write_text(text, encoding="utf-8")
    said_by = {
        command: run_here(*words)
        for command, words in CONFIGURED.items()
        if command not in NO_RULES
    }
    check_same(said_by, WRONG, "cleaner.toml:1: " if fault == "missing" else "own.yaml:")


# -- what is wrong on the command line


def wrong_options() -> Mapping[str, tuple[Sequence[str], str]]:
    """Return options that are wrong, each with what is said about it."""
    return {
        "no such option": (("--nonsense",), "there is no option “--nonsense”"),
        "no value": (("--config",), "--config is without its value"),
        "a selector": (
            ("--select", "nmaes"),
            "no rule's id matches “nmaes”; did you mean `names`?",
        ),
        "a format": (("--read-as", "txt"), "there is no format “txt”; did you mean `text`?"),
        "an encoding": (("--encoding", "utf9"), "--encoding: there is no encoding “utf9”; did you"),
        "missing rules": (("--rules", "none.yaml"), "none.yaml:1:1: cannot be read"),
        "a missing configuration": (
            ("--config", "none.toml"),
            "none.toml: cannot be read (",
        ),
        "a missing list": (("--names", "none.tsv"), "none.tsv: "),
        "a list of nothing": (("--names", "a.xyz"), "a.xyz: "),
        "both": (
            ("--isolated", "--config", "c.toml"),
            "--config and --isolated exclude each other",
        ),
    }


WRONG_OPTIONS = wrong_options()


@pytest.mark.parametrize("fault", WRONG_OPTIONS)
def test_a_wrong_option(fault: str) -> None:
    options, about = WRONG_OPTIONS[fault]
    Path("a.xyz").write_bytes(b"\0")
    Path("c.toml").write_text("", encoding="utf-8")
    said_by: dict[str, Said] = {}
    for command, words in CONFIGURED.items():
        uses = NOT_USED.get(fault, set())
        if command not in uses and options_of(words).issuperset(ALL_OPTIONS.intersection(options)):
            said_by[command] = run_here(*words, *options)
    assert len(said_by) > 3
    check_same(said_by, WRONG, about)


# Commands that have an option and need nothing of what it names.
NOT_USED: Mapping[str, set[str]] = {
    "a selector": {"config"},
    "missing rules": {"accept", "config"},
    "a missing list": {"explain"},
    "a list of nothing": {"explain"},
}
ALL_OPTIONS = {
    "--config",
    "--select",
    "--read-as",
    "--encoding",
    "--rules",
    "--names",
    "--isolated",
}


def options_of(words: Sequence[str]) -> frozenset[str]:
    """Return those of these options that a command has, by its help."""
    names = [word for word in words[:3] if not word.startswith("-")]
    depth = 3 if names[1:2] and names[1] in {"rules", "names", "decisions", "golden"} else 2
    depth = 1 if words[0] == "cleaner-hook" else depth
    text = run_here(*words[:depth], "--help").out
    return frozenset(option for option in ALL_OPTIONS if re.search(rf"{option}\b", text))


# -- nothing to do, and something to see


OUTCOMES = [
    pytest.param("fix a.txt", DONE, id="fix"),
    pytest.param("fix --diff a.txt", DONE, id="fix --diff"),
    pytest.param("fix --check a.txt", TO_SEE, id="fix --check"),
    pytest.param("fix --diff --check a.txt", TO_SEE, id="fix --diff --check"),
    pytest.param("fix --check clean.txt", DONE, id="fix --check, clean"),
    pytest.param("fix empty", DONE, id="fix, an empty folder"),
    pytest.param("check a.txt", TO_SEE, id="check"),
    pytest.param("check --exit-zero a.txt", DONE, id="check --exit-zero"),
    pytest.param("check --fix a.txt", DONE, id="check --fix"),
    pytest.param("check lost.txt", DONE, id="check, a report"),
    pytest.param("check --strict lost.txt", TO_SEE, id="check --strict, a report"),
    pytest.param("check suggested.txt", TO_SEE, id="check, a suggestion"),
    pytest.param("check clean.txt empty", DONE, id="check, clean"),
    pytest.param("suggest name.txt", DONE, id="suggest"),
    pytest.param("suggest empty", DONE, id="suggest, an empty folder"),
    pytest.param("review name.txt", TO_SEE, id="review without a terminal"),
    pytest.param("review clean.txt", DONE, id="review, nothing found"),
    pytest.param("review empty", DONE, id="review, an empty folder"),
    pytest.param("pending", DONE, id="pending"),
    pytest.param("test", DONE, id="test"),
    pytest.param("test --golden empty --seeds texts", TO_SEE, id="test, no golden"),
    pytest.param("rules lint mine", DONE, id="rules lint"),
    pytest.param("rules lint idle", TO_SEE, id="rules lint, a problem"),
    pytest.param("rules list empty", DONE, id="rules list, an empty folder"),
    pytest.param("corpus rows.jsonl out --field text", DONE, id="corpus"),
    pytest.param("explain a.txt:1", DONE, id="explain"),
    pytest.param("explain Nobody", DONE, id="explain a form"),
    pytest.param("init", DONE, id="init"),
]


@pytest.mark.parametrize(("line", "code"), OUTCOMES)
def test_nothing_to_do_and_something_to_see(line: str, code: int) -> None:
    for name, text in {
        "clean.txt": CLEAN,
        "lost.txt": "He saw the Gwigi of it.\n",
        "suggested.txt": "Jingdong of Alibaba fell.\n",
        "name.txt": "The actress Tang Wei came with director Jangye Mo. [사진=연합뉴스]\n",
        "texts/one.txt": DAMAGED,
        "idle/x.yaml": "kind: pattern\nrules:\n"
        "- {id: x, match: aaa, replace: bbb, message: m, examples: [{before: aaa, after: bbb}]}\n"
        "- {id: y, match: bbb, replace: ccc, message: m}\n",
        "empty/.hidden": "",
    }.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    said = run_here("cleaner", *line.split())
    assert said.code == code, said


@pytest.mark.parametrize(("name", "code"), [("a.txt", TO_SEE), ("clean.txt", DONE)])
def test_the_hook_stops_a_commit_if_something_changes(name: str, code: int) -> None:
    Path("clean.txt").write_text(CLEAN, encoding="utf-8")
    assert run_here("cleaner-hook", "--check", name).code == code
    assert run_here("cleaner-hook", name).code == code
    assert run_here("cleaner-hook", name).code == DONE


# -- interrupted, and nowhere to print


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, INTERRUPTED), (signal.SIGTERM, TERMINATED)]
)
def test_interrupted_while_a_file_is_opened(
    number: signal.Signals, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = reading.open_regular

    def interrupt(path: Path) -> BinaryIO:
        if path.name == "a.txt":
            os.kill(os.getpid(), number)
        return opened(path)

    monkeypatch.setattr(reading, "open_regular", interrupt)
    for command, words in READING.items():
        said = run_here(*(word.replace("FILE", "a.txt") for word in words))
        assert (said.code, said.err) == (code, ""), command
        assert Path("a.txt").read_text(encoding="utf-8") == DAMAGED


PRINTING = [
    *("fix --diff a.txt", "fix --stdout a.txt", "check a.txt", "check --format sarif a.txt"),
    *("suggest --format yaml a.txt", "test", "config", "rules list", "rules explain ma-yun"),
    *("rules schema", "explain a.txt:1", "names forms", "help", "help rules"),
    *("pending --format json", "--version", "fix --help", "init"),
]
_CLOSED = "cleaner: the output cannot be written (No space left on device)\n"


@pytest.mark.parametrize("line", PRINTING)
def test_output_that_cannot_be_written(line: str) -> None:
    words = [*line.split(), *(["Ma Yun"] if line == "names forms" else [])]
    err = TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        code = code_here("cleaner", *words, out=full, err=err)
        with suppress(OSError):
            full.close()
    said = err.buffer.getvalue().decode()
    assert (code, said.endswith(_CLOSED)) == (LEFT_ALONE, True), said


@pytest.mark.parametrize("line", ["suggest name.txt", "golden add --yes a.txt"])
def test_a_reader_who_has_seen_enough_stops_no_work(line: str) -> None:
    text = "The actress Tang Wei came with director Jangye Mo. [사진=연합뉴스]\n"
    Path("name.txt").write_text(text, encoding="utf-8")
    reads, writes = os.pipe()
    os.close(reads)
    err = TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)
    out = os.fdopen(writes, "w", encoding="utf-8")
    code_here("cleaner", *line.split(), out=out, err=err)
    with suppress(OSError):
        out.close()
    made = ".cleaner/suggestions.yaml" if line.startswith("suggest") else "golden/a.txt"
    assert Path(made).exists()


@pytest.mark.parametrize("line", ["check a.txt", "rules list", "help rules", "config"])
def test_a_reader_who_has_seen_enough(line: str) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    err = TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)
    out = os.fdopen(writes, "w", encoding="utf-8")
    code = code_here("cleaner", *line.split(), out=out, err=err)
    with suppress(OSError):
        out.close()
    assert (code, "written" in err.buffer.getvalue().decode()) == (TO_SEE, False)
