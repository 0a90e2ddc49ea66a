"""Makes files of many formats out of those that `fetch.py` fetched, as several programs write them.

    python tests/bench/fetch.py CORPORA --corpus readmes
    python tests/bench/fetch.py CORPORA --samples
    python tests/bench/made.py CORPORA [--most 60]

Documents and books are made of READMEs by pandoc, python-docx and LibreOffice, subtitles by
pysubs2, and translations of catalogues of British English by translate-toolkit. They are put beside
the samples, with names that begin with `made-`. It needs pandoc, soffice, po2xliff and po2tmx,
and `pip install translate-toolkit`, which is no dependency of this project's.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import docx
import pysubs2
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

# A page that every word processor knows and that python-docx has no call for.
_REVISION = 'w:id="{id}" w:author="Reviewer" w:date="2026-01-01T00:00:00Z"'
_TEXT_BOX = """
<w:r {namespaces} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">
<wp:extent cx="914400" cy="914400"/><wp:docPr id="9" name="Box"/>
<a:graphic><a:graphicData
 uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/>
<wps:spPr/><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>
</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>
<v:shape style="width:72pt;height:72pt"><v:textbox><w:txbxContent>{content}</w:txbxContent>
</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>
"""


def main() -> int:
    """Make what can be made."""
    parser = argparse.ArgumentParser(description="Make files of many formats.")
    parser.add_argument("corpora", type=Path, help="the folder that fetch.py filled")
    parser.add_argument("--most", type=int, default=60, help="how many of each kind")
    arguments = parser.parse_args()
    folder = arguments.corpora / "formats"
    for format_folder in ("docx", "epub", "ass", "srt", "vtt", "xliff", "tmx", "tsv", "jsonl"):
        (folder / format_folder).mkdir(parents=True, exist_ok=True)
    readmes = _sizable(arguments.corpora / "readmes", "*.md", arguments.most)
    made = Counter[str]()
    made["pandoc epub"] = _by_pandoc(readmes, folder / "epub", "epub")
    made["pandoc docx"] = _by_pandoc(readmes, folder / "docx", "docx")
    made["python-docx docx"] = sum(map(_by_python_docx, readmes, [folder / "docx"] * len(readmes)))
    made["LibreOffice docx"] = _by_office(folder / "docx", arguments.most)
    transcripts = _sizable(arguments.corpora / "transcripts", "*.txt", arguments.most)
    made["pysubs2"] = _by_pysubs2(transcripts, folder)
    catalogues = sorted((folder / "po").glob("*en_GB*.po"))
    made["translate-toolkit"] = _by_toolkit(catalogues[: arguments.most * 2], folder)
    tables = _sizable(folder / "csv", "*.csv", arguments.most)
    made["tables"] = _by_standard_library(tables, folder)
    for program, count in made.items():
        print(f"{program:20} {count:5}")
    return 0


def _sizable(folder: Path, pattern: str, most: int) -> list[Path]:
    """Return some files that are neither very short nor very long, from all over a folder."""
    found = [path for path in sorted(folder.glob(pattern)) if 500 < path.stat().st_size < 100_000]
    return found[:: max(1, len(found) // most)][:most]


def _ran(*command: str | Path, timeout: int = 120) -> bool:
    """Run a program and return whether it did what it should."""
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=timeout)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


# ---- documents and books


def _by_pandoc(readmes: Sequence[Path], folder: Path, kind: str) -> int:
    count = 0
    forms = ["epub2", "epub3"] if kind == "epub" else ["docx"]
    with tempfile.TemporaryDirectory() as temporary:
        # Pictures would be fetched from the network. HTML in Markdown need not be well-formed.
        filtered = Path(temporary, "without-pictures.lua")
        filtered.write_text("function Image(picture) return picture.caption end\n", "utf-8")
        for at, readme in enumerate(readmes):
            form = forms[at % len(forms)]
            target = folder / f"made-pandoc-{form}-{at:03}.{kind}"
            options = ("-f", "commonmark_x-raw_html", "-t", form, "--lua-filter", filtered)
            named = ("--metadata", f"title=A guide {at}", "-o", target)
            count += _ran("pandoc", *options, *named, readme)
    return count


def _by_python_docx(readme: Path, folder: Path) -> int:
    """Write a document with all that a word processor can put around paragraphs."""
    paragraphs = [text for text in readme.read_text("utf-8").split("\n\n") if text.isprintable()]
    if len(paragraphs) < 8:
        return 0
    document = docx.Document()
    document.add_heading(paragraphs[0], level=1)
    document.sections[0].header.paragraphs[0].text = paragraphs[1]
    document.sections[0].footer.paragraphs[0].text = paragraphs[2]
    _add_link(document.add_paragraph(paragraphs[3] + " "), paragraphs[4])
    _add_revisions(document.add_paragraph(paragraphs[5]), paragraphs[6], paragraphs[7])
    _add_text_box(document.add_paragraph(), paragraphs[0])
    _add_field(document.add_paragraph("On page "))
    table = document.add_table(rows=2, cols=2)
    for at, text in enumerate(islice(paragraphs, 4)):
        table.cell(at // 2, at % 2).text = text
    for text in paragraphs[8:]:
        _add_runs(document, text)
    first = document.paragraphs[1].runs[0]
    document.add_comment(first, text=paragraphs[2], author="Reviewer")
    document.save(str(folder / f"made-python-docx-{readme.stem[-60:]}.docx"))
    return 1


def _add_runs(document: Document, text: str) -> None:
    """Add a paragraph whose words are cut into runs, as word processors do."""
    paragraph = document.add_paragraph()
    for at in range(0, len(text), 7):
        run = paragraph.add_run(text[at : at + 7])
        run.italic = at % 3 == 0


def _add_link(paragraph: Paragraph, text: str) -> None:
    address = "https://example.org/"
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"/>')
    link.append(paragraph.add_run(text)._r)
    paragraph._p.append(link)


def _add_revisions(paragraph: Paragraph, inserted: str, deleted: str) -> None:
    insertion = parse_xml(f"<w:ins {nsdecls('w')} {_REVISION.format(id=1)}/>")
    insertion.append(paragraph.add_run(inserted)._r)
    deletion = parse_xml(f"<w:del {nsdecls('w')} {_REVISION.format(id=2)}/>")
    deletion.append(paragraph.add_run(deleted)._r)
    for text in deletion.iter(qn("w:t")):
        text.tag = qn("w:delText")
    paragraph._p.extend([insertion, deletion])


def _add_text_box(paragraph: Paragraph, text: str) -> None:
    content = "<w:p><w:r><w:t>PLACE</w:t></w:r></w:p>"
    box = parse_xml(_TEXT_BOX.format(namespaces=nsdecls("w", "wp", "a"), content=content))
    for element in box.iter(qn("w:t")):
        element.text = text
    paragraph._p.append(box)


def _add_field(paragraph: Paragraph) -> None:
    for piece in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{piece}</w:r>"))


def _by_office(folder: Path, most: int) -> int:
    """Have LibreOffice open and save documents that others wrote."""
    # Documents of all writers: those of LibreOffice itself have been there and back already.
    chosen = sorted(folder.glob("made-p*.docx"))[:: max(1, 120 // most)][:most]
    with tempfile.TemporaryDirectory() as temporary:
        profile = f"-env:UserInstallation=file://{temporary}/profile"
        output = ("--convert-to", "docx", "--outdir", temporary)
        _ran("soffice", profile, "--headless", *output, *chosen, timeout=600)
        saved = sorted(Path(temporary).glob("*.docx"))
        for path in saved:
            name = path.name.removeprefix("made-")
            (folder / f"made-office-{name}").write_bytes(path.read_bytes())
    return len(saved)


# ---- subtitles


def _by_pysubs2(transcripts: Sequence[Path], folder: Path) -> int:
    count = 0
    for path in transcripts:
        subtitles = pysubs2.SSAFile()
        subtitles.events = list(islice(_cues(path.read_text("utf-8")), 300))
        for suffix in ("srt", "vtt", "ass", "ssa"):
            target = folder / ("ass" if suffix == "ssa" else suffix)
            subtitles.save(str(target / f"made-{path.stem}.{suffix}"))
            count += 1
    return count


def _cues(text: str) -> Iterator[pysubs2.SSAEvent]:
    """Yield cues of two lines of some six words each, some of them slanted."""
    words = text.split()
    for at in range(0, len(words), 12):
        lines = [" ".join(words[at : at + 6]), " ".join(words[at + 6 : at + 12])]
        shown = r"\N".join(line for line in lines if line)
        if at % 5 == 0:
            shown = rf"{{\i1}}{shown}{{\i0}}"
        yield pysubs2.SSAEvent(start=at * 250, end=at * 250 + 2900, text=shown, name="Speaker")


# ---- translations and tables


def _by_toolkit(catalogues: Sequence[Path], folder: Path) -> int:
    count = 0
    for path in catalogues:
        xliff = folder / "xliff" / f"made-{path.stem}.xlf"
        count += _ran("po2xliff", "--progress=none", path, xliff)
        count += _xliff2(path, folder / "xliff" / f"made-{path.stem}.2.xlf")
        tmx = folder / "tmx" / f"made-{path.stem}.tmx"
        count += _ran("po2tmx", "--progress=none", "-l", "en-GB", path, tmx)
    return count


def _xliff2(path: Path, target: Path) -> int:
    try:
        from translate.storage.po import pofile
        from translate.storage.xliff2 import Xliff2File
    except ImportError as error:
        print(f"{target.name}: {error}", file=sys.stderr)
        return 0
    written = Xliff2File(sourcelanguage="en-US", targetlanguage="en-GB")
    for unit in pofile.parsefile(str(path)).units:
        if unit.istranslated() and not unit.hasplural():
            written.addsourceunit(str(unit.source)).target = str(unit.target)
    target.write_bytes(bytes(written))
    return 1


def _by_standard_library(tables: Sequence[Path], folder: Path) -> int:
    count = 0
    for at, path in enumerate(tables):
        try:
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(islice(csv.DictReader(file), 500))
        except (UnicodeDecodeError, csv.Error):
            continue
        if not rows or None in rows[0]:
            continue
        with (folder / "tsv" / f"made-{path.stem}.tsv").open("w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), delimiter="\t", extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        ascii_only = at % 2 == 0
        lines = [
            json.dumps({str(key): row[key] for key in row}, ensure_ascii=ascii_only) for row in rows
        ]
        target = folder / "jsonl" / f"made-{path.stem}.jsonl"
        target.write_text("\n".join(lines) + "\n", encoding="utf-8")
        count += 2
    return count


if __name__ == "__main__":
    raise SystemExit(main())
