"""The rows of the table of targets: one function for each kind of work, found by its name."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tests.bench.speed import generated, texts
from tests.bench.speed.processes import PROGRAMS, ROOT, Arena, Contender, Run, load, script
from tests.bench.speed.table import Figure, Row, Target, alone, compared

# Above so many processes that want a core, wall time says nothing.
IDLE = 1.0
Command = list[str | Path]


class Sizes(NamedTuple):
    """How much of everything is measured."""

    runs: int = 3
    real: int = 20_000_000  # bytes of text
    damaged: int = 5_000_000
    names_alone: int = 5_000_000
    few: int = 2_000  # names
    many: int = 50_000
    most: int = 500_000
    files: int = 2_000
    corpus: int = 100_000_000  # bytes of JSON Lines

    def scaled(self, part: float) -> Sizes:
        """Return the sizes with only a part of each text."""
        bytes_ = {
            name: int(getattr(self, name) * part) for name in ("real", "damaged", "names_alone")
        }
        return self._replace(**bytes_)


QUICK = Sizes(1, 500_000, 200_000, 200_000, 200, 2_000, 5_000, 100, 1_000_000)


class Bench:
    """What the rows share: a folder with texts and rules, made when they are first needed."""

    def __init__(self, arena: Arena, corpora: Path, sizes: Sizes) -> None:
        self.arena = arena
        self.folder = arena.folder
        self.corpora = corpora
        self.sizes = sizes
        self.load = load()  # before the rows make the machine busy

    @cached_property
    def names(self) -> Sequence[generated.Name]:
        """As many made-up names as the usual rows have."""
        return generated.names(self.sizes.few)

    @cached_property
    def rules(self) -> Path:
        """A folder with rules for the names."""
        return self.rules_for(self.names)

    def rules_for(self, names: Sequence[generated.Name]) -> Path:
        """Write rules for names into a folder of their own."""
        pairs = [(name.canonical, name.garbled) for name in names]
        return generated.write_rules(self.folder / f"names-{len(names)}", pairs)

    @cached_property
    def real(self) -> Sequence[Path]:
        """Files of real English, one for each kind of text."""
        folder = self.folder / "real"
        folder.mkdir(exist_ok=True)
        return texts.write_real(self.corpora, folder, self.sizes.real)

    def damaged(self, size: int, hits: float) -> Sequence[Path]:
        """Files of real English with so many hits a KB."""
        folder = self.folder / f"damaged-{hits}"
        folder.mkdir(exist_ok=True)
        garbled = [name.garbled for name in self.names]
        written = []
        for source in texts.write_real(self.corpora, folder, size):
            texts.write_damaged(source, source, garbled, hits)
            written.append(source)
        return written

    @cached_property
    def generated(self) -> Path:
        """A file of clean generated text."""
        path = self.folder / "generated.txt"
        forms = generated.bundled_forms()
        generated.write_text(path, self.sizes.damaged, (), avoid=forms)
        return path

    def article(self, name: str, forms: Sequence[str]) -> Path:
        """Return an article of 5 KB with some names in it."""
        path = self.folder / name
        generated.write_text(path, 5_000, forms, avoid=() if forms else generated.bundled_forms())
        return path

    def turns(self, contenders: Mapping[str, Contender], *, more: int = 1) -> list[Sequence[Run]]:
        """Let contenders take turns; what is over quickly is run `more` times as often."""
        return list(self.arena.take_turns(contenders, self.sizes.runs * more).values())


def _paths(sources: Sequence[Path], suffix: str) -> list[Path]:
    """Return each source followed by the file that its result is written to."""
    paths: list[Path] = []
    for source in sources:
        paths += (source, source.with_suffix(suffix))
    return paths


def _work(runs: Sequence[Run]) -> Figure:
    return Figure([run.work for run in runs], "s")


def _cpu(runs: Sequence[Run], without: float = 0.0) -> Figure:
    return Figure([max(run.cpu - without, 0.001) for run in runs], "s")


def _milliseconds(runs: Sequence[Run]) -> Figure:
    return Figure([1000 * run.cpu for run in runs], "ms")


def _hits(run: Run) -> str:
    """Say how large a text was, how many hits a KB it had, and what a MB of it took."""
    size = run.said["bytes"]
    hits = 1000 * run.said["edits"] / size
    milliseconds = 1e9 * run.work / size
    return f"{size / 1e6:.1f} MB, {hits:.2f} hits a KB, {milliseconds:,.0f} ms a MB"


def clean_english(bench: Bench) -> Iterator[Row]:
    """All bundled rules on text without damage, over reading and writing it in Python."""
    wanted = Target(12, 4, most=True)
    kinds: list[tuple[str, Sequence[Path], Target | None]] = [
        ("real clean English / read and write", bench.real, wanted),
        ("generated clean text / read and write", [bench.generated], None),
    ]
    for what, sources, target in kinds:
        ours = script("ours.py", "all", "-", *_paths(sources, ".ours"))
        peer = script("sequential.py", "none", *_paths(sources, ".peer"))
        mine, others = bench.turns({"ours": ours, "peer": peer})
        yield compared(what, target, _work(mine), _work(others), note=_hits(mine[0]))


def damaged(bench: Bench) -> Iterator[Row]:
    """All bundled rules and 2,000 names on damaged text; thirty regular expressions over ours."""
    for hits, target in ((1, Target(4, 15)), (5.6, Target(2, 6))):
        sources = bench.damaged(bench.sizes.damaged, hits)
        ours = script("ours.py", "all", bench.rules, *_paths(sources, ".ours"))
        peer = script("sequential.py", "all", *_paths(sources, ".peer"))
        mine, others = bench.turns({"ours": ours, "peer": peer})
        what = f"damaged text, {hits} hits a KB: 30 regex.sub / ours"
        yield compared(what, target, _work(mine), _work(others), note=_hits(mine[0]))


def names_alone(bench: Bench) -> Iterator[Row]:
    """Names alone; the spelling tools over ours.

    They know single words only, so names are single words here for all three (Jangpan ->
    Jiangfan). codespell cuts lines into words by a regular expression, looks each up in a dict
    (only ours: `-D`) and substitutes in the line; it prints every change. typos cuts bytes into
    identifiers and looks each up in our table, and the words in it in its built-in dictionary,
    which cannot be switched off; it needs time in the square of the hits of a file. Ours does all
    that `clean` does: any case and spacing, boundaries, correct forms as guards, blocks, protected
    spans, findings with positions, a second pass as proof. What the peers take for an empty file
    is taken off.
    """
    folder = bench.folder / "alone"
    folder.mkdir(exist_ok=True)
    text = folder / "words.txt"
    forms = [name.garbled_word for name in bench.names]
    generated.write_text(text, bench.sizes.names_alone, forms, plain=True)
    pairs = [(name.word, name.garbled_word) for name in bench.names]
    rules = generated.write_rules(folder / "rules", pairs)
    empty = folder / "empty.txt"
    empty.touch()
    idle = _spelling_peers(folder, empty, bench.names)
    contenders = {"ours": script("ours.py", "given", rules, text, text.with_suffix(".ours"))}
    contenders |= _spelling_peers(folder, text, bench.names)
    starts = [Figure([run.cpu for run in runs]).middle for runs in bench.turns(idle)]
    mine, *others = bench.turns(contenders)
    for name, runs, start in zip(idle, others, starts, strict=True):
        target = Target(4, 15) if name == "codespell" else Target(4, 10)
        peer = _cpu(runs, without=start)
        unlike = _unlike(text.with_suffix(".ours"), folder / f"{name}-{text.name}")
        note = f"{_hits(mine[0])}, {unlike:.1%} of the words unlike ours"
        yield compared(f"names alone: {name} / ours", target, _work(mine), peer, note=note)


def _unlike(one: Path, other: Path) -> float:
    """Return the part of the words that came out differently."""
    ours = one.read_text(encoding="utf-8").split()
    theirs = other.read_text(encoding="utf-8").split()
    unlike = [word for word, their in zip(ours, theirs, strict=True) if word != their]
    return len(unlike) / len(ours)


def _spelling_peers(
    folder: Path, text: Path, names: Sequence[generated.Name]
) -> dict[str, Contender]:
    """Write the tables of codespell and typos, and return the commands that use them."""
    lines = [f"{name.garbled_word.lower()}->{name.word}\n" for name in names]
    (folder / "codespell.dict").write_text("".join(lines), encoding="utf-8")
    lines = [f'{name.garbled_word} = "{name.word}"\n' for name in names]
    table = "".join(("[default.extend-identifiers]\n", *lines))
    (folder / "typos.toml").write_text(table, encoding="utf-8")
    options: Mapping[str, Command] = {
        "codespell": ["-w", "-D", folder / "codespell.dict"],
        "typos": ["-w", "--isolated", "--format", "silent", "-c", folder / "typos.toml"],
    }
    return {name: _in_place(name, given, text, folder) for name, given in options.items()}


def _in_place(name: str, options: Sequence[str | Path], text: Path, folder: Path) -> Contender:
    """Return a program that writes in place and finds a fresh copy of the text in each run."""
    copy = folder / f"{name}-{text.name}"
    command: Command = [PROGRAMS / name, *options, copy]
    return Contender(command, (0, 1, 2, 65), before=lambda: shutil.copy(text, copy))


def memory(bench: Bench) -> Iterator[Row]:
    """Peak memory of `cleaner fix FILE -o OUT`, less that for an empty file, over the file's size.

    For text that is clean, and for text with a hit a KB.
    """
    bench.folder.joinpath("empty.txt").touch()
    for what, parts in (
        ("clean", bench.real),
        ("1 hit a KB", bench.damaged(bench.sizes.real, 1)),
    ):
        text = bench.folder / "large.txt"
        text.write_bytes(b"\n\n".join(part.read_bytes() for part in parts))
        command: Command = [
            PROGRAMS / "cleaner",
            "fix",
            "--rules",
            bench.rules,
            "-o",
            bench.folder / "out",
        ]
        contenders = {
            "ours": Contender([*command, text], (0, 1)),
            "empty": Contender([*command, bench.folder / "empty.txt"]),
        }
        bench.arena.run(contenders["empty"])  # fills the cache
        mine, idle = bench.turns(contenders)
        idle_peak = Figure([run.megabytes for run in idle]).middle
        peak = Figure([run.megabytes - idle_peak for run in mine], "MB")
        size = Figure([text.stat().st_size / 1e6] * len(mine), "MB")
        name = f"peak memory for one file, {what} / its size"
        yield compared(name, Target(6, 3, most=True), peak, size, note=f"{idle_peak:.0f} MB empty")


def scale(bench: Bench) -> Iterator[Row]:
    """Many names against few: the cost of a text, and of loading."""
    text = bench.folder / "names.txt"
    generated.write_text(text, bench.sizes.damaged, [name.garbled for name in bench.names])
    few, many = bench.sizes.few, bench.sizes.many
    more = bench.rules_for(generated.names(many))
    contenders = {
        "many": script("ours.py", "given", more, text, bench.folder / "many.out"),
        "few": script("ours.py", "given", bench.rules, text, bench.folder / "few.out"),
    }
    large, small = bench.turns(contenders)
    what = f"{many:,} / {few:,} names, a MB more"
    target = Target(1.3, 1.1, most=True)
    yield compared(what, target, _work(large), _work(small), note=_hits(small[0]))
    yield from _loading(bench)


def _loading(bench: Bench) -> Iterator[Row]:
    """The hook on an article of 5 KB: with very many names, once cold, then with a warm cache."""
    most = bench.sizes.most
    article = bench.article("article.txt", [name.garbled for name in bench.names[:20]])
    rules = bench.rules_for(generated.names(most))
    hook = Contender([PROGRAMS / "cleaner-hook", "--check", "--rules", rules, article], (0, 1))
    cold = bench.arena.run(hook)
    (warm,) = bench.turns({"warm": hook})
    megabytes = max(run.megabytes for run in warm)
    note = f"peak {megabytes:,.0f} MB; cold {cold.cpu:.1f} s, {cold.megabytes:,.0f} MB"
    target = Target(2, 0.5, most=True, unit="s")
    yield alone(f"load warm of {most:,} names (hook on 5 KB)", target, _cpu(warm), note=note)


def hook(bench: Bench) -> Iterator[Row]:
    """The hook, and `cleaner fix -`, on an article of 5 KB with a warm cache and 2,000 names.

    Hook and codespell only look (`--check`, and codespell without `-w`), so that every run sees
    the same file.
    """
    garbled = [name.garbled for name in bench.names]
    for kind, forms in (("damaged", garbled[:20]), ("clean", [])):
        article = bench.article(f"{kind}.txt", forms)
        rules = ("--rules", bench.rules)
        contenders = {
            "hook": Contender([PROGRAMS / "cleaner-hook", "--check", *rules, article], (0, 1)),
            "codespell": Contender([PROGRAMS / "codespell", article], (0, 65)),
            "fix -": Contender([PROGRAMS / "cleaner", "fix", *rules, "-"], stdin=str(article)),
        }
        bench.arena.take_turns(contenders, 1)  # fills the cache
        mine, peer, fix = map(_milliseconds, bench.turns(contenders, more=5))
        what = f"hook on 5 KB, {kind} / codespell"
        yield compared(what, Target(0.9, 0.75, most=True), mine, peer)
        what = f"cleaner fix - on 5 KB, {kind} / hook"
        yield compared(what, Target(1.6, 1.2, most=True), fix, mine)


def many_files(bench: Bench) -> Iterator[Row]:
    """Small files cleaned by two processes, over the same by one: wall time."""
    count = bench.sizes.files
    what = f"{count:,} small files: 2 processes / 1, wall"
    target = Target(0.7, 0.55, most=True)
    if "--jobs" not in bench.arena.help_of("fix"):
        yield Row(what, target, note="there is no `cleaner fix --jobs`")
        return
    if bench.load > IDLE:
        yield Row(what, target, note=f"the machine was busy at the start (load {bench.load:.1f})")
        return
    folder = bench.folder / "small"
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(islice(_small_texts(bench, 5.6), count)):
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    command: Command = [PROGRAMS / "cleaner", "fix", "--check", "--rules", bench.rules]
    bench.arena.run(Contender([*command, folder / "00000.txt"], (0, 1)))  # fills the cache
    command += ["--jobs"]
    contenders = {jobs: Contender([*command, jobs, folder], (0, 1)) for jobs in ("2", "1")}
    two, one = ([run.wall for run in runs] for runs in bench.turns(contenders))
    yield compared(what, target, Figure(two, "s"), Figure(one, "s"))


def _small_texts(bench: Bench, hits: float) -> Iterator[str]:
    """Yield parts of damaged texts, each of about 2 KB, as often as they are wanted."""
    paths = bench.damaged(bench.sizes.damaged, hits)
    while True:
        for path in paths:
            part: list[str] = []
            for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
                part.append(paragraph)
                if sum(map(len, part)) > 2_000:
                    yield "\n\n".join(part) + "\n"
                    part = []


def corpus(bench: Bench) -> Iterator[Row]:
    """Peak memory of a process that cleans a corpus in JSON Lines, once, and its rows counted.

    A row has about 2 KB, with a hit a KB.
    """
    size = bench.sizes.corpus
    what = f"corpus of {size / 1e6:,.0f} MB JSON Lines: peak of a process"
    target = Target(150, 80, most=True, unit="MB")
    if "--field" not in bench.arena.help_of("corpus"):
        yield Row(what, target, note="there is no `cleaner corpus`")
        return
    source, out = bench.folder / "corpus.jsonl", bench.folder / "cleaned"
    rows = _write_corpus(bench, source, size)
    options: Command = ["--field", "text", "--id", "id", "--jobs", "2", "--rules", bench.rules]
    command: Command = [PROGRAMS / "cleaner", "corpus", *options, source, out]
    shutil.rmtree(out, ignore_errors=True)
    run = bench.arena.run(Contender(command, (0, 1)))
    note = f"{size / 1e6 / run.cpu:.2f} MB a CPU second; {_rows_in_order(out, rows)}"
    yield alone(what, target, Figure([run.megabytes], "MB"), note=note)


def _write_corpus(bench: Bench, path: Path, size: int) -> int:
    """Write documents with a field `text` and an `id`, and return how many there are."""
    written = count = 0
    with path.open("w", encoding="utf-8") as file:
        for text in _small_texts(bench, 1):
            written += file.write(json.dumps({"id": count, "text": text}) + "\n")
            count += 1
            if written >= size:
                return count
    return count


def _rows_in_order(out: Path, rows: int) -> str:
    """Say whether a cleaned corpus has the rows that it was made of, in their order."""
    ids: list[int] = []
    for path in sorted(out.rglob("part-*.jsonl")) if out.is_dir() else [out]:
        with path.open(encoding="utf-8") as file:
            found = (json.loads(line) for line in file)
            ids += [row["id"] for row in found if "id" in row and "text" in row]
    if ids == list(range(rows)):
        return f"{rows:,} rows in order"
    return f"ROWS DIFFER: {rows:,} in, {len(ids):,} out"


def suggestions(bench: Bench) -> Iterator[Row]:
    """`cleaner suggest` on one article, and mentions a second over all seeds."""
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    article = max(seeds, key=lambda path: path.stat().st_size)
    command: Command = [PROGRAMS / "cleaner", "suggest", article]
    contenders = {"one": Contender(command, (0, 1)), "all": script("suggesting.py", *seeds)}
    bench.arena.take_turns(contenders, 1)  # fills the cache
    one, every = bench.turns(contenders)
    size = f"{article.stat().st_size / 1000:.1f} KB, {every[0].said['names']:,.0f} names"
    target = Target(1, 0.6, most=True, unit="s")
    yield alone("suggest, one article", target, _cpu(one), note=size)
    speeds = [run.said["mentions"] / run.said["seconds"] for run in every]
    note = f"{every[0].said['mentions']:,.0f} mentions in {len(seeds)} articles"
    target = Target(400, 1_000)
    yield alone("suggest, mentions a second", target, Figure(speeds), note=note)


ROWS: Mapping[str, Callable[[Bench], Iterator[Row]]] = {
    "clean": clean_english,
    "damaged": damaged,
    "names": names_alone,
    "memory": memory,
    "scale": scale,
    "hook": hook,
    "files": many_files,
    "corpus": corpus,
    "suggest": suggestions,
}


def missing_peers(names: Sequence[str]) -> list[str]:
    """Return the programs that these rows need and that are missing."""
    if not {"names", "hook"} & set(names):
        return []
    return [name for name in ("codespell", "typos") if not os.access(PROGRAMS / name, os.X_OK)]
