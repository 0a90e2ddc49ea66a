"""The whole loop on a seed of this project, without its rules of names: what the matcher finds, a
person decides, rules mend, and goldens notice.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cleaner.rulebook import load_rules
from tests.cli.test_review import DECISIONS, RULES, play, text
from tests.command import run
from tests.samples import ROOT

SEED = "alibaba-column.txt"
NAMES = ("people", "organisations", "terms")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set-up folder with a seed, its golden (the names in it are gaps), and the same text as an
    article.
    """
    assert run("init", cwd=tmp_path)[0] == 0
    settings = tmp_path / "cleaner.toml"
    ignored = ", ".join(f'"names/{kind}/*"' for kind in NAMES)
    settings.write_text(
        f"ignore = [{ignored}]\n{settings.read_text(encoding='utf-8')}", encoding="utf-8"
    )
    shutil.copy(ROOT / "seeds" / SEED, tmp_path / "seeds" / SEED)
    shutil.copy(ROOT / "golden" / SEED, tmp_path / "golden" / SEED)
    shutil.copy(ROOT / "seeds" / SEED, tmp_path / "article.txt")
    assert run("test", "--update", "--yes", cwd=tmp_path)[0] == 0
    assert "Marwin" in text(tmp_path, "golden/gaps.yaml")
    return tmp_path


def test_suggest_review_fix_test(folder: Path) -> None:
    code, out, _ = run("suggest", "article.txt", cwd=folder)
    assert code == 0
    for name in ("Ma Yun", "Jiang Fan", "Xu Lin", "Sun Tianqi", "Jing Xiandong", "Ant Group"):
        assert f"\n{name} (" in f"\n{out}"
    play(
        folder,
        ("/Sun Tian-chi\r", "Is this Sun Tianqi?"),
        ("a", "Accepted: Sun Tian-chi"),
        ("/\x15Marwin\r", "Is this Ma Yun?"),
        ("w", "Act only in texts that contain"),
        ("\r", "only in texts that contain "),
        ("a", "Accepted: Ma Win, Ma-win, Mar-win, Marwin"),
        ("q", "2 accepted"),
        env={"NO_COLOR": "1"},
    )
    before = text(folder, RULES)
    play(  # the next day: a decision that is taken back leaves no trace
        folder,
        ("/Antgroup\r", "Is this Ant Group?"),
        ("r", "Rejected"),
        ("u", "Taken back"),
        ("/\x15Shirin\r", "Is this Xu Lin?"),
        ("r", "Rejected"),
        ("/\x15Jingdong\r", "Is this JD.com?"),
        ("e\x15Jingdong Group\r", "Is this Jingdong Group?"),
        ("q", "0 accepted, 1 rejected"),
        env={"NO_COLOR": "1"},
    )
    assert text(folder, RULES) == before
    assert "form: Shirin\n" in text(folder, DECISIONS)
    assert "Antgroup" not in text(folder, DECISIONS)

    accepted = [rule for rule in load_rules(folder / RULES) if rule.id.startswith("accepted/")]
    ma_yun, sun_tianqi = accepted
    assert (ma_yun.id, sun_tianqi.id) == ("accepted/ma-yun", "accepted/sun-tianqi")
    assert ma_yun.examples
    assert sun_tianqi.examples
    assert ma_yun.when
    assert ma_yun.when.document

    code, _, err = run("fix", "article.txt", cwd=folder)
    assert code == 0
    fixed = text(folder, "article.txt")
    assert "Marwin" not in fixed.replace("Marwin Hitz", "")
    assert "Sun Tian-chi" not in fixed
    assert "Antgroup" in fixed  # nobody has accepted it yet
    code, out, _ = run("test", cwd=folder)
    assert "gap closed" in out
    assert code == 1
    assert run("test", "--update", "--yes", cwd=folder)[0] == 0
    assert run("test", cwd=folder)[0] == 0
    assert "Marwin" not in text(folder, "golden/gaps.yaml")

    code, out, err = run("suggest", "article.txt", cwd=folder)
    assert "Shirin" not in out
    assert "rejected before" in err
