"""The cost of a text grows with its length, whatever its shape: counted in steps, without a clock.

`tests/bench/speed` measures the same shapes, and more, in CPU time.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.cli import ignore
from cleaner.engine.silence import Ignore, ignores_for
from cleaner.engine.trace import Explanation
from cleaner.errors import GuaranteeError
from cleaner.fixers import caption, credit, name
from cleaner.fixers.repeat import words
from cleaner.formats import for_name, plain
from cleaner.formats.markdown import passages
from cleaner.formats.markdown.inlines import Labels
from cleaner.formats.markdown.writing import Seen
from cleaner.goldens import alignment
from cleaner.project.config import Config
from cleaner.reports.forms import About, Entry, form, names
from cleaner.rules.patterns import slow_because
from cleaner.text.document import Document
from cleaner.text.matching import Matcher
from tests.samples import ROOT, bundled, engine_for, ruleset
from tests.steps import Counted, assert_linear

RULES = """kind: name
type: person
rules:
- {id: ma, canonical: Ma Yun, variants: [Ma Win, Marwin], unless: [Marwin Hitz]}
- {id: do, canonical: Ma Yuntao, variants: [Ma Win Do]}
- {id: near, canonical: Lin Wei, variants: [Rin Wie], when: {near: {phrases: [Alibaba], words: 3}}}
- {id: block, canonical: Xu Jing, variants: [Su Ching], when: {paragraph: [Alibaba]}}
"""
FURNITURE = """kind: furniture
rules:
- {id: token, where: inside, match: "\\\\[ad_[0-9]+\\\\]", message: token}
- {id: first, where: start, match: Home, message: first line}
- {id: last, where: end, match: Source, message: last line}
- {id: line, match: Copy link, message: button}
"""
PATTERN = """kind: pattern
rules:
- {id: comma, match: ",,+", replace: ",", message: doubled comma}
"""
TEXTS: dict[str, tuple[int, Callable[[int], str]]] = {
    "one line": (100, lambda n: "Marwin fell,, and Alibaba. " * n),
    "blocks": (100, lambda n: "Marwin fell.\n\n" * n),
    "lines": (100, lambda n: "Marwin fell.\n" * n),
    "spaces in a name": (3_000, lambda n: "Ma" + " " * n + "Win"),
    "parts of a line": (100, lambda n: "go on [ad_1] " * n),
    "parts behind a URL": (100, lambda n: "https://a.com/" + "b" * n + " [ad_1]" * n),
    "furniture in a line": (200, lambda n: "Copy link Source Home " * n),
    "furniture": (100, lambda n: "Copy link\n" * n),
    "first and last lines": (200, lambda n: "\n" * n + "Home\nSource\n" * n + "\n" * n),
    "no evidence near": (100, lambda n: "Rin Wie, Su Ching " * n + "Alibaba"),
    "evidence near": (100, lambda n: "Alibaba Rin Wie Su Ching " * n),
    "right forms": (100, lambda n: "Marwin Hitz Ma Yun " * n),
    "accents": (3_000, lambda n: "Marwin a" + "\u0301\u0323" * n),
    "newlines": (3_000, lambda n: "\n" * n + "Marwin" + "\n" * n),
    "comments off, Markdown": (
        60,
        lambda n: "<!-- cleaner: off mine/near -->\n\nMarwin fell.\n\n" * n,
    ),
    "comments, Markdown": (
        60,
        lambda n: "<!-- cleaner: ignore mine/ma -->\n\nMarwin fell.\n\n" * n,
    ),
    "quotes, Markdown": (60, lambda n: "> Marwin\n" * n),
    "list, Markdown": (60, lambda n: "- Marwin\n" * n),
    "brackets, Markdown": (1_200, lambda n: "[" * n + "Marwin" + "]" * n),
    "links, Markdown": (100, lambda n: "Marwin [a](b" * n),
    "emphasis, Markdown": (100, lambda n: "*Marwin **fell " * n),
    "tags, Markdown": (100, lambda n: "Marwin <b a='x' <!-- " * n),
}

HEADER = 'msgid ""\nmsgstr "Language: en\\n"\n\n'
# Sources of formats: the name of a file, and what is repeated between a beginning and an end.
SOURCES: dict[str, tuple[str, int, str, str, str]] = {
    "page of paragraphs": ("a.html", 60, "", "<p>Marwin <b>fell</b>,, and &amp;.</p>\n", ""),
    "page of one paragraph": ("a.html", 60, "<p>", "Marwin <b>fell</b>,, and &amp;. ", "</p>"),
    "page of attributes": ("a.html", 60, "", "<img alt='Marwin &amp; fell'>", ""),
    "comments in a page": (
        "a.html",
        300,
        "",
        "<!-- cleaner: ignore mine/ma -->\n<p>Marwin fell.</p>\n",
        "",
    ),
    "comments off in a page": (
        "a.html",
        300,
        "",
        "<!-- cleaner: off mine/ma --><p>Marwin fell.</p><!-- cleaner: on -->",
        "",
    ),
    "comments off to the end of a page": (
        "a.html",
        300,
        "",
        "<!-- cleaner: off mine/near --><p>Marwin fell.</p>",
        "",
    ),
    "elements in elements": ("a.html", 60, "", "<div>Marwin fell.", ""),
    "JSON of texts": ("a.json", 60, "[", '"Marwin \\u2019 fell,,", ', '""]'),
    "JSON of one text": ("a.json", 60, '["', "Marwin \\u2019 fell,, ", '"]'),
    "rows of JSON": ("a.jsonl", 60, "", '["Marwin fell,,"]\n', ""),
    "rows of a table": ("a.csv", 60, "a,b\n", "1,Marwin fell\n", ""),
    "one cell of a table": ("a.csv", 60, 'a,b\n1,"', 'Marwin ""fell"",, ', '"\n'),
    "cues": ("a.srt", 60, "", "1\n00:00:01,000 --> 00:00:02,000\nMarwin fell,,\n\n", ""),
    "messages": ("a.po", 60, HEADER, 'msgid "x {n}"\nmsgstr "Marwin fell,,"\n\n', ""),
    "one message": ("a.po", 60, HEADER + 'msgid "x"\nmsgstr ""\n', '"Marwin fell,, "\n', ""),
}
FIELDS = {"a.json": ("[]",), "a.jsonl": ("[]",), "a.csv": ("b",)}


@pytest.mark.parametrize("shape", SOURCES)
def test_sources(small: Cleaner, shape: str) -> None:
    name, size, begin, piece, end = SOURCES[shape]
    read = for_name(name, fields=FIELDS.get(name, ())).read

    def make(n: int) -> Callable[[], object]:
        middle = "".join(piece.replace("{n}", str(number)) for number in range(n))
        source = Counted(begin + middle + end)
        assert read(str(source)).text.count("Marwin") == n
        return lambda: small.clean(source, read)

    assert_linear(make, size)


def test_what_edits_make_of_markdown_is_looked_at_once(
    small: Cleaner, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    look = passages._seen

    def counted(labels: Labels, raw: str) -> Seen:
        seen.append(raw)
        return look(labels, raw)

    monkeypatch.setattr(passages, "_seen", counted)
    result = small.clean("[Marwin][a] " * 5 + "\n\n[a]: b\n", for_name("a.md").read)
    assert len(result.edits) == 5
    assert len(seen) == 1 + 5  # the paragraph as it was, and what each edit makes of it


LONG_LINE = "The ferry of the island lies in the harbour behind a plate of ice, and ‘nobody’ went"
CREDIT = "A gate in Hangzhou, which nobody opened in years. [AP=연합뉴스]"


@pytest.fixture(scope="module")
def small() -> Cleaner:
    return engine_for(RULES, furniture=FURNITURE, pattern=PATTERN)


@pytest.mark.parametrize("shape", TEXTS)
def test_small_rules(small: Cleaner, shape: str) -> None:
    size, make = TEXTS[shape]
    document = for_name("a.md" if shape.endswith("Markdown") else "a.txt").read
    assert_linear(lambda n: lambda: small.clean(Counted(make(n)), document), size)


@pytest.mark.parametrize(
    ("piece", "size"),
    [
        ("Reporter: a ", 200),
        ("the gate (사진=연합뉴스) ", 120),
        ("(사진=연합뉴스)\n\n", 60),
        (f"{CREDIT}\n\n", 40),
        ("[연합 ", 100),
        ("[AP=연합뉴스]", 60),
        ("The gate. Photo = Newsis ", 60),
        ("[기자] 앵커 ", 60),
        ("Copy link Print Source ", 100),
        ("Marwin Marwin of the sea, of the sea ", 60),
        ("R&amp;D of the sea ", 60),
        (f"{LONG_LINE}\n\n", 40),
        (f"{LONG_LINE}…\n", 40),
        ("“so ", 200),
        ("cafÃ© ", 100),
        ("so.  And ", 200),
        ("By Kim [email protected]\n", 60),
        ("Alibaba fell, and Marwin was silent.\n\n", 60),
    ],
    ids=repr,
)
def test_bundled_rules(piece: str, size: int) -> None:
    assert_linear(lambda n: lambda: bundled().clean(Counted(piece * n)), size)


# Paragraphs of quotation marks; `{n}` is a number that makes each piece another one.
MARKS: dict[str, tuple[int, str]] = {
    "singles": (160, "’a"),  # words are looked at up to 200 letters
    "glued singles": (60, "in the’rat and "),
    "glued doubles": (60, "in the”rat and "),
    "straight doubles": (60, 'in the " and "'),
    "kinds in turn": (100, "“‘”’"),
    "every kind": (20, "in the'a\"b”c’d and “is‘it "),
    "good quotations": (60, "“He was in the house,” he said. "),
    "good nested ones": (60, "“He was in the ‘old house’,” he said. "),
    "TeX": (60, "``He was in the house,'' he said. "),
    "graves": (60, "He was in the `old house' and it is. "),
    "mixed": (60, "‘He was in the house.” The old is. "),
    "openers": (60, "He was in the ‘old and “new house. "),
    "paragraphs": (60, "He was in the’old house {n}’ and that is it.\n\n"),
    "quotations over two lines": (60, "He is “in the\nhouse {n}” and that is it.\n\n“So"),
}


@pytest.fixture(scope="module")
def marks() -> Cleaner:
    kinds = ("quotes", "unclosed")
    files = {kind: (ROOT / "rules" / f"{kind}.yaml").read_text("utf-8") for kind in kinds}
    return Cleaner(ruleset(PATTERN, **files), damaged=True)


@pytest.mark.parametrize("shape", MARKS)
def test_quotation_marks(marks: Cleaner, shape: str) -> None:
    size, piece = MARKS[shape]

    def make(n: int) -> Callable[[], object]:
        text = "".join(piece.replace("{n}", str(number)) for number in range(n))
        return lambda: marks.clean(Counted(f"It was the end of that. {text}"))

    assert_linear(make, size)


def chain(count: int, condition: str) -> Cleaner:
    """Rules of which each needs the name that the rule before it writes."""
    rules = ["- {id: n0, canonical: Right0, variants: [Wrong0]}"]
    for number in range(1, count):
        when = condition.format(f"[Right{number - 1}]")
        about = f"canonical: Right{number}, variants: [Wrong{number}]"
        rules.append(f"- {{id: n{number}, {about}, when: {{{when}}}}}")
    return engine_for("kind: name\ntype: person\nrules:\n" + "\n".join(rules))


@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
@pytest.mark.parametrize(
    "condition", ["document: {}", "paragraph: {}", "near: {{phrases: {}, words: 3}}"]
)
def test_a_chain_of_evidence(condition: str, backwards: bool) -> None:
    def make(n: int) -> Callable[[], object]:
        rules = chain(n, condition)
        order = range(n - 1, -1, -1) if backwards else range(n)
        text = " ".join(f"Wrong{number} x" for number in order)
        assert "Wrong" not in rules.clean(text).text
        return lambda: rules.clean(text)

    assert_linear(make, 60)


FEEDING = """kind: name
type: person
rules:
- {id: a, canonical: Ma Yun, variants: [Marwin], when: {near: {phrases: [Lin Wei], words: 3}}}
- {id: b, canonical: Lin Wei, variants: [Rin Wie], when: {near: {phrases: [Ma Yun], words: 3}}}
- {id: c, canonical: Xu Jing, variants: [Su Ching], when: {paragraph: [Lin Wei]}}
- id: d
  canonical: Hu Bo
  variants: [Who Bo]
  when: {document: [Lin Wei], near: {phrases: [Seoul], words: 3}}
"""
FED = "Marwin and Rin Wie or "
WAITING = "\n\n" + "Su Ching. Who Bo.\n\n"


@pytest.mark.parametrize(
    ("make", "fires"),
    [
        (lambda n: FED * n, False),
        (lambda n: "Lin Wei and " + FED * n, True),
        (lambda n: FED * n + "Ma Yun", True),
        (lambda n: FED * n + "Ma Yun and Rin Wie or " + FED * n, True),
        (lambda n: "Lin Wei and " + FED * n + WAITING * n, True),
    ],
    ids=["no evidence", "forwards", "backwards", "both ways", "others wait"],
)
def test_two_rules_that_feed_each_other(make: Callable[[int], str], *, fires: bool) -> None:
    feeding = engine_for(FEEDING)
    assert ("Marwin" not in feeding.clean(make(9)).text) == fires
    assert_linear(lambda n: lambda: feeding.clean(Counted(make(n))), 40)


def test_configured_ignores(small: Cleaner) -> None:
    def make(n: int) -> Callable[[], object]:
        text = Counted("".join(f"Marwin fell {number}.\n\n" for number in range(n)))
        ignores = [Ignore("mine/ma", f"Marwin fell {number}.") for number in range(n)]
        return lambda: small.clean(text, ignores=ignores)

    assert_linear(make, 100)


@pytest.mark.parametrize("piece", ["Marwin fell {}. ", "Marwin fell. ", "Marwin fell.\n"])
def test_what_is_written_down_to_ignore(small: Cleaner, piece: str) -> None:
    def make(n: int) -> Callable[[], object]:
        text = Counted("".join(piece.format(number) for number in range(n)))
        findings = [(one.rules, one.span) for one in small.clean(text).findings]
        return lambda: ignores_for(text, findings)

    assert_linear(make, 200)


def test_entries_to_ignore(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    loads = tomllib.loads

    def counted(text: str) -> object:
        Counted.looked_at += len(text)
        return loads(text)

    monkeypatch.setattr(tomllib, "loads", counted)
    settings = Config()

    def make(n: int) -> Callable[[], object]:
        entries = [Ignore("mine/ma", f"Marwin fell {number}") for number in range(n)]
        file = tmp_path / "cleaner.toml"
        return lambda: ignore._with_entries(settings, file, "/a.txt", entries, None, "")

    assert_linear(make, 100)


def test_an_explanation(small: Cleaner) -> None:
    def make(n: int) -> Callable[[], object]:
        text = Counted("Ma Win Do Marwin Hitz Rin Wie fell,, " * n)
        return lambda: small.clean(text, tracer=Explanation()).text

    assert_linear(make, 60)


@pytest.mark.parametrize("kind", names())
def test_a_report(small: Cleaner, kind: str) -> None:
    about = About(dict(small.rules), "1.0")

    def make(n: int) -> Callable[[], object]:
        text = "Marwin fell,, " * n
        entry = Entry("a.txt", plain.read(Counted(text)), small.clean(text).findings)
        return lambda: "".join(form(kind).render([entry], about))

    assert_linear(make, 100)


PAGES: dict[str, Callable[[int], list[str]]] = {
    "files": lambda n: ["Alibaba: Marwin fell,, and\n\nnobody came.\n"] * n,
    "paragraphs": lambda n: ["Alibaba: Marwin fell,, and\n\n" * n],
    "one paragraph": lambda n: ["Alibaba: Marwin fell,, and " * n],
    "paragraphs between": lambda n: [("nobody came\n\n" * 20 + "Marwin, Alibaba\n\n") * n],
    "files without findings": lambda n: ["nobody came\n"] * 10 * n,
}


@pytest.mark.parametrize("shape", PAGES)
def test_a_page(small: Cleaner, shape: str) -> None:
    about = About(dict(small.rules), "1.0")

    def make(n: int) -> Callable[[], object]:
        entries = []
        for text in PAGES[shape](n):
            done = small.clean(text)
            document = plain.read(Counted(text))
            entries.append(Entry("a.txt", document, done.findings, done.edits))
        return lambda: Counted("").join(form("html").render(entries, about))

    assert_linear(make, 30)


def changed(n: int) -> tuple[Sequence[str], Sequence[str]]:
    return [f"{k} old" for k in range(n)], [f"{k} new" for k in range(n)]


def every_second(n: int) -> tuple[Sequence[str], Sequence[str]]:
    old = [line for k in range(n) for line in (f"{k} old", f"{k}")]
    return old, [line.replace("old", "new") for line in old]


def dropped(n: int) -> tuple[Sequence[str], Sequence[str]]:
    old = [line for k in range(n) for line in (f"{k}", "", "again", "")]
    return old, [line for k, line in enumerate(old) if k % 7]


def the_same(n: int) -> tuple[Sequence[str], Sequence[str]]:
    return ["a", "b"] * n, ["a", "c"] * n + ["d"]


@pytest.mark.parametrize("make", [changed, every_second, dropped, the_same])
def test_what_two_texts_have_in_common(make: Callable[[int], tuple[Sequence[str], ...]]) -> None:
    assert_linear(lambda n: lambda: Matcher(*make(n), few=100).get_opcodes(), 300)


@pytest.mark.parametrize("make", [changed, every_second, dropped, the_same])
def test_the_alignment_of_goldens(
    make: Callable[[int], tuple[Sequence[str], ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alignment, "_MOST_CELLS", 500)
    monkeypatch.setattr(alignment, "_FEW_TOKENS", 500)
    monkeypatch.setattr(alignment, "Matcher", lambda *both, few=100: Matcher(*both, few=few))

    def work(n: int) -> Callable[[], object]:
        old, new = ("\n".join(lines) for lines in make(n))
        return lambda: list(alignment.differences(old, new))

    assert_linear(work, 200)


def test_patterns_have_one_budget_for_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    # No block is slow enough to be refused alone: each takes a hundredth of a second or so.
    monkeypatch.setattr("cleaner.rules.patterns.PATIENCE", 0.5)
    slow = engine_for(
        "kind: pattern\nrules:\n- {id: slow, match: 'x(?:a|a)*b', replace: y, message: m}\n"
    )
    block = "x" + "a" * 17 + "c b\n\n"
    assert slow.clean(block).text == block
    with pytest.raises(GuaranteeError, match="mine/slow takes too long"):
        slow.clean(block * 2_000)


def test_later_passes_have_what_is_left_of_the_budget() -> None:
    documents: list[Document] = []

    def document(text: str) -> Document:
        documents.append(plain.read(text))
        return documents[-1]

    engine_for(PATTERN).clean("so,, it was", document)
    first, second = documents
    assert first.searching is second.searching


@pytest.mark.parametrize(
    "pattern",
    [
        caption._ANY_PLACEHOLDER,
        caption._CREDIT_AT_END,
        caption._CREDIT_OR_PLACEHOLDER,
        credit.places._BEGINNING,
        credit.places._IN_BRACKETS,
        name._LINE_BREAK,
        words._PHRASE,
        words._TWICE,
    ],
    ids=lambda pattern: pattern.pattern[:20],
)
def test_patterns_that_search_long_texts(pattern: re.Pattern[str]) -> None:
    assert slow_because(pattern.pattern) == ""
