"""Options that several commands share, and the settings that they make with the configuration.

A command lists the shared options that it has: `@shared("rules", "config")`. They reach it as one
object, `given`, that knows the settings:

    @shared("rules", "config")
    def pending(min_score: ..., *, given: Given) -> None:
        project = Project(given.settings())
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from cleaner import formats
from cleaner.cli.given import Given

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATHS",
        help="Files, folders (searched for files that cleaner has a reader for), or - for stdin.",
        show_default=False,
    ),
]
StdinFilename = Annotated[
    str | None,
    typer.Option(
        "--stdin-filename",
        metavar="NAME",
        help="The name of stdin in messages; its ending tells the format.",
    ),
]
Jobs = Annotated[
    str,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N|auto",
        help="How many processes to use; auto: one for each core, if there is enough to do.",
    ),
]
Pivot = Annotated[
    Literal["auto", "ko", "none"] | None,
    typer.Option("--pivot", help="The language the texts came through; auto: look for it in each."),
]
Seeds = Annotated[Path, typer.Option("--seeds", metavar="FOLDER", help="Texts as they come in.")]
Golden = Annotated[
    Path,
    typer.Option(
        "--golden", metavar="FOLDER", help="The same texts as a person wants them to come out."
    ),
]

# The shared options: name -> type, with the words of its help, and default.
_SHARED: dict[str, tuple[Any, Any]] = {
    "select": (
        Annotated[
            list[str] | None,
            typer.Option(
                "--select",
                metavar="RULES",
                help="Only these rules: ids, ends of ids, folders or patterns, as in "
                "names,'quotes/*'.",
            ),
        ],
        None,
    ),
    "ignore": (
        Annotated[
            list[str] | None,
            typer.Option("--ignore", metavar="RULES", help="Not these rules; as for --select."),
        ],
        None,
    ),
    "rules": (
        Annotated[
            list[Path] | None,
            typer.Option(
                "--rules",
                metavar="PATH",
                help="Your own rules, a file or a folder; they override bundled ones.",
            ),
        ],
        None,
    ),
    "bundled": (
        Annotated[
            bool | None,
            typer.Option(
                "--bundled/--no-bundled",
                help="Use the rules that come with cleaner, or not.",
                show_default=False,
            ),
        ],
        None,
    ),
    "prefer": (
        Annotated[
            list[str] | None,
            typer.Option(
                "--prefer",
                metavar="NAME=ALIAS",
                help="House style: the alias to write, as in 'Ma Yun=Jack Ma'.",
            ),
        ],
        None,
    ),
    "encoding": (
        Annotated[
            str | None,
            typer.Option(
                "--encoding",
                metavar="NAME",
                help="The encoding of files that declare none; utf-8 by default.",
            ),
        ],
        None,
    ),
    "read_as": (
        Annotated[
            str | None,
            typer.Option(
                "--read-as",
                metavar="FORMAT",
                help=f"Read files as one of {', '.join(formats.names())}, whatever their names end "
                "in; in folders, files that no format reads. See `cleaner help formats`.",
            ),
        ],
        None,
    ),
    "fields": (
        Annotated[
            list[str] | None,
            typer.Option(
                "--field",
                metavar="NAME",
                help="A field that holds text, as in title or 'paragraphs[].text', in data and in "
                "the front matter of Markdown; may be given several times.",
            ),
        ],
        None,
    ),
    "names": (
        Annotated[
            list[Path] | None,
            typer.Option(
                "--names",
                metavar="FILE",
                help="A list of your own right names, in any format of `cleaner help lists`; may "
                "be given several times.",
            ),
        ],
        None,
    ),
    "gazetteer": (
        Annotated[
            bool | None,
            typer.Option(
                "--gazetteer/--no-gazetteer",
                help="Use the names that come with cleaner, or not; by default only if there is no "
                "list of your own.",
                show_default=False,
            ),
        ],
        None,
    ),
    "exclude": (
        Annotated[
            list[str] | None,
            typer.Option(
                "--exclude",
                metavar="PATTERNS",
                help="Also leave these files alone; patterns as in .gitignore, relative to the "
                "working folder.",
            ),
        ],
        None,
    ),
    "no_exclude": (
        Annotated[
            bool,
            typer.Option("--no-exclude", help="Also read what the configuration excludes."),
        ],
        False,
    ),
    "quiet": (
        Annotated[
            bool,
            typer.Option(
                "--quiet",
                "-q",
                help="Say only what was found, what has to be looked up, and what went wrong.",
            ),
        ],
        False,
    ),
    "verbose": (
        Annotated[
            bool,
            typer.Option("--verbose", "-v", help="Name every file, and every change that is made."),
        ],
        False,
    ),
    "config": (
        Annotated[
            Path | None,
            typer.Option(
                "--config",
                metavar="FILE",
                help="Read this configuration instead of the nearest one.",
            ),
        ],
        None,
    ),
    "isolated": (
        Annotated[bool, typer.Option("--isolated", help="Read no configuration.")],
        False,
    ),
}

# What every command that looks names up has besides.
RIGHT_NAMES = ("names", "gazetteer")
# How much a command says.
TALKING = ("quiet", "verbose")
# What every command that looks for names in texts has, so that it finds the same.
SEARCHING = (
    "select",
    "ignore",
    "rules",
    "bundled",
    "encoding",
    "read_as",
    "fields",
    "no_exclude",
    *RIGHT_NAMES,
    "config",
)
# What every command that cleans texts has: all others.
CLEANING = tuple(name for name in _SHARED if name not in (*RIGHT_NAMES, *TALKING))


def shared(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the shared options of these names, behind its own ones.

    The command takes a keyword-only parameter `given` for them, which typer never sees.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def run(**values: Any) -> None:
            given = Given(**{name: values.pop(name) for name in names})
            command(**values, given=given)

        signature = inspect.signature(command, eval_str=True)
        own = [one for one in signature.parameters.values() if one.name != "given"]
        parameters = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own]
        for name in names:
            annotation, default = _SHARED[name]
            parameters.append(
                inspect.Parameter(
                    name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
                )
            )
        run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {one.name: one.annotation for one in parameters}
        return run

    return decorate
