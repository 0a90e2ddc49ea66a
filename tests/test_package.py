"""The package as people install it: a wheel, a wheel built from the sdist, pre-commit's environment
of a commit, and a checkout all find their rules.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from email import message_from_bytes
from email.message import Message
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.samples import ROOT, SEEDS, bundled, read

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
USUAL = {
    key: value
    for key, value in os.environ.items()
    if not key.startswith(("GIT_", "PRE_COMMIT", "PYTHON"))
}


def build(kind: str, source: Path, out: Path) -> Path:
    """Build a wheel or an sdist with the hatchling that is installed."""
    command = [sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir"]
    subprocess.run([*command, str(out), str(source)], check=True, capture_output=True)
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("package") / "wheel")


def contents(wheel: Path) -> Mapping[str, bytes]:
    archive = zipfile.ZipFile(wheel)
    return {name: archive.read(name) for name in archive.namelist()}


def metadata(wheel: Path) -> Message:
    files = contents(wheel)
    (name,) = (name for name in files if name.endswith(".dist-info/METADATA"))
    return message_from_bytes(files[name])


def shipped(folder: str, where: str) -> set[str]:
    """Return the names in the wheel of all files below a folder of the tree."""
    return {
        f"{where}/{path.relative_to(ROOT / folder).as_posix()}"
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


def test_a_wheel_holds_the_program_the_manual_and_the_rules_alone(wheel: Path) -> None:
    version = PROJECT["version"]
    files = {name for name in contents(wheel) if f"-{version}.dist-info/" not in name}
    assert files == shipped("cleaner", "cleaner") | shipped("rules", "cleaner/_rules")
    assert {"cleaner/py.typed", "cleaner/reports/forms/html/page.css"} <= files
    assert "cleaner/manual/rules.md" in files
    (scripts,) = (text for name, text in contents(wheel).items() if name.endswith("points.txt"))
    for name, target in PROJECT["scripts"].items():
        assert f"{name} = {target}" in scripts.decode().splitlines()


def test_the_sdist_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(build("sdist", ROOT, tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    for name in ("tests/test_package.py", "seeds", "golden", ".pre-commit-hooks.yaml", ".github"):
        assert (source / name).exists()
    again = build("wheel", source, tmp_path / "wheel")
    assert again.name == wheel.name
    assert contents(again) == contents(wheel)


def test_a_wheel_says_under_which_licences_it_stands(wheel: Path) -> None:
    said = metadata(wheel)
    files = contents(wheel)
    sources = files["cleaner/_rules/gazetteer/SOURCES.md"].decode()
    for licence in said["License-Expression"].split(" AND "):
        assert f"| {licence} |" in sources
    listed = said.get_all("License-File") or []
    assert set(listed) == {
        "LICENSE",
        "rules/gazetteer/SOURCES.md",
        "rules/gazetteer/UNICODE-LICENSE.txt",
    }
    texts = {name.partition("/licenses/")[2] for name in files if "/licenses/" in name}
    assert texts == set(listed)


def test_the_metadata_say_what_an_index_shows(wheel: Path) -> None:
    said = metadata(wheel)
    assert said["Requires-Python"] == f">={oldest_python()}"
    classified = said.get_all("Classifier") or []
    assert f"Programming Language :: Python :: {oldest_python()}" in classified
    assert "Typing :: Typed" in classified
    assert said["Description-Content-Type"] == "text/markdown"
    assert said.get_payload(decode=True) == (ROOT / "README.md").read_bytes()


def oldest_python() -> str:
    return str(PROJECT["requires-python"].removeprefix(">="))


# --- what it needs


def needed(requirements: Iterable[str]) -> Iterator[Distribution]:
    """Yield the installed distributions that these requirements stand for, and theirs."""
    wanted = [Requirement(one) for one in requirements]
    met = set()
    for requirement in wanted:  # it grows
        applies = not requirement.marker or requirement.marker.evaluate({"extra": ""})
        name = canonicalize_name(requirement.name)
        if applies and name not in met:
            met.add(name)
            found = distribution(name)
            wanted += map(Requirement, found.requires or ())
            yield found


def link(distributions: Iterable[Distribution], site: Path) -> None:
    """Put links to what these have installed into a folder, and to nothing else."""
    site.mkdir(parents=True, exist_ok=True)
    for one in distributions:
        tops = {Path(file).parts[0] for file in one.files or ()} - {"..", "__pycache__"}
        for top in tops:
            place = site / top
            if not place.exists():
                place.symlink_to(Path(str(one.locate_file(top))))


def imported() -> set[str]:
    """Return the top-level names of what the program imports anywhere."""
    names = set()
    for path in (ROOT / "cleaner").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add((node.module or "").partition(".")[0])
    return names - sys.stdlib_module_names - {"cleaner"}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    providers = packages_distributions()
    found = {canonicalize_name(one) for name in imported() for one in providers[name]}
    declared = {canonicalize_name(Requirement(one).name) for one in PROJECT["dependencies"]}
    assert found == declared


IMPORT_ALL = """
from importlib import import_module
from pkgutil import walk_packages

import cleaner

for module in walk_packages(cleaner.__path__, "cleaner."):
    if module.name != "cleaner.__main__":
        import_module(module.name)
"""


def test_a_wheel_works_with_its_dependencies_alone(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    binaries = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    python = str(binaries / "python")

    def run(*command: str, stdin: str = "") -> str:
        done = subprocess.run(
            command, cwd=tmp_path, env=USUAL, input=stdin.encode(), capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    say = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(run(python, "-c", say).strip())
    link(needed(metadata(wheel).get_all("Requires-Dist") or ()), site)
    pip = [sys.executable, "-m", "pip", "--python", python]
    run(*pip, "install", "-q", "--no-deps", "--no-index", str(wheel))
    assert run(python, "-c", "import importlib.util as u; print(u.find_spec('pytest'))") == "None\n"

    say = "import cleaner.rules.layers as l; print(l.bundled())"
    assert run(python, "-c", say).strip() == str(site / "cleaner" / "_rules")
    seed = read(SEEDS[0])
    cleaned = run(str(binaries / "cleaner"), "fix", "-", stdin=seed)
    assert cleaned == bundled().clean(seed).text != seed
    (tmp_path / "a.md").write_text("# Fine\n\nNothing is wrong.\n", encoding="utf-8")
    assert run(str(binaries / "cleaner-hook"), "a.md") == ""
    assert run(str(binaries / "cleaner"), "--version").split()[-1] == PROJECT["version"]
    assert "# Hooks" in run(str(binaries / "cleaner"), "help", "hooks")
    assert run(python, "-c", IMPORT_ALL) == ""


# --- pre-commit

PAGES_WITH_THE_HOOK = ("README.md", "cleaner/manual/hooks.md")


def the_hook(page: str, address: Path, commit: str) -> tuple[Any, list[str]]:
    """Return the configuration and the command that a page gives, the capitals filled in."""
    text = (ROOT / page).read_text(encoding="utf-8")
    config = re.search(r"^```yaml\n(repos:\n.*?)^```", text, re.MULTILINE | re.DOTALL)
    command = re.search(r"pre-commit try-repo PATH-OF-A-CLONE [a-z -]+", text)
    assert config
    assert command
    addressed = re.sub(r"\bADDRESS-OF-[A-Z-]+", str(address), config[1])
    tried = command[0].replace("PATH-OF-A-CLONE", str(address))
    return yaml.safe_load(re.sub(r"\bCOMMIT\b", commit, addressed)), tried.split()


def test_pre_commit_installs_the_hook_from_a_commit(tmp_path: Path) -> None:
    """`try-repo` prints the configuration that it has run; it is that of the pages.

    Only the dependencies are not fetched: they are those of the tests.
    """
    link(needed([*PROJECT["dependencies"], *PYPROJECT["build-system"]["requires"]]), tmp_path / "s")
    env = USUAL | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(tmp_path / "s"),
        "PIP_NO_BUILD_ISOLATION": "0",  # this is how pip spells: no isolation
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
    }
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=no")

    def run(*command: str, cwd: Path, code: int = 0) -> str:
        done = subprocess.run(
            command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert done.returncode == code, done.stdout
        return done.stdout

    source = tmp_path / "source"
    leave_out = shutil.ignore_patterns("__pycache__")
    for name in ("cleaner", "rules"):
        shutil.copytree(ROOT / name, source / name, ignore=leave_out)
    for name in ("LICENSE", "README.md", "pyproject.toml", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, source / name)
    run("git", "init", "-q", "-b", "main", cwd=source)
    run("git", "add", ".", cwd=source)
    run("git", *who, "commit", "-q", "-m", "one", cwd=source)
    commit = run("git", "rev-parse", "HEAD", cwd=source).strip()
    page = tmp_path / "texts" / "page.md"
    page.parent.mkdir()
    page.write_text("Antgroup is a firm of Marwin.\n", encoding="utf-8")
    run("git", "init", "-q", "-b", "main", cwd=page.parent)
    run("git", "add", ".", cwd=page.parent)

    _, command = the_hook("README.md", source, commit)
    out = run(*command, cwd=page.parent, code=1)
    assert "page.md:1:1: names/organisations/ant-group: Antgroup -> Ant Group\n" in out
    fixed = "Ant Group is a firm of Ma Yun.\n"
    assert (page.read_text(encoding="utf-8") == fixed) == ("cleaner-check" not in command)
    printed = re.search(r"^repos:\n(?:[ -].*\n)+", out, re.MULTILINE)
    assert printed
    (ran,) = yaml.safe_load(printed[0])["repos"]
    assert (page.parent / ran["repo"]).resolve() == source.resolve()
    assert ran["rev"] == commit
    for name in PAGES_WITH_THE_HOOK:
        (shown,) = the_hook(name, source, commit)[0]["repos"]
        assert shown == {"repo": str(source), "rev": commit, "hooks": [{"id": "cleaner"}]}


def test_a_checkout_finds_its_rules() -> None:
    from cleaner.rules import layers

    assert layers.bundled() in {ROOT / "rules", Path(layers.__file__).parents[1] / "_rules"}
