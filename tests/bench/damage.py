"""How much injected damage is repaired, and what else is changed: a table by kind and rate.

    python tests/bench/fetch.py CORPORA
    python tests/bench/damage.py CORPORA

Pages of 300 to 1,500 words of English prose are taken from the corpora. Each kind of damage is
injected into every page at 1, 3 and 10 places per 1,000 words, once by itself and once in a page
that proves its damage otherwise: by a credit in Hangul below the text. What a kind needs to stand
in a page (a quotation, a time, a name) is put there first, in its right form; pages in which that
alone makes the cleaner change something are counted as `spoilt` and not used.

A place is `repaired` if the text around it comes out as it was before the damage, `reported` if it
stays as it is but a finding says so, `wrong` if it comes out in any other form, and else `left`.
`harmed` counts the edits elsewhere. Names without evidence must be left: they may be anybody's.

The same pages and places are chosen every time.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import NamedTuple

from harm import curly, straight

from cleaner import Cleaner, CleanerError, load_rules
from cleaner.rules.model import Entity, When
from cleaner.text.edits import Edit, Span, apply

KINDS_OF_TEXT = ("novels", "transcripts", "essays", "manuals")
WORDS = range(300, 1501)
RATES = (1, 3, 10)  # places per 1,000 words
PROOF = ("\n\nThe gate in May. [AP/Yonhap]\n", "\n\nThe gate in May. [AP=연합뉴스]\n")

# A sentence ends between two words of lower case, so that no abbreviation is taken for an end.
_SENTENCE_END = re.compile(r"(?<=[a-z]{3})\. (?=[A-Z][a-z]+ [a-z])")
_COMMA = re.compile(r"(?<=[a-z]{3}), (?=[a-z]{2})")
_GAP = re.compile(r"(?<=[a-z]{3}) (?=[a-z]{2})")
# A short phrase between two plain words, which can be put between quotation marks or brackets.
_PHRASE = re.compile(r"(?<=[a-z]{2} )[a-z]{3,}(?: [a-z]{3,}){1,2}(?= [a-z]{2})")
_CREDITS = (
    ("[AP/Yonhap]", "[AP=연합뉴스]"),
    ("[Xinhua/Yonhap]", "[신화사=연합뉴스]"),
    ("[Newsis]", "[뉴시스]"),
    ("[Screenshot: Baidu, China]", "[중국 바이두 캡처]"),
    ("(Photo: Yonhap)", "(사진=연합뉴스)"),
)


class Swap(NamedTuple):
    """A place of a page: what stands there now, in its right form, and damaged."""

    span: Span
    right: str
    damaged: str


# A kind of damage: all the places of a page where it could be, in order.
Find = Callable[[str, Random], Iterator[Swap]]


def around(open_right: str, close_right: str, open_damaged: str, close_damaged: str) -> Find:
    """Put a phrase between right marks, with the space before and behind it, or damaged ones."""

    def find(page: str, _: Random) -> Iterator[Swap]:
        for match in _PHRASE.finditer(page):
            span = Span(match.start() - 1, match.end() + 1)
            right = f"{open_right}{match[0]}{close_right}"
            yield Swap(span, right, f"{open_damaged}{match[0]}{close_damaged}")

    return find


def at(pattern: re.Pattern[str], right: str, damaged: str) -> Find:
    """Write something else where a pattern matches."""

    def find(page: str, _: Random) -> Iterator[Swap]:
        for match in pattern.finditer(page):
            yield Swap(Span(*match.span()), right, damaged)

    return find


def times(page: str, chance: Random) -> Iterator[Swap]:
    """Put the time of an event behind a word."""
    for match in _GAP.finditer(page):
        hour, minute = chance.randint(10, 23), chance.randint(10, 59)
        span = Span(*match.span())
        yield Swap(span, f" at {hour}:{minute} ", f" at {hour}: {minute} ")


def credits(page: str, chance: Random) -> Iterator[Swap]:
    """Put a credit at the end of a paragraph."""
    for match in re.finditer(r"(?<=[a-z]{3}\.)(?=\n)", page):
        right, damaged = chance.choice(_CREDITS)
        yield Swap(Span(*match.span()), f" {right}", f" {damaged}")


class Known(NamedTuple):
    """A variant of a name, and what proves that the name is meant: beside it, or in the page."""

    canonical: str
    variant: str
    beside: str
    about: str


@cache
def _known() -> Sequence[Known]:
    """Return the variants of the bundled names at level fix."""
    found: list[Known] = []
    for rule in load_rules():
        if rule.kind != "name" or rule.level != "fix" or not isinstance(rule.options, Entity):
            continue
        when = rule.when or When()
        beside = f" ({when.near[0]})" if when.near else ""
        phrases = [condition[0] for condition in (when.document, when.paragraph) if condition]
        about = f" about {' and '.join(phrases)}" if phrases else ""
        for variant in rule.options.variants:
            found.append(Known(rule.options.canonical, variant, beside, about))
    return found


def names(page: str, chance: Random) -> Iterator[Swap]:
    """Put a sentence about a name between two others, with what proves that it is meant."""
    for match in _SENTENCE_END.finditer(page):
        name = chance.choice(_known())
        said = f". {{}}{name.beside} was named in the letter{name.about}. "
        yield Swap(Span(*match.span()), said.format(name.canonical), said.format(name.variant))


def strangers(page: str, chance: Random) -> Iterator[Swap]:
    """Put a sentence about a variant that nothing proves: it is right as it stands."""
    unproven = [name for name in _known() if name.beside or name.about]
    for match in _SENTENCE_END.finditer(page):
        said = f". {chance.choice(unproven).variant} was named in the letter. "
        yield Swap(Span(*match.span()), said, said)


KINDS: dict[str, Find] = {
    "single marks, opening, curly": around(" ‘", "’ ", "’", "’ "),
    "single marks, opening, straight": around(" '", "' ", "'", "' "),
    "single marks, closing": around(" ‘", "’ ", " ‘", "’"),
    "single marks, both": around(" ‘", "’ ", "’", "’"),
    "double marks, opening": around(" “", "” ", "”", "” "),
    "double marks, closing": around(' "', '" ', ' "', '"'),
    "TeX marks": around(" “", "” ", " ``", "'' "),
    "spaces inside marks": around(' "', '" ', ' " ', ' " '),
    "doubled comma": at(_COMMA, ", ", ",, "),
    "doubled full stop": at(_SENTENCE_END, ". ", ". . "),
    "run of spaces": at(_SENTENCE_END, ". ", ".  "),
    "space before a comma": at(_COMMA, ", ", " , "),
    "space before a full stop": at(_SENTENCE_END, ". ", " . "),
    "glued sentences": at(_SENTENCE_END, ". ", "."),
    "full-width comma": at(_COMMA, ", ", "，"),
    "full-width brackets": around(" (", ") ", "（", "）"),
    "full-width exclamation mark": at(_SENTENCE_END, "! ", "！"),
    "full-width question mark": at(_SENTENCE_END, "? ", "？"),
    "spaced times": times,
    "credits": credits,
    "names with evidence": names,
    "names without evidence": strangers,
}


def pages(folder: Path, number: int) -> list[str]:
    """Return clean pages of prose: as many from each kind of text as there are."""
    taken: list[str] = []
    supplies = [iter(_pages_of(folder / kind)) for kind in KINDS_OF_TEXT]
    while supplies and len(taken) < number:
        for supply in list(supplies):
            page = next(supply, None)
            if page is None:
                supplies.remove(supply)
            elif len(taken) < number and not _bundled().clean(page).changed:
                taken.append(page)
    return taken


def _pages_of(folder: Path) -> Iterator[str]:
    """Yield the pages of the texts of a folder, every second one curly, at most five of a text."""
    for number, path in enumerate(sorted(folder.glob("*.txt"))):
        text = path.read_text(encoding="utf-8")
        style = curly if number % 2 else straight
        made = 0
        kept: list[str] = []
        for paragraph in re.split(r"\n{2,}", style(straight(text))):
            one_line = " ".join(paragraph.split())
            if not _is_prose(one_line):
                continue
            kept.append(one_line)
            if sum(len(part.split()) for part in kept) >= WORDS.start + 200:
                page = "\n\n".join(kept) + "\n"
                kept = []
                if len(page.split()) in WORDS:
                    yield page
                    made += 1
            if made == 5:
                break


def _is_prose(paragraph: str) -> bool:
    """Return whether a paragraph is of sentences, and of hardly anything but words."""
    words = paragraph.split()
    plain = sum(word.strip(",.;:!?'\"“”‘’()").isalpha() for word in words)
    return len(words) > 25 and plain > 0.9 * len(words) and paragraph.endswith((".", "!", "?"))


@cache
def _bundled() -> Cleaner:
    return Cleaner(load_rules())


class Job(NamedTuple):
    """A page that is to be damaged."""

    kind: str
    rate: int
    proof: bool
    number: int
    page: str


class Outcome(NamedTuple):
    """What became of the places of a page, and every wrong or harmful edit: before and after."""

    counts: Counter[str]
    faults: Sequence[tuple[str, str]] = ()


def damage(job: Job) -> Outcome:
    """Damage a page, clean it, and count what became of the places."""
    chance = Random(f"{job.kind} {job.number}")
    # More places at a higher rate, in the same order, so that the rates can be compared.
    found = list(KINDS[job.kind](job.page, chance))
    chance.shuffle(found)
    wanted = max(1, round(len(job.page.split()) * job.rate / 1000))
    chosen = sorted(_apart(found, wanted))
    proof_right, proof_damaged = PROOF if job.proof else ("", "")
    right = _filled(job.page, [(swap.span, swap.right) for swap in chosen]) + proof_right
    damaged = _filled(job.page, [(swap.span, swap.damaged) for swap in chosen]) + proof_damaged
    try:
        if _bundled().clean(right).changed:
            return Outcome(Counter(spoilt=1))
        result = _bundled().clean(damaged)
    except CleanerError:
        return Outcome(Counter(refused=1))
    reported = [finding.span for finding in result.findings if finding.level != "fix"]
    counts = Counter(pages=1, injected=len(chosen))
    edits = [edit for edit in result.edits if edit.span.start < len(damaged) - len(proof_damaged)]
    wrong: list[Edit] = []
    shift = 0
    for swap in chosen:
        start = swap.span.start + shift
        span = Span(start, start + len(swap.damaged))
        shift += len(swap.damaged) - (swap.span.end - swap.span.start)
        mine = [edit for edit in edits if _touches(edit.span, span)]
        edits = [edit for edit in edits if edit not in mine]
        fate = _fate(damaged, span, swap.right, mine, reported)
        counts[fate] += 1
        if fate == "wrong":
            wrong += mine
    counts["harmed"] = len(edits)
    return Outcome(counts, [_shown(damaged, edit) for edit in (*wrong, *edits)])


def _shown(text: str, edit: Edit, around: int = 40) -> tuple[str, str]:
    """Return the text around an edit, before and after."""
    left = text[max(0, edit.span.start - around) : edit.span.start]
    right = text[edit.span.end : edit.span.end + around]
    return f"{left}{edit.span.of(text)}{right}", f"{left}{edit.replacement}{right}"


def _apart(found: Iterable[Swap], wanted: int) -> list[Swap]:
    """Return the first places that keep forty characters' distance from each other."""
    chosen: list[Swap] = []
    for swap in found:
        if len(chosen) == wanted:
            break
        near = Span(swap.span.start - 40, swap.span.end + 40)
        if not any(near.overlaps(other.span) for other in chosen):
            chosen.append(swap)
    return chosen


def _filled(page: str, swaps: Sequence[tuple[Span, str]]) -> str:
    return apply(page, [Edit(span, text, ()) for span, text in swaps])


def _touches(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _fate(
    damaged: str, span: Span, right: str, edits: Sequence[Edit], reported: Iterable[Span]
) -> str:
    """Return what became of a damaged place, given the edits that touch it."""
    start = min([span.start, *(edit.span.start for edit in edits)])
    end = max([span.end, *(edit.span.end for edit in edits)])
    wanted = damaged[start : span.start] + right + damaged[span.end : end]
    moved = [edit._replace(span=Span(*(at - start for at in edit.span))) for edit in edits]
    cleaned = apply(damaged[start:end], moved)
    if cleaned == wanted and cleaned != damaged[start:end]:
        return "repaired"
    if edits:
        return "wrong"
    return "reported" if any(_touches(span, other) for other in reported) else "left"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Inject damage and count what is repaired.")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--kind", action="append", default=[], help="only kinds with this in them")
    parser.add_argument("--show", type=int, default=0, help="so many wrong edits of each row")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()

    clean = pages(arguments.corpora, arguments.pages)
    kinds = [kind for kind in KINDS if not arguments.kind or any(k in kind for k in arguments.kind)]
    columns = ("pages", "spoilt", "injected", "repaired", "reported", "left", "wrong", "harmed")
    print(f"{len(clean)} pages, {sum(len(page.split()) for page in clean):,} words")
    print(f"{'kind':34}{'rate':>5}{'proof':>6}", *(f"{column:>9}" for column in columns))
    with get_context("fork").Pool(arguments.processes, initializer=_bundled) as pool:
        for kind in kinds:
            for proof in (False, True):
                for rate in RATES:
                    job = partial(Job, kind, rate, proof)
                    jobs = [job(number, page) for number, page in enumerate(clean)]
                    counts = Counter[str]()
                    faults: list[tuple[str, str]] = []
                    for outcome in pool.imap(damage, jobs, chunksize=16):
                        counts += outcome.counts
                        faults += outcome.faults
                    numbers = (f"{counts[column]:9}" for column in columns)
                    print(f"{kind:34}{rate:5}{'yes' if proof else 'no':>6}", *numbers, flush=True)
                    for before, after in faults[: arguments.show]:
                        print(f"  - {before!r}\n  + {after!r}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
