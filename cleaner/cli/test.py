"""`cleaner test`: hold the rules against their examples, the goldens and the clean pages."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from cleaner import goldens
from cleaner.cli import options
from cleaner.cli.terminal import complain, count, diff_line
from cleaner.engine.index import Index
from cleaner.errors import UsageError
from cleaner.goldens.hunks import Hunk, hunks, take
from cleaner.project import files, selection
from cleaner.reports.diff import unified
from cleaner.rulebook import judge
from cleaner.rules.model import RuleSet
from cleaner.text.visible import visible


def test(
    seeds: Annotated[
        Path, typer.Option("--seeds", metavar="FOLDER", help="Texts as they come in.")
    ] = Path("seeds"),
    golden: Annotated[
        Path,
        typer.Option("--golden", metavar="FOLDER", help="The same texts as a person wants them."),
    ] = Path("golden"),
    update: Annotated[
        bool,
        typer.Option("--update", help="Show what would change in the goldens, ask, and write it."),
    ] = False,
    review: Annotated[
        bool,
        typer.Option(
            "--review", help="Go through what is not as wanted, one difference at a time."
        ),
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="With --update: write without asking.")
    ] = False,
    rules: options.Rules = None,
    bundled: options.Bundled = None,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Hold the rules against their examples, the goldens and the clean pages.

    An example is validated, missing (its rule should have fired) or noisy (it should not have). Of
    a seed's edits it says how many are right, needed and harmful; what no rule reaches yet is
    listed in golden/gaps.yaml. Exit 1 if not all is as wanted.

    \b
    Examples:
      cleaner test
      cleaner test --rules my-rules/ --seeds raw/ --golden wanted/
      cleaner test --update
      cleaner test --review
    """
    if update and review:
        raise UsageError("--update and --review exclude each other")
    if (update or review) and os.environ.get("CI"):
        raise UsageError("goldens are not updated in CI (the variable CI is set)")
    if review and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "there is no terminal to review on; --update shows all differences and writes them with --yes"
        )
    settings = options.settings(config, isolated, rules=rules, bundled=bundled)
    known = selection.ruleset(settings)
    fine = _examples(known)
    if not seeds.is_dir():
        complain(f"no folder {seeds}: only the examples were tested")
        raise typer.Exit(int(not fine))
    cleaner = selection.cleaner(settings, Index.of(selection.styled(settings, known)))
    scores = list(goldens.score_all(cleaner, seeds, golden))
    _goldens(scores)
    if update:
        _update(scores, golden, ask=not yes)
    as_wanted = _review(scores, golden) if review else all(scored.as_wanted for scored in scores)
    raise typer.Exit(int(not (fine and as_wanted) and not update))


def _examples(known: RuleSet) -> bool:
    judged = list(judge(known, known.suffixes))
    for one in judged:
        if one.verdict != "validated":
            typer.echo(
                visible(f"{one.example.place}: {one.rule.id}: {one.verdict}: it gives “{one.got}”")
            )
    counts = {
        verdict: sum(one.verdict == verdict for one in judged)
        for verdict in ("validated", "missing", "noisy")
    }
    said = ", ".join(f"{number:,} {verdict}" for verdict, number in counts.items())
    typer.echo(f"examples: {count(len(judged), 'example')} of {count(len(known), 'rule')}: {said}")
    return counts["validated"] == len(judged)


def _goldens(scores: list[goldens.Scored]) -> None:
    width = max((len(scored.name) for scored in scores), default=0)
    for scored in scores:
        listed = len(scored.missing) - len(scored.unlisted)
        numbers = (
            f"{scored.right:4} right of {scored.needed:4} needed, {len(scored.harmful)} harmful"
        )
        known = f"  ({count(listed, 'known gap')})" if listed else ""
        typer.echo(f"{visible(scored.name):{width}}  {numbers}{known}")
        unwanted = {
            "harmful": scored.harmful,
            "not reached": scored.unlisted,
            "gap closed": scored.closed,
        }
        for what, items in unwanted.items():
            for item in items:
                typer.echo(visible(f"  {what}: {item}"))
    right, needed = sum(scored.right for scored in scores), sum(scored.needed for scored in scores)
    harmful = sum(len(scored.harmful) for scored in scores)
    typer.echo(
        f"goldens: {count(len(scores), 'text')}: {right:,} right of {needed:,} needed, {harmful:,} harmful"
    )


def _review(scores: list[goldens.Scored], golden: Path) -> bool:
    """Ask about every difference; what was accepted until somebody quits is written. Whether that
    was all of them.
    """
    questions = [hunk for scored in scores for hunk in hunks(scored)]
    accepted: list[Hunk] = []
    answers: Counter[str] = Counter()
    for number, hunk in enumerate(questions, 1):
        typer.echo(visible(f"\n{number} of {len(questions)}  {hunk.name}:{hunk.line}: {hunk.what}"))
        for sign, text in (("-", hunk.was), ("+", hunk.now)):
            for line in text.splitlines() or ([""] if text else []):
                typer.echo(diff_line(f"{sign}{line}\n"), nl=False)
        if (answer := _answer()) == "q":
            break
        answers[answer] += 1
        if answer == "a":
            accepted.append(hunk)
    for path in take(golden, scores, accepted):
        complain(f"{path}: written")
    left = len(questions) - answers["a"] - answers["r"]
    complain(f"{answers['a']:,} accepted, {answers['r']:,} rejected, {left:,} open")
    if answers["r"]:
        complain(
            "what was rejected is for the rules to mend; `cleaner test` says which of them did it"
        )
    return len(accepted) == len(questions)


def _answer() -> str:
    while True:
        said: str = typer.prompt("[a]ccept, [r]eject, [s]kip, [q]uit", default="s").strip().lower()
        if said and any(word.startswith(said) for word in ("accept", "reject", "skip", "quit")):
            return said[0]


def _update(scores: list[goldens.Scored], golden: Path, *, ask: bool) -> None:
    """Show, ask, write. A wish that no rule reaches stays in the golden and is listed as a gap."""
    wanted = {
        golden / scored.name: (scored.golden, scored.accepted)
        for scored in scores
        if scored.golden != scored.accepted
    }
    gaps = golden / goldens.GAPS
    before = gaps.read_text(encoding="utf-8") if gaps.is_file() else ""
    if before != (after := goldens.render_gaps({one.name: one.missing for one in scores})):
        wanted[gaps] = (before, after)
    if not wanted:
        complain("the goldens are as they should be")
        return
    for path, (old, new) in wanted.items():
        for line in unified(path.as_posix(), old, new):
            typer.echo(diff_line(line), nl=False)
    if ask and not typer.confirm(f"Write {count(len(wanted), 'file')}?", err=True):
        raise typer.Exit(1)
    for path, (_, new) in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        files.save(path, new.encode())
    complain(f"{count(len(wanted), 'file')} written")
