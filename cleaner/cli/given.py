"""What is given on a command line, and the settings that it makes with the configuration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cleaner import formats
from cleaner.errors import ConfigError, UsageError, did_you_mean
from cleaner.project import tomlfile
from cleaner.project.config import ALL_FILES, Config, NameLists, load, parse
from cleaner.project.files import text_encoding
from cleaner.rules.selectors import separated

AUTO = "auto"
_MOST_JOBS = 256
# Encodings that somebody may mean who gives one that does not exist.
_ENCODINGS = ("utf-8", "utf-16", "cp949", "euc-kr", "cp932", "gb18030", "big5", "cp1252", "latin-1")


class Given(NamedTuple):
    """The shared options as they were given on the command line."""

    select: Sequence[str] | None = None
    ignore: Sequence[str] | None = None
    rules: Sequence[Path] | None = None
    bundled: bool | None = None
    prefer: Sequence[str] | None = None
    encoding: str | None = None
    read_as: str | None = None
    fields: Sequence[str] | None = None
    names: Sequence[Path] | None = None
    gazetteer: bool | None = None
    exclude: Sequence[str] | None = None
    no_exclude: bool = False
    quiet: bool = False
    verbose: bool = False
    config: Path | None = None
    isolated: bool = False

    def settings(self, **more: Any) -> Config:
        """Return the configuration with the options of the command line over it.

        `more` are settings that only this command has an option for; None means not given.

        Raises:
            UsageError, ConfigError: an option or the configuration is wrong.
        """
        if self.quiet and self.verbose:
            raise UsageError("--quiet and --verbose exclude each other")
        if self.read_as is not None:
            formats.check_name(self.read_as)
        if self.encoding is not None:
            _check_encoding(self.encoding)
        configuration = self._configuration()
        return configuration.overlaid(
            rules=tuple(self.rules) if self.rules else None,
            bundled=self.bundled,
            prefer=_aliases(self.prefer) if self.prefer else None,
            select=_selectors("--select", self.select),
            ignore=_selectors("--ignore", self.ignore),
            encoding=self.encoding,
            read_as=self.read_as,
            fields={ALL_FILES: tuple(self.fields)} if self.fields else None,
            exclude=() if self.no_exclude else None,
            exclude_here=_patterns(self.exclude) if self.exclude else None,
            names=self._names(configuration.names),
            **more,
        )

    def _names(self, configured: NameLists) -> NameLists | None:
        """Return where right names come from; None if no option says so."""
        if not self.names and self.gazetteer is None:
            return None
        gazetteer = configured.gazetteer if self.gazetteer is None else self.gazetteer
        return NameLists((*configured.glossaries, *(self.names or ())), gazetteer)

    def _configuration(self) -> Config:
        if self.isolated and self.config:
            raise UsageError("--config and --isolated exclude each other")
        if self.isolated:
            return Config()
        if self.config:
            found = tomlfile.read_config_file(self.config)
            if found is None:
                what = "there is no table [tool.cleaner] in it"
                raise ConfigError(str(self.config), what, "add one, or name another file")
            return parse(found)
        try:
            return load(Path.cwd())
        except FileNotFoundError:
            what = "the working folder is gone; change to one that exists"
            raise UsageError(what) from None


def divided(values: Mapping[str, Any]) -> tuple[dict[str, Any], Given]:
    """Divide what was given on a command line into a command's own options and the shared ones."""
    own = {name: value for name, value in values.items() if name not in Given._fields}
    shared = {name: value for name, value in values.items() if name in Given._fields}
    return own, Given(**shared)


def _check_encoding(name: str) -> None:
    known = text_encoding(name)
    if known is None:
        what = f"--encoding: there is no encoding “{name}”"
        raise UsageError(f"{what}; {did_you_mean(name, _ENCODINGS)}")
    if known.startswith("utf-32"):
        raise UsageError("--encoding: UTF-32 is not supported; save the files as UTF-8")


def _selectors(option: str, texts: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return the selectors of an option that was given, perhaps several times; else None."""
    if not texts:
        return None
    selectors = separated(texts)
    if not selectors:
        raise UsageError(
            f"{option} names no rule; leave it out, or name some, as in names,quotes/*"
        )
    return selectors


def _patterns(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the patterns of files of an option, separated by commas."""
    patterns = [part.strip() for text in texts for part in text.split(",")]
    if not all(pattern.strip("/!") for pattern in patterns):
        raise UsageError("--exclude: one of the patterns is empty; write it as in .gitignore")
    return tuple(patterns)


def _aliases(wishes: Sequence[str]) -> dict[str, str]:
    aliases: dict[str, str] = {}
    for wish in wishes:
        name, equals, alias = wish.partition("=")
        if not (equals and name.strip() and alias.strip()):
            raise UsageError(f"--prefer {wish}: write NAME=ALIAS, as in 'Ma Yun=Jack Ma'")
        aliases[name.strip()] = alias.strip()
    return aliases


def jobs_of(text: str) -> int | None:
    """Return how many processes are asked for; None for as many as pay.

    Raises:
        UsageError: it is no such number.
    """
    if text == AUTO:
        return None
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= _MOST_JOBS):
        raise UsageError(f"--jobs {text}: write a number from 1 to {_MOST_JOBS}, or {AUTO}")
    return int(text)


def paths_of(arguments: Sequence[str] | None) -> list[Path]:
    """Return the paths of a command line.

    Raises:
        UsageError: there is none, one is empty, or - is mixed with others.
    """
    if not arguments:
        raise UsageError("say what to read: a file, a folder, or - for stdin")
    if "" in arguments:
        raise UsageError("one of the paths is empty; . means the working folder")
    if "-" in arguments and len(arguments) > 1:
        raise UsageError("- means stdin and cannot be mixed with files")
    return [Path(argument) for argument in arguments]
