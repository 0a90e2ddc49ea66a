"""A document of each format on the page: its blocks, the marked names, and saving it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from cleaner.names.records import Places
from cleaner.names.suggestion import Group, Member
from cleaner.project.config import load
from cleaner.project.selection import read_file
from cleaner.review import suggestions
from cleaner.text.edits import Span
from tests.formats.test_same_article import CLEAN, FIELDS, NAMES, SAVES, SUFFIXES, paragraphs_of
from tests.review.web.client import served

FORM, NAME = "Jiang Fan", "Mr Chalk"
ARTICLE = {"headline": 1, "paragraph": 4}
# What the blocks of the article are in formats without running text.
KINDS = {
    "ass": {"cue": 5},
    "csv": {"cell": 5},
    "json": {"cell": 5},
    "jsonl": {"cell": 6},
    "po": {"message": 5},
    "srt": {"cue": 5},
    "tmx": {"message": 5},
    "tsv": {"cell": 5},
    "vtt": {"cue": 5},
    "xliff": {"message": 5},
}


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_shown_marked_and_saved(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = FIELDS.get(name, [])
    settings = 'bundled = false\nrules = ["rules"]\n'
    settings += f"fields = {json.dumps(fields)}\n" if fields else ""
    (tmp_path / "cleaner.toml").write_text(settings, encoding="utf-8")
    path = tmp_path / f"article.{SUFFIXES.get(name, name)}"
    path.write_bytes(SAVES[name][0](CLEAN))
    config = load(tmp_path)
    document = read_file(config, path, [path]).document
    start = document.text.index(FORM)
    place = Places(path.name, document).of(Span(start, start + len(FORM)))
    group = Group("chalk", NAME, (Member(FORM, 1, 0.9, places=(place,)),))
    (tmp_path / ".cleaner").mkdir()
    (tmp_path / suggestions.PATH).write_text(suggestions.render([group]), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with served(tmp_path) as running:
        page = running.client()
        (listed,) = page.seen["documents"]
        assert (listed["name"], listed["open"]) == (path.name, 1)
        shown = page.get("/api/document/0")
        blocks = shown["blocks"]
        said = ["".join(part["text"] for part in block["parts"]) for block in blocks]
        assert " ".join(" ".join(said).split()) == " ".join(document.text.split())
        assert Counter(block["kind"] for block in blocks) == KINDS.get(name, ARTICLE)
        (mark,) = [part for block in blocks for part in block["parts"] if "group" in part]
        assert (mark["text"], mark["place"], mark["after"]) == (FORM, 0, NAME)
        page.act("evidence", group="chalk", when=[], everywhere=True)
        assert page.act("accept", group="chalk").status == 200
        done = page.post("/api/fix", backup=False).json
        assert (done["written"], done["refused"]) == ([path.name], [])
    assert paragraphs_of(path, fields) == [text.replace(FORM, NAME) for text in CLEAN]
