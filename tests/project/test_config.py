"""Configuration: where it is looked for, what it may say, what is said if it is wrong, and what has
the last word.
"""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import UsageError, load_rules
from cleaner.errors import ConfigError
from cleaner.project.config import KEYS, Config, Ignored, NameLists, load, parse
from cleaner.project.tomlfile import TomlFile, nearest
from tests.samples import ROOT

FULL = """\
rules = ["my-rules/"]
bundled = true
exclude = ["drafts/", "*.srt", "!final.srt"]
select = ["names/*", "quotes/*"]
ignore = ["names/places/*"]
accept-to = "rules/names/accepted.yaml"
names = {glossaries = ["people.tsv", "terms.json"], gazetteer = false}
pivot = "ko"
encoding = "cp949"
per-file-ignores = {"lyrics/*" = ["quotes/*"], "a.txt" = ["names/people/ma-yun"]}
levels = {"quotes/*" = "suggest"}
prefer = {"Ma Yun" = "Jack Ma"}
ignores = [{file = "a.txt", rule = "names/*", text = "Marwin", reason = "a goalkeeper"}]
formats = {"*.log" = "text", "/notes/*" = "markdown"}
fields = {"*.jsonl" = ["title", "paragraphs[].text"], "news/*" = ["text"]}
"""
TOML = 'write key = value, and texts in quotes, as in pivot = "ko"'
DEEP = ("this is nested more than 40 levels deep", "remove it: no setting is nested like that")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder in a repository."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path, text: str, name: str = "cleaner.toml") -> Config:
    (folder / name).write_text(text, encoding="utf-8")
    return load(folder)


def test_all_keys(here: Path) -> None:
    config = written(here, FULL)
    assert config._replace(file=None) == Config(
        rules=(here / "my-rules",),
        exclude=("drafts/", "*.srt", "!final.srt"),
        select=("names/*", "quotes/*"),
        ignore=("names/places/*",),
        per_file_ignores={"lyrics/*": ("quotes/*",), "a.txt": ("names/people/ma-yun",)},
        levels={"quotes/*": "suggest"},
        prefer={"Ma Yun": "Jack Ma"},
        accept_to=here / "rules/names/accepted.yaml",
        names=NameLists((here / "people.tsv", here / "terms.json"), gazetteer=False),
        pivot="ko",
        encoding="cp949",
        ignores=(Ignored("a.txt", "names/*", "Marwin", "a goalkeeper"),),
        formats={"*.log": "text", "/notes/*": "markdown"},
        fields={"*.jsonl": ("title", "paragraphs[].text"), "news/*": ("text",)},
    )
    assert {key: config.origin(key) for key in KEYS} == {
        key: f"cleaner.toml:{_line(FULL.splitlines(), key + ' ')}" for key in KEYS
    }


@given(st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_of_keys_never_matters(chance: random.Random) -> None:
    lines = FULL.splitlines()
    chance.shuffle(lines)
    path = Path.cwd() / "cleaner.toml"
    one, other = (
        parse(TomlFile(path, text, tomllib.loads(text))) for text in (FULL, "\n".join(lines))
    )
    assert one._replace(file=None) == other._replace(file=None)
    assert other.origin("pivot") == f"cleaner.toml:{_line(lines, 'pivot ')}"


def _line(lines: list[str], key: str) -> int:
    return next(number for number, line in enumerate(lines, 1) if line.startswith(key))


FAULTS = {
    "unknown key": ("\nselct = []", ":2", "there is no key `selct`", "did you mean `select`?"),
    "underscore": (
        "accept_to = 'a'",
        ":1",
        "there is no key `accept_to`",
        "did you mean `accept-to`?",
    ),
    "underscores": (
        "per_file_ignores.x = 1",
        ":1",
        "there is no key `per_file_ignores`",
        "did you mean `per-file-ignores`?",
    ),
    "nothing like it": (
        "colour = 1",
        ":1",
        "there is no key `colour`",
        f"known are: {', '.join(KEYS)}",
    ),
    "a header of pyproject.toml": (
        "# ours\n[tool.cleaner]",
        ":2",
        "there is no key `tool` in cleaner.toml",
        "leave out [tool.cleaner]: here its keys are at the top",
    ),
    "text for a list": (
        "rules = 'x'",
        ":1",
        "`rules` is text, not a list",
        'write rules = ["...", "..."]',
    ),
    "number in a list": (
        "select = [\n'a',\n3]",
        ":1",
        "an entry of `select` is a number, not text",
        "put it into quotes",
    ),
    "none": (
        "select = []",
        ":1",
        "`select` is an empty list",
        "name rules, as in names/*, or leave it out",
    ),
    "empty text": (
        "ignore = [' ']",
        ":1",
        "an entry of `ignore` is empty",
        "write it out, or leave it out",
    ),
    "text for a flag": (
        "bundled = 'no'",
        ":1",
        "`bundled` is text, not true or false",
        "write bundled = false, without quotes",
    ),
    "empty pattern": (
        "exclude = ['!/']",
        ":1",
        "the pattern “!/” names nothing",
        "write a name, as in drafts/ or *.srt",
    ),
    "pattern that leads out": (
        "exclude = ['../a']",
        ":1",
        "the pattern “../a” can match nothing",
        "write it relative to the folder of this file, as in /drafts/",
    ),
    "negated files": (
        "[per-file-ignores]\n'!a' = ['x']",
        ":2",
        "`!` has no meaning in “!a”",
        "name the files in which to ignore the rules",
    ),
    "one rule for a file": (
        "[per-file-ignores]\n\na = 'x'",
        ":3",
        "`per-file-ignores.a` is text, not a list",
        'write per-file-ignores.a = ["...", "..."]',
    ),
    "format": (
        "[formats]\n'*.foo' = 'txt'",
        ":2",
        "there is no format “txt”",
        "did you mean `text`?",
    ),
    "negated files of a format": (
        "[formats]\n'!a' = 'text'",
        ":2",
        "`!` has no meaning in “!a”",
        "name the files it is for",
    ),
    "one field": (
        "fields = 'a'",
        ":1",
        "`fields` is text, not a list",
        'write fields = ["...", "..."]',
    ),
    "no field": (
        "[fields]\n'*.csv' = []",
        ":2",
        '`fields."*.csv"` is an empty list',
        'name fields, as in ["title", "text"]',
    ),
    "no table": (
        "levels = 1",
        ":1",
        "`levels` is a number, not a table",
        'write levels = {"quotes/*" = "suggest"}',
    ),
    "level": ("levels = {a = 'fixed'}", ":1", "there is no level “fixed”", "did you mean `fix`?"),
    "date": (
        "[levels]\n'a/*' = 1979-05-27",
        ":2",
        '`levels."a/*"` is a date, not text',
        "put it into quotes",
    ),
    "alias": (
        "[prefer]\n'Ma Yun' = ''",
        ":2",
        '`prefer."Ma Yun"` is empty',
        "write it out, or leave it out",
    ),
    "accepting outside": (
        "accept-to = '../a.yaml'",
        ":1",
        "“../a.yaml” is outside the folder of this file",
        "name a .yaml file in it, as in rules/accepted.yaml",
    ),
    "accepting anywhere": (
        "accept-to = '/a.yaml'",
        ":1",
        "“/a.yaml” is outside the folder of this file",
        "name a .yaml file in it, as in rules/accepted.yaml",
    ),
    "accepting into a script": (
        "accept-to = '.bashrc'",
        ":1",
        "“.bashrc” is not a rules file",
        "name a .yaml file in it, as in rules/accepted.yaml",
    ),
    "names": ("names = ['a.tsv']", ":1", "`names` is a list, not a table", "write names = {}"),
    "names, unknown key": (
        "[names]\nglossary = ['a.tsv']",
        ":2",
        "there is no key `glossary` in `names`",
        "did you mean `glossaries`?",
    ),
    "names, one text": (
        "[names]\nglossaries = 'a.tsv'",
        ":2",
        "`names.glossaries` is text, not a list",
        'write names.glossaries = ["...", "..."]',
    ),
    "names, no flag": (
        "[names]\ngazetteer = 'no'",
        ":2",
        "`names.gazetteer` is text, not true or false",
        "write names.gazetteer = false, without quotes",
    ),
    "pivot": ("pivot = 'kr'", ":1", "there is no pivot “kr”", "known are: auto, ko, none"),
    "encoding": (
        "encoding = 'utf8x'",
        ":1",
        "there is no text encoding “utf8x”",
        'write "utf-8", "cp949" or the like',
    ),
    "no encoding of texts": (
        "encoding = 'base64'",
        ":1",
        "there is no text encoding “base64”",
        'write "utf-8", "cp949" or the like',
    ),
    "an ignore that is text": (
        "ignores = ['a']",
        ":1",
        "an entry of `ignores` is text, not a table",
        "write [[ignores]], and under it file, rule and text",
    ),
    "half an ignore": (
        "[[ignores]]\nfile='a'\nrule='b'\ntext='c'\n\n[[ignores]]\nfile='a'",
        ":6",
        "`rule` is missing in an entry of `ignores`",
        "it needs file, rule and text",
    ),
    "ignores": (
        "[[ignores]]\nfiles='a'",
        ":2",
        "there is no key `files` in an entry of `ignores`",
        "did you mean `file`?",
    ),
    "an ignore of a wrong type": (
        "[[ignores]]\nfile='a'\nrule=true\ntext='c'",
        ":3",
        "`ignores.rule` is true or false, not text",
        "put it into quotes",
    ),
    "no quotes": ("pivot = ko", ":1:9", "this is not TOML: invalid value", TOML),
    "twice": (
        "\npivot = 'ko'\npivot = 'ko'\n",
        ":3:13",
        "this is not TOML: cannot overwrite a value",
        TOML,
    ),
    "unclosed list": ("# x\nrules = [", ":2", "this is not TOML: invalid value", TOML),
    "a long number": (
        f"x = {'9' * 5000}",
        "",
        "a number in it is too long",
        "remove it: no setting is a long number",
    ),
    "deep lists": ("\nx = " + "[" * 20_000, ":2", *DEEP),
    "deep lists over lines": ("x = [\n" + "[\n" * 50, ":41", *DEEP),
    "deep tables": ("x = " + "{x=" * 200 + "1" + "}" * 200, ":1", *DEEP),
    "a key of 1,500 parts": ("pivot = 'ko'\n" + "a." * 1_500 + "b = 1", ":2", *DEEP),
    "a key of 400,000 parts": ("a." * 400_000 + "b = 1", ":1", *DEEP),
    "a key of parts in quotes": ('"a" . ' * 300 + "b = 1", ":1", *DEEP),
    "a header of many parts": ("[" + "a." * 300 + "b]", ":1", *DEEP),
    "a header of many parts in quotes": ("[[" + "'a.b'." * 300 + "b]]", ":1", *DEEP),
    "huge": (
        f"# {'x' * 1_000_000}",
        "",
        "more than 1,000,000 bytes",
        "a configuration is shorter than that",
    ),
}


NOT_DEEP = {
    "in a text": "exclude = ['" + "a." * 300 + "b', \"" + "[" * 300 + '"]',
    "in a text of lines": 'exclude = ["""\n' + "a." * 300 + "b = [[[\n" + '"""]',
    "in a comment": "pivot = 'ko' # " + "a." * 300 + "[" * 300,
    "side by side": "exclude = [" + '"a.b.c", ' * 300 + "]",
    "many entries": "[[ignores]]\nfile = 'a'\nrule = 'b'\ntext = 'c'\n" * 100,
    "a long word": "exclude = ['" + "a" * 900_000 + "']",
}


@pytest.mark.parametrize("text", NOT_DEEP.values(), ids=NOT_DEEP)
def test_what_is_not_nested_deeply(text: str, here: Path) -> None:
    written(here, text)


@pytest.mark.parametrize(("text", "place", "what", "remedy"), FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_is_said_in_one_line(
    text: str, place: str, what: str, remedy: str, here: Path
) -> None:
    with pytest.raises(ConfigError) as error:
        written(here, text)
    assert str(error.value) == f"cleaner.toml{place}: {what}; {remedy}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "[tool]\ncleaner = 3",
            "2: tool.cleaner is not a table; write [tool.cleaner]",
            id="no table",
        ),
        pytest.param(
            "[project]\nname = 'x'\n\n[tool.cleaner]\npivots = 'ko'",
            "5: there is no key `pivots`; did you mean `pivot`?",
            id="unknown key",
        ),
        pytest.param(
            "[tool.cleaner.prefer]\n'A' = 1",
            "2: `prefer.A` is a number, not text; put it into quotes",
            id="wrong type",
        ),
        pytest.param(
            "[[tool.cleaner.ignores]]\n",
            "1: `file` is missing in an entry of `ignores`; it needs file, rule and text",
            id="an empty one",
        ),
    ],
)
def test_what_is_wrong_in_pyproject_toml(text: str, message: str, here: Path) -> None:
    with pytest.raises(ConfigError) as error:
        written(here, text, "pyproject.toml")
    assert str(error.value) == f"pyproject.toml:{message}"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            b"# a\npivot = '\xb4\xba'",
            "cleaner.toml:2: byte 0xB4 is not UTF-8; save the file as UTF-8",
            id="CP949",
        ),
        pytest.param(
            b"pivot = 'ko'\0 # a\n",
            "cleaner.toml:1:13: this is not TOML: expected newline or end of document"
            f" after a statement; {TOML}",
            id="NUL",
        ),
    ],
)
def test_bytes_that_are_no_toml(data: bytes, message: str, here: Path) -> None:
    (here / "cleaner.toml").write_bytes(data)
    with pytest.raises(ConfigError) as error:
        load(here)
    assert str(error.value) == message


def test_a_file_that_is_none(here: Path) -> None:
    (here / "cleaner.toml").mkdir()
    with pytest.raises(ConfigError, match=r"^cleaner.toml: this is not a regular file; rename it"):
        load(here)
    (here / "cleaner.toml").rmdir()
    (here / "cleaner.toml").symlink_to("gone.toml")
    with pytest.raises(
        ConfigError, match=r"^cleaner.toml: cannot be read \(No such file .*\); check the path$"
    ):
        load(here)


def test_line_ends_and_byte_order_marks_are_no_matter(here: Path) -> None:
    (here / "cleaner.toml").write_bytes(b"\xef\xbb\xbf# x\r\n\r\npivot = 'ko'\r\n")
    config = load(here)
    assert (config.pivot, config.origin("pivot")) == ("ko", "cleaner.toml:3")


LINED = st.lists(
    st.sampled_from(
        [
            '"{}" = 1',
            "{} = [\n  'x', # ]\n\n  'y = 1',\n]",
            '{} = """\n{} = 2\n[a]\n"""',
            "{}.inner.deep = {{a = [1]}}",
            "# {} = 3",
            "",
            "[table-{}]",
            "[[{}]]",
            "{} = '''\n'''",
            "\t{}\t=\t'#'",
            "[ 'a b'.{} ] # x",
        ]
    ),
    min_size=1,
    max_size=12,
)


@given(LINED)
@settings(max_examples=150)
def test_a_line_is_where_its_key_is(statements: list[str]) -> None:
    """Every key has a name of its own, so the first line that holds the name is the line."""
    text = "\n".join(
        statement.format(f"key-{number}", f"no-{number}")
        for number, statement in enumerate(statements)
    )
    file = TomlFile(Path.cwd() / "x.toml", text, {})

    def walk(value: object, keys: tuple[str | int, ...]) -> None:
        items = (
            value.items()
            if isinstance(value, dict)
            else enumerate(value)
            if isinstance(value, list)
            else ()
        )
        for key, item in items:
            if isinstance(key, str) and "key-" in key:
                line = next(
                    number for number, line in enumerate(text.split("\n"), 1) if key in line
                )
                assert file.place(*keys, key) == f"x.toml:{line}"
            walk(item, (*keys, key))

    walk(tomllib.loads(text), ())


@pytest.mark.parametrize(
    ("files", "start", "found"),
    [
        pytest.param(["cleaner.toml"], ".", "cleaner.toml", id="here"),
        pytest.param(
            [".git/", "cleaner.toml"],
            "a/b",
            "cleaner.toml",
            id="above, at the root of the repository",
        ),
        pytest.param(
            [".git/", "cleaner.toml", "a/cleaner.toml"], "a/b", "a/cleaner.toml", id="the nearest"
        ),
        pytest.param(
            [".git/", "cleaner.toml", "a/b/c/cleaner.toml"], "a/b", "cleaner.toml", id="never below"
        ),
        pytest.param(["cleaner.toml", "a/.git/"], "a/b", None, id="not above the root"),
        pytest.param(
            ["cleaner.toml", "a/.git"], "a/b", None, id="not above the root of a worktree"
        ),
        pytest.param(["a/cleaner.toml", "a/.git"], "a/b", "a/cleaner.toml", id="a worktree"),
        pytest.param(
            [".git/", "cleaner.toml", "a/.git", "a/x"], "a/b", None, id="not out of a submodule"
        ),
        pytest.param(["cleaner.toml"], "a/b", None, id="without a repository only here"),
        pytest.param([".git/", "pyproject.toml"], "a", "pyproject.toml", id="pyproject.toml"),
        pytest.param(
            [".git/", "cleaner.toml", "pyproject.toml"], "a", "cleaner.toml", id="cleaner.toml wins"
        ),
        pytest.param(
            [".git/", "cleaner.toml", "a/pyproject.toml"],
            "a/b",
            "a/pyproject.toml",
            id="a nearer one wins",
        ),
        pytest.param(
            [".git/", "cleaner.toml", "a/pyproject.toml!"], "a", "cleaner.toml", id="passed over"
        ),
        pytest.param(
            [".git/", "cleaner.toml", "a/pyproject.toml?"],
            "a",
            "cleaner.toml",
            id="not even parsed",
        ),
        pytest.param(
            [".git/", "home/cleaner.toml", "home/.config/cleaner.toml"],
            ".",
            None,
            id="not the home folder",
        ),
        pytest.param([".git/", ".cleaner.toml", "cleaner.ini"], ".", None, id="no other name"),
    ],
)
def test_where_it_is_looked_for(
    files: list[str], start: str, found: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in files:
        path = tmp_path / name.rstrip("!?")
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir()
        elif path.name == "pyproject.toml":
            others = {"!": "[project]\nname = 'cleaner'\n[tool.other]\n", "?": "this is [no TOML"}
            path.write_text(others.get(name[-1], "[tool.cleaner]\npivot = 'ko'\n"))
        else:
            path.write_text("pivot = 'ko'")
    (tmp_path / start).mkdir(parents=True, exist_ok=True)
    for variable in ("HOME", "XDG_CONFIG_HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    file = nearest(tmp_path / start)
    assert (file.path.relative_to(tmp_path).as_posix() if file else None) == found
    assert load(tmp_path / start).pivot == ("ko" if found else "auto")
    assert file is None or file.folder == (tmp_path / str(found)).parent


def test_the_command_line_has_the_last_word(here: Path) -> None:
    config = written(here, FULL).overlaid(
        rules=(Path("own"), Path("my-rules")),
        select=("credits/*",),
        ignore=("x",),
        bundled=False,
        encoding=None,
        prefer={"Ma Yun": "Ma Yun Esq", "A": "B"},
        exclude=(),
    )
    # a folder named again is one layer, where it was named last
    assert config.rules == (Path("own"), Path("my-rules"))
    assert (config.select, config.ignore) == (("credits/*",), ("names/places/*", "x"))
    assert (config.bundled, config.exclude, config.encoding) == (False, (), "cp949")
    assert config.prefer == {"Ma Yun": "Ma Yun Esq", "A": "B"}
    origins = {
        key: config.origin(key) for key in ("select", "ignore", "encoding", "exclude", "prefer")
    }
    assert origins == {
        "select": "command line",
        "ignore": "cleaner.toml:5, command line",
        "encoding": "cleaner.toml:9",
        "exclude": "command line",
        "prefer": "cleaner.toml:12, command line",
    }
    assert Config().overlaid(select=None).origin("select") == "default"


def test_levels() -> None:
    rules = load_rules(
        levels={"names/*": "report", "names/people/*": "suggest", "names/people/ma-yun": "off"}
    )
    assert "names/people/ma-yun" not in {rule.id for rule in rules}
    assert {rule.level for rule in rules if rule.id.startswith("names/people/")} == {"suggest"}
    assert {rule.level for rule in rules if rule.id.startswith("names/organisations/")} == {
        "report"
    }
    with pytest.raises(
        UsageError, match="cannot be at level fix: a rule of kind residue may be at report or off"
    ):
        load_rules(levels={"residue/*": "fix"})
    with pytest.raises(UsageError, match="no rule's id matches “quote/"):
        load_rules(levels={"quote/*": "off"})


def test_a_rule_that_is_off_can_be_switched_on(here: Path) -> None:
    (here / "own.yaml").write_text(
        "kind: name\nrules:\n- {id: m, canonical: Ma, variants: [Mma], level: 'off'}\n"
    )
    assert not load_rules("own.yaml", bundled=False)
    assert [
        rule.level for rule in load_rules("own.yaml", bundled=False, levels={"own/m": "fix"})
    ] == ["fix"]


def test_per_file_ignores(here: Path) -> None:
    config = written(here, FULL)
    assert config.ignored(here / "lyrics" / "x" / "a.txt") == ("names/people/ma-yun", "quotes/*")
    assert config.ignored(Path("lyrics/b.txt")) == ("quotes/*",)
    assert config.ignored(here / "b.txt") == ()


def test_this_project_has_no_configuration_of_its_own() -> None:
    assert nearest(ROOT) is None


@pytest.mark.parametrize(
    ("settings", "name", "format", "fields"),
    [
        pytest.param(
            'fields = ["a", "b"]', "x/y.csv", "", ("a", "b"), id="a list is for all files"
        ),
        pytest.param('[fields]\n"*.csv" = ["a"]', "x/y.csv", "", ("a",), id="a pattern"),
        pytest.param('[fields]\n"*.csv" = ["a"]', "y.json", "", (), id="another file"),
        pytest.param(
            '[fields]\n"*.csv" = ["a"]\n"/x/" = ["b"]', "x/y.csv", "", ("b",), id="the last one"
        ),
        pytest.param('[formats]\n"*.foo" = "text"', "x/y.foo", "text", (), id="a format"),
        pytest.param(
            '[formats]\n"*.foo" = "text"\n"y.*" = "markdown"',
            "y.foo",
            "markdown",
            (),
            id="the last",
        ),
        pytest.param('[formats]\n"*.foo" = "text"', "y.bar", "", (), id="no format"),
    ],
)
def test_what_holds_for_a_file(
    settings: str, name: str, format: str, fields: tuple[str, ...], here: Path
) -> None:
    config = written(here, settings)
    assert config.format_of(here / name) == format
    assert config.fields_of(here / name) == fields
