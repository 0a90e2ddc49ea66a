"""Markdown in files: the cost of a clean one, a folder, and the pages of this project."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import CLEAN, DAMAGED, run
from tests.formats.markdown.samples import cleaned
from tests.samples import ROOT, bundled


def test_no_parser_is_imported_before_a_file_is_read() -> None:
    code = (
        "import sys\n"
        "from cleaner.formats import for_name\n"
        "read = for_name('a.md').read\n"
        "assert 'markdown_it' not in sys.modules\n"
        "assert read('# *Fine* [so](far)').text == 'Fine so'\n"
        "assert not {'yaml', 'tomllib'}.intersection(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_fix_a_folder_with_markdown(tmp_path: Path) -> None:
    before = f"---\r\ntitle: Marwin\r\n---\r\n\r\n> {DAMAGED}\r\n\r\n```\r\nMarwin\r\n```\r\n"
    (tmp_path / "page.md").write_bytes(before.encode())
    assert run("fix", ".", cwd=tmp_path)[2].splitlines()[0] == "page.md: 1 fix by 1 rule"
    assert (tmp_path / "page.md").read_bytes().decode() == before.replace(DAMAGED, CLEAN)
    out = run("fix", "--stdin-filename", "x.md", "-", cwd=tmp_path, stdin=before.encode())[1]
    assert out == before.replace(DAMAGED, CLEAN)


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")), ids=lambda path: path.name)
def test_the_pages_of_this_project_are_clean(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert cleaned(text, bundled("suggest")) == text
