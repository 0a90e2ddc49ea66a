"""The package as people install it: a wheel, a wheel built from the sdist, and a checkout all find
their rules.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.samples import ROOT, SEEDS, bundled, read


def build(kind: str, source: Path, out: Path) -> Path:
    """Build a wheel or an sdist with the hatchling that is installed."""
    command = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        f"--{kind}",
        "--outdir",
        str(out),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True)
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module", params=["from the checkout", "from the sdist"])
def wheel(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    source = ROOT
    if request.param == "from the sdist":
        with tarfile.open(build("sdist", ROOT, folder / "sdist")) as archive:
            archive.extractall(folder / "source", filter="data")
        (source,) = (folder / "source").iterdir()
    return build("wheel", source, folder / "wheel")


def test_a_wheel_in_a_fresh_environment_cleans_a_seed(wheel: Path, tmp_path: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    rules = {
        f"cleaner/_rules/{path.relative_to(ROOT / 'rules')}"
        for path in (ROOT / "rules").rglob("*")
        if path.is_file()
    }
    assert rules <= names
    assert {"cleaner/py.typed", "cleaner/reports/forms/html/page.css"} <= names
    assert not [name for name in names if name.startswith(("tests", "seeds", "golden"))]

    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    binaries = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    python = binaries / "python"
    say = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run(
        [python, "-c", say], check=True, capture_output=True, text=True
    ).stdout.strip()
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    subprocess.run([*pip, "install", "-q", "--no-deps", "--no-index", str(wheel)], check=True)
    # The dependencies come from the environment of the tests; the package itself only from the
    # wheel.
    Path(site, "dependencies.pth").write_text(
        sysconfig.get_path("purelib") + "\n", encoding="utf-8"
    )

    def run(*args: str, stdin: bytes = b"") -> bytes:
        return subprocess.run(
            args, cwd=tmp_path, input=stdin, capture_output=True, check=True
        ).stdout

    where = (
        run(str(python), "-c", "import cleaner.rules.layers as l; print(l.bundled())")
        .decode()
        .strip()
    )
    assert where == str(Path(site) / "cleaner" / "_rules")
    seed = read(SEEDS[0])
    cleaned = run(str(binaries / "cleaner"), "fix", "-", stdin=seed.encode()).decode()
    assert cleaned == bundled().clean(seed).text != seed


def test_a_wheel_says_under_which_licences_it_stands(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    fields = archive.read(metadata).decode().partition("\n\n")[0].splitlines()
    (expression,) = (line for line in fields if line.startswith("License-Expression: "))
    sources = archive.read("cleaner/_rules/gazetteer/SOURCES.md").decode()
    for licence in expression.partition(": ")[2].split(" AND "):
        assert f"| {licence} |" in sources
    files = {line.partition(": ")[2] for line in fields if line.startswith("License-File: ")}
    folder = metadata.removesuffix("METADATA") + "licenses/"
    assert files == {
        "LICENSE",
        "rules/gazetteer/SOURCES.md",
        "rules/gazetteer/UNICODE-LICENSE.txt",
    }
    assert {folder + file for file in files} <= set(archive.namelist())


def test_a_checkout_finds_its_rules() -> None:
    from cleaner.rules import layers

    assert layers.bundled() in {ROOT / "rules", Path(layers.__file__).parents[1] / "_rules"}
