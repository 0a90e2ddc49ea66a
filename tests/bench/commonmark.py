"""The CommonMark specification as a proof: cleaning it changes nothing, and none of its examples
loses its structure.

    python tests/bench/commonmark.py [--damaged]

Its text is under CC-BY-SA and so not part of this repository; it is taken from the source archive
of markdown-it-py, which `pip download` fetches. Every example is read alone, in a quote, in a list
and with CR LF, with each letter that may change replaced by another; markdown-it has to make the
same of both but for text. With --damaged the text is cleaned as a damaged one, with suggestions,
and the edits are shown for a person to judge.
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

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cleaner import Cleaner, load_rules  # noqa: E402
from cleaner.formats import markdown  # noqa: E402
from tests.formats.markdown.test_markdown import structure  # noqa: E402


def fetched() -> tuple[str, list[str]]:
    """The text of the specification, and its examples."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "pip",
            "download",
            "-q",
            "--no-deps",
            "--no-binary",
            ":all:",
            "-d",
            folder,
            "markdown-it-py",
        ]
        subprocess.run([sys.executable, "-m", *command], check=True)
        [archive] = Path(folder).glob("*.tar.gz")
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        [found] = Path(folder).glob("*/tests/test_cmark_spec")
        examples = json.loads((found / "commonmark.json").read_text(encoding="utf-8"))
        return (found / "spec.md").read_text(encoding="utf-8"), [
            example["markdown"] for example in examples
        ]


def variants(example: str) -> Iterator[str]:
    """The example alone, with other line ends, in a quote and in a list."""
    yield example
    yield example.replace("\n", "\r\n")
    for first, further in (("> ", "> "), ("- ", "  ")):
        yield first + example.rstrip("\n").replace("\n", f"\n{further}") + "\n"


def changed(text: str) -> str:
    """The text with another letter wherever one may change."""
    document = markdown.document(text)
    return "".join(
        "z" if char.isalpha() and document.is_prose(at) else char for at, char in enumerate(text)
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--damaged", action="store_true")
    damaged = parser.parse_args().damaged
    text, examples = fetched()
    broken = [
        text
        for example in examples
        for text in variants(example)
        if structure(changed(text)) != structure(text)
    ]
    for example in broken:
        print(f"structure lost: {example!r}")
    cleaner = Cleaner(load_rules(), level="suggest" if damaged else "fix", damaged=damaged)
    result = cleaner.clean(text, markdown.document)
    for (start, end), after, rule in result.edits:
        print(f"{rule}: {text[max(0, start - 30) : end + 30]!r}: {text[start:end]!r} -> {after!r}")
    print(
        f"{len(examples)} examples, {len(broken)} lose structure; {len(result.edits)} edits in the whole text"
    )
    sys.exit(bool(broken or (result.edits and not damaged)))


if __name__ == "__main__":
    main()
