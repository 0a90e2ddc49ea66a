"""The commands of the review on the real command line, and what may go wrong beneath them: nothing
is ever lost.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cleaner.errors import CleanerError
from cleaner.names.suggestion import Group, Member, Place
from cleaner.project.config import Config, load
from cleaner.review import suggestions
from cleaner.review.project import Project
from tests.command import run

DATE = "2026-11-22"
ARTICLE = "Lee met Busan’s mayor.\n\nAlibaba paid Zhang Yung. Zhang Yung was glad, said Sunnil.\n"


def found(form: str, at: int = 1, file: str = "a.txt", score: float = 0.9) -> Member:
    line = ARTICLE.splitlines()[2]
    start = max(0, line.find(form))
    return Member(form, at, score, places=(Place(file, 3, start + 1, line, start),))


ZHANG = Group(
    "zhang-yong",
    "Zhang Yong",
    (found("Zhang Yung", 2), found("Jang Yung", file="gone.txt")),
    "person",
)
SUNNIL = Group("sunnil", "", (found("Sunnil", score=0.5),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as `cleaner init` leaves it, with an article and two suggestions."""
    assert run("init", cwd=tmp_path)[0] == 0
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    wait(tmp_path, ZHANG, SUNNIL)
    return tmp_path


def wait(folder: Path, *groups: Group) -> None:
    path = folder / suggestions.PATH
    path.parent.mkdir(exist_ok=True)
    path.write_text(suggestions.render(groups), encoding="utf-8")


def project(folder: Path) -> Project:
    return Project(load(folder))


def written(folder: Path) -> str:
    return (folder / "rules/names/accepted.yaml").read_text(encoding="utf-8")


def state(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_init_is_said_and_done_once(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"*.orig\r\nlast")
    code, out, err = run("init", cwd=tmp_path)
    assert (code, "cleaner review" in out) == (0, True)
    assert sorted(state(tmp_path)) == [
        ".cleaner/configuration.schema.json",
        ".cleaner/rules.schema.json",
        ".gitignore",
        "cleaner.toml",
        "golden/gaps.yaml",
        "rules/names/accepted.yaml",
        "seeds/.gitkeep",
        "seeds/clean/.gitkeep",
    ]
    assert (
        tmp_path / ".gitignore"
    ).read_bytes() == b"*.orig\r\nlast\r\n.cleaner/suggestions.yaml\r\n"
    before = state(tmp_path)
    code, _, err = run("init", cwd=tmp_path)
    assert code == 0
    assert err.count("already exists") == 7
    assert "is already ignored" in err
    assert state(tmp_path) == before
    assert run("test", cwd=tmp_path)[0] == 0
    assert run("config", cwd=tmp_path)[0] == 0


def test_init_leaves_a_configuration_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.cleaner]\nrules = []\n")
    _, _, err = run("init", cwd=tmp_path)
    assert "pyproject.toml: already exists\npyproject.toml: has no exclude; add exclude =" in err
    assert not (tmp_path / "cleaner.toml").exists()


def test_the_whole_loop(folder: Path) -> None:
    code, out, err = run("pending", cwd=folder)
    assert (code, err) == (
        0,
        "gone.txt: there is no such file; what was found there is still listed\n"
        "2 suggestions; cleaner accept ID, cleaner reject ID\n",
    )
    assert out.splitlines()[:2] == [
        "zhang-yong: Zhang Yung (2), Jang Yung (1) -> Zhang Yong  score 0.90",
        "    2 changes in 1 file",
    ]
    before = state(folder)
    code, out, _ = run("accept", "zhang-yong", "--drop", "Jang Yung", "--dry-run", cwd=folder)
    assert (code, state(folder)) == (0, before)
    assert "+  variants: [Zhang Yung]\n" in out
    said = "rules/names/accepted.yaml: Zhang Yung -> Zhang Yong\n"
    assert run("accept", "zhang-yong", "--drop", "Jang Yung", cwd=folder) == (0, "", said)
    assert "- before: Alibaba paid Zhang Yung.\n    after: Alibaba paid Zhang Yong.\n" in written(
        folder
    )
    assert run("accept", "sunnil", cwd=folder)[0] == 2
    assert run("reject", "sunnil", "--reason", "a village", cwd=folder)[0] == 0
    code, out, err = run("pending", cwd=folder)
    assert (code, out, err) == (0, "", "0 suggestions\n")
    code, out, _ = run("decisions", cwd=folder)
    assert [line.split("  ")[0] for line in out.splitlines()] == ["jang-yung-zhang-yong", "sunnil"]
    assert run("fix", "a.txt", cwd=folder)[0] == 0
    assert "Zhang Yung" not in (folder / "a.txt").read_text(encoding="utf-8")
    wait(folder, ZHANG._replace(members=(found("Jang Yung"),)), SUNNIL)
    assert run("pending", cwd=folder)[2] == "0 suggestions, 2 rejected before\n"
    assert run("decisions", "take-back", "sunnil", cwd=folder)[0] == 0
    assert (
        json.loads(run("pending", "--format", "json", cwd=folder)[1])["pending"][0]["id"]
        == "sunnil"
    )
    assert (
        run(
            "accept",
            "sunnil",
            "--as",
            "Sunil",
            "--when",
            "Busan",
            "--same",
            "Sunnil left.",
            cwd=folder,
        )[0]
        == 0
    )
    assert "  when: [Busan]\n  level: fix\n" in written(folder)
    assert "- same: Sunnil left.\n" in written(folder)
    assert run("rules", "lint", cwd=folder)[0] == 0


def test_accepting_all_from_a_score_on(folder: Path) -> None:
    wait(folder, ZHANG, SUNNIL, Group("low", "Lo", (found("Busan’s", score=0.3),)))
    code, _, err = run("accept", "--all", "--min-score", "0.8", cwd=folder)
    assert (code, err.splitlines()[0]) == (0, "skipped: 1 suggestion without a known name")
    assert re.findall("- id: (.*)", written(folder)) == ["zhang-yong"]
    assert [group.id for group in project(folder).pending().groups] == ["sunnil", "low"]
    code, _, err = run("accept", "--all", "--min-score", "0.99", cwd=folder)
    assert (code, err.splitlines()[-1]) == (0, "nothing matches, nothing is written")


def test_one_that_cannot_be_accepted_does_not_keep_the_others(folder: Path) -> None:
    assert run("accept", "zhang-yong", cwd=folder)[0] == 0
    twice = Group("again", "Zhang Young", (found("Zhang Yung"),))
    wait(folder, twice, Group("sunil", "Sunil", SUNNIL.members))
    code, _, err = run("accept", "--all", "--doubtful", cwd=folder)
    assert code == 2
    assert "again: “Zhang Young” cannot be accepted:" in err
    assert "is also claimed by" in err
    assert [group.id for group in project(folder).pending().groups] == ["again"]


def test_accepting_all_leaves_what_a_trial_is_against(folder: Path) -> None:
    word = Group("glad", "Gladd", (found("glad"),))
    wait(folder, ZHANG, word)
    code, _, err = run("accept", "--all", cwd=folder)
    assert (code, "left: glad: " in err, "a known word" in err) == (0, True, True)
    assert [group.id for group in project(folder).pending().groups] == ["glad"]


def test_names_from_one_sentence_do_not_spoil_one_another(folder: Path) -> None:
    other = Group("paid", "Alibaba Group", (found("Alibaba"),))
    wait(folder, ZHANG, other)
    for id_ in ("zhang-yong", "paid"):
        assert run("accept", id_, cwd=folder)[0] == 0
    code, out, _ = run("rules", "lint", "rules", cwd=folder)
    assert (code, "is changed by" in out) == (0, False)
    assert "broadcast/" not in out  # the rules that come with cleaner


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(["accept"], "give ids, or --all", id="nothing said"),
        pytest.param(
            ["accept", "zhang-yong", "--all"], "--all and ids exclude each other", id="both"
        ),
        pytest.param(
            ["accept", "nobody"], "no pending suggestion has the id nobody", id="no such id"
        ),
        pytest.param(
            ["accept", "zhang-yong", "--min-score", "0.5"],
            "--min-score goes with --all",
            id="score",
        ),
        pytest.param(
            ["accept", "zhang-yong", "sunnil", "--as", "X"],
            "are about one suggestion",
            id="as of two",
        ),
        pytest.param(["accept", "zhang-yong", "--drop", "x"], "it has no form “x”", id="drop"),
        pytest.param(
            ["accept", "zhang-yong", "--same", "Zhang Yung sat."],
            "would become “Zhang Yong”",
            id="same",
        ),
        pytest.param(
            ["accept", "zhang-yong", "--when", " "], "--when is empty", id="empty evidence"
        ),
        pytest.param(["accept", "zhang-yong", "--same", ""], "--same is empty", id="empty line"),
        pytest.param(
            ["reject", "zhang-yong", "--form", "x"],
            "it has no form “x”",
            id="reject a stranger",
        ),
        pytest.param(
            ["decisions", "take-back", "x"],
            "there is no decision x; none was made yet",
            id="take back",
        ),
    ],
)
def test_wrong_usage_changes_nothing(args: list[str], message: str, folder: Path) -> None:
    before = state(folder)
    code, _, err = run(*args, cwd=folder)
    assert (code, state(folder)) == (2, before)
    assert message in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "text", "args"),
    [
        pytest.param(
            ".cleaner/suggestions.yaml",
            "kind: suggestions\ngroups:\n- id: a\n  membrs: []\n",
            ["pending"],
            id="suggestions",
        ),
        pytest.param(
            ".cleaner/decisions.yaml",
            "kind: decisions\ndecisions:\n- form: a\n",
            ["accept", "zhang-yong"],
            id="decisions",
        ),
        pytest.param(
            "rules/names/accepted.yaml",
            "kind: name\nrules:\n- id: a\n",
            ["accept", "zhang-yong"],
            id="rules",
        ),
    ],
)
def test_what_was_broken_by_hand_is_named(
    name: str, text: str, args: list[str], folder: Path
) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    before = state(folder)
    code, _, err = run(*args, cwd=folder)
    assert (code, state(folder)) == (2, before)
    assert re.match(rf"cleaner: {name}:\d+:\d+: ", err)


def test_what_was_edited_by_hand_counts(folder: Path) -> None:
    path = folder / suggestions.PATH
    text = path.read_text(encoding="utf-8").replace(
        "canonical: Zhang Yong", "canonical: Zhang Yong’er  # as he signs"
    )
    path.write_text(
        text.replace("- id: sunnil\n", "- id: sunnil\n  canonical: Sunil\n"), encoding="utf-8"
    )
    assert run("accept", "--all", cwd=folder)[0] == 0
    assert re.findall("canonical: (.*)", written(folder)) == ["Zhang Yong’er", "Sunil"]


def test_a_name_that_has_a_rule_gets_its_forms_there(folder: Path) -> None:
    mine = (
        "kind: name\nrules:\n# my own\n- id: zhang\n  canonical: "
        "Zhang Yong\n  variants: [Zang Yong]  # seen once\n"
    )
    (folder / "rules/mine.yaml").write_text(mine, encoding="utf-8")
    assert run("accept", "zhang-yong", cwd=folder)[0] == 0
    text = (folder / "rules/mine.yaml").read_text(encoding="utf-8")
    assert "[Zang Yong, Zhang Yung, Jang Yung]  # seen once\n" in text
    assert written(folder).endswith("rules: []\n")


def test_without_a_configuration_the_file_is_made_and_said_to_be_unused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    wait(tmp_path, ZHANG)
    code, _, err = run("accept", "zhang-yong", cwd=tmp_path)
    assert code == 0
    assert (
        "accepted.yaml is not read yet: write rules = "
        '["rules/names/accepted.yaml"] into cleaner.toml' in err
    )
    assert "variants: [Zhang Yung, Jang Yung]" in written(tmp_path)


def test_accept_to_may_not_lead_out(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (folder / "rules/names/accepted.yaml").unlink()
    (folder / "rules/names").rmdir()
    (folder / "rules/names").symlink_to(outside, target_is_directory=True)
    code, _, err = run("accept", "zhang-yong", cwd=folder)
    assert (code, list(outside.iterdir())) == (3, [])
    assert "review writes only inside of that folder" in err


def test_a_project_without_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    there = Project(Config())
    assert there.pending() == ((), 0)
    assert run("pending", cwd=tmp_path) == (0, "", "0 suggestions\n")
    assert run("decisions", "list", cwd=tmp_path) == (0, "", "0 decisions\n")
    with pytest.raises(CleanerError):
        there.pending().group("x")
