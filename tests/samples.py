"""What several tests need: rules from a few lines of YAML, and the project's own folders."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from cleaner import Cleaner, RuleSet, load_rules
from cleaner.engine.index import Index
from cleaner.formats import for_name
from cleaner.project.files import File, decode
from cleaner.rules.model import Level

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
CLEAN = sorted((ROOT / "seeds" / "clean").glob("*.txt"))


def ruleset(yaml: str, **files: str) -> RuleSet:
    """Rules from the text of one rule file or of several, by name; without the bundled ones."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"mine": yaml, **files}.items():
            Path(folder, f"{name}.yaml").write_text(text, encoding="utf-8")
        return load_rules(folder, bundled=False)


def engine_for(yaml: str, **files: str) -> Cleaner:
    """A cleaner with only these rules."""
    return Cleaner(ruleset(yaml, **files))


def names(*lines: str, suffixes: str = "led, based") -> Cleaner:
    """A cleaner with one name rule a line, in YAML flow style; ids are made."""
    rules = "\n".join(f"- {{id: rule-{number}, {line}}}" for number, line in enumerate(lines))
    boundaries = f"kind: boundaries\nsuffixes: [{suffixes}]\n"
    return engine_for(f"kind: name\nrules:\n{rules}\n", boundaries=boundaries)


def people(*lines: str) -> Cleaner:
    """A cleaner with one rule about a person a line, and the bundled words beside names."""
    rules = "\n".join(f"- {{id: rule-{number}, {line}}}" for number, line in enumerate(lines))
    beside = {
        name: (ROOT / "rules" / f"{name}.yaml").read_text(encoding="utf-8")
        for name in ("boundaries", "personal-names")
    }
    return engine_for(f"kind: name\ntype: person\nrules:\n{rules}\n", **beside)


@cache
def bundled_rules() -> RuleSet:
    """The bundled rules, loaded once for all tests of a process."""
    return load_rules()


@cache
def bundled_index() -> Index:
    """The bundled rules, compiled once for all cleaners of a process."""
    return Index.of(bundled_rules())


@cache
def bundled(level: Level = "fix", *, damaged: bool = False) -> Cleaner:
    """A cleaner with the bundled rules."""
    return Cleaner(bundled_index(), level=level, damaged=damaged)


def read(path: Path) -> str:
    """A text with its line ends as they are."""
    return path.read_bytes().decode()


def as_file(text: str, name: str = "a.txt") -> File:
    """Return a text as a file that was read."""
    return decode(text.encode(), Path(name), reader=for_name(name))


def load_only(path: Path) -> RuleSet:
    """The rules of one file, without the bundled ones."""
    return load_rules(path, bundled=False)
