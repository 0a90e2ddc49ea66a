"""Shapes of input: kinds of text on which time once grew, or easily could grow, with the square.

Many hits on one line, long runs of spaces, marks that never close, chains of evidence, and so on.
A new kind of fix, format or report gets a line here for each shape that it might be slow on.
`growth.py` measures them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from math import isqrt
from pathlib import Path
from typing import NamedTuple

from cleaner import Cleaner, load_rules
from cleaner.engine.findings import Finding, Result
from cleaner.engine.silence import Ignore, ignores_for
from cleaner.engine.trace import Explanation
from cleaner.errors import GuaranteeError
from cleaner.formats import for_name
from cleaner.goldens.alignment import differences
from cleaner.names.gazetteer import known_names
from cleaner.names.suggest import Finder
from cleaner.project.config import Config
from cleaner.project.selection import Selection
from cleaner.reports.diff import unified
from cleaner.reports.forms import About, Entry, form


class Work(NamedTuple):
    """Work that is measured, and the length of the text that it works on, in code points."""

    run: Callable[[], object]
    length: int


class Shape(NamedTuple):
    """A kind of input: a size that takes some tenths of a second, and the work of any size."""

    size: int
    work: Callable[[int], Work]


def rules(yaml: str, **files: str) -> Cleaner:
    """Return a cleaner with only these rules."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"mine": yaml, **files}.items():
            Path(folder, f"{name}.yaml").write_text(text, encoding="utf-8")
        return Cleaner(load_rules(folder, bundled=False))


@cache
def bundled(*, damaged: bool = False) -> Cleaner:
    """Return a cleaner with the bundled rules, which has met some damage before."""
    cleaner = Cleaner(load_rules(), damaged=damaged)
    cleaner.clean(prose(2_000))
    return cleaner


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
) -> Work:
    """Return the work of cleaning a text."""
    fields = ["text"] if Path(name).suffix in {".jsonl", ".csv"} else []
    reader = for_name(name, fields=fields)
    return Work(lambda: cleaner.clean(text, reader.read, ignores), len(text))


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


def explained(cleaner: Cleaner, text: str) -> Work:
    """Return the work of cleaning a text with every decision explained."""
    return Work(lambda: cleaner.clean(text, tracer=Explanation()), len(text))


def slow_pattern(n: int) -> Work:
    """Return the work of a pattern that is exponential, over many blocks that it is slow on."""
    cleaner = rules("""kind: pattern
rules:
- {id: slow, match: "x(?:a|a)*b", replace: "y", message: slow}
""")
    text = ("x" + "a" * 18 + "c b\n\n") * n

    def run() -> None:
        with suppress(GuaranteeError):  # what counts is how long a refusal takes
            cleaner.clean(text)

    return Work(run, len(text))


@cache
def result_of(n: int, piece: str, cleaner: Callable[[], Cleaner]) -> tuple[str, Result]:
    """Return a text and what cleaning it gives."""
    text = piece * n
    return text, cleaner().clean(text)


def reported(name: str, piece: str, size: int) -> Shape:
    """Return the shape of writing a report on n findings."""

    def work(n: int) -> Work:
        text, result = result_of(n, piece, small)
        entry = Entry("a.txt", result.document, result.findings)
        about = About(small().rules, "1.0")
        return Work(lambda: sum(map(len, form(name).render([entry], about))), len(text))

    return Shape(size, work)


def diffed(piece: str, size: int) -> Shape:
    """Return the shape of writing a diff."""

    def work(n: int) -> Work:
        text = piece * n
        return compared(text, text.replace("Marwin", "Ma Yun"))

    return Shape(size, work)


def compared(one: str, other: str) -> Work:
    """Return the work of writing the diff of two texts."""
    return Work(lambda: sum(map(len, unified("a.txt", one, other))), len(one))


def ignored(piece: str, n: int) -> Work:
    """Return the work of writing down what to ignore for all findings of a text."""
    text = numbered(piece)(n)
    findings: Sequence[Finding] = small().clean(text).findings
    places = [(one.rules, one.span) for one in findings]
    return Work(lambda: ignores_for(text, places), len(text))


def configured(n: int) -> Work:
    """Return the work of cleaning a text with n configured ignores, each of one place."""
    text = "".join(f"Marwin fell {number}.\n\n" for number in range(n))
    ignores = [Ignore("mine/ma", f"Marwin fell {number}.") for number in range(n)]
    return cleaned(small(), text, ignores=ignores)


def many_forms(n: int) -> Work:
    """Return the work of n rules of which each occurs once."""
    text = " ".join(f"Wrong{number} Right{number}" for number in range(n))
    return cleaned(many_names(n), text)


def several_passes(n: int) -> Work:
    """Return the work of edits that make room for others, in four passes."""
    cleaner = rules("""kind: pattern
rules:
- {id: one, match: "aone", replace: "btwo", message: one}
- {id: two, match: "btwo", replace: "cthree c", message: two}
- {id: three, match: "cthree", replace: "dfour", message: three}
- {id: four, match: "dfour", replace: "Done", message: four}
""")
    return cleaned(cleaner, "x aone y " * n)


def aligned(make: Callable[[int], tuple[str, str]]) -> Callable[[int], Work]:
    """Return what makes the work of finding the differences of two texts."""

    def work(n: int) -> Work:
        one, other = make(n)
        return Work(lambda: list(differences(one, other)), len(one))

    return work


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


@cache
def chapter(number: int) -> str:
    """Return a chapter of a book, about 2,000 characters long."""
    return f"Chapter {number}\n\n" + "".join(
        f"Marwin left Hangzhou in {number + part}, and Jang Yong fell silent,, it said.\n\n"
        for part in range(30)
    )


@cache
def _shelf() -> tempfile.TemporaryDirectory[str]:
    """Return the folder that chapters are written to."""
    return tempfile.TemporaryDirectory()


def folder(n: int) -> Work:
    """Return the work of cleaning a folder of n chapters."""
    paths = []
    for number in range(n):
        path = Path(_shelf().name) / f"{number:05}.txt"
        path.write_text(chapter(number), encoding="utf-8")
        paths.append(path)
    selection = Selection(Config())
    list(selection.clean(paths[:1]))  # loads what the rules need
    return Work(lambda: list(selection.clean(paths)), sum(len(chapter(k)) for k in range(n)))


def suggested(n: int) -> Work:
    """Return the work of finding the names that are meant in n chapters."""
    right = [name for name in known_names(load_rules()) if name.canonical[0] in "AM"]
    documents = [for_name("a.txt").read(chapter(number)) for number in range(n)]

    def run() -> None:
        finder = Finder(right)
        for number, document in enumerate(documents):
            finder.add(f"{number}.txt", document, "auto")
        finder.groups()

    return Work(run, sum(len(chapter(number)) for number in range(n)))


def jsonl(piece: str) -> Callable[[int], str]:
    """Return what makes n rows of JSON Lines, each with a piece as its text."""
    return lambda n: "".join(f'{{"id": {k}, "text": "{piece}"}}\n' for k in range(n))


def cues(n: int) -> str:
    """Return n cues of subtitles."""
    return "".join(
        f"{k}\n00:{k // 60 % 60:02}:{k % 60:02},000 --> 00:{k // 60 % 60:02}:{k % 60:02},900\n"
        "Marwin fell,, it said.\n\n"
        for k in range(1, n + 1)
    )


SENTENCE = "The report, which the ministry published in May, was questioned by two lawyers."
CREDIT = "A gate in Hangzhou, which nobody opened in years. [AP=연합뉴스]"
CAPTION = "A tall gate in ``Hangzhou'', which nobody opened in many years, it said."

SHAPES: Mapping[str, Shape] = {
    # one line
    "reporter": bundled_shape(4_000, repeated("Reporter: a ")),
    "spaces in a name": bundled_shape(20_000, lambda n: "Ma" + " " * n + "Win"),
    "spaces in a name, runs": bundled_shape(200, repeated("Ma" + " " * 300 + "Win, ")),
    "spaces in a name, many": bundled_shape(100, lambda n: ("Ma" + " " * n + "Win, ") * 20),
    "line breaks in a name": bundled_shape(20_000, lambda n: "Ma" + "\n" * n + "Win"),
    "one line of prose": bundled_shape(10_000, prose),
    "one line, small rules": small_shape(5_000, repeated("Marwin fell,, and Alibaba. ")),
    "one line, a pattern": small_shape(20_000, repeated("a,, b ")),
    "one line, inside": small_shape(2_000, repeated("go on [ad_1] ")),
    "one line, furniture": bundled_shape(4_000, repeated("Copy link and Source ")),
    "one line, furniture words": bundled_shape(
        2_000, repeated("He shared the photo; read more, share, print and copy link. ")
    ),
    "one line, furniture and prose": bundled_shape(
        20_000, lambda n: prose(n // 2) + "Copy link Share Print " * (n // 60) + prose(n // 2)
    ),
    "one line, clean": bundled_shape(1_000, repeated(f"{SENTENCE} "), damaged=False),
    "one line, clean, a hit at the end": bundled_shape(
        1_000, repeated(f"{SENTENCE} ", "Alibaba fell,, and Marwin was silent."), damaged=False
    ),
    "one line, captions": bundled_shape(500, repeated(f"{CREDIT} ")),
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
    "short lines": bundled_shape(4_000, repeated("Go on.\n")),
    "short lines, numbered": bundled_shape(4_000, numbered("Line #.\n")),
    "short lines, hits": bundled_shape(4_000, repeated("Go on,, he said.\n")),
    "short blocks": bundled_shape(4_000, repeated("Go on.\n\n")),
    "clean blocks": bundled_shape(2_000, numbered(f"{SENTENCE} #\n\n"), damaged=False),
    "clean blocks, a hit at the end": bundled_shape(
        2_000,
        lambda n: numbered(f"{SENTENCE} #\n\n")(n) + "Alibaba fell,, said Marwin.\n",
        damaged=False,
    ),
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
        50, lambda n: numbered("[a#]: b#\n")(n) + "\n" + numbered("[Marwin][a#] ")(n), "a.md"
    ),
    "Markdown, references apart": small_shape(300, numbered("[a#]: b#\n\nMarwin\n\n"), "a.md"),
    "Markdown, footnotes": small_shape(300, numbered("[^a#]: Marwin\n"), "a.md"),
    "Markdown, fences": small_shape(500, repeated("```\ncode\n```\nMarwin\n"), "a.md"),
    "Markdown, fences unclosed": small_shape(500, repeated("Marwin\n\n``\n\n"), "a.md"),
    "Markdown, ticks": small_shape(
        40_000, lambda n: "Marwin " + " ".join("`" * k for k in range(1, isqrt(n))), "a.md"
    ),
    "Markdown, tags": small_shape(1_000, repeated("Marwin <b a='x' <i "), "a.md"),
    "Markdown, comments unclosed": small_shape(200, repeated("Marwin <!-- a <? b "), "a.md"),
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
    "Markdown, nested emphasis": small_shape(
        1_000, lambda n: "*a **b " * n + "Marwin" + "** a*" * n, "a.md"
    ),
    "Markdown, quotes and lists": small_shape(500, lambda n: "> - " * n + "Marwin", "a.md"),
    "Markdown, prose": bundled_shape(
        1_000, repeated(f"*{SENTENCE}* Marwin fell,, so.\n\n"), "a.md"
    ),
    # HTML and files of other formats
    "HTML, paragraphs": bundled_shape(500, repeated("<p>Marwin fell,, it said.</p>\n"), "a.html"),
    "HTML, one paragraph": bundled_shape(
        500, lambda n: "<p>" + "Marwin <b>fell</b>,, it said.<br>\n" * n + "</p>", "a.html"
    ),
    "HTML, deep": small_shape(500, lambda n: "<div>" * n + "Marwin" + "</div>" * n, "a.html"),
    "HTML, deep, marks": small_shape(
        500, lambda n: "<b>Ma <i>" * n + "Marwin" + "</i></b>" * n, "a.html"
    ),
    "HTML, unclosed": small_shape(500, repeated("<div><p>Marwin"), "a.html"),
    "HTML, unclosed marks": small_shape(500, repeated("<b>Marwin <i>"), "a.html"),
    "HTML, entities": bundled_shape(1_000, repeated("&lsquo;Marwin&rsquo;&nbsp;fell "), "a.html"),
    "HTML, attributes": small_shape(
        500, lambda n: "<p " + "".join(f'a{k}="x" ' for k in range(n)) + ">Marwin</p>", "a.html"
    ),
    "HTML, angles": small_shape(1_000, repeated("Marwin < a <! <? "), "a.html"),
    "HTML, tables": small_shape(
        300, lambda n: f"<table>{'<tr><td>Marwin</td></tr>' * n}</table>", "a.html"
    ),
    "HTML, comments": small_shape(500, repeated("<!-- a --><p>Marwin</p>"), "a.html"),
    "JSON Lines": bundled_shape(500, jsonl("Marwin fell,, it said."), "a.jsonl"),
    "JSON Lines, clean": bundled_shape(2_000, jsonl(SENTENCE), "a.jsonl"),
    "JSON Lines, one long row": bundled_shape(
        5_000, lambda n: jsonl("Marwin fell,, it said. " * n)(1), "a.jsonl"
    ),
    "CSV": bundled_shape(
        500, lambda n: "id,text\n" + numbered('#,"Marwin fell,, so"\n')(n), "a.csv"
    ),
    "subtitles": bundled_shape(500, cues, "a.srt"),
    "folder": Shape(20, folder),
    "folder, suggestions": Shape(10, suggested),
    # reports
    "report, text": reported("text", "Marwin fell,, and ", 2_000),
    "report, json": reported("json", "Marwin fell,, and ", 2_000),
    "report, sarif": reported("sarif", "Marwin fell,, and ", 1_000),
    "report, rdjson": reported("rdjson", "Marwin fell,, and ", 2_000),
    "report, github": reported("github", "Marwin fell,, and ", 2_000),
    "report, gitlab": reported("gitlab", "Marwin fell,, and ", 2_000),
    "report, lines": reported("rdjson", "Marwin fell,, and\n", 2_000),
    "diff, one line": diffed("Marwin fell,, and ", 10_000),
    "diff, lines": diffed("Marwin fell,, and\n", 1_000),
    "diff, every second line": Shape(
        2_000,
        lambda n: compared(
            "".join(f"{k} Marwin\n{k}\n" for k in range(n)),
            "".join(f"{k} Ma Yun\n{k}\n" for k in range(n)),
        ),
    ),
    "diff, blocks": diffed("Marwin fell,, and\n\nSo it was.\n\n", 500),
    "diff, lines that go": Shape(
        500,
        lambda n: compared(
            "".join(f"{k} Marwin\n\nCopy link\n\n" for k in range(n)),
            "".join(f"{k} Marwin\n\n" for k in range(n)),
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
