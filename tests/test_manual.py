"""The manual is complete and true: what the code's own lists have is in it, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import cleaner
from cleaner import errors, fixers, formats, hook, process
from cleaner.cli import schemas
from cleaner.cli.commands import app
from cleaner.cli.help import MANUAL
from cleaner.fixers.furniture import lines
from cleaner.names.garbles import Garble
from cleaner.project import config
from cleaner.reports import forms
from cleaner.review import decisions, lookups, suggestions
from cleaner.review.screen import keys
from cleaner.review.trial import Trial
from cleaner.rules.model import DATA_KINDS
from cleaner.text.boundaries import Boundaries
from cleaner.text.directives import ACTIONS
from tests.command import run
from tests.samples import ROOT

PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(MANUAL.glob("*.md"))}
COMMANDS = PAGES["commands"]
OPTION = re.compile(r"(?<![\w-])(?:--[a-z][a-z-]*|-[A-Za-z])\b")
CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
SHARED = "Options that several commands have"
HELP = {"-h", "--help"}
# Options of other programs that the manual shows.
OF_OTHERS = {"--all-files"}


def commands() -> dict[str, set[str]]:
    """The commands, as in `rules list`, each with its options, as typer knows them."""
    root = get_command(app)
    found: dict[str, set[str]] = {}

    def visit(command: Any, name: str, context: Any) -> None:
        found[name] = set()
        for parameter in command.params:
            if parameter.param_type_name == "option":
                found[name] |= {*parameter.opts, *parameter.secondary_opts}
        for below in command.list_commands(context) if hasattr(command, "list_commands") else ():
            visit(command.get_command(context, below), f"{name} {below}".strip(), context)

    visit(root, "", root.context_class(root))
    found["cleaner-hook"] = {
        option for action in hook.parser()._actions for option in action.option_strings
    } - HELP
    return found


def sections(page: str) -> dict[str, str]:
    """The sections of a page by their headings, each up to the next heading of any level."""
    headings = re.split(r"^#+ (.+)\n", FENCED.sub("", page), flags=re.MULTILINE)
    return dict(zip(headings[1::2], headings[2::2], strict=True))


def chapter(page: str, heading: str) -> str:
    """The part of a page below a heading of the second level, with the headings in it."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page, re.M | re.S)
    assert found, heading
    return found.group(1)


def options_in(text: str) -> set[str]:
    """The options that a text has in code."""
    code = " ".join(CODE.findall(FENCED.sub("", text)))
    return {*OPTION.findall(code)}


OF = commands()
EVERY_OPTION = set[str]().union(*OF.values()) | HELP
SECTIONS = sections(COMMANDS)


# -- options


@pytest.mark.parametrize("command", [name for name in OF if OF[name] and name])
def test_the_section_of_a_command_has_its_options_and_no_others(command: str) -> None:
    assert options_in(SECTIONS[command]) == OF[command]


def test_the_options_of_the_program_itself() -> None:
    assert options_in(SECTIONS["cleaner"]) == OF[""]


@pytest.mark.parametrize("command", [name for name in OF if name])
def test_a_command_has_a_section_that_shows_how_to_call_it(command: str) -> None:
    full = command if command == "cleaner-hook" else f"cleaner {command}"
    is_group = any(other.startswith(f"{command} ") for other in OF)
    assert re.search(rf"`{full}\b", SECTIONS[command]) or is_group


@pytest.mark.parametrize("command", [name for name in OF if name])
def test_what_other_commands_have_too_is_explained(command: str) -> None:
    _, _, also = SECTIONS[command].partition("Also: ")
    explained = options_in(chapter(COMMANDS, SHARED)) | {"--version"}
    assert options_in(also.partition("\n\n")[0]) <= explained


def test_no_section_is_about_a_command_that_does_not_exist() -> None:
    wide = {"Commands", "cleaner", "Exit codes", SHARED, "Variables"}
    of_shared = {*re.findall(r"^### (.+)$", chapter(COMMANDS, SHARED), re.MULTILINE)}
    assert {*SECTIONS} - wide - of_shared == {name for name in OF if name}


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_an_option_that_does_not_exist(page: str) -> None:
    assert options_in(PAGES[page]) - EVERY_OPTION - OF_OTHERS == set()


def called(page: str) -> Iterator[tuple[str, set[str]]]:
    """The calls of the program in a page: the command, and the options that it is given."""
    joined = page.replace("\\\n", " ")
    typed = re.findall(r"^(?:\$ | {4}| *- (?:run: )?)(.*)$", joined, re.MULTILINE)
    for text in (*typed, *CODE.findall(FENCED.sub("", joined))):
        for call in re.findall(r"\bcleaner (?!-)([^|;<>]*)", text):
            yield call, {*OPTION.findall(re.sub(r"'[^']*'", "", call))}


@pytest.mark.parametrize("page", PAGES)
def test_every_call_has_options_of_its_command(page: str) -> None:
    for call, options in called(PAGES[page]):
        words = call.split()
        known = [name for name in OF if name and words[: name.count(" ") + 1] == name.split()]
        if known:
            assert options - HELP <= OF[max(known, key=len)], call


# -- what the code reads and writes


def names_in(part: Any) -> Iterator[str]:
    """The keys and the words that a JSON Schema allows."""
    if isinstance(part, Mapping):
        yield from part.get("properties", ())
        words = [*part.get("enum", ()), part.get("const")]
        yield from (word for word in words if isinstance(word, str))
        for below in part.values():
            yield from names_in(below)
    elif isinstance(part, list):
        for below in part:
            yield from names_in(below)


def documented(pages: Collection[str]) -> set[str]:
    """The words in code on some pages, also in blocks of code."""
    text = "\n".join(PAGES[page] for page in pages)
    blocks = [*FENCED.findall(text), *re.findall(r"^(?: {4,}.*\n)+", text, re.MULTILINE)]
    code = (*CODE.findall(FENCED.sub("", text)), *blocks)
    return {word for part in code for word in re.findall(r"[\w-]+", part)}


@pytest.mark.parametrize(
    ("file", "pages"),
    [
        pytest.param("rules", ["rules", "rules-names", "rules-kinds"], id="rules"),
        pytest.param("configuration", ["configuration", "formats"], id="configuration"),
        pytest.param("gazetteer", ["lists"], id="gazetteer"),
        pytest.param("suggestions", ["suggestions"], id="suggestions"),
    ],
)
def test_every_key_and_word_of_a_file_is_documented(file: str, pages: list[str]) -> None:
    assert {*names_in(schemas.SCHEMAS[file]())} - documented(pages) == set()


def in_code(page: str) -> set[str]:
    """All that a page has in code within a line."""
    return {*CODE.findall(FENCED.sub("", PAGES[page]))}


def keys_of_the_page() -> set[str]:
    """The keys of the page of review, as its script lists them."""
    script = (ROOT / "cleaner/review/web/page/page.js").read_text(encoding="utf-8")
    table = script.split("const KEYS = ")[1].split("]);")[0]
    return {*re.findall(r'^  \["(.+?)", "', table, re.MULTILINE)}


def keys_of_the_terminal() -> set[str]:
    """The keys of review in the terminal, as its page of help lists them."""
    return {key for _, rows in keys.PAGES for row in rows for key in row.key.split()}


def variables() -> set[str]:
    """The variables of the environment that the program reads."""
    found = set[str]()
    for path in (ROOT / "cleaner").rglob("*.py"):
        if "web" not in path.parts:  # there an environment is that of a request
            code = path.read_text(encoding="utf-8")
            found |= {*re.findall(r"\benviron(?:ment)?(?:\.get\(|\[)\"(\w+)\"", code)}
    return found


def exit_codes() -> set[int]:
    """The exit codes that the program has names for, and those of every run: 0 and 1."""
    of_errors = {
        one.exit_code
        for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, errors.CleanerError)
    }
    return {0, 1, process.INTERRUPTED, process.TERMINATED} | of_errors


def made_by_init(folder: Path) -> set[str]:
    """The files that `cleaner init` makes in an empty folder."""
    assert run("init", cwd=folder)[0] == 0
    made = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in made}


RULE_FILES = {
    *(path.stem for path in (ROOT / "rules").glob("*.yaml") if "\nrules:" in path.read_text()),
    "names",
}
PLACES = {path.as_posix() for path in (suggestions.PATH, decisions.PATH, lookups.PATH)}


@pytest.mark.parametrize(
    ("wanted", "page"),
    [
        pytest.param({*fixers.kinds()}, "rules-kinds", id="kinds of rules"),
        pytest.param({"boundaries", *DATA_KINDS}, "rules-kinds", id="kinds of data"),
        pytest.param({*Boundaries._fields}, "rules-kinds", id="words beside names"),
        pytest.param({f"{{{slot}}}" for slot in lines._SLOTS}, "rules-kinds", id="slots of lines"),
        pytest.param(RULE_FILES, "rules", id="rules that come along"),
        pytest.param(PLACES, "configuration", id="files of review"),
        pytest.param({*formats._SAVED_AS}, "formats", id="formats that are refused"),
        pytest.param(keys_of_the_page(), "review", id="keys of the page"),
        pytest.param(keys_of_the_terminal(), "review", id="keys of the terminal"),
        pytest.param(variables(), "commands", id="variables"),
        pytest.param(set(forms.names()), "reports", id="forms of reports"),
        pytest.param({f"<!-- cleaner: {one} -->" for one in ACTIONS}, "suppress", id="comments"),
    ],
)
def test_a_page_has_every(wanted: set[str], page: str) -> None:
    spaced = {word for code in in_code(page) for word in code.split()}
    assert wanted
    assert wanted - in_code(page) - spaced == set()


@pytest.mark.parametrize("kind", fixers.kinds())
def test_the_section_of_a_kind_has_its_keys(kind: str) -> None:
    page = PAGES["rules-names"] if kind == "name" else sections(PAGES["rules-kinds"])[f"`{kind}`"]
    own = {*fixers.fixer(kind).Options.__annotations__} - {"message"}
    assert own - {*re.findall(r"\w+", " ".join(CODE.findall(FENCED.sub("", page))))} == set()


@pytest.mark.parametrize(
    ("file", "page"),
    [
        pytest.param(decisions.Decision, "review", id="decisions"),
        pytest.param(lookups.Lookup, "review", id="lookups"),
        pytest.param(config.Ignored, "configuration", id="ignores"),
        pytest.param(config.NameLists, "configuration", id="names"),
        pytest.param(suggestions.Kept, "suggestions", id="suggestions"),
        pytest.param(Garble, "names", id="likely forms"),
        pytest.param(Trial, "suggestions", id="trials"),
    ],
)
def test_every_field_of_what_is_written_is_documented(file: type, page: str) -> None:
    assert {*file.__annotations__} - documented([page]) == set()


def test_every_file_that_init_makes_is_listed(tmp_path: Path) -> None:
    made = made_by_init(tmp_path)
    assert made - in_code("configuration") == set()
    listed = chapter(PAGES["configuration"], "Files").split("Other commands")[0]
    assert {*re.findall(r"^\| `(\S+)`", listed, re.MULTILINE)} == made


def test_every_exit_code_is_listed() -> None:
    rows = re.findall(r"^\| ([\d, ]+?) +\|", SECTIONS["Exit codes"], re.MULTILINE)
    assert {int(code) for row in rows for code in row.split(", ")} == exit_codes()


def test_everything_of_the_package_is_in_the_page_about_python() -> None:
    missing = {name for name in cleaner.__all__ if not re.search(rf"\b{name}\b", PAGES["python"])}
    assert missing == set()


def keys_in(value: Any) -> Iterator[str]:
    """All keys of a value of JSON."""
    if isinstance(value, dict):
        yield from value
        value = [*value.values()]
    for part in value if isinstance(value, list) else ():
        yield from keys_in(part)


def test_every_key_of_the_report_in_json_is_documented(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,500\nAlibaba and Marwin,, and so on.\n"
    (tmp_path / "film.srt").write_text(text, encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(b"\0")
    _, out, _ = run("check", "--isolated", "--format", "json", ".", cwd=tmp_path)
    found = {*keys_in(json.loads(out))}
    assert {"label", "why", "text"} <= found
    assert found - in_code("reports") == set()


# -- pages


def anchors(page: str) -> set[str]:
    """The anchors of the headings of a page, as web pages of repositories make them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", PAGES[page]), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_a_link_into_a_page_leads_to_a_heading(page: str) -> None:
    for target, anchor in re.findall(r"\]\((?:([\w-]+)\.md)?#([\w-]+)\)", PAGES[page]):
        assert anchor in anchors(target or page), anchor


def test_a_link_of_the_readme_leads_somewhere() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?://)([^)#]+)", readme)
    assert [target for target in targets if not (ROOT / target).exists()] == []
    assert "cleaner/manual/commands.md" in targets
