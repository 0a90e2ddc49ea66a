"""Lists of tools for translators, each as its tool writes it, and JSON of any usual shape."""

from __future__ import annotations

import pytest

from cleaner import Name
from tests.names.glossaries.checks import XU, check_read, check_refused

MA = Name("Ma Yun", hangul=("마윈",))
PERSON = Name("Ma Yun", "person", hangul=("마윈",))
ARROWS = "a list of forms with an arrow or an equals sign"
REGEX = ("columns that say nothing of names: 2 (first: “regex”)",)


@pytest.mark.parametrize(
    ("file", "text", "title", "names", "notes"),
    [
        pytest.param(
            "glossary.json",
            '[{"src": "마윈", "dst": "Ma Yun", "info": "male", "regex": false,'
            ' "case_sensitive": false}, {"src": "쉬린", "dst": "Xu Lin", "info": "an old friend",'
            ' "regex": false, "case_sensitive": false}]',
            "a LinguaGacha glossary",
            [PERSON, XU],
            REGEX,
            id="linguagacha",
        ),
        pytest.param(
            "output.json",
            '[\n  {"src": "마윈", "dst": "Ma Yun", "info": "인물", "count": 12},\n'
            '  {"src": "쉬린", "dst": "Xu Lin", "info": "", "count": 3}\n]',
            "a KeywordGacha list",
            [PERSON, XU],
            ("columns that say nothing of names: 1 (first: “count”)",),
            id="keywordgacha",
        ),
        pytest.param(
            "output.json",
            '[{"src": "마윈", "dst": "Ma Yun", "type": "PERSON"}]',
            "a KeywordGacha list",
            [PERSON],
            (),
            id="keywordgacha-types",
        ),
        pytest.param(
            "dict.json",
            '[{"src": "마윈", "dst": "Ma Yun", "info": "男性"},'
            ' {"src": "검", "dst": "", "info": null}]',
            "an AiNiee glossary",
            [PERSON],
            ("rows without an English form: 1 (first: line 1)",),
            id="ainiee",
        ),
        pytest.param(
            "GPT.txt",
            "// comment\n马云\tMa Yun\t男性，founder\n\\\\ comment\nmono\t쉬린\tXu Lin\n"
            "pre_jp\ta[or]b\t^^江疏影\tJiang Shuying\n",
            "a GalTransl dictionary",
            [Name("Ma Yun", "person", "马云"), XU, Name("Jiang Shuying", "", "江疏影")],
            (),
            id="galtransl",
        ),
        pytest.param(
            "GPT.txt",
            "马云    Ma Yun\n",
            "a GalTransl dictionary",
            [Name("Ma Yun", "", "马云")],
            (),
            id="galtransl-spaces",
        ),
        pytest.param(
            "deepl.csv",
            '마윈,Ma Yun,KO,EN\n"쉬린","Xu Lin",KO,EN-US\n',
            "a DeepL glossary",
            [MA, XU],
            (),
            id="deepl",
        ),
        pytest.param(
            "deepl.csv",
            "마윈,Ma Yun\n쉬린,Xu Lin\n",
            "a table with commas or semicolons",
            [MA, XU],
            (),
            id="deepl-two-columns",
        ),
        pytest.param(
            "glossary.txt",
            "# a glossary\n마윈\tMa Yun\tperson\n쉬린\tXu Lin\n쉬린\tXu Lin\tagain\n",
            "an OmegaT glossary",
            [PERSON, XU],
            (),
            id="omegat",
        ),
        pytest.param(
            "glossary.utf8", "마윈\tMa Yun\n", "an OmegaT glossary", [MA], (), id="omegat-ending"
        ),
        pytest.param(
            "n.txt",
            "# corrections\nMa Win -> Ma Yun\nMarwin->Ma Yun\nShirin → Xu Lin\n",
            ARROWS,
            [Name("Ma Yun", variants=("Ma Win", "Marwin")), Name("Xu Lin", variants=("Shirin",))],
            (),
            id="arrows",
        ),
        pytest.param(
            "Names.txt",
            "马云=Ma Yun\n마윈 = Ma Yun\nno sign\n",
            ARROWS,
            [Name("Ma Yun", "", "马云", ("마윈",))],
            ("lines without an arrow: 1 (first: line 3)",),
            id="equals-signs",
        ),
        pytest.param(
            "prh.yml",
            "version: 1\nimports: [other.yml]\nrules:\n- expected: Ma Yun\n  patterns:\n"
            "  - Ma Win\n  - /Mar+win/\n  specs: [{from: Marwin, to: Ma Yun}]\n- Xu Lin\n"
            "- expected: ハード\n  pattern: ハート\n",
            "rules of prh",
            [Name("Ma Yun", variants=("Ma Win", "Marwin")), Name("Xu Lin")],
            (
                "imported files, which are not read: 1",
                "patterns that are regular expressions: 1 (first: line 4)",
                "rules without an English form: 1 (first: line 10)",
            ),
            id="prh",
        ),
    ],
)
def test_lists_of_tools(
    file: str, text: str, title: str, names: list[Name], notes: tuple[str, ...]
) -> None:
    check_read(file, text, title, names, notes)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param('{"마윈": "Ma Yun", "쉬린": "Xu Lin"}', [MA, XU], id="mapping"),
        pytest.param('{"Ma Yun": "마윈", "Xu Lin": "쉬린"}', [MA, XU], id="mapping-from-english"),
        pytest.param('{"Marwin": "Ma Yun"}', [Name("Ma Yun", variants=("Marwin",))], id="garbled"),
        pytest.param('{"마윈": "Ma Yun", "마윈 ": "Ma Yun"}', [MA], id="twice"),
        pytest.param(
            '{"마윈": {"name": "Ma Yun", "type": "인물"}}', [PERSON], id="objects-by-name"
        ),
        pytest.param('{"ko": "마윈", "english": "Ma Yun"}', [MA], id="one-name"),
        pytest.param('{"terms": {"마윈": "Ma Yun"}, "version": 2}', [MA], id="mapping-inside"),
        pytest.param('{"terms": [{"ko": "마윈", "en": "Ma Yun"}]}', [MA], id="list-inside"),
        pytest.param('["Ma Yun", "Xu Lin"]', [Name("Ma Yun"), Name("Xu Lin")], id="texts"),
        pytest.param('[["마윈", "Ma Yun"], ["쉬린", "Xu Lin"]]', [MA, XU], id="pairs"),
        pytest.param('[["src", "dst"], ["마윈", "Ma Yun"]]', [MA], id="pairs-with-header"),
        pytest.param(
            '{"src": "마윈", "dst": "Ma Yun"}\n{"src": "쉬린", "dst": "Xu Lin"}\n',
            [MA, XU],
            id="json-lines",
        ),
        pytest.param(
            '[{"id": 1, "ko": ["마윈", "마 윈"], "english": "Ma Yun", "aliases": ["Jack Ma"]}]',
            [Name("Ma Yun", hangul=("마윈", "마 윈"), aliases=("Jack Ma",))],
            id="lists-of-forms",
        ),
        pytest.param(
            '[{"src": "\\ub9c8\\uc708", "dst": "Ma Yun", "n": ' + "9" * 5_000 + "}]",
            [MA],
            id="escapes-and-a-long-number",
        ),
    ],
)
def test_json_of_other_shapes(text: str, names: list[Name]) -> None:
    from cleaner.names.glossaries import parse_glossary

    glossary = parse_glossary(text.encode(), "list")
    assert (glossary.title, glossary.names) == ("JSON", names)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        pytest.param(
            '[{"id": 1, "foo": "a", "bar": "b"}, {"id": 2, "foo": "c", "bar": "d"}]',
            "n.json: a list of 2 objects with the keys id, foo, bar; expected names one a line",
            id="unknown-keys",
        ),
        pytest.param(
            '[{"src": "마윈", "dst": "马云"}]',
            "n.json: a list of 1 object with the keys src, dst and no form in Latin letters; ",
            id="no-english",
        ),
        pytest.param(
            '[{"src": "마윈", "dst": "Ma Yun"},\n  {"src": "쉬린", "dst": ["Xu Lin", 3]}]',
            "n.json:2:3: `dst` is a list; write a text",
            id="broken-value",
        ),
        pytest.param(
            '[{"src": "마윈", "dst": "Ma Yun"},\n  "Xu Lin"]',
            "n.json:2:3: an item of this list is text, others are objects; ",
            id="broken-item",
        ),
        pytest.param(
            '[{"src": "마윈", "dst": "Ma Yun"},\n {"src": "쉬린", "dst": "' + "x" * 300 + '"}]',
            "n.json:2:2: canonical is 300 characters long; ",
            id="a-paragraph",
        ),
        pytest.param(
            '[{"src": "마윈", "dst": "Ma\\ud800 Yun"}]',
            "n.json:1:2: canonical has an invisible U+D800; ",
            id="half-a-character",
        ),
        pytest.param(
            '{"title": "x", "size": 3}',
            "n.json: an object with the keys title, size; ",
            id="an-object",
        ),
        pytest.param('{"a": "b"', "n.json:1:10: this is not JSON (expecting ", id="cut-off"),
        pytest.param("[" * 100_000, "n.json:1:1: arrays or objects are too deep", id="deep"),
        pytest.param("[]", "n.json: an empty list; ", id="empty-list"),
        pytest.param("{}", "n.json: an empty object; ", id="empty-object"),
    ],
)
def test_json_that_is_refused(text: str, error: str) -> None:
    check_refused("n.json", text, error)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        pytest.param(
            "version: 1\nrules:\n- pattern: x\n",
            "prh.yml:3:3: `expected` is missing; ",
            id="no-expected",
        ),
        pytest.param(
            "version: 1\nrules:\n- expected: [Ma]\n",
            "prh.yml:3:13: `expected` is a list; write a text",
            id="expected-list",
        ),
        pytest.param(
            "version: 1\nrules:\n- expected: {\n", "prh.yml:4:1: this is not YAML", id="not-yaml"
        ),
    ],
)
def test_prh_that_is_refused(text: str, error: str) -> None:
    check_refused("prh.yml", text, error)
