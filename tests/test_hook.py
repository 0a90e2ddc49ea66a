"""`cleaner-hook` as pre-commit runs it, and pre-commit itself in a real repository."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

from cleaner import arguments
from cleaner.hook import OPTIONS, asked, parser
from tests.formats import test_same_article as same_article
from tests.oracles import structure, texts
from tests.samples import ROOT, SEEDS, bundled, read

DAMAGED = "Alibaba fell, and Marwin’s wealth shrank.\n"
CLEAN = "Alibaba fell, and Ma Yun’s wealth shrank.\n"
SAID = "names/people/ma-yun: Marwin -> Ma Yun\n"
HEAVY = (
    "argparse",
    "dataclasses",
    "gettext",
    "hashlib",
    "inspect",
    "multiprocessing",
    "pydantic",
    "rapidfuzz",
    "rich",
    "subprocess",
    "typer",
    "yaml",
)
HEAVY_FOR_CLEAN = (*HEAVY, "locale", "regex", "shutil", "threading")
USUAL = {
    key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT"))
}


def run(
    *command: str, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**USUAL, **(env or {})},
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    assert "fault of the program" not in done.stderr, done.stderr
    return done


def hook(*arguments: str, cwd: Path, env: dict[str, str] | None = None) -> tuple[int, str, str]:
    done = run(sys.executable, "-m", "cleaner.hook", *arguments, cwd=cwd, env=env)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"bad.txt": DAMAGED, "worse.txt": "\n" + DAMAGED, "good.txt": CLEAN}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "other.txt").write_bytes(b"caf\xe9")
    return tmp_path


CALLS = [
    pytest.param([], (0, "", ""), id="no files"),
    pytest.param(["good.txt"], (0, "", ""), id="nothing to do"),
    pytest.param(["bad.txt"], (1, f"bad.txt:1:19: {SAID}", ""), id="one file"),
    pytest.param(
        ["worse.txt", "good.txt", "bad.txt"],
        (1, f"worse.txt:2:19: {SAID}bad.txt:1:19: {SAID}", ""),
        id="three files",
    ),
    pytest.param(
        ["--check", "bad.txt", "bad.txt"],
        (1, f"bad.txt:1:19: {SAID}" * 2, ""),
        id="the same file twice",
    ),
    pytest.param(
        ["no.txt"], (3, "", "no.txt: left alone: there is no such file\n"), id="no such file"
    ),
    pytest.param(
        ["other.txt", "bad.txt"],
        (
            3,
            f"bad.txt:1:19: {SAID}",
            "other.txt: left alone: byte 0xE9 at offset 3 "
            "(line 1) is not UTF-8; it looks like CP1252: "
            "pass --encoding cp1252\n",
        ),
        id="one refused, the other done",
    ),
    pytest.param(
        ["--rules", "no.yaml", "bad.txt"],
        (
            2,
            "",
            "cleaner-hook: no.yaml:1:1: cannot be read "
            "(No such file or directory); check the path\n",
        ),
        id="no such rules",
    ),
]


@pytest.mark.parametrize(("arguments", "outcome"), CALLS)
def test_calls(arguments: list[str], outcome: tuple[int, str, str], folder: Path) -> None:
    assert hook(*arguments, cwd=folder) == outcome
    fixed = (
        CLEAN
        if "bad.txt" in arguments and "--check" not in arguments and outcome[0] != 2
        else DAMAGED
    )
    assert (folder / "bad.txt").read_text(encoding="utf-8") == fixed


def test_it_writes_what_the_library_gives(tmp_path: Path) -> None:
    for seed in SEEDS:
        (tmp_path / seed.name).write_bytes(seed.read_bytes())
    code, out, err = hook(*(seed.name for seed in SEEDS), cwd=tmp_path)
    assert (code, err.count("\n"), "reports for you to see" in err) == (1, 1, True)
    wanted = {seed.name: bundled().clean(read(seed)) for seed in SEEDS}
    for name, result in wanted.items():
        assert read(tmp_path / name) == result.text
    results = wanted.values()
    assert len(out.splitlines()) == sum(len(one.edits) + len(one.lookups) for one in results)
    assert hook(*(seed.name for seed in SEEDS), cwd=tmp_path) == (0, "", "")


IMPORTED = """
import sys
sys.argv[0] = "cleaner-hook"
from cleaner.hook import main
main()
print("imported:", *sorted({heavy}.intersection(sys.modules)))
"""


def imported(names: list[str], heavy: Iterable[str], folder: Path) -> tuple[str, str]:
    """Run the hook; return what it says, and which of the heavy modules it has imported."""
    code = IMPORTED.format(heavy=set(heavy))
    env = {"CLEANER_CACHE_DIR": "cache"}
    out = run(sys.executable, "-c", code, *names, cwd=folder, env=env).stdout
    said, _, modules = out.rpartition("imported:")
    return said, modules.strip()


def test_nothing_heavy_is_imported_when_the_cache_is_warm(tmp_path: Path) -> None:
    outputs = []
    for _ in range(2):
        for seed in SEEDS:
            (tmp_path / seed.name).write_bytes(seed.read_bytes())
        outputs.append(imported([seed.name for seed in SEEDS], HEAVY, tmp_path))
    (cold_said, cold), (warm_said, warm) = outputs
    assert "yaml" in cold  # or this test could not fail
    assert warm == ""
    assert cold_said == warm_said != ""
    (tmp_path / "clean.txt").write_text(NO_RULE_ACTS, encoding="utf-8")
    assert imported(["clean.txt"], HEAVY_FOR_CLEAN, tmp_path) == ("", "")


# Literals of rules with patterns are in it: “said on”, “ billion”, “ war”.
NO_RULE_ACTS = "Mr. Weber said on Monday that a trade war costs 89 billion yuan.\n"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "a.txt",
        "-",
        "a.txt b.txt --check",
        "--check a.txt b.txt",
        "a.txt --check b.txt --isolated",
        "--rules a.txt --rules=. a.txt",
        "--read-as json --field title --field=body a.txt",
        "--field a=b a.txt",
    ],
)
def test_a_usual_command_line_is_read_as_argparse_reads_it(
    line: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    Path("a.txt").touch()
    words = line.split()
    assert arguments.read(words, OPTIONS) is not None
    by_argparse = vars(parser().parse_intermixed_args(words))
    assert {name: value or False for name, value in asked(words).items()} == {
        name: value or False for name, value in by_argparse.items()
    }


@pytest.mark.parametrize(
    "line",
    ["--help", "--version", "--chek", "--check=yes", "--rules", "--rules no.txt", "--field= a.txt"],
)
def test_what_is_left_to_argparse(line: str) -> None:
    assert arguments.read(line.split(), OPTIONS) is None


def test_all_options_of_argparse_are_known() -> None:
    of_argparse = {name for action in parser()._actions for name in action.option_strings}
    assert of_argparse - set(OPTIONS) == {"-h", "--help", "--version"}


CONFIGURED = [
    pytest.param('exclude = ["bad.txt"]', [], (0, "", ""), id="excluded by name"),
    pytest.param(
        'exclude = ["bad.txt"]', ["--isolated"], (1, f"bad.txt:1:19: {SAID}", ""), id="isolated"
    ),
    pytest.param('ignore = ["names/*"]', [], (0, "", ""), id="a rule that does not act"),
    pytest.param(
        'per-file-ignores = {"b*.txt" = ["names/*"]}',
        [],
        (0, "", ""),
        id="a rule that does not act there",
    ),
    pytest.param('levels = {"names/*" = "suggest"}', [], (0, "", ""), id="another level"),
    pytest.param(
        'prefer = {"Ma Yun" = "Jack Ma"}',
        [],
        (1, f"bad.txt:1:19: {SAID}".replace("Ma Yun", "Jack Ma"), ""),
        id="style",
    ),
    pytest.param(
        'rules = ["mine.yaml"]',
        [],
        (1, f"bad.txt:1:2: mine/x: libaba -> LIBABA\nbad.txt:1:19: {SAID}", ""),
        id="rules",
    ),
    pytest.param(
        'ignor = ["names/*"]',
        [],
        (2, "", "cleaner-hook: cleaner.toml:1: there is no key `ignor`; did you mean `ignore`?\n"),
        id="a wrong key",
    ),
]


@pytest.mark.parametrize(("toml", "arguments", "outcome"), CONFIGURED)
def test_configuration(
    toml: str, arguments: list[str], outcome: tuple[int, str, str], folder: Path
) -> None:
    (folder / "cleaner.toml").write_text(toml, encoding="utf-8")
    mine = "kind: pattern\nrules:\n- {id: x, match: Alibaba, replace: ALIBABA, message: loud}\n"
    (folder / "mine.yaml").write_text(mine, encoding="utf-8")
    assert hook(*arguments, "bad.txt", cwd=folder) == outcome


def test_the_configuration_of_a_folder_above(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / "cleaner.toml").write_text('ignore = ["names/*"]', encoding="utf-8")
    (folder / "sub").mkdir()
    assert hook("--check", "../bad.txt", cwd=folder / "sub") == (0, "", "")


@pytest.mark.parametrize(
    "env",
    [
        pytest.param({"HOME": "", "XDG_CACHE_HOME": "", "CLEANER_CACHE_DIR": ""}, id="no home"),
        pytest.param({"HOME": "/nowhere", "CLEANER_CACHE_DIR": "/dev/null/x"}, id="no cache"),
        pytest.param(
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            id="a locale without Unicode",
        ),
        pytest.param({"PYTHONHASHSEED": "1", "TERM": "dumb"}, id="another hash seed"),
        pytest.param({"GIT_DIR": "/nowhere", "PATH": ""}, id="no git"),
    ],
)
def test_any_surroundings(env: dict[str, str], folder: Path) -> None:
    assert hook("bad.txt", cwd=folder, env=env) == (1, f"bad.txt:1:19: {SAID}", "")
    assert (folder / "bad.txt").read_text(encoding="utf-8") == CLEAN


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)], ids=["TERM", "INT"]
)
def test_a_signal_leaves_no_junk(number: signal.Signals, code: int, tmp_path: Path) -> None:
    names = [f"{n:04}.txt" for n in range(3000)]
    for name in names:
        (tmp_path / name).write_text(DAMAGED, encoding="utf-8")
    command = [sys.executable, "-u", "-m", "cleaner.hook", *names]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=USUAL
    ) as process:
        assert process.stdout
        process.stdout.readline()  # it is at work
        time.sleep(0.05)
        process.send_signal(number)
        err = process.communicate(timeout=60)[1].decode()
    assert (process.returncode, err) == (code, "")
    texts = {path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert texts == {DAMAGED, CLEAN}
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_a_hook_of_many_processes_at_once(tmp_path: Path) -> None:
    names = [f"{n}.txt" for n in range(8)]
    for name in names:
        (tmp_path / name).write_text(DAMAGED, encoding="utf-8")
    command = [sys.executable, "-m", "cleaner.hook"]
    env = {**USUAL, "CLEANER_CACHE_DIR": str(tmp_path / "cache")}
    running = [
        subprocess.Popen([*command, name], cwd=tmp_path, stdout=subprocess.PIPE, env=env)
        for name in names
    ]
    said = [process.communicate(timeout=120)[0].decode() for process in running]
    assert said == [f"{name}:1:19: {SAID}" for name in names]
    assert {(tmp_path / name).read_text(encoding="utf-8") for name in names} == {CLEAN}


# --- pre-commit itself


def git(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    who = (
        "-c",
        "user.name=Test",
        "-c",
        "user.email=test@example.org",
        "-c",
        "commit.gpgsign=false",
    )
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return run(
        "git",
        *who,
        *arguments,
        cwd=cwd,
        env={"PATH": path, "PRE_COMMIT_HOME": str(cwd.parent / "pre-commit")},
    )


def repository(folder: Path, *hooks: str, **settings: object) -> Path:
    """A git repository with pre-commit installed, and these hooks as `.pre-commit-hooks.yaml`
    describes them, with a user's own settings over that.

    Only where the hook comes from differs: from this environment, without a download.
    """
    repo = folder / "repo"
    repo.mkdir(parents=True)
    offered = {
        one["id"]: one
        for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    }
    local = []
    for id_ in hooks:
        entry = offered[id_]["entry"].replace(
            "cleaner-hook", f"{sys.executable} -m cleaner.hook", 1
        )
        local.append(offered[id_] | {"language": "system", "entry": entry} | settings)
    config = yaml.safe_dump({"repos": [{"repo": "local", "hooks": local}]})
    (repo / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    git("init", "-q", "-b", "main", cwd=repo)
    git("add", ".", cwd=repo)
    git("commit", "-q", "-m", "begin", cwd=repo)
    done = run(
        sys.executable,
        "-m",
        "pre_commit",
        "install",
        cwd=repo,
        env={"PRE_COMMIT_HOME": str(folder / "pre-commit")},
    )
    assert done.returncode == 0, done.stderr
    return repo


def test_the_manifest_is_valid() -> None:
    done = run(
        sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml", cwd=ROOT
    )
    assert done.returncode == 0, done.stdout


def commit(repo: Path, message: str) -> tuple[int, str]:
    done = git("commit", "-m", message, cwd=repo)
    return done.returncode, done.stdout + done.stderr


def test_the_first_commit_is_stopped_and_fixed_the_second_passes(tmp_path: Path) -> None:
    repo = repository(tmp_path, "cleaner")
    (repo / "bad.txt").write_text(DAMAGED, encoding="utf-8")
    (repo / "good.txt").write_text(CLEAN, encoding="utf-8")
    (repo / "page.md").write_text(f"# Marwin\n\n{DAMAGED}\n    Marwin = 1\n", encoding="utf-8")
    (repo / "code.py").write_text(f'"""{DAMAGED}"""', encoding="utf-8")
    os.utime(repo / "good.txt", (1, 1))
    git("add", ".", cwd=repo)
    code, said = commit(repo, "one")
    assert code == 1
    assert f"bad.txt:1:19: {SAID}" in said
    assert f"page.md:3:19: {SAID}" in said
    assert (repo / "bad.txt").read_text(encoding="utf-8") == CLEAN
    assert "    Marwin = 1" in (repo / "page.md").read_text(encoding="utf-8")
    assert (repo / "code.py").read_text(encoding="utf-8") == f'"""{DAMAGED}"""'
    assert (repo / "good.txt").stat().st_mtime == 1
    git("add", ".", cwd=repo)
    assert commit(repo, "two")[0] == 0
    assert git("show", "HEAD:bad.txt", cwd=repo).stdout == CLEAN


def test_a_conflicting_change_that_is_not_staged_is_kept_and_the_fix_is_still_said(
    tmp_path: Path,
) -> None:
    repo = repository(tmp_path, "cleaner")
    (repo / "bad.txt").write_text(DAMAGED, encoding="utf-8")
    git("add", ".", cwd=repo)
    mine = DAMAGED.replace("Marwin’s wealth", "Marwin’s great wealth")
    (repo / "bad.txt").write_text(mine, encoding="utf-8")
    code, said = commit(repo, "one")
    assert code == 1
    assert "Stashed changes conflicted with hook auto-fixes" in said
    assert f"bad.txt:1:19: {SAID}" in said
    assert (repo / "bad.txt").read_text(encoding="utf-8") == mine


def test_a_change_elsewhere_that_is_not_staged_stays_unstaged(tmp_path: Path) -> None:
    repo = repository(tmp_path, "cleaner")
    text = DAMAGED + "\nA line.\n" * 20
    (repo / "bad.txt").write_text(text, encoding="utf-8")
    git("add", ".", cwd=repo)
    (repo / "bad.txt").write_text(text + "\nMore.\n", encoding="utf-8")
    assert commit(repo, "one")[0] == 1
    assert (repo / "bad.txt").read_text(encoding="utf-8") == text.replace(
        DAMAGED, CLEAN
    ) + "\nMore.\n"


def test_the_checking_hook_never_writes(tmp_path: Path) -> None:
    repo = repository(tmp_path, "cleaner-check")
    (repo / "bad.txt").write_text(DAMAGED, encoding="utf-8")
    git("add", ".", cwd=repo)
    code, said = commit(repo, "one")
    assert code == 1
    assert f"bad.txt:1:19: {SAID}" in said
    assert "files were modified" not in said
    assert (repo / "bad.txt").read_text(encoding="utf-8") == DAMAGED


def test_a_worktree(tmp_path: Path) -> None:
    repo = repository(tmp_path, "cleaner")
    tree = repo.parent / "tree"
    git("worktree", "add", "-q", str(tree), cwd=repo)
    (tree / "bad.txt").write_text(DAMAGED, encoding="utf-8")
    git("add", ".", cwd=tree)
    assert commit(tree, "one")[0] == 1
    assert (tree / "bad.txt").read_text(encoding="utf-8") == CLEAN


def test_endings_in_capitals_reach_the_hook_and_other_formats_do_not(tmp_path: Path) -> None:
    repo = repository(tmp_path, "cleaner")
    for name in ("BAD.TXT", "Page.Md", "page.RST", "LICENSE", "a.txt.rst"):
        (repo / name).write_text(DAMAGED, encoding="utf-8")
    git("add", ".", cwd=repo)
    code, said = commit(repo, "one")
    assert code == 1
    for name in ("BAD.TXT", "Page.Md"):
        assert f"{name}:1:19: {SAID}" in said
        assert (repo / name).read_text(encoding="utf-8") == CLEAN
    for name in ("page.RST", "LICENSE", "a.txt.rst"):
        assert name not in said
        assert (repo / name).read_text(encoding="utf-8") == DAMAGED


def test_every_prose_format_reaches_the_hook_and_others_do_not(tmp_path: Path) -> None:
    """A page, a book, a document and subtitles are fixed; all else in them stays as it was."""
    repo = repository(tmp_path, "cleaner")
    saved = {
        "page.HTML": same_article.save_html,
        "book.epub": same_article.save_epub,
        "document.docx": same_article.save_docx,
        "film.srt": same_article.save_srt,
    }
    article = list(same_article.DAMAGED)
    for name, save in saved.items():
        (repo / name).write_bytes(save(article))
    others = ("data.json", "table.csv", "page.rst", "LICENSE")
    for name in others:
        (repo / name).write_text(DAMAGED, encoding="utf-8")
    git("add", ".", cwd=repo)
    code, said = commit(repo, "one")
    assert code == 1
    assert "files were modified by this hook" in said
    assert "left alone" not in said
    for name, save in saved.items():
        assert f"{name}:" in said
        data = (repo / name).read_bytes()
        kind = name.rpartition(".")[2].lower()
        assert data != save(article)
        assert structure(kind, data) == structure(kind, save(article))
        assert " ".join(texts(kind, data)) == " ".join(same_article.CLEAN)
    for name in others:
        assert name not in said
        assert (repo / name).read_text(encoding="utf-8") == DAMAGED
    git("add", ".", cwd=repo)
    code, said = commit(repo, "two")
    assert code == 0, said
    for name in saved:
        shown = git("rev-parse", f"HEAD:{name}", cwd=repo).stdout
        assert shown == git("hash-object", "--no-filters", name, cwd=repo).stdout


def test_a_user_who_passes_other_formats_is_told_how_to_read_them(tmp_path: Path) -> None:
    repo = repository(tmp_path / "refused", "cleaner", files=r"\.rst$")
    (repo / "page.rst").write_text(DAMAGED, encoding="utf-8")
    git("add", ".", cwd=repo)
    code, said = commit(repo, "one")
    assert code == 1
    assert "exit code: 3" in said
    assert "page.rst: left alone: no reader for .rst; --read-as text reads it as" in said
    told = repository(tmp_path / "told", "cleaner", files=r"\.rst$", args=["--read-as", "text"])
    (told / "page.rst").write_text(DAMAGED, encoding="utf-8")
    git("add", ".", cwd=told)
    assert f"page.rst:1:19: {SAID}" in commit(told, "one")[1]
    assert (told / "page.rst").read_text(encoding="utf-8") == CLEAN


def test_what_a_fix_covers_up_is_said_when_the_commit_stops(tmp_path: Path) -> None:
    repo = repository(tmp_path, "cleaner")
    (repo / "a.txt").write_text("The scandal broke out,, which was bad.\n", encoding="utf-8")
    git("add", ".", cwd=repo)
    code, said = commit(repo, "one")
    assert code == 1
    assert "a.txt:1:23: report punctuation/doubled-comma: out,, which (something was lost" in said
    git("add", ".", cwd=repo)
    assert commit(repo, "two")[0] == 0


# --- a baseline, and what is left to see


KNOWN = "Alibaba fell, and Marwin shrank.\nMarwin said so.\n"


def baseline(folder: Path) -> None:
    (folder / "texts").mkdir()
    (folder / "texts" / "old.txt").write_text(KNOWN, encoding="utf-8")
    command = ("check", "--baseline", "known.json", "--write-baseline", "texts")
    assert run(sys.executable, "-m", "cleaner", *command, cwd=folder).returncode == 0


BASELINES = [
    pytest.param("", (0, ""), "", id="nothing new"),
    pytest.param(
        "Antgroup fell.\n",
        (1, "texts/old.txt:3:1: names/organisations/ant-group: Antgroup -> Ant Group\n"),
        "Ant Group fell.\n",
        id="something new",
    ),
    pytest.param(
        "And Marwin again.\n",
        (1, f"texts/old.txt:3:5: {SAID}"),
        "And Ma Yun again.\n",
        id="one more of what is known",
    ),
]


@pytest.mark.parametrize(("more", "outcome", "fixed"), BASELINES)
def test_what_a_baseline_lists_stays(
    more: str, outcome: tuple[int, str], fixed: str, folder: Path
) -> None:
    baseline(folder)
    text = folder / "texts" / "old.txt"
    text.write_text(KNOWN + more, encoding="utf-8")
    for option, written in (("--check", KNOWN + more), ("", KNOWN + fixed)):
        options = (*option.split(), "--baseline", "known.json")
        assert hook(*options, "texts/old.txt", cwd=folder) == (*outcome, "")
        assert text.read_text(encoding="utf-8") == written
    assert hook("--baseline", "known.json", "texts/old.txt", cwd=folder) == (0, "", "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "known.json: there is no such file; --write-baseline makes it"),
        ("[", "known.json:1:2: this is not JSON"),
    ],
    ids=["missing", "broken"],
)
def test_a_wrong_baseline(content: str | None, said: str, folder: Path) -> None:
    if content:
        (folder / "known.json").write_text(content, encoding="utf-8")
    code, out, err = hook("--baseline", "known.json", "bad.txt", cwd=folder)
    assert (code, out, err.startswith(f"cleaner-hook: {said}")) == (2, "", True)
    assert (folder / "bad.txt").read_text(encoding="utf-8") == DAMAGED


def test_suggestions_and_reports_are_counted_if_a_commit_is_stopped(folder: Path) -> None:
    more = "Jingdong of Alibaba left. He saw the Gwigi of it.\n"
    left = (
        "cleaner-hook: 1 suggestion and 1 report for you to see "
        "(cleaner check, or fix --level suggest)\n"
    )
    (folder / "bad.txt").write_text(DAMAGED + more, encoding="utf-8")
    for options in (["--check"], []):
        assert hook(*options, "bad.txt", cwd=folder) == (1, f"bad.txt:1:19: {SAID}", left)
    assert hook("bad.txt", cwd=folder) == (0, "", "")
    (folder / "cleaner.toml").write_text('per-file-ignores = {"*" = ["jd", "gwigi"]}')
    (folder / "bad.txt").write_text(DAMAGED + more, encoding="utf-8")
    assert hook("bad.txt", cwd=folder) == (1, f"bad.txt:1:19: {SAID}", "")


MISTAKES = [
    ("--chek", "there is no option “--chek”; did you mean `--check`?"),
    ("--zzz", "there is no option “--zzz”; cleaner-hook -h says what can be given"),
    ("--rules", "--rules is without its value; cleaner-hook -h says what can be given"),
    ("--check=yes", "--check takes no value; cleaner-hook -h says what can be given"),
]


@pytest.mark.parametrize(("word", "said"), MISTAKES)
def test_a_mistake_is_one_line(word: str, said: str, folder: Path) -> None:
    code, out, err = hook("bad.txt", word, cwd=folder)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"cleaner-hook: {said}")
