"""`cleaner names`: link garbled forms to names, and show how a name may be garbled."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from cleaner.cli import options
from cleaner.errors import UsageError
from cleaner.project.selection import ruleset
from cleaner.text.visible import visible

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
        help="Right names: one a line; a table with a header (canonical, kind, zh, ko, aliases); or YAML.",
    ),
]
Format = Annotated[
    Literal["text", "jsonl"], typer.Option("--format", help="Lines to read, or JSON a line.")
]
Pivot = Annotated[
    str,
    typer.Option(
        "--pivot",
        metavar="auto|ko|none",
        help="The language the forms came through; auto: ko, having no document.",
    ),
]


@app.command("link", short_help="Say which names are meant by forms on stdin.")
def link(
    names: Names = None,
    format: Format = "text",
    pivot: Pivot = "auto",
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="How many candidates a form may have.")
    ] = 5,
    score_cutoff: Annotated[
        float | None,
        typer.Option(
            "--score-cutoff", min=0.0, max=1.0, help="Give every candidate from this score on."
        ),
    ] = None,
    rules: options.Rules = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Say which names are meant by forms: one form a line on stdin, an answer each, in the same
    order.

    Without --names the bundled gazetteer and the canonical forms of the rules are searched. A form
    that is a right name, an ordinary word or the name of a Korean has no candidates.

    \b
    Examples:
      echo 'Jing Xian-dong' | cleaner names link
      cleaner names link --names people.tsv --format jsonl < forms.txt
    """
    from cleaner.names.gazetteer import known_names, load_names
    from cleaner.names.match import Matcher

    right = (
        load_names(names)
        if names
        else known_names(ruleset(options.settings(config, isolated, rules=rules)))
    )
    matcher = Matcher(right, pivot=pivot)
    for form in _lines():
        found = matcher.link(form, limit=limit, score_cutoff=score_cutoff)
        if format == "jsonl":
            candidates = [
                {"canonical": c.canonical, "score": c.score, "strong": c.strong, "why": c.why}
                for c in found
            ]
            _say(json.dumps({"form": form, "candidates": candidates}, ensure_ascii=False))
        else:
            for c in found:
                _say(visible(f"{c.score:.2f}{'*' if c.strong else ' '} {c.why}"))
            if not found:
                _say(visible(f"   -  {form}"))


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
        str, typer.Option("--pivot", metavar="ko", help="The language between.")
    ] = "ko",
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", help="Lines to read, or JSON.")
    ] = "text",
) -> None:
    """The likeliest garbles of a name, the likeliest first, each with the way it came about.

    Characters and Hangul are taken from the names that are known, unless they are given.

    \b
    Examples:
      cleaner names forms 'Ma Yun'
      cleaner names forms 'Jiang Shuying' --zh 江疏影 --limit 20 --format json
    """
    from cleaner.names.garbles import garbles
    from cleaner.names.gazetteer import Name, known_names, load_names
    from cleaner.names.pivot.script import letters

    if not name.strip():
        raise UsageError("the name is empty; give its canonical form, as in 'Ma Yun'")
    if not letters(name):
        raise UsageError(f"“{name}” has no Latin letter; give its canonical form, as in 'Ma Yun'")
    right = load_names(names) if names else known_names(ruleset(options.settings(None, False)))
    one = next((known_name for known_name in right if name in known_name.right), Name(name))
    found = garbles(
        Name(name, one.kind, zh or one.hanzi, ko or one.hangul, one.right), pivot=pivot, limit=limit
    )
    if format == "json":
        rows = [
            {
                "form": g.form,
                "cost": g.cost,
                "through": g.through,
                "reading": g.reading,
                "system": g.system,
            }
            for g in found
        ]
        typer.echo(json.dumps({"name": name, "forms": rows}, ensure_ascii=False))
        return
    for garble in found:
        typer.echo(visible(garble.path(name)))


def _lines() -> Iterator[str]:
    for number, line in enumerate(sys.stdin.buffer, 1):
        try:
            yield line.decode("utf-8").removeprefix("\ufeff" if number == 1 else "").rstrip("\r\n")
        except UnicodeDecodeError as error:
            what = (
                f"<stdin>:{number}:{error.start + 1}: byte 0x{line[error.start]:02X} is not UTF-8"
            )
            raise UsageError(f"{what}; send UTF-8") from None


def _say(line: str) -> None:
    """A line at once: whoever sends forms one by one wants each answer before the next question."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
