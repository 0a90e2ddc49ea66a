"""`cleaner test`: test the rules on their examples, the goldens and the good pages."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cleaner import goldens
from cleaner.cli.given import Given
from cleaner.cli.options import Golden, Seeds, shared
from cleaner.cli.terminal import (
    print_diff,
    print_diff_line,
    progress,
    prompted,
    raise_interrupt,
    say,
    waiting,
)
from cleaner.engine.index import Index
from cleaner.errors import UsageError
from cleaner.goldens.hunks import Hunk, hunks, take
from cleaner.project import files, selection
from cleaner.project.revision import confirm, replace_data
from cleaner.reading import is_file, is_folder
from cleaner.rulebook import check_examples
from cleaner.rules.model import RuleSet
from cleaner.text.counting import count
from cleaner.text.visible import visible

_SEEDS = Path("seeds")
_ANSWERS = ("accept", "reject", "skip", "quit")


@shared("rules", "bundled", "quiet", "config", "isolated")
def test(
    seeds: Seeds = _SEEDS,
    golden: Golden = Path("golden"),
    update: Annotated[
        bool,
        typer.Option("--update", help="Show what would change in the goldens, ask, and write it."),
    ] = False,
    review: Annotated[
        bool,
        typer.Option("--review", help="Go through the differences one at a time."),
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="With --update: write without asking.")
    ] = False,
    *,
    given: Given,
) -> None:
    """Test the rules on their examples, the goldens and the good pages.

    An example is validated, missing (its rule should have fired) or noisy (it should not have).
    For each seed, the edits that are right, needed and harmful are counted; what no rule reaches
    yet is listed in golden/gaps.yaml. The exit code is 1 if anything is not as wanted.

    \b
    Examples:
      cleaner test
      cleaner test --rules my-rules/ --seeds raw/ --golden wanted/
      cleaner test --update
      cleaner test --review
    """
    _refuse_contradictions(update=update, review=review)
    settings = given.settings()
    if not is_folder(seeds) and seeds != _SEEDS:
        raise UsageError(f"--seeds {seeds}: there is no such folder; check the path")
    with waiting("Reading the rules", quiet=given.quiet):
        known = selection.ruleset(settings)
    fine = _test_examples(known, quiet=given.quiet)
    if not is_folder(seeds):
        if not given.quiet:
            say(f"there is no folder {seeds}: only the examples were tested")
        raise typer.Exit(int(not fine))
    cleaner = selection.cleaner(settings, Index.of(selection.styled(settings, known)))
    names = goldens.seeds_in(seeds)
    read = partial(selection.read_file, settings)
    scored = goldens.score_all(cleaner, seeds, golden, read)
    scores = list(progress(scored, "Cleaning", len(names), things="seeds", quiet=given.quiet))
    _print_scores(scores, quiet=given.quiet)
    if update:
        _update(scores, golden, ask=not yes)
        raise typer.Exit(0)
    as_wanted = all(scored.as_wanted for scored in scores)
    if review:
        as_wanted = _review(scores, golden)
    raise typer.Exit(int(not (fine and as_wanted)))


def _refuse_contradictions(*, update: bool, review: bool) -> None:
    if update and review:
        raise UsageError("--update and --review exclude each other")
    if (update or review) and os.environ.get("CI"):
        raise UsageError("goldens are not updated in CI (the variable CI is set)")
    if review and not (sys.stdin.isatty() and sys.stdout.isatty()):
        what = "there is no terminal to review on"
        raise UsageError(f"{what}; --update shows all differences and writes them with --yes")


def _test_examples(known: RuleSet, *, quiet: bool) -> bool:
    """Test every rule on its own examples; return whether all are validated."""
    outcomes: Counter[str] = Counter()
    total = sum(len(rule.examples) for rule in known)
    all_checked = progress(
        check_examples(known, known.boundaries),
        "Testing",
        total,
        things="examples",
        speaks=lambda checked: checked.outcome != "validated",
        quiet=quiet,
    )
    for checked in all_checked:
        outcomes[checked.outcome] += 1
        if checked.outcome != "validated":
            what = f"{checked.rule.id}: {checked.outcome}: it gives “{checked.got}”"
            typer.echo(visible(f"{checked.example.place}: {what}"))
    counts = ", ".join(
        f"{outcomes[outcome]:,} {outcome}" for outcome in ("validated", "missing", "noisy")
    )
    if not quiet:
        typer.echo(f"examples: {count(total, 'example')} of {count(len(known), 'rule')}: {counts}")
    return outcomes["validated"] == total


def _print_scores(scores: Sequence[goldens.Scored], *, quiet: bool) -> None:
    width = max((len(scored.name) for scored in scores), default=0)
    for scored in scores:
        if quiet and scored.as_wanted:
            continue
        gaps = len(scored.missing) - len(scored.unlisted)
        counts = (
            f"{scored.right:4} right of {scored.needed:4} needed, {len(scored.harmful)} harmful"
        )
        known = f"  ({count(gaps, 'known gap')})" if gaps else ""
        typer.echo(f"{visible(scored.name):{width}}  {counts}{known}")
        _print_unwanted("harmful", scored.harmful)
        _print_unwanted("not reached", scored.unlisted)
        _print_unwanted("gap closed", scored.closed)
    if quiet:
        return
    right = sum(scored.right for scored in scores)
    needed = sum(scored.needed for scored in scores)
    harmful = sum(len(scored.harmful) for scored in scores)
    totals = f"{right:,} right of {needed:,} needed, {harmful:,} harmful"
    typer.echo(f"goldens: {count(len(scores), 'text')}: {totals}")


def _print_unwanted(what: str, items: Sequence[object]) -> None:
    for item in items:
        typer.echo(visible(f"  {what}: {item}"))


def _review(scores: Sequence[goldens.Scored], golden: Path) -> bool:
    """Ask about every difference and write what was accepted; return whether that was all."""
    questions: list[Hunk] = []
    for scored in scores:
        questions += hunks(scored)
    accepted: list[Hunk] = []
    answers: Counter[str] = Counter()
    for number, hunk in enumerate(questions, 1):
        _print_question(hunk, number, len(questions))
        answer = _ask()
        if answer == "quit":
            break
        answers[answer] += 1
        if answer == "accept":
            accepted.append(hunk)
    changes = take(golden, scores, accepted)
    for change in changes:
        say(f"{change.path}: written")
    left = len(questions) - answers["accept"] - answers["reject"]
    say(f"{answers['accept']:,} accepted, {answers['reject']:,} rejected, {left:,} open")
    if answers["reject"]:
        say("the rules have to be mended for what was rejected; `cleaner test` names them")
    confirm(*changes)
    return len(accepted) == len(questions)


def _print_question(hunk: Hunk, number: int, of: int) -> None:
    typer.echo(visible(f"\n{number} of {of}  {hunk.name}:{hunk.line}: {hunk.what}"))
    for sign, text in (("-", hunk.was), ("+", hunk.now)):
        lines = text.splitlines()
        if text and not lines:
            lines = [""]
        for line in lines:
            print_diff_line(f"{sign}{line}\n")


def _ask() -> str:
    while True:
        given = prompted("[a]ccept, [r]eject, [s]kip, [q]uit", default="s", at_end="quit")
        said = given.strip().lower()
        for answer in _ANSWERS:
            if said and answer.startswith(said):
                return answer


def _agreed(question: str) -> bool:
    """Ask a question and return the answer.

    Raises:
        UsageError: stdin ends before the answer.
    """
    try:
        return typer.confirm(question, err=True)
    except typer.Abort as aborted:
        raise_interrupt(aborted)
        raise UsageError("nothing is written: stdin ended before an answer; give --yes") from None


def _update(scores: Sequence[goldens.Scored], golden: Path, *, ask: bool) -> None:
    """Show what would change in the goldens, ask, and write it.

    A wish that no rule reaches stays in the golden and is listed as a known gap.
    """
    changes: dict[Path, tuple[bytes | None, bytes]] = {}
    for scored in scores:
        if scored.golden != scored.accepted:
            path = golden / scored.name
            changes[path] = (scored.before, scored.data(scored.accepted))
            print_diff(path.as_posix(), scored.golden.encode(), scored.accepted.encode())
    gaps = golden / goldens.GAPS
    before = files.read(gaps).data if is_file(gaps) else None
    after = goldens.render_gaps({scored.name: scored.missing for scored in scores}).encode()
    if (before or b"") != after:
        changes[gaps] = (before, after)
        print_diff(gaps.as_posix(), before or b"", after)
    if not changes:
        say("the goldens are as they should be")
        return
    number = count(len(changes), "file")
    if ask and not _agreed(f"Write {number}?"):
        raise typer.Exit(1)
    done = [replace_data(path, old, new) for path, (old, new) in changes.items()]
    say(f"{number} written")
    confirm(*done)
