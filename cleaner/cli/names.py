"""`cleaner names`: link garbled forms to names, and show how a name may get garbled."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleaner.cli.options import Given, shared
from cleaner.errors import UsageError
from cleaner.project.selection import ruleset
from cleaner.text.visible import visible

if TYPE_CHECKING:
    from cleaner.names.match import Candidate

_LONGEST_LINE = 1_000_000  # bytes of a line of stdin

app = typer.Typer(
    help="Link garbled names, and show how names get garbled.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Names = Annotated[
    Path | None,
    typer.Option(
        "--names",
        metavar="FILE",
        help=(
            "Right names: one a line; a table with a header (canonical, kind, zh, ko, aliases);"
            " or YAML."
        ),
    ),
]


@app.command("link", short_help="Say which names are meant by forms on stdin.")
@shared("rules", "config", "isolated")
def link(
    names: Names = None,
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
        int, typer.Option("--limit", min=1, help="How many candidates a form may have.")
    ] = 5,
    score_cutoff: Annotated[
        float | None,
        typer.Option(
            "--score-cutoff", min=0.0, max=1.0, help="Give every candidate from this score on."
        ),
    ] = None,
    *,
    given: Given,
) -> None:
    """Say which names are meant by forms: one form a line on stdin, an answer for each, in order.

    Without --names the bundled gazetteer and the canonical forms of the rules are searched. A form
    that is a right name, an ordinary word or the name of a Korean has no candidates.

    \b
    Examples:
      echo 'Jing Xian-dong' | cleaner names link
      cleaner names link --names people.tsv --format jsonl < forms.txt
    """
    from cleaner.names.gazetteer import known_names, load_names
    from cleaner.names.match import Matcher

    right = load_names(names) if names else known_names(ruleset(given.settings()))
    matcher = Matcher(right, pivot=pivot)
    for form in _lines():
        found = matcher.link(form, limit=limit, score_cutoff=score_cutoff)
        for line in _answer(form, found, format):
            _print_now(line)


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
    names: Names = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many forms.")] = 10,
    pivot: Annotated[
        str, typer.Option("--pivot", metavar="ko", help="The language in between.")
    ] = "ko",
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", help="Lines to read, or JSON.")
    ] = "text",
) -> None:
    """List the likeliest garbles of a name, the likeliest first, and how each comes about.

    Characters and Hangul are taken from the names that are known, unless they are given.

    \b
    Examples:
      cleaner names forms 'Ma Yun'
      cleaner names forms 'Jiang Shuying' --zh 江疏影 --limit 20 --format json
    """
    from cleaner.names.garbles import garbles
    from cleaner.names.gazetteer import Name, known_names, load_names
    from cleaner.names.pivot.script import letters

    remedy = "give its canonical form, as in 'Ma Yun'"
    if not name.strip():
        raise UsageError(f"the name is empty; {remedy}")
    if not letters(name):
        raise UsageError(f"“{name}” has no Latin letter; {remedy}")
    right = load_names(names) if names else known_names(ruleset(Given().settings()))
    one = next((other for other in right if name in other.right), Name(name))
    wanted = Name(name, one.kind, zh or one.hanzi, ko or one.hangul, one.right)
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


def _lines() -> Iterator[str]:
    """Yield the lines of stdin, without their line ends."""
    lines = iter(partial(sys.stdin.buffer.readline, _LONGEST_LINE + 2), b"")
    for number, line in enumerate(lines, 1):
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
        yield text.rstrip("\r\n")


def _print_now(line: str) -> None:
    """Print a line at once: a caller may wait for each answer before it sends the next form."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
