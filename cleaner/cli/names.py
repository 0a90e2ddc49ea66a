"""`cleaner names`: link garbled forms to names, show how names get garbled, convert lists."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleaner.cli.given import Given
from cleaner.cli.mistakes import Group
from cleaner.cli.options import RIGHT_NAMES, shared
from cleaner.cli.terminal import say
from cleaner.errors import UnsyncedError, UsageError
from cleaner.project.selection import written
from cleaner.project.writing import write_output
from cleaner.reading import exists
from cleaner.text.counting import count
from cleaner.text.visible import visible

if TYPE_CHECKING:
    from cleaner.names.match import Candidate
    from cleaner.names.name import Name

_LONGEST_LINE = 1_000_000  # bytes of a line of stdin
_AT_ONCE = 65_536  # bytes of stdin that are read at once, at most

Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file, and not to stdout."),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force", help="With -o: also write to a read-only or hard-linked file, or a link."
    ),
]

app = typer.Typer(
    help="Link garbled names, show how names get garbled, and convert lists of names.",
    no_args_is_help=True,
    cls=Group,
    rich_markup_mode=None,
)


@app.command("link", short_help="Say which names are meant by forms on stdin.")
@shared("rules", *RIGHT_NAMES, "config", "isolated")
def link(
    format: Annotated[
        Literal["text", "jsonl"],
        typer.Option("--format", help="Lines to read, or one JSON object a line."),
    ] = "text",
    pivot: Annotated[
        str,
        typer.Option(
            "--pivot",
            metavar="auto|ko|none",
            help="The language the forms came through; auto means ko, as there is no document.",
        ),
    ] = "auto",
    limit: Annotated[
        int,
        typer.Option("--limit", metavar="N", min=1, help="How many candidates a form may have."),
    ] = 5,
    score_cutoff: Annotated[
        float | None,
        typer.Option(
            "--score-cutoff",
            metavar="S",
            min=0.0,
            max=1.0,
            help="Give every candidate from this score on.",
        ),
    ] = None,
    *,
    given: Given,
) -> None:
    """Say which names are meant by forms: one form a line on stdin, an answer for each, in order.

    Your own lists and the canonical forms of the rules are searched, and the gazetteer that comes
    with cleaner if you have no list. A form that is a right name has no candidates. One that looks
    like an ordinary word or like the name of a Korean has some only if they are likely all the
    same.

    \b
    Examples:
      echo 'Jing Xian-dong' | cleaner names link
      cleaner names link --names people.tsv --format jsonl < forms.txt
    """
    from cleaner.names.matchers import matcher_of
    from cleaner.names.stated import Stated

    right = _right_names(given)
    if sys.stdin.isatty():
        say("type one form a line; Ctrl-D ends")
    matcher, stated = matcher_of(right, pivot), Stated(right)
    for forms in _lines_at_hand():
        answers = matcher.link_all(forms, limit=limit, score_cutoff=score_cutoff)
        for form, found in zip(forms, answers, strict=True):
            for line in _answer(form, stated.first(form, found), format):
                _print_now(line)


def _right_names(given: Given) -> Sequence[Name]:
    from cleaner.names.gazetteer import right_names

    settings = given.settings()
    lists, gazetteer = settings.names
    return right_names(written(settings).rules.values(), lists, gazetteer=gazetteer).names


def _answer(form: str, found: Sequence[Candidate], format: str) -> Iterator[str]:
    if format == "jsonl":
        candidates = [
            {"canonical": one.canonical, "score": one.score, "strong": one.strong, "why": one.why}
            for one in found
        ]
        yield json.dumps({"form": form, "candidates": candidates}, ensure_ascii=False)
        return
    for one in found:
        mark = "*" if one.strong else " "
        yield visible(f"{one.score:.2f}{mark} {one.why}")
    if not found:
        yield visible(f"   -  {form}")


@app.command("forms", short_help="The likeliest garbles of a name.")
@shared("rules", *RIGHT_NAMES, "config", "isolated")
def forms(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The canonical form, as in 'Ma Yun'.")
    ],
    zh: Annotated[
        str, typer.Option("--zh", metavar="HANZI", help="Its characters, if you know them.")
    ] = "",
    ko: Annotated[
        str,
        typer.Option("--ko", metavar="HANGUL", help="How Korean newspapers write it, if you know."),
    ] = "",
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many forms.")] = 10,
    pivot: Annotated[
        str, typer.Option("--pivot", metavar="ko", help="The language in between.")
    ] = "ko",
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", help="Lines to read, or JSON.")
    ] = "text",
    *,
    given: Given,
) -> None:
    """List the likeliest garbles of a name, the likeliest first, and how each comes about.

    Characters and Hangul are taken from the names that are known, unless they are given.

    \b
    Examples:
      cleaner names forms 'Ma Yun'
      cleaner names forms 'Jiang Shuying' --zh 江疏影 --limit 20 --format json
    """
    from cleaner.names.garbles import garbles
    from cleaner.names.name import Name
    from cleaner.names.pivot.script import letters

    remedy = "give its canonical form, as in 'Ma Yun'"
    if not name.strip():
        raise UsageError(f"the name is empty; {remedy}")
    if not letters(name):
        raise UsageError(f"“{name}” has no Latin letter; {remedy}")
    one = next((other for other in _right_names(given) if name in other.right), Name(name))
    hangul = (ko,) if ko else one.hangul
    wanted = Name(name, one.kind, zh or one.hanzi, hangul, one.right)
    found = garbles(wanted, pivot=pivot, limit=limit)
    if format == "text":
        for garble in found:
            typer.echo(visible(garble.path(name)))
        return
    rows = [
        {
            "form": garble.form,
            "cost": garble.cost,
            "through": garble.through,
            "reading": garble.reading,
            "system": garble.system,
        }
        for garble in found
    ]
    typer.echo(json.dumps({"name": name, "forms": rows}, ensure_ascii=False))


@app.command("import", short_help="Read a list of names of another tool.")
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A list of names.", show_default=False)
    ],
    output: Output = None,
    force: Force = False,
) -> None:
    """Read a list of names in any format of `cleaner help lists`, and print or write it as one of
    ours: YAML, or a table if the file of -o ends in .tsv or .csv.

    It says how many names were read, from which format, and what could not be kept.

    \b
    Examples:
      cleaner names import glossary.json
      cleaner names import terms.tbx -o names.tsv
    """
    from cleaner.names.glossaries import read_glossary

    wanted = _format_of(output)
    glossary = read_glossary(file)
    found = count(len(glossary.names), "name")
    _write(glossary.names, wanted, output, force=force)
    say(f"{file}: {found} from {glossary.title}")
    for note in glossary.notes:
        say(f"{file}: left out: {note}")


@app.command("export", short_help="Write names as a list for another tool.")
@shared("rules", "names", "config", "isolated")
def export(
    format: Annotated[
        str,
        typer.Option(
            "--format", metavar="NAME", help="One of the formats that `cleaner help lists` lists."
        ),
    ],
    output: Output = None,
    force: Force = False,
    *,
    given: Given,
) -> None:
    """Write names as a list for another tool: those of --names, or else those of this project's
    own rules, such as accepted suggestions, with their variants.

    It says what the format cannot hold.

    \b
    Examples:
      cleaner names export --format omegat -o glossary.txt
      cleaner names export --names people.tsv --format tbx -o people.tbx
    """
    from cleaner.names.glossaries import check_written

    check_written(format)
    _write(_names_to_export(given), format, output, force=force)


def _names_to_export(given: Given) -> Sequence[Name]:
    from cleaner.names.gazetteer import names_of_rules, right_names
    from cleaner.review.project import Project

    if given.names:
        return right_names((), given.names, gazetteer=False).names
    project = Project(given.settings()._replace(bundled=False))
    has_rules = project.config.rules or exists(project.accept_to)
    found = names_of_rules(project.rules()) if has_rules else []
    if not found:
        raise UsageError("this project has no names of its own; give --names FILE")
    return found


def _format_of(output: Path | None) -> str:
    """Return the format that the ending of a file asks for."""
    endings = {".yaml": "gazetteer", ".yml": "gazetteer", ".tsv": "tsv", ".csv": "csv"}
    if output is None:
        return "gazetteer"
    if output.suffix.lower() not in endings:
        raise UsageError(
            f"{output}: what is imported is written as YAML or as a table; "
            f"end the name in one of {', '.join(endings)}"
        )
    return endings[output.suffix.lower()]


def _write(names: Sequence[Name], format: str, output: Path | None, *, force: bool) -> None:
    """Print or write names in a format, and say what is not kept."""
    from cleaner.names.glossaries import render

    text, notes = render(names, format)
    if output is None:
        typer.echo(text, nl=False)
    else:
        written = write_output(output, text.encode(), force=force)
        if written.unsynced:
            raise UnsyncedError(output, written.unsynced)
    for note in notes:
        say(f"{output or format}: {note}")


def _lines_at_hand() -> Iterator[list[str]]:
    """Yield the lines of stdin, without their line ends: as many at once as need no waiting.

    The lines before a faulty one come first, and then its error.
    """
    number = 0
    for lines in _raw_lines_at_hand():
        forms = []
        for line in lines:
            number += 1
            try:
                forms.append(_decoded(line, number))
            except UsageError:
                yield forms
                raise
        yield forms


def _raw_lines_at_hand() -> Iterator[list[bytes]]:
    """Yield the lines of stdin; one that is too long may come in pieces."""
    begun = b""
    while data := os.read(sys.stdin.fileno(), _AT_ONCE):
        *lines, begun = (begun + data).split(b"\n")
        if len(begun) > _LONGEST_LINE + 1:
            lines.append(begun)
            begun = b""
        yield lines
    if begun:
        yield [begun]


def _decoded(line: bytes, number: int) -> str:
    """Return a line of stdin as text, without its line end."""
    if len(line.rstrip(b"\r\n")) > _LONGEST_LINE:
        what = f"the line has more than {_LONGEST_LINE:,} bytes"
        raise UsageError(f"<stdin>:{number}: {what}; send one form a line")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"byte 0x{line[error.start]:02X} is not UTF-8"
        raise UsageError(f"<stdin>:{number}:{error.start + 1}: {byte}; send UTF-8") from None
    if number == 1:
        text = text.removeprefix("\ufeff")
    return text.rstrip("\r\n")


def _print_now(line: str) -> None:
    """Print a line at once: a caller may wait for each answer before it sends the next form."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
