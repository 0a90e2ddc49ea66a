"""How cost grows with a text: CPU time of each shape of input at n, 2n and 4n.

    python tests/bench/growth.py --runs 3 [SHAPE ...]

A shape is a kind of text that once took, or easily could take, time with the square of its length:
many hits on one line, long runs of spaces, marks that never close, chains of evidence. For each
one the three sizes take turns in one process, and the medians are compared. An exponent of 1.0
means linear, 2.0 quadratic. Ratios hold, absolute times do not.

A measurement that takes longer than `--limit` CPU seconds is given up, and its shape counts as
failed, like one whose exponent exceeds `WORST`. The exit code is 1 if any shape failed.
"""

from __future__ import annotations

import argparse
import gc
import math
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from math import isqrt
from pathlib import Path
from statistics import median
from time import process_time
from typing import NamedTuple

from cleaner import Cleaner, load_rules
from cleaner.engine.findings import Finding, Result
from cleaner.engine.silence import Ignore, ignores_for
from cleaner.engine.trace import Explanation
from cleaner.errors import GuaranteeError
from cleaner.formats import for_name
from cleaner.goldens.alignment import differences
from cleaner.reports.diff import unified
from cleaner.reports.forms import About, Entry, form

WORST = 1.25  # exponent: 2.4 times the work for twice the text
SHORTEST = 0.04  # CPU seconds; the clock counts in steps of up to 0.01
LARGEST = 64  # times the first size of a shape
Job = Callable[[], object]


class Shape(NamedTuple):
    """A kind of input: the size that is measured first, and what makes a job of a size."""

    size: int
    job: Callable[[int], Job]


class TooLongError(Exception):
    """A measurement was given up."""


def rules(yaml: str, **files: str) -> Cleaner:
    """Return a cleaner with only these rules."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"mine": yaml, **files}.items():
            Path(folder, f"{name}.yaml").write_text(text, encoding="utf-8")
        return Cleaner(load_rules(folder, bundled=False))


@cache
def bundled(*, damaged: bool = False) -> Cleaner:
    """Return a cleaner with the bundled rules."""
    return Cleaner(load_rules(), damaged=damaged)


def chain(count: int, when: str) -> Cleaner:
    """Return a cleaner in which each rule needs the name that the rule before it writes."""
    lines = ["kind: name", "type: person", "rules:"]
    for number in range(count):
        lines += [f"- id: n{number}", f"  canonical: Right{number}", f"  variants: [Wrong{number}]"]
        if number:
            lines.append(f"  when: {{{when.format(f'[Right{number - 1}]')}}}")
    return rules("\n".join(lines) + "\n")


def many_names(count: int, more: str = "") -> Cleaner:
    """Return a cleaner with many name rules."""
    lines = ["kind: name", "type: person", "rules:"]
    for number in range(count):
        lines += [f"- id: n{number}", f"  canonical: Right{number}", f"  variants: [Wrong{number}]"]
        lines += [more] if more else []
    return rules("\n".join(lines) + "\n")


@cache
def small() -> Cleaner:
    """Return a cleaner with one rule of several kinds, so that kinds are told apart."""
    return rules(
        """kind: name
type: person
rules:
- {id: ma, canonical: Ma Yun, variants: [Ma Win, Marwin], unless: [Marwin Hitz]}
- {id: near, canonical: Lin Wei, variants: [Rin Wie], when: {near: {words: 3, phrases: [Alibaba]}}}
- {id: block, canonical: Xu Jing, variants: [Su Ching], when: {paragraph: [Alibaba]}}
""",
        pattern="""kind: pattern
rules:
- {id: comma, match: ",,+", replace: ",", message: doubled comma}
""",
        furniture="""kind: furniture
rules:
- {id: token, where: inside, match: "\\\\[ad_[0-9]+\\\\]", message: token}
- {id: first, where: start, match: Home, message: first line}
- {id: last, where: end, match: Source, message: last line}
- {id: line, match: Copy link, message: button}
""",
        residue="""kind: residue
rules:
- {id: left, match: "\\\\[[^\\\\[\\\\]]{0,60}protected\\\\]", message: left}
- {id: gwigi, match: "Gwigi", message: left}
""",
        boundaries="kind: boundaries\nsuffixes: [led, based]\n",
    )


def cleaned(
    cleaner: Cleaner,
    text: str,
    name: str = "a.txt",
    ignores: Sequence[Ignore] = (),
) -> Job:
    """Return the job of cleaning a text."""
    return lambda: cleaner.clean(text, for_name(name).read, ignores)


def bundled_shape(
    size: int, make: Callable[[int], str], name: str = "a.txt", *, damaged: bool = True
) -> Shape:
    """Return a shape that the bundled rules clean."""
    return Shape(size, lambda n: cleaned(bundled(damaged=damaged), make(n), name))


def small_shape(size: int, make: Callable[[int], str], name: str = "a.txt") -> Shape:
    """Return a shape that the small rules clean."""
    return Shape(size, lambda n: cleaned(small(), make(n), name))


def repeated(piece: str, end: str = "") -> Callable[[int], str]:
    """Return what repeats a piece n times."""
    return lambda n: piece * n + end


def numbered(piece: str, head: str = "") -> Callable[[int], str]:
    """Return what repeats a piece n times with its number in it."""
    return lambda n: head + "".join(piece.replace("#", str(number)) for number in range(n))


def prose(n: int) -> str:
    """Return one line of about n characters of damaged English."""
    piece = (
        "Alibaba fell, and Marwin was silent,, which is what a’rat passing by’ said. "
        "In 2019, Jang Yong of the State Council met 14: 40 people at the gate . "
        "(사진=연합뉴스) He said it again， and Reporter Kim wrote ``so''. "
    )
    return (piece * (n // len(piece) + 1))[:n]


def explained(cleaner: Cleaner, text: str) -> Job:
    """Return the job of cleaning a text with every decision explained."""
    return lambda: cleaner.clean(text, tracer=Explanation()) and None


def slow_pattern(n: int) -> Job:
    """Return the job of a pattern that is exponential, over many blocks that it is slow on."""
    cleaner = rules("""kind: pattern
rules:
- {id: slow, match: "x(?:a|a)*b", replace: "y", message: slow}
""")
    text = ("x" + "a" * 18 + "c b\n\n") * n

    def job() -> None:
        with suppress(GuaranteeError):  # what counts is how long a refusal takes
            cleaner.clean(text)

    return job


@cache
def result_of(n: int, piece: str, cleaner: Callable[[], Cleaner]) -> tuple[str, Result]:
    """Return a text and what cleaning it gives."""
    text = piece * n
    return text, cleaner().clean(text)


def reported(name: str, piece: str, size: int) -> Shape:
    """Return the shape of writing a report on n findings."""

    def job(n: int) -> Job:
        text, result = result_of(n, piece, small)
        entry = Entry("a.txt", text, result.findings)
        about = About(small().rules, "1.0")
        return lambda: sum(map(len, form(name).render([entry], about)))

    return Shape(size, job)


def diffed(piece: str, size: int) -> Shape:
    """Return the shape of writing a diff."""

    def job(n: int) -> Job:
        text = piece * n
        return lambda: sum(map(len, unified("a.txt", text, text.replace("Marwin", "Ma Yun"))))

    return Shape(size, job)


def ignored(piece: str, n: int) -> Job:
    """Return the job of writing down what to ignore for all findings of a text."""
    text = numbered(piece)(n)
    findings: Sequence[Finding] = small().clean(text).findings
    return lambda: ignores_for(text, [(one.rules, one.span) for one in findings])


def configured(n: int) -> Job:
    """Return the job of cleaning a text with n configured ignores, each of one place."""
    text = "".join(f"Marwin fell {number}.\n\n" for number in range(n))
    ignores = [Ignore("mine/ma", f"Marwin fell {number}.") for number in range(n)]
    return cleaned(small(), text, ignores=ignores)


def many_forms(n: int) -> Job:
    """Return the job of n rules of which each occurs once."""
    text = " ".join(f"Wrong{number} Right{number}" for number in range(n))
    return cleaned(many_names(n), text)


def several_passes(n: int) -> Job:
    """Return the job of edits that make room for others, in four passes."""
    cleaner = rules("""kind: pattern
rules:
- {id: one, match: "aone", replace: "btwo", message: one}
- {id: two, match: "btwo", replace: "cthree c", message: two}
- {id: three, match: "cthree", replace: "dfour", message: three}
- {id: four, match: "dfour", replace: "Done", message: four}
""")
    return cleaned(cleaner, "x aone y " * n)


def aligned(make: Callable[[int], tuple[str, str]]) -> Callable[[int], Job]:
    """Return what makes the job of finding the differences of two texts."""

    def job(n: int) -> Job:
        one, other = make(n)
        return lambda: list(differences(one, other))

    return job


def _other_lines(n: int) -> tuple[str, str]:
    one = "".join(f"line {number} of one text\n" for number in range(n))
    return one, "".join(f"{number} is another text altogether {n}\n" for number in range(n))


def _changed_lines(n: int) -> tuple[str, str]:
    one = "".join(f"line {number} of Marwin\n" for number in range(n))
    return one, one.replace("Marwin", "Ma Yun")


def _dropped_lines(n: int) -> tuple[str, str]:
    one = "".join(f"line {number} of Marwin\n\n" for number in range(n))
    return one, "".join(line for at, line in enumerate(one.splitlines(keepends=True)) if at % 4)


def _one_line(n: int) -> tuple[str, str]:
    return "Marwin fell. " * n, "Ma Yun fell. " * n


CREDIT = "A gate in Hangzhou, which nobody opened in years. [AP=연합뉴스]"
CAPTION = "A tall gate in ``Hangzhou'', which nobody opened in many years, it said."

SHAPES: Mapping[str, Shape] = {
    # one line
    "reporter": bundled_shape(4_000, repeated("Reporter: a ")),
    "spaces in a name": bundled_shape(20_000, lambda n: "Ma" + " " * n + "Win"),
    "spaces in a name, many": bundled_shape(100, lambda n: ("Ma" + " " * n + "Win, ") * 20),
    "line breaks in a name": bundled_shape(20_000, lambda n: "Ma" + "\n" * n + "Win"),
    "one line of prose": bundled_shape(100_000, prose),
    "one line, small rules": small_shape(5_000, repeated("Marwin fell,, and Alibaba. ")),
    "one line, a pattern": small_shape(20_000, repeated("a,, b ")),
    "one line, inside": small_shape(2_000, repeated("go on [ad_1] ")),
    "one line, furniture": bundled_shape(4_000, repeated("Copy link and Source ")),
    "one line, credits": bundled_shape(2_000, repeated("the gate (사진=연합뉴스) ")),
    "one line, bare Hangul": bundled_shape(5_000, repeated("the 연합뉴스 said ")),
    "one line, near": small_shape(2_000, repeated("Alibaba Rin Wie Su Ching ")),
    "one line, near nothing": small_shape(2_000, repeated("Rin Wie, ", "Alibaba")),
    "one line, far evidence": small_shape(
        4_000, lambda n: "Rin Wie, " * n + ". " * 20 * n + "Alibaba"
    ),
    "one line, URLs": small_shape(2_000, repeated("https://a.com/b Marwin `c` x@y.com ")),
    "one line, words with dots": small_shape(4_000, repeated("a.b.c.d/e@Marwin. Marwin ")),
    "one word": small_shape(20_000, lambda n: "Marwin " + "a" * n + " Marwin@" + "b.a" * n),
    "one word with hyphens": small_shape(5_000, repeated("Marwin-led-")),
    "one word, glued sentence": bundled_shape(2_000, repeated("the-", " said.The match begins")),
    "quotes": bundled_shape(1_000, repeated("the’rat passing by’ ")),
    "quotes, glued": bundled_shape(4_000, repeated("the’rat")),
    "quotes, marks alone": bundled_shape(20_000, repeated("a’ ")),
    "quotes, straight": bundled_shape(1_000, repeated("the'rat passing by' ")),
    "quotes, TeX": bundled_shape(4_000, repeated("``so'' and ``")),
    "quotes, TeX unclosed": bundled_shape(4_000, repeated("``so it's ")),
    "quotes, inner": bundled_shape(4_000, repeated('the " X " and ')),
    "quotes, inner wide": bundled_shape(20_000, lambda n: 'the " X' + " " * n + 'Y " and'),
    # lines and blocks
    "credits": bundled_shape(1_000, repeated("(사진=연합뉴스)\n\n")),
    "credits, wrapped": bundled_shape(1_000, repeated("(사진=연합뉴스)\n")),
    "captions": bundled_shape(500, numbered(f"{CREDIT} #\n\n{CREDIT} #\n\n", "[AP=연합뉴스]\n\n")),
    "captions, the same": bundled_shape(500, repeated(f"{CREDIT}\n\n")),
    "captions, TeX": bundled_shape(
        500,
        numbered(f"{CAPTION} #\n\n{CAPTION.replace('``', chr(0x201C))} #\n\n", "[AP=연합뉴스]\n\n"),
    ),
    "captions, spaces": bundled_shape(
        20_000, lambda n: f"[AP=연합뉴스]\n\n{CAPTION}{' ' * n}x\n\n{CAPTION}{' ' * n}x"
    ),
    "furniture": bundled_shape(2_000, repeated("Copy link\n")),
    "furniture, blank lines": bundled_shape(2_000, repeated("Copy link\n\n")),
    "furniture, edges": small_shape(2_000, lambda n: "\n" * n + "Home\nSource\n" * n + "\n" * n),
    "furniture, spaces between": small_shape(2_000, repeated("Copy link" + " " * 300 + "\n")),
    "placeholders": bundled_shape(2_000, repeated("By Kim [email protected]\n")),
    "spaces": bundled_shape(50_000, repeated(" ")),
    "spaces and a placeholder": bundled_shape(
        20_000, lambda n: "a" + " " * n + "b [email protected] 사진"
    ),
    "spaces, runs": bundled_shape(10_000, repeated("so.  And ")),
    "spaces, tabs": bundled_shape(10_000, repeated("so \t\xa0 and ")),
    "newlines": bundled_shape(50_000, repeated("\n")),
    "newlines and spaces": bundled_shape(20_000, repeated(" \n")),
    "newlines and a hit": bundled_shape(50_000, lambda n: "\n" * n + "Marwin Alibaba" + "\n" * n),
    "blocks": bundled_shape(2_000, repeated("Alibaba fell, and Marwin was silent.\n\n")),
    "lines": bundled_shape(2_000, repeated("Alibaba fell, and Marwin was silent.\n")),
    "long lines": bundled_shape(
        1_000, repeated("Alibaba fell, and Marwin was silent. " * 4 + "\n")
    ),
    "two runs of lines": small_shape(
        1_000, lambda n: (("Su Ching,, Alibaba " * 8 + "\n") * n + "\n") * 2
    ),
    "mojibake": bundled_shape(4_000, repeated("cafÃ© and â€œso ")),
    "mojibake, letters": bundled_shape(4_000, repeated("Ã©")),
    "unclosed": bundled_shape(10_000, repeated("“so ")),
    "unclosed, blocks": bundled_shape(2_000, repeated("“so\n\n")),
    "unclosed, spaces": bundled_shape(2_000, repeated("so “\n" + " " * 50 + "\n")),
    "brackets": bundled_shape(10_000, repeated("[")),
    "brackets, Hangul": bundled_shape(2_000, repeated("[연합 ")),
    "brackets, round": bundled_shape(2_000, repeated("(연합 제공 ")),
    "brackets, Hangul alone": bundled_shape(10_000, lambda n: "[" + "가" * n),
    "Hangul, spaced": bundled_shape(2_000, repeated("가" + " " * 30)),
    "brackets, left": small_shape(4_000, repeated("[email protected ")),
    "combining": bundled_shape(5_000, lambda n: "Marwin a" + "\u0301" * n),
    "combining, mixed": bundled_shape(5_000, lambda n: "Marwin a" + "\u0301\u0323" * n),
    "combining in a name": bundled_shape(5_000, lambda n: "Marwin" + "\u0323\u0301" * n + " Win"),
    "combining, many": bundled_shape(5_000, repeated("a\u0301\u0323 Marwin ")),
    "jamo": bundled_shape(5_000, repeated("\u1100\u1161\u11a8\u0301")),
    "contested": Shape(
        2_000,
        lambda n: cleaned(
            rules(
                "kind: name\ntype: person\nrules:\n"
                "- {id: a, canonical: One, variants: [Marwin], when: [Alibaba]}\n"
                "- {id: b, canonical: Two, variants: [Marwin], when: [Alibaba]}\n"
            ),
            "Alibaba Marwin " * n,
        ),
    ),
    "overlapping": Shape(
        2_000,
        lambda n: cleaned(
            rules(
                "kind: pattern\nrules:\n"
                "- {id: a, match: aba, replace: x, message: a}\n"
                "- {id: b, match: bab, replace: y, message: b}\n"
            ),
            "ab" * n,
        ),
    ),
    "several passes": Shape(1_000, several_passes),
    # rules
    "right forms": Shape(1_000, many_forms),
    "right forms, one": bundled_shape(5_000, repeated("Ma Yun Alibaba ")),
    "unless": small_shape(5_000, repeated("Marwin Hitz Marwin ")),
    "evidence, chain": Shape(
        150,
        lambda n: cleaned(chain(n, "document: {}"), "\n\n".join(f"Wrong{k} x" for k in range(n))),
    ),
    "evidence, chain backwards": Shape(
        150,
        lambda n: cleaned(
            chain(n, "document: {}"), "\n\n".join(f"Wrong{n - k} x" for k in range(n + 1))
        ),
    ),
    "evidence, chain in a paragraph": Shape(
        150, lambda n: cleaned(chain(n, "paragraph: {}"), " ".join(f"Wrong{k} x" for k in range(n)))
    ),
    "evidence, chain near": Shape(
        150,
        lambda n: cleaned(
            chain(n, "near: {{phrases: {}, words: 9}}"), " ".join(f"Wrong{k} x" for k in range(n))
        ),
    ),
    "evidence, two rules near": Shape(
        500,
        lambda n: cleaned(
            rules(
                "kind: name\ntype: person\nrules:\n"
                "- {id: a, canonical: One, variants: [Marwin], "
                "when: {near: {phrases: [Two], words: 3}}}\n"
                "- {id: b, canonical: Two, variants: [Rinwie], "
                "when: {near: {phrases: [One], words: 3}}}\n"
            ),
            "Marwin and Rinwie or " * n + "One",
        ),
    ),
    "evidence, missing": small_shape(4_000, repeated("Rin Wie and Su Ching\n\n")),
    "slow pattern": Shape(20, slow_pattern),
    # what suppresses
    "comments": small_shape(
        500, repeated("<!-- cleaner: ignore mine/ma -->\n\nMarwin fell.\n\nMarwin.\n\n"), "a.md"
    ),
    "comments, idle": small_shape(
        500, numbered("<!-- cleaner: ignore mine/m# -->\n\nMarwin fell.\n\n"), "a.md"
    ),
    "comments, off": small_shape(
        500, repeated("<!-- cleaner: off mine/near -->\n\nMarwin fell.\n\n"), "a.md"
    ),
    "comments, inside": small_shape(
        2_000, repeated("<!-- cleaner: ignore mine/near --> Marwin fell. "), "a.md"
    ),
    "ignores": Shape(400, configured),
    "ignores, one": Shape(
        4_000,
        lambda n: cleaned(small(), "Marwin fell. " * n, ignores=[Ignore("mine/ma", "Marwin fell")]),
    ),
    "ignores, a long line": Shape(
        4_000,
        lambda n: cleaned(
            small(), "Marwin fell. " * n, ignores=[Ignore("mine/ma", "Marwin fell. " * n)]
        ),
    ),
    "ignores, writing": Shape(400, lambda n: ignored("Marwin fell #. ", n)),
    "ignores, writing the same": Shape(400, lambda n: ignored("Marwin fell. ", n)),
    # Markdown
    "Markdown, quotes": small_shape(2_000, lambda n: "> " * n + "Marwin", "a.md"),
    "Markdown, quote lines": small_shape(1_000, repeated("> Marwin\n"), "a.md"),
    "Markdown, quotes in quotes": small_shape(500, repeated("> > > Marwin\n>\n"), "a.md"),
    "Markdown, lists": small_shape(2_000, lambda n: "- " * n + "Marwin", "a.md"),
    "Markdown, list": small_shape(1_000, repeated("- Marwin\n"), "a.md"),
    "Markdown, deep list": small_shape(
        10_000, lambda n: "".join("  " * k + "- Marwin\n" for k in range(isqrt(n))), "a.md"
    ),
    "Markdown, emphasis": small_shape(2_000, repeated("*Marwin **fell "), "a.md"),
    "Markdown, stars": small_shape(4_000, repeated("*a_ Marwin "), "a.md"),
    "Markdown, brackets": small_shape(2_000, lambda n: "[" * n + "Marwin" + "]" * n, "a.md"),
    "Markdown, brackets defined": small_shape(
        2_000, lambda n: "[" * n + "Marwin" + "]" * n + "\n\n[a]: b\n", "a.md"
    ),
    "Markdown, unclosed brackets": small_shape(4_000, repeated("Marwin [a](b"), "a.md"),
    "Markdown, links": small_shape(1_000, repeated("[Marwin](a.html) "), "a.md"),
    "Markdown, link titles": small_shape(1_000, repeated('[Marwin](a "b '), "a.md"),
    "Markdown, link angles": small_shape(1_000, repeated("[Marwin](<a "), "a.md"),
    "Markdown, references": small_shape(
        300, lambda n: numbered("[a#]: b#\n")(n) + "\n" + numbered("[Marwin][a#] ")(n), "a.md"
    ),
    "Markdown, references apart": small_shape(300, numbered("[a#]: b#\n\nMarwin\n\n"), "a.md"),
    "Markdown, footnotes": small_shape(300, numbered("[^a#]: Marwin\n"), "a.md"),
    "Markdown, fences": small_shape(500, repeated("```\ncode\n```\nMarwin\n"), "a.md"),
    "Markdown, fences unclosed": small_shape(500, repeated("Marwin\n\n``\n\n"), "a.md"),
    "Markdown, ticks": small_shape(
        40_000, lambda n: "Marwin " + " ".join("`" * k for k in range(1, isqrt(n))), "a.md"
    ),
    "Markdown, tags": small_shape(1_000, repeated("Marwin <b a='x' <i "), "a.md"),
    "Markdown, comments unclosed": small_shape(2_000, repeated("Marwin <!-- a <? b "), "a.md"),
    "Markdown, code tags": small_shape(2_000, repeated("Marwin <code> a "), "a.md"),
    "Markdown, HTML": small_shape(500, repeated("<div>\n\nMarwin\n\n"), "a.md"),
    "Markdown, table": small_shape(300, lambda n: "|a|b|\n|-|-|\n" + "|Marwin|x|\n" * n, "a.md"),
    "Markdown, wide table": small_shape(
        300, lambda n: "|a" * n + "|\n" + "|-" * n + "|\n" + "|Marwin" * n + "|\n", "a.md"
    ),
    "Markdown, headings": small_shape(500, repeated("# Marwin\n"), "a.md"),
    "Markdown, setext": small_shape(500, repeated("Marwin\n===\n"), "a.md"),
    "Markdown, one paragraph": small_shape(1_000, repeated("Marwin fell *so*\n"), "a.md"),
    "Markdown, Liquid": small_shape(1_000, repeated("{% raw %} Marwin {{ a "), "a.md"),
    "Markdown, dollars": small_shape(2_000, repeated("Marwin $a $$b "), "a.md"),
    "Markdown, escapes": small_shape(2_000, repeated("Marwin \\[ &amp; "), "a.md"),
    # reports
    "report, text": reported("text", "Marwin fell,, and ", 2_000),
    "report, json": reported("json", "Marwin fell,, and ", 2_000),
    "report, sarif": reported("sarif", "Marwin fell,, and ", 1_000),
    "report, rdjson": reported("rdjson", "Marwin fell,, and ", 2_000),
    "report, github": reported("github", "Marwin fell,, and ", 2_000),
    "report, lines": reported("rdjson", "Marwin fell,, and\n", 2_000),
    "diff, one line": diffed("Marwin fell,, and ", 10_000),
    "diff, lines": diffed("Marwin fell,, and\n", 1_000),
    "diff, every second line": Shape(
        2_000,
        lambda n: (
            lambda: list(
                unified(
                    "a",
                    "".join(f"{k} Marwin\n{k}\n" for k in range(n)),
                    "".join(f"{k} Ma Yun\n{k}\n" for k in range(n)),
                )
            )
        ),
    ),
    "diff, blocks": diffed("Marwin fell,, and\n\nSo it was.\n\n", 500),
    "diff, lines that go": Shape(
        500,
        lambda n: (
            lambda: list(
                unified(
                    "a",
                    "".join(f"{k} Marwin\n\nCopy link\n\n" for k in range(n)),
                    "".join(f"{k} Marwin\n\n" for k in range(n)),
                )
            )
        ),
    ),
    "explain": Shape(2_000, lambda n: explained(small(), "Marwin Hitz Marwin fell,, Rin Wie " * n)),
    "explain, inside": Shape(
        1_000,
        lambda n: explained(
            rules(
                "kind: name\ntype: person\nrules:\n"
                "- {id: a, canonical: One, variants: [Ma Win]}\n"
                "- {id: b, canonical: Two, variants: [Ma Win Do]}\n"
            ),
            "Ma Win Do " * n,
        ),
    ),
    "explain, damage": Shape(1_000, lambda n: explained(bundled(), prose(60 * n))),
    # goldens
    "golden, other lines": Shape(4_000, aligned(_other_lines)),
    "golden, changed lines": Shape(4_000, aligned(_changed_lines)),
    "golden, dropped lines": Shape(4_000, aligned(_dropped_lines)),
    "golden, one line": Shape(2_000, aligned(_one_line)),
}


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Give up after so many CPU seconds.

    Raises:
        TooLongError: the time is over.
    """

    def give_up(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def cpu(job: Job, limit: float) -> float:
    """Return the CPU seconds that a job takes.

    Raises:
        TooLongError: it takes more than `limit`.
    """
    gc.collect()
    gc.disable()  # its share grows in steps, which would hide how the rest grows
    try:
        with limited(limit):
            begin = process_time()
            job()
            return process_time() - begin
    finally:
        gc.enable()


def first_size(shape: Shape, limit: float) -> int:
    """Return the size of a shape, doubled until its job takes long enough to be measured.

    What is too quick even then is not worth a larger text.
    """
    size = shape.size
    with suppress(TooLongError, GuaranteeError):
        while size < LARGEST * shape.size and cpu(shape.job(size), limit) < SHORTEST:
            size *= 2
    return size


def medians(shape: Shape, size: int, runs: int, limit: float) -> list[float]:
    """Return the median CPU seconds at n, 2n and 4n; shorter if a size took too long."""
    jobs = [shape.job(size * factor) for factor in (1, 2, 4)]
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(runs):
        for taken, job in zip(times, jobs, strict=True):
            try:
                taken.append(cpu(job, limit))
            except (TooLongError, GuaranteeError):
                taken.append(math.inf)
                break
    return [median(taken) for taken in times if taken]


def exponent(seconds: Sequence[float]) -> float:
    """Return the power of the size with which the time grows, from n to 4n."""
    if len(seconds) < 3 or math.inf in seconds:
        return math.inf
    first, _, last = (max(taken, 1e-6) for taken in seconds)  # the clock may not have moved
    return math.log(last / first, 4)


def main() -> None:
    """Print a table of all shapes, or of those whose names contain one of the words given."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("words", nargs="*", help="parts of the names of shapes")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--limit", type=float, default=20, help="CPU seconds of one measurement")
    wish = options.parse_args()
    failed: list[str] = []
    print(f"{'shape':32} {'n':>8} {'n ms':>9} {'2n':>9} {'4n':>9}  exponent")
    for name, shape in SHAPES.items():
        if wish.words and not any(word in name for word in wish.words):
            continue
        size = first_size(shape, wish.limit)
        seconds = medians(shape, size, wish.runs, wish.limit)
        power = exponent(seconds)
        columns = [f"{1000 * taken:9.1f}" for taken in seconds]
        columns += ["        -"] * (3 - len(columns))
        bad = power > WORST and seconds[-1] > SHORTEST
        if bad:
            failed.append(name)
        print(f"{name:32} {size:>8} {' '.join(columns)}  {power:.2f}{'  <--' if bad else ''}")
        sys.stdout.flush()
    if failed:
        raise SystemExit(f"superlinear: {', '.join(failed)}")


if __name__ == "__main__":
    main()
