"""The commands as processes: signals at any moment, streams that are full or closed, any locale."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.command import CLEAN, DAMAGED, USUAL, run

COMMANDS = {
    "cleaner": ["-c", "from cleaner.__main__ import main; main()", "fix"],
    "python -m cleaner": ["-m", "cleaner", "fix"],
    "cleaner-hook": ["-c", "from cleaner.__main__ import hook; hook()"],
}
# Sends this process a signal when a module is about to be imported.
SIGNAL_ON_IMPORT = """\
import os, sys
from importlib.abc import MetaPathFinder
class Finder(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == os.environ.get("SIGNAL_AT"):
            os.kill(os.getpid(), int(os.environ["SIGNAL"]))
sys.meta_path.insert(0, Finder())
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(DAMAGED, encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(SIGNAL_ON_IMPORT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("number", "code"), [(2, 130), (15, 143)], ids=["INT", "TERM"])
@pytest.mark.parametrize("module", ["own", "regex", "ahocorasick_rs", "yaml", "cleaner.formats"])
def test_a_signal_during_imports(
    module: str, number: int, code: int, command: str, folder: Path
) -> None:
    """Some are imported before the command begins, others while it works."""
    own = "cleaner.hook" if command == "cleaner-hook" else "cleaner.cli"
    env = {
        **USUAL,
        "PYTHONPATH": str(folder / "site"),
        "SIGNAL_AT": own if module == "own" else module,
        "SIGNAL": str(number),
        "CLEANER_CACHE_DIR": str(folder / "cache"),
    }
    done = subprocess.run(
        [sys.executable, *COMMANDS[command], "a.txt"], cwd=folder, env=env, capture_output=True
    )
    assert (done.returncode, done.stderr) == (code, b"")
    assert (folder / "a.txt").read_text(encoding="utf-8") in {DAMAGED, CLEAN}


STREAMS = ["2>/dev/full", "2>&-", "<&- >&- 2>&-"]
WORK = [
    pytest.param("cleaner", "a.txt", 0, id="fix"),
    pytest.param("cleaner", "a.txt none.txt", 3, id="fix with a file that is not there"),
    pytest.param("cleaner", "--check a.txt", 1, id="fix --check"),
    pytest.param("cleaner", "--nonsense a.txt", 2, id="fix with a wrong option"),
    pytest.param("cleaner", "--rules none.yaml a.txt", 2, id="fix with wrong rules"),
    pytest.param("cleaner-hook", "a.txt", 1, id="hook"),
    pytest.param("cleaner-hook", "none.txt a.txt", 3, id="hook with a file that is not there"),
    pytest.param("cleaner-hook", "--nonsense a.txt", 2, id="hook with a wrong option"),
]


@pytest.mark.parametrize("streams", STREAMS)
@pytest.mark.parametrize(("command", "arguments", "code"), WORK)
def test_messages_that_cannot_be_written_change_nothing(
    command: str, arguments: str, code: int, streams: str, folder: Path
) -> None:
    program = " ".join(f"'{word}'" for word in (sys.executable, *COMMANDS[command]))
    line = f"{program} {arguments} {streams}"
    done = subprocess.run(["sh", "-c", line], cwd=folder, env=USUAL, capture_output=True)
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False)
    cleaned = code != 2 and "--check" not in arguments
    assert (folder / "a.txt").read_text(encoding="utf-8") == (CLEAN if cleaned else DAMAGED)


SURROUNDINGS: Mapping[str, dict[str, str]] = {
    "C": {"LC_ALL": "C"},
    "ASCII": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "EUC-KR": {"LANG": "ko_KR.EUC-KR", "LC_ALL": "ko_KR.EUC-KR"},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8"},
    "hash seed 0": {"PYTHONHASHSEED": "0"},
    "hash seed 4242": {"PYTHONHASHSEED": "4242"},
    "a dumb terminal": {"TERM": "dumb"},
    "a small terminal": {"TERM": "", "COLUMNS": "20", "LINES": "2"},
    "no home": {"HOME": "", "XDG_CACHE_HOME": "", "CLEANER_CACHE_DIR": ""},
    "no cache": {"HOME": "/nowhere", "CLEANER_CACHE_DIR": "/dev/null/x"},
    "a time zone": {"TZ": "Asia/Seoul"},
    "the encoding of streams": {"PYTHONIOENCODING": "utf-8"},
}
OUTPUTS = [
    ("check", "--format", "text", "a.txt"),
    ("fix", "--diff", "a.txt"),
    ("suggest", "--no-keep", "a.txt"),
    ("config",),
]


@pytest.mark.parametrize("arguments", OUTPUTS, ids=lambda arguments: arguments[0])
def test_the_output_is_the_same_wherever_it_is_made(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    text = f"{DAMAGED}\n“Marwin,,” said Mahuateng, 마윈.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    usual = run(*arguments, cwd=tmp_path)
    for name, env in SURROUNDINGS.items():
        assert run(*arguments, cwd=tmp_path, env=env) == usual, name


FAULT = """\
from cleaner import process
from cleaner.text.edits import apply
process.run("cleaner", lambda: apply("", None))
"""


def test_a_fault_of_the_program_is_one_line() -> None:
    done = subprocess.run([sys.executable, "-c", FAULT], capture_output=True, text=True)
    said = "cleaner: this is a fault of the program (TypeError in cleaner/text/edits.py:"
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1
