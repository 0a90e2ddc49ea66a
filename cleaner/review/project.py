"""A project under review: where its suggestions, decisions and accepted rules stand, and one
decision as one step.

Accepting touches up to three files. Either all of them say so, or none: what was written is taken
back when a later file cannot be, and the person who decided is told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from cleaner import rulebook
from cleaner.errors import CleanerError, RefusedError, UsageError
from cleaner.names.suggestion import Group
from cleaner.project import files, tomlfile
from cleaner.project.config import Config
from cleaner.project.revision import Undo, revise, undo
from cleaner.project.selection import acts
from cleaner.review import decisions, suggestions
from cleaner.review.accept import Acceptance, accepted, takes
from cleaner.review.decisions import Decision
from cleaner.review.proof import decided
from cleaner.review.trial import Trials
from cleaner.rulebook import lint
from cleaner.rules.layers import display_path
from cleaner.rules.model import Entity, Level, RuleSet
from cleaner.text.folding import normal

ACCEPT_TO = Path("rules/names/accepted.yaml")


class Pending(NamedTuple):
    """What waits for a decision, and how many forms were held back because they had been rejected."""

    groups: tuple[Group, ...]
    held_back: int

    def group(self, id_: str) -> Group:
        """The group of that id.

        Raises:
            UsageError: there is none.
        """
        if found := next((group for group in self.groups if group.id == id_), None):
            return found
        raise UsageError(f"nothing pending has the id {id_}; `cleaner pending` lists what there is")


class Texts(NamedTuple):
    """What trials are held against, by name, and the files of suggestions that could not be read,
    with why.
    """

    seeds: Mapping[str, str]
    goldens: Mapping[str, str]
    clean: Mapping[str, str]
    files: Mapping[str, str]
    gone: tuple[str, ...]


class Project:
    """The files of a project; nothing is read before it is asked for.

    Raises:
        RefusedError: one of its files would lie outside the folder of the configuration.
    """

    def __init__(self, config: Config) -> None:
        self.config = config
        self.folder = config.file.folder if config.file else tomlfile.home(Path.cwd().resolve())
        self.suggestions = self._inside(self.folder / suggestions.PATH)
        self.decisions = self._inside(self.folder / decisions.PATH)
        self.accept_to = self._inside(config.accept_to or self.folder / ACCEPT_TO)
        self.lowest = int(config.bundled)  # the number of the first layer that is the project's own

    def _inside(self, path: Path) -> Path:
        try:
            if path.resolve().is_relative_to(self.folder.resolve()):
                return path
        except (OSError, RuntimeError):  # a loop of links
            pass
        raise RefusedError(
            path, f"this leads out of {display_path(self.folder)}: review writes only below it"
        )

    def pending(self) -> Pending:
        """What nobody has decided yet.

        Raises:
            RuleError, RefusedError: a file is wrong or cannot be read.
        """
        return Pending(
            *decisions.held_back(
                suggestions.read_suggestions(self.suggestions),
                decisions.read_decisions(self.decisions),
            )
        )

    def _layers(self, *more: Path) -> list[Path]:
        """Where rules are read: a folder that is only made when the first rule is accepted may be
        missing.
        """
        coming = [
            path
            for path in self.config.rules
            if path.exists() or not self.accept_to.is_relative_to(path)
        ]
        seen = {path.resolve() for path in coming}
        return [
            *coming,
            *(path for path in more if not any(path.resolve().is_relative_to(one) for one in seen)),
        ]

    def rules(self) -> RuleSet:
        """The rules as they were written, proven; not at the project's levels, nor in its house
        style.

        Raises:
            RuleError: a rule file is wrong.
        """
        more = [self.accept_to] if self.accept_to.exists() else []
        return rulebook.load_rules(*self._layers(*more), bundled=self.config.bundled)

    def unused(self) -> str:
        """What to say if accepted rules are not among those that the configuration reads; "" if
        they are.
        """
        if any(
            self.accept_to.resolve().is_relative_to(path.resolve()) for path in self.config.rules
        ):
            return ""
        name = files.seen_from(self.accept_to, self.folder)
        where = self.config.file.path.name if self.config.file else "cleaner.toml"
        return f'{display_path(self.accept_to)} is not read yet: write rules = ["{name}"] into {where} (`cleaner init` does)'

    def texts(
        self, groups: Iterable[Group], seeds: Path | None = None, golden: Path | None = None
    ) -> Texts:
        """The goldens, the good pages, and the files that the groups were found in.

        A file that is gone or cannot be read is named in `gone`, and does not keep the others from
        being read.
        """
        from cleaner import formats

        seeds, golden = seeds or self.folder / "seeds", golden or self.folder / "golden"
        gone: list[str] = []
        there = sorted(path for path in seeds.rglob("*") if path.suffix in formats.suffixes())
        found = {path.relative_to(seeds).as_posix(): path for path in there}
        given = {
            name: text
            for name, path in found.items()
            if (text := self._read(path, gone)) is not None
        }
        raw = {name: text for name, text in given.items() if not name.startswith("clean/")}
        wanted = {name: golden / name for name in raw if (golden / name).is_file()}
        places = dict.fromkeys(
            place.file for group in groups for member in group.members for place in member.places
        )
        return Texts(
            raw,
            {
                name: text
                for name, path in wanted.items()
                if (text := self._read(path, gone)) is not None
            },
            {name: text for name, text in given.items() if name not in raw},
            {
                name: text
                for name in places
                if (text := self._read(self.folder / name, gone, name)) is not None
            },
            tuple(gone),
        )

    def _read(self, path: Path, gone: list[str], name: str = "") -> str | None:
        try:
            return files.read_source(path, self.config.encoding).text
        except RefusedError as error:
            gone.append(f"{name or display_path(path)}: {error.why}")
            return None

    def trials(self, rules: RuleSet, texts: Texts) -> Trials:
        """Trials of this project's rules and texts."""
        return Trials(
            rules,
            seeds=texts.seeds,
            goldens=texts.goldens,
            clean=texts.clean,
            files=texts.files,
            lowest=self.lowest,
            acts=partial(acts, self.config),
        )

    def decided(
        self,
        group: Group,
        rules: RuleSet,
        *,
        date: str,
        canonical: str = "",
        drop: Iterable[str] = (),
        level: Level = "fix",
        when: Sequence[str] = (),
        same: Sequence[str] = (),
    ) -> Acceptance:
        """What accepting a group comes to (see `proof.decided`)."""
        return decided(
            group,
            rules,
            date=date,
            canonical=canonical,
            drop=drop,
            level=level,
            when=when,
            same=same,
            lowest=self.lowest,
            acts=partial(acts, self.config),
        )

    def target(self, wanted: Acceptance, rules: RuleSet) -> Path:
        """The file that an acceptance goes to: that of a rule of the project which takes its forms,
        or `accept_to`.
        """
        for rule in rules:
            if rule.layer >= self.lowest and takes(rule, wanted):
                path = Path(rule.place.file)
                if path.is_file() and path.resolve().is_relative_to(self.folder.resolve()):
                    return path
        return self.accept_to

    def preview(self, wanted: Acceptance, rules: RuleSet) -> tuple[Path, str, str]:
        """The file that accepting would change, its text, and what it would be.

        Raises:
            RuleError, RefusedError: the file is wrong or cannot be read.
            UsageError: what would be written does not prove itself.
        """
        path = self.target(wanted, rules)
        before = files.read_source(path).text if path.exists() else ""
        return path, before, self._proven(path, wanted)(before)

    def _proven(self, path: Path, wanted: Acceptance) -> Callable[[str], str]:
        """What to do with the text of a rules file: put the decision in, then load, prove and lint
        all of it.
        """

        def change(text: str) -> str:
            out = accepted(text, wanted, display_path(path))
            if out == text:
                return text
            try:
                rules = rulebook.load_rules(
                    *self._layers(path),
                    bundled=self.config.bundled,
                    instead={path.resolve(): out.encode()},
                )
                touched = [
                    rule for rule in rules if Path(rule.place.file).resolve() == path.resolve()
                ]
                touched = [rule for rule in touched if _holds(rule.options, wanted)]
                for problem in lint.faults(rules, touched):
                    if problem.wrong:
                        raise UsageError(str(problem))
            except CleanerError as error:
                raise UsageError(f"“{wanted.canonical}” cannot be accepted so: {error}") from None
            return out

        return change

    def accept(
        self, group: Group, wanted: Acceptance, rules: RuleSet, *, date: str
    ) -> tuple[Undo, ...]:
        """Write the rule, and take the group off the list. Forms of the group that were dropped are
        remembered as not being that name.

        Raises:
            UsageError: what would be written does not load, prove itself or pass lint; nothing is
            changed. RuleError, RefusedError: a file is wrong, or cannot be written; nothing is
            changed.
        """
        path = self.target(wanted, rules)
        own = {normal(form) for form in (*wanted.variants, wanted.canonical)}
        known = {
            one.pair: one
            for one in decisions.read_decisions(self.decisions)
            if one.pair[1] == normal(wanted.canonical)
        }
        verdicts = [
            one._replace(verdict="accept", date=date, reason="")
            for one in known.values()
            if one.verdict == "reject" and one.pair[0] in own
        ]
        dropped = [member.form for member in group.members if normal(member.form) not in own]
        verdicts += [Decision(form, wanted.canonical, "reject", date) for form in dropped]
        steps: list[Callable[[], Undo | None]] = [lambda: revise(path, self._proven(path, wanted))]
        if verdicts:
            steps.append(lambda: decisions.record(self.decisions, verdicts))
        return _together(
            [*steps, self._settling(group.id, {member.form for member in group.members})]
        )

    def reject(
        self, group: Group, *, date: str, forms: Collection[str] = (), reason: str = ""
    ) -> tuple[Undo, ...]:
        """Remember that forms of a group (none given: all) are not that name, and take them off the
        list.

        Raises:
            UsageError: the group has no such form.
            RuleError, RefusedError: a file is wrong, or cannot be written; nothing is changed.
        """
        all_ = [member.form for member in group.members]
        if strange := set(forms) - set(all_):
            raise UsageError(f"{group.id}: there is no form “{min(strange)}” in it")
        gone = [form for form in all_ if not forms or form in forms]
        verdicts = [Decision(form, group.canonical, "reject", date, reason) for form in gone]
        return _together(
            [
                lambda: decisions.record(self.decisions, verdicts),
                self._settling(group.id, set(gone)),
            ]
        )

    def _settling(self, id_: str, forms: set[str]) -> Callable[[], Undo | None]:
        def change(text: str) -> str:
            return (
                suggestions.settled(text, {id_: forms}, display_path(self.suggestions))
                if text.strip()
                else text
            )

        return lambda: revise(self.suggestions, change)


def _holds(options: object, wanted: Acceptance) -> bool:
    return isinstance(options, Entity) and set(wanted.variants) <= set(options.variants)


def _together(steps: Iterable[Callable[[], Undo | None]]) -> tuple[Undo, ...]:
    """All steps, or none of them."""
    done: list[Undo] = []
    try:
        for step in steps:
            done.extend(change for change in [step()] if change)
    except BaseException as error:
        try:
            undo(done)
        except RefusedError as worse:
            stays = f"{error}; and what was written before cannot be taken back: {worse.why}; run the command again"
            raise RefusedError(worse.path, stays) from None
        raise
    return tuple(done)
