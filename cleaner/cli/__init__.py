"""The command `cleaner`: one file per command, which reads the command line, calls the library and prints."""

from __future__ import annotations

import sys

import typer

from cleaner import __version__, process
from cleaner.cli import (
    accept,
    check,
    config,
    decisions,
    explain,
    fix,
    golden,
    ignore,
    init,
    names,
    pending,
    reject,
    review,
    rules,
    suggest,
    test,
)

app = typer.Typer(
    name="cleaner",
    help="Clean up English that was machine-translated from Korean.",
    epilog="Exit codes: 0 done, 1 something to see, 2 wrong usage, configuration or rule, 3 a file was left alone.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command("fix", short_help="Clean files in place, or filter stdin.")(fix.fix)
app.command("check", short_help="Say what is wrong; change no text.")(check.check)
app.command("ignore", short_help="Leave what was found on a line as it is.")(ignore.ignore)
app.command("init", short_help="Set up a folder of your own.")(init.init)
app.command("suggest", short_help="Find names that nobody has a rule for.")(suggest.suggest)
app.command("explain", short_help="What is known of a form, or of a place.")(explain.explain)
app.command("review", short_help="Decide about suggestions, one name a screen.")(review.review)
app.command("pending", short_help="List suggestions, and what each would do.")(pending.pending)
app.command("accept", short_help="Make rules of suggestions.")(accept.accept)
app.command("reject", short_help="Say that a form is not that name.")(reject.reject)
app.add_typer(decisions.app, name="decisions", short_help="What was rejected; take it back.")
app.command("test", short_help="Hold the rules against examples and goldens.")(test.test)
app.add_typer(golden.app, name="golden", short_help="Texts and how they should come out.")
app.command("config", short_help="Say which settings hold, and why.")(config.config)
app.add_typer(names.app, name="names", short_help="Link garbled names; show how names get garbled.")
app.add_typer(rules.app, name="rules", short_help="List, explain and lint rules.")


def _version(value: bool) -> None:
    if value:
        typer.echo(f"cleaner {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Say the version."),
) -> None:
    """Clean up English that was machine-translated from Korean."""


def main() -> None:
    """Run the command line; every error is one line and an exit code, never a traceback."""
    sys.exit(process.run("cleaner", app))
