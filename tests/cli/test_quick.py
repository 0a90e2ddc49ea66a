"""`cleaner fix` and `check` read their command lines without typer if they can, as typer does."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, get_args, get_origin

import pytest
from typer.models import OptionInfo

from cleaner.arguments import Option
from cleaner.cli import checking, commands, fixing, quick
from cleaner.cli.check import check
from cleaner.cli.fix import fix
from cleaner.cli.quick import OPTIONS


def of_typer(command: Callable[..., None]) -> Mapping[str, Option]:
    """Return the options that typer makes of a command's signature, as `quick` writes them."""
    options: dict[str, Option] = {}
    for name, parameter in inspect.signature(command).parameters.items():
        type_, info = get_args(parameter.annotation)
        if not isinstance(info, OptionInfo):
            continue
        types = {type_, *get_args(type_)}
        takes: Literal["", "text", "path"] = "text"
        if bool in types:
            takes = ""
        elif types & {Path, list[Path]}:
            takes = "path"
        several = bool(types & {list[str], list[Path]})
        choices = get_args(type_) if get_origin(type_) is Literal else ()
        # typer keeps the first name of an `Annotated` option where the default would be.
        for declared in map(str, (info.default, *(info.param_decls or ()))):
            yes, _, no = declared.partition("/")
            options[yes] = Option(name, takes, several, choices=choices)
            if no:
                options[no] = Option(name, takes, several, means=False)
    return options


@pytest.mark.parametrize(("name", "command"), [("fix", fix), ("check", check)])
def test_the_options_are_those_of_typer(name: str, command: Callable[..., None]) -> None:
    assert dict(OPTIONS[name]) == of_typer(command)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").touch()
    Path("rules").mkdir()
    return tmp_path


def asked(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, command: Any
) -> tuple[Any, Any, Any]:
    """Return what a command hands over to `fixing.run` or `checking.run`."""
    told: list[tuple[Any, Any, Any]] = []

    def run(*paths: Any, given: Any, **own: Any) -> int:
        told.append((paths[0] if paths else own.pop("paths"), given, own))
        return 0

    with monkeypatch.context() as patch:
        patch.setattr(module, "run", run)
        command()
    (one,) = told
    return one


BOTH: Mapping[str, Any] = {"output": None, "jobs": "auto", "stdin_filename": None}
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "fix": {
        **BOTH,
        "diff": False,
        "format": "diff",
        "stdout": False,
        "check": False,
        "backup": None,
        "level": "fix",
        "force": False,
    },
    "check": {
        **BOTH,
        "format": None,
        "fix": False,
        "strict": False,
        "exit_zero": False,
        "baseline": None,
        "write_baseline": False,
        "profile": False,
    },
}
RUNS = {"fix": fixing, "check": checking}


@pytest.mark.parametrize(
    "line",
    [
        "fix a.txt",
        "fix -",
        "fix - --check",
        "fix --diff a.txt rules",
        "fix a.txt -o -",
        "fix -o out.txt a.txt",
        "fix --output=out.txt a.txt",
        "fix --output a=b a.txt",
        "fix --backup --no-backup a.txt",
        "fix --level suggest --level=fix a.txt",
        "fix --jobs 2 -j 3 a.txt",
        "fix --rules rules --rules a.txt a.txt --isolated",
        "fix --select names/* --select quotes/* --ignore=a=b a.txt",
        "fix --no-bundled --rules rules --force --stdout a.txt",
        "fix --prefer X=Y --field title --field body --read-as json a.txt",
        "fix --encoding cp949 --config a.txt --no-exclude --stdin-filename x.md -",
        "check a.txt",
        "check - --strict",
        "check --format json -o out.json rules",
        "check -q --exit-zero --select names a.txt",
        "check --baseline a.txt rules",
        "check --baseline=a.txt --write-baseline rules",
        "check --fix --profile -v --jobs 1 a.txt",
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_is_read_is_what_typer_reads(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = line.split()
    monkeypatch.setattr("sys.argv", ["cleaner", *words])
    assert quick.read(words) is not None
    module = RUNS[words[0]]
    assert module.__name__ == quick.MODULES[words[0]]
    paths, given, own = asked(monkeypatch, module, module._main)
    by_typer = asked(monkeypatch, module, commands._run)
    lists = {name: list(value) for name, value in given._asdict().items() if type(value) is list}
    assert (paths, given._replace(**lists), {**DEFAULTS[words[0]], **own}) == by_typer


@pytest.mark.parametrize(
    "line",
    [
        "",
        "test a.txt",
        "fix",
        "check --baseline new.json --write-baseline a.txt",
        "check --level fix a.txt",
        "fix --diff",
        "fix --help",
        "fix -h a.txt",
        "fix --dif a.txt",
        "fix --unknown a.txt",
        "fix -- a.txt",
        "fix -oout.txt a.txt",
        "fix -j2 a.txt",
        "fix --check=yes a.txt",
        "fix a.txt -o",
        "fix -o --check a.txt",
        "fix --level high a.txt",
        "fix --rules missing a.txt",
        "fix --config= a.txt",
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_is_left_to_typer(line: str) -> None:
    assert quick.read(line.split()) is None


@pytest.mark.usefixtures("folder")
def test_a_shell_that_completes_is_left_to_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "_CLEANER_COMPLETE", "complete_bash")
    assert quick.read(["fix", "a.txt"]) is None
