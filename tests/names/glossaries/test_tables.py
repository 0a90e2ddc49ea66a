"""Tables: any usual header, in any order and case, or none; commas, semicolons, tabs, workbooks."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from cleaner import Name
from cleaner.names.glossaries import parse_glossary
from tests.names.glossaries.checks import MA, XU, check_read, check_refused

TABS = "a table with tabs"
COMMAS = "a table with commas or semicolons"
BOTH = [Name("Ma Yun", hangul=("마윈",)), XU]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("source,target\n마윈,Ma Yun\n쉬린,Xu Lin\n", BOTH, id="source-target"),
        pytest.param("TARGET;SOURCE\nMa Yun;마윈\nXu Lin;쉬린\n", BOTH, id="other-order"),
        pytest.param("src,dst,info\n마윈,Ma Yun,\n쉬린,Xu Lin,\n", BOTH, id="src-dst"),
        pytest.param("Term,Translation\n마윈,Ma Yun\n쉬린,Xu Lin\n", BOTH, id="term-translation"),
        pytest.param("original,translated\n마윈,Ma Yun\n쉬린,Xu Lin\n", BOTH, id="original"),
        pytest.param("Raw,TL\n마윈,Ma Yun\n쉬린,Xu Lin\n", BOTH, id="raw-tl"),
        pytest.param("name,en\n마윈,Ma Yun\n쉬린,Xu Lin\n", BOTH, id="name-en"),
        pytest.param("Name,Korean\nMa Yun,마윈\nXu Lin,쉬린\n", BOTH, id="name-is-english"),
        pytest.param("Hangul,English\n마윈,Ma Yun\n쉬린,Xu Lin\n", BOTH, id="hangul"),
        pytest.param("한글,영문\n마윈,Ma Yun\n쉬린,Xu Lin\n", BOTH, id="korean-header"),
        pytest.param("원문,번역\n마윈,Ma Yun\n쉬린,Xu Lin\n", BOTH, id="korean-source-target"),
        pytest.param(
            "원문,번역어\n마윈(馬雲),Ma Yun\n",
            [Name("Ma Yun", "", "馬雲", ("마윈",))],
            id="hanja-in-brackets",
        ),
        pytest.param("source,target\nMa Yun,마윈\nXu Lin,쉬린\n", BOTH, id="from-english"),
        pytest.param(
            "ID,Category,Hanja,Hangul,English,Frequency\n1,인물,马云,마윈,Ma Yun,12\n",
            [MA],
            id="all-kinds-of-columns",
        ),
        pytest.param(
            "chinese,english,gender\n马云,Ma Yun,Male\n",
            [Name("Ma Yun", "person", "马云")],
            id="gender-tells-a-person",
        ),
        pytest.param(
            "english,type\nMa Yun,PER\nAnt Group,ORG\nHangzhou,地名\nTaoism,Belief\n",
            [
                Name("Ma Yun", "person"),
                Name("Ant Group", "organisation"),
                Name("Hangzhou", "place"),
                Name("Taoism"),
            ],
            id="kinds",
        ),
        pytest.param(
            "english,ko,alternatives\nMa Yun,마윈 | 마 윈,Jack Ma; Ma\n",
            [Name("Ma Yun", hangul=("마윈", "마 윈"), aliases=("Jack Ma", "Ma"))],
            id="several-texts",
        ),
        pytest.param(
            "src,dst\n마윈,Ma Yun; Jack Ma\n",
            [Name("Ma Yun", hangul=("마윈",), aliases=("Jack Ma",))],
            id="several-targets",
        ),
        pytest.param(
            "wrong,right\nMa Win,Ma Yun\nMarwin,Ma Yun\n",
            [Name("Ma Yun", variants=("Ma Win", "Marwin"))],
            id="garbled-forms",
        ),
        pytest.param(
            "wrong,right\nMa Win,Ma Yun\nJack Ma,Ma Yun\nJack,Jack Ma\n",
            [Name("Ma Yun", variants=("Ma Win",)), Name("Jack Ma", variants=("Jack",))],
            id="a-right-form-is-no-variant",
        ),
        pytest.param(
            "canonical,variants\nMa Yun,Marwin|Ma Win|Ma Yun\n",
            [Name("Ma Yun", variants=("Marwin", "Ma Win"))],
            id="our-variants",
        ),
        pytest.param('source,target\n"마윈","Ma\nYun"\n', BOTH[:1], id="a-cell-of-two-lines"),
        pytest.param(
            "src,dst,type\n马云,Ma Yun,\n마윈,Ma Yun,person\n", [MA], id="one-entry-has-the-kind"
        ),
        pytest.param("source,target,,\n마윈,Ma Yun,,\n", BOTH[:1], id="empty-columns"),
    ],
)
def test_headers(text: str, names: list[Name]) -> None:
    """The ending of a file's name is not needed, and with tabs the same names are read."""
    for file in ("n.csv", "list"):
        glossary = parse_glossary(text.encode(), file)
        assert (glossary.title, glossary.names) == (COMMAS, names)
    if '"' not in text:
        with_tabs = text.replace("; ", "|").replace(",", "\t").replace(";", "\t")
        glossary = parse_glossary(with_tabs.encode(), "list")
        assert (glossary.title, glossary.names) == (TABS, names)


@pytest.mark.parametrize(
    ("file", "text", "title", "names"),
    [
        pytest.param("n.tsv", "마윈\tMa Yun\n쉬린\tXu Lin\n", TABS, BOTH, id="tabs"),
        pytest.param("n", "Ma Yun\t마윈\nXu Lin\t쉬린\n", TABS, BOTH, id="tabs-from-english"),
        pytest.param("n.txt", "마윈,Ma Yun\n쉬린,Xu Lin\n", COMMAS, BOTH, id="commas"),
        pytest.param("n.csv", "마윈;Ma Yun\n쉬린;Xu Lin\n", COMMAS, BOTH, id="semicolons"),
        pytest.param(
            "n.tsv",
            "马云\t마윈\tMa Yun\n",
            TABS,
            [Name("Ma Yun", "", "马云", ("마윈",))],
            id="three-scripts",
        ),
        pytest.param(
            "n.tsv",
            "Ma Win\tMa Yun\n",
            TABS,
            [Name("Ma Yun", variants=("Ma Win",))],
            id="garbled-and-right",
        ),
    ],
)
def test_tables_without_a_header(file: str, text: str, title: str, names: list[Name]) -> None:
    check_read(file, text, title, names)


@pytest.mark.parametrize(
    ("file", "text", "title", "names", "notes"),
    [
        pytest.param(
            "n.csv",
            "src,dst,page\n마윈,Ma Yun,3\n검,,4\n칼,刀,5\n",
            COMMAS,
            BOTH[:1],
            (
                "columns that say nothing of names: 1 (first: “page”)",
                "rows without an English form: 2 (first: line 3)",
            ),
            id="rows-without-english",
        ),
        pytest.param(
            "n.csv",
            "english,japanese\nHotaru,ほたる\n",
            COMMAS,
            [Name("Hotaru")],
            ("columns that say nothing of names", "forms in kana: 1 (first: line 2, “ほたる”)"),
            id="kana",
        ),
        pytest.param(
            "n.csv",
            "zh,english\n马云,Ma Yun\n馬雲,Ma Yun\n",
            COMMAS,
            [Name("Ma Yun", "", "马云")],
            ("other characters of a name: 1 (first: line 3, 馬雲)",),
            id="other-characters",
        ),
        pytest.param(
            "n.csv",
            "english,type\nMa Yun,skill\n",
            COMMAS,
            [Name("Ma Yun")],
            ("kinds that are none of person, organisation",),
            id="other-kind",
        ),
        pytest.param(
            "n.tsv",
            "Begriff\tOvers\n마윈\tMa Yun\n쉬린\tXu Lin\n",
            TABS,
            BOTH,
            ("first rows taken for a header: 1 (first: Begriff, Overs)",),
            id="unknown-header",
        ),
    ],
)
def test_what_cannot_be_kept_is_noted(
    file: str, text: str, title: str, names: list[Name], notes: tuple[str, ...]
) -> None:
    check_read(file, text, title, names, notes)


@pytest.mark.parametrize(
    ("file", "text", "error"),
    [
        pytest.param(
            "n.csv",
            "id,foo,bar\n1,a,b\n",
            "n.csv: a table of 2 rows and 3 columns without a known header (first row: id, foo, "
            "bar), all in Latin letters; expected names one a line",
            id="unknown-columns",
        ),
        pytest.param(
            "n.csv",
            "first,last\nJohn,Smith\n",
            "n.csv: a table of 2 rows and 2 columns without a known header (first row: first, "
            "last), all in Latin letters; ",
            id="first-and-last-names",
        ),
        pytest.param(
            "n.csv",
            "src,dst\n马云,마윈\n",
            "n.csv: a table of 1 row with the columns src, dst and no form in Latin letters; ",
            id="no-english",
        ),
        pytest.param(
            "n.csv",
            "src,dst\n마윈,Ma Yun,x\n",
            "n.csv:2:1: this row has 3 cells, the header has 2; ",
            id="too-many-cells",
        ),
        pytest.param(
            "n.csv",
            'src,dst\n쉬린,Xu Lin\n"마윈,Ma Yun\n쉬린,Xu Lin\n',
            "n.csv:3:1: this row cannot be read (unexpected end of data); check its quotation",
            id="open-quote",
        ),
        pytest.param(
            "n.csv",
            "src,dst\n마윈,Ma\N{ZERO WIDTH SPACE} Yun\n",
            "n.csv:2:1: canonical has an invisible ZERO WIDTH SPACE; remove it",
            id="invisible",
        ),
        pytest.param(
            "n.csv",
            "src,dst\n마윈," + "Ma " * 100 + "\n",
            "n.csv:2:1: canonical is 299 characters long; ",
            id="a-paragraph",
        ),
        pytest.param(
            "n.csv", "src,src\n마윈,Ma Yun\n", "n.csv:1:1: the header has “src” twice; ", id="twice"
        ),
    ],
)
def test_refused(file: str, text: str, error: str) -> None:
    check_refused(file, text, error)


def workbook(rows: list[list[str]]) -> bytes:
    """The bytes of a small workbook with one sheet, the cells written into it as they are."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    spread = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
        for row in rows
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{spread}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sheet.xml" ContentType="{spread}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="names" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="a" Type="{office}/worksheet" Target="sheet.xml"/></Relationships>',
        "xl/sheet.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        pytest.param(
            [["src", "dst", "info"], ["마윈", "Ma Yun", "male"], ["쉬린", "Xu Lin", ""]],
            [Name("Ma Yun", "person", hangul=("마윈",)), XU],
            id="header",
        ),
        pytest.param([["마윈", "Ma Yun"], ["쉬린", "Xu Lin"]], BOTH, id="no-header"),
    ],
)
def test_workbooks(rows: list[list[str]], names: list[Name]) -> None:
    check_read("terms.xlsx", workbook(rows), "a workbook", names)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(b"PK\x03\x04" + b"x" * 100, "n.xlsx: this is not a zip", id="damaged"),
        pytest.param(workbook([["id", "foo"], ["1", "a"]])[:-30], "n.xlsx: ", id="cut-off"),
        pytest.param(
            workbook([["id", "foo", "bar"], ["1", "a", "b"]]),
            "n.xlsx: a table of 2 rows and 3 columns without a known header (first row: id, foo, "
            "bar); ",
            id="unknown-columns",
        ),
        pytest.param(
            workbook([["src", "dst"], ["마윈", "A" * 300]]),
            "n.xlsx:2:1: canonical is 300 characters long; ",
            id="broken-row",
        ),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "n.xlsx: this workbook", id="xls"),
    ],
)
def test_workbooks_that_are_refused(data: bytes, error: str) -> None:
    check_refused("n.xlsx", data, error)
