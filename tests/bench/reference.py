"""Compares the engine with the slow one that specifies it, on real texts.

    python tests/bench/reference.py FOLDER... [--texts N] [--largest BYTES] [--damaged]

Of each folder in a FOLDER (of corpora, see `harm.py`), N texts are cleaned by both engines with the
bundled rules, those that stand at even distances in the list of all. With `--damaged` every text
counts as damaged, so that no rule is silent. What differs is printed, whatever it is: the text, an
edit, a finding. The exit code is 1 if anything does.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cleaner import Cleaner, Result, load_rules  # noqa: E402
from cleaner.errors import CleanerError  # noqa: E402
from cleaner.formats import MalformedError, for_name, suffixes  # noqa: E402
from tests.engine.reference import Reference  # noqa: E402

WIDTH = 300  # code points of a difference that are printed


class Task(NamedTuple):
    """A text to be cleaned, and the corpus that it is in."""

    corpus: str
    path: Path


def tasks(folder: Path, texts: int, largest: int) -> Iterator[Task]:
    """Yield so many texts of each folder in a folder; those in it itself are a corpus too."""
    known = suffixes()
    found: list[Task] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in known and path.is_file() and path.stat().st_size <= largest:
            first, *more = path.relative_to(folder).parts
            found.append(Task(f"{folder.name}/{first}" if more else folder.name, path))
    for _, group in groupby(sorted(found), key=lambda task: task.corpus):
        of_corpus = list(group)
        yield from of_corpus[:: max(1, len(of_corpus) // texts)][:texts]


@cache
def engines(damaged: bool) -> tuple[Cleaner, Reference]:
    """Return both engines with the bundled rules."""
    rules = load_rules()
    return Cleaner(rules, damaged=damaged), Reference(rules, damaged=damaged)


def outcome(engine: Cleaner | Reference, task: Task) -> Result | str:
    """Return what an engine makes of a text, or why it refuses it."""
    try:
        return engine.clean(task.path.read_bytes().decode(), for_name(task.path.name).read)
    except (CleanerError, MalformedError, UnicodeDecodeError) as error:
        return str(error)


def differences(task: Task, damaged: bool) -> Sequence[str]:
    """Return in what the results of both engines differ."""
    quick, slow = (outcome(engine, task) for engine in engines(damaged))
    if isinstance(quick, str) or isinstance(slow, str):
        return [] if quick == slow else [f"quick: {quick}", f"slow: {slow}"]
    found: list[str] = []
    for name, one, other in zip(Result._fields, quick, slow, strict=True):
        if name == "source_edits":
            one, other = list(one), list(other)
        if one == other:
            continue
        found.append(name)
        if isinstance(one, list | tuple):
            found += (f"  only quick: {each}" for each in one if each not in other)
            found += (f"  only slow: {each}" for each in other if each not in one)
    return found


def main() -> int:
    """Compare and return the exit code."""
    parser = argparse.ArgumentParser(description="Compare the engine with the slow reference.")
    parser.add_argument("folders", type=Path, nargs="+", help="folders of corpora")
    parser.add_argument("--texts", type=int, default=20, help="how many of each corpus")
    parser.add_argument("--largest", type=int, default=50_000, help="bytes of a text")
    parser.add_argument("--damaged", action="store_true", help="call every text damaged")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()

    todo: list[Task] = []
    for folder in arguments.folders:
        todo += tasks(folder, arguments.texts, arguments.largest)
    compare = partial(differences, damaged=arguments.damaged)
    differing = 0
    with get_context("fork").Pool(arguments.processes) as pool:
        done = zip(todo, pool.imap(compare, todo), strict=True)
        for corpus, group in groupby(done, key=lambda pair: pair[0].corpus):
            texts = differ = 0
            for task, found in group:
                texts += 1
                differ += bool(found)
                for line in found:
                    print(f"{task.path}: {line[:WIDTH]}")
            print(f"{corpus:40} {texts:6} texts {differ:6} differ", flush=True)
            differing += differ
    print(f"{'together':40} {len(todo):6} texts {differing:6} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main())
