"""The texts that are cleaned: real English, and the same with damage put in.

Real English comes from CORPORA, where `fetch.py` puts texts of many kinds. Of each kind in `KINDS`
about as much is taken, whole texts in a seeded order, and written into one file.

Damaged text is the same English with damage put in: at commas, at ends of sentences, between words
and at ends of paragraphs, by the table `DAMAGE`, at places chosen by a seeded generator. One place
is about one hit, that is, one edit by a rule. Some places are left alone by the rules (a name in a
URL, a doubled full stop in a table), and a pair of marks takes two edits; `PLACES_A_HIT` makes up
for that, and the table of results says how many hits a KB were counted in the end.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from tests.bench.speed.processes import ROOT

KINDS = ("novels", "transcripts", "essays", "manuals", "dialogue", "sayings")
PLACES_A_HIT = 1.0

# Where damage can be put: a comma, the end of a sentence, two words between others, the end of a
# paragraph. The full stop of an abbreviation does not stand between two words of lower case.
_PLACE = re.compile(
    r"(?P<comma>(?<=[a-z]{3}), (?=[a-z]{2}))"
    r"|(?P<end>(?<=[a-z]{3})\. (?=[A-Z][a-z]+ [a-z]))"
    r"|(?<=[a-z]{3}) (?P<words>[a-z]{3,} [a-z]{3,}) (?=[a-z]{2})"
    r"|(?P<last>(?<=[a-z]{3}\.)(?=\n\n))"
)
# Lines of seven signs, which would be refused as the marks of a conflict in git.
_LOOKS_LIKE_CONFLICT = re.compile(r"(?m)^([<=>|])\1{6}(?!\1).*$")
# What is written there instead; {0} is what stands there, {1} a garbled name.
DAMAGE = {
    "comma": (",, ", " , ", "，", ", {1} and "),
    "end": (". . ", ".  ", " . ", ".", ". {1} agreed. "),
    "words": (
        "’{0}’ ",
        "'{0}' ",
        " ``{0}'' ",
        ' " {0} " ',
        " {0} at 14: 40 ",
        " {0} of {1} and ",
        " {0} with {1}, ",
        " {0} by {1} and ",
    ),
    "last": (" [AP=연합뉴스]", " (사진=연합뉴스)", " [email protected]"),
}


def fetch(corpora: Path) -> None:
    """Fetch the kinds of text that are not there yet."""
    missing = [kind for kind in KINDS if not (corpora / kind / ".done").exists()]
    if missing:
        script = ROOT / "tests" / "bench" / "fetch.py"
        wanted = [word for kind in missing for word in ("--corpus", kind)]
        subprocess.run([sys.executable, script, corpora, *wanted], check=True)


def write_real(corpora: Path, folder: Path, size: int) -> list[Path]:
    """Write about `size` bytes of real English, one file for each kind of text."""
    fetch(corpora)
    left = size
    written: list[Path] = []
    available = {kind: _texts(corpora / kind) for kind in KINDS}
    for kind in sorted(KINDS, key=lambda kind: _size(available[kind])):
        share = left // (len(KINDS) - len(written))
        path = folder / f"{kind}.txt"
        data = "\n\n".join(_taken(available[kind], share)).encode() + b"\n"
        path.write_bytes(data)
        written.append(path)
        left -= len(data)
    return written


def _texts(folder: Path) -> Sequence[Path]:
    """Return the texts of a folder in a seeded order."""
    paths = sorted(folder.glob("*.txt"))
    Random(folder.name).shuffle(paths)
    return paths


def _size(paths: Sequence[Path]) -> int:
    return sum(path.stat().st_size for path in paths)


def _taken(paths: Sequence[Path], size: int) -> Iterator[str]:
    """Yield texts until there are enough; the last is cut at the end of a paragraph."""
    for path in paths:
        text = _LOOKS_LIKE_CONFLICT.sub("", path.read_text(encoding="utf-8"))
        if len(text.encode()) > size:
            yield text.encode()[:size].decode("utf-8", "ignore").rpartition("\n\n")[0]
            return
        yield text
        size -= len(text.encode()) + 2


def write_damaged(source: Path, target: Path, names: Sequence[str], hits: float) -> None:
    """Write a text with so many hits a KB; the garbled names come from `names`."""
    text = source.read_text(encoding="utf-8")
    target.write_text(damaged(text, names, hits), encoding="utf-8")


def damaged(text: str, names: Sequence[str], hits: float) -> str:
    """Return a text with so many hits a KB.

    >>> damaged("it was late, and cold", ["Ma Win"], 50)
    'it was late, Ma Win and and cold'
    """
    chance = Random(len(text))
    places = list(_PLACE.finditer(text))
    wanted = min(len(places), round(hits * PLACES_A_HIT * len(text.encode()) / 1000))
    pieces: list[str] = []
    end = 0
    for place in sorted(chance.sample(places, wanted), key=re.Match.start):
        pattern = chance.choice(DAMAGE[place.lastgroup or ""])
        there = place["words"] or ""
        pieces += (text[end : place.start()], pattern.format(there, chance.choice(names)))
        end = place.end()
    return "".join((*pieces, text[end:]))
