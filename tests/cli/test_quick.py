"""`cleaner fix` reads its command line without typer if it can, and then as typer does."""

from __future__ import annotations

import inspect
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from typer.models import OptionInfo

from cleaner.arguments import Option
from cleaner.cli import commands, fixing, quick
from cleaner.cli.fix import fix
from cleaner.cli.quick import OPTIONS


def of_typer() -> Mapping[str, Option]:
    """Return the options that typer makes of the command's signature, as `quick` writes them."""
    options: dict[str, Option] = {}
    for name, parameter in inspect.signature(fix).parameters.items():
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


def test_the_options_are_those_of_typer() -> None:
    assert dict(OPTIONS) == of_typer()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").touch()
    Path("rules").mkdir()
    return tmp_path


def asked(monkeypatch: pytest.MonkeyPatch, command: Any) -> tuple[Any, Any, Any]:
    """Return what a command hands over to `fixing.run`."""
    told: list[tuple[Any, Any, Any]] = []

    def run(*paths: Any, given: Any, **own: Any) -> int:
        told.append((paths[0] if paths else own.pop("paths"), given, own))
        return 0

    with monkeypatch.context() as patch:
        patch.setattr(fixing, "run", run)
        command()
    (one,) = told
    return one


DEFAULTS = {
    "diff": False,
    "format": "diff",
    "stdout": False,
    "output": None,
    "check": False,
    "backup": None,
    "level": "fix",
    "force": False,
    "jobs": "auto",
    "stdin_filename": None,
}


@pytest.mark.parametrize(
    "line",
    [
        "a.txt",
        "-",
        "- --check",
        "--diff a.txt rules",
        "a.txt -o -",
        "-o out.txt a.txt",
        "--output=out.txt a.txt",
        "--output a=b a.txt",
        "--backup --no-backup a.txt",
        "--level suggest --level=fix a.txt",
        "--jobs 2 -j 3 a.txt",
        "--rules rules --rules a.txt a.txt --isolated",
        "--select names/* --select quotes/* --ignore=a=b a.txt",
        "--no-bundled --rules rules --force --stdout a.txt",
        "--prefer X=Y --field title --field body --read-as json a.txt",
        "--encoding cp949 --config a.txt --no-exclude --stdin-filename x.md -",
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_is_read_is_what_typer_reads(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["fix", *line.split()]
    monkeypatch.setattr("sys.argv", ["cleaner", *words])
    assert quick.read(words) is not None
    paths, given, own = asked(monkeypatch, fixing._main)
    by_typer = asked(monkeypatch, commands._run)
    lists = {name: list(value) for name, value in given._asdict().items() if type(value) is list}
    assert (paths, given._replace(**lists), {**DEFAULTS, **own}) == by_typer


@pytest.mark.parametrize(
    "line",
    [
        "",
        "check a.txt",
        "fix",
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
