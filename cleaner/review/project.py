"""A project under review: where its suggestions, decisions and accepted rules are kept.

Accepting a suggestion changes up to three files. Each decision is a plan for all of them, which is
carried out as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from cleaner import rulebook
from cleaner.engine.index import Index
from cleaner.errors import CleanerError, RefusedError, UsageError, closest
from cleaner.formats import for_suffix
from cleaner.names.suggestion import Group
from cleaner.project import files, tomlfile
from cleaner.project.config import Config
from cleaner.project.revision import Undo, revise
from cleaner.project.selection import acts, check_paths, read_file
from cleaner.reading import exists, is_file, real_path
from cleaner.reports.diff import unified
from cleaner.review import decisions, lookups, proof, suggestions
from cleaner.review.accept import Acceptance, Terms, can_join
from cleaner.review.entries import read_bytes
from cleaner.review.pending import merged
from cleaner.review.plan import (
    Plan,
    PlannedFile,
    Records,
    plan_acceptance,
    plan_rejection,
)
from cleaner.review.suggestions import RuleChoice
from cleaner.review.transaction import carry_out, read_stored
from cleaner.review.transfer import transferred
from cleaner.review.trial import Texts, Trials
from cleaner.rulebook import Proven, lint
from cleaner.rules.layers import display_path
from cleaner.rules.loader import Memo
from cleaner.rules.model import Entity, RuleSet
from cleaner.text.folding import normal

_TYPO = 0.85  # how like two ids are that differ in a slip: zhang-yng and zhang-yong .95
ACCEPT_TO = Path("rules/names/accepted.yaml")  # where accepted rules go unless configured


class Pending(NamedTuple):
    """The suggestions that nobody has decided, and how many forms are left out as rejected."""

    groups: tuple[Group, ...]
    held_back: int

    def group(self, id_: str) -> Group:
        """Return the group of an id.

        Raises:
            UsageError: there is none.
        """
        for group in self.groups:
            if group.id == id_:
                return group
        close = closest(id_, (group.id for group in self.groups), cutoff=_TYPO)
        hint = f"did you mean `{close}`?" if close else "`cleaner pending` lists them"
        raise UsageError(f"no pending suggestion has the id {id_}; {hint}")


class Project:
    """The files of a project. Nothing is read before it is needed.

    Attributes:
        config: the settings of the project.
        folder: the folder of the configuration; review writes only inside it.
        suggestions: the file of suggestions.
        decisions: the file of decisions.
        lookups: the file of what has to be looked up in the source.
        accept_to: the rules file that new rules go to.
        lowest: the number of the first layer of rules that is the project's own.
    """

    def __init__(self, config: Config) -> None:
        """Find the files of a project.

        Raises:
            RefusedError: one of them would be outside of the folder of the configuration.
        """
        self.config = config
        self.folder = config.file.folder if config.file else tomlfile.home(Path.cwd().resolve())
        self.suggestions = self._inside(self.folder / suggestions.PATH)
        self.decisions = self._inside(self.folder / decisions.PATH)
        self.lookups = self._inside(self.folder / lookups.PATH)
        self.accept_to = self._inside(config.accept_to or self.folder / ACCEPT_TO)
        self._read_rules: Memo = {}
        self._proven: Proven = {}
        self._compiled: tuple[RuleSet, Index] | None = None  # what was compiled last
        self.lowest = int(config.bundled)  # the bundled rules, if they are used, are layer 0

    def _inside(self, path: Path) -> Path:
        try:
            if real_path(path).is_relative_to(real_path(self.folder)):
                return path
        except (OSError, RuntimeError):  # a loop of links
            pass
        what = f"this is outside of {display_path(self.folder)}"
        raise RefusedError(path, f"{what}; review writes only inside of that folder")

    # -- what there is

    def pending(self) -> Pending:
        """Read the suggestions that nobody has decided.

        Raises:
            RuleError: one of the files is wrong.
            RefusedError: one of them cannot be read.
        """
        found = suggestions.read_suggestions(self.suggestions)
        made = decisions.read_decisions(self.decisions)
        return Pending(*decisions.without_rejected(found, made))

    def rules(self) -> RuleSet:
        """Load all rules as they were written, and prove them.

        The levels and the house style of the configuration are not applied.

        Raises:
            RuleError: a rules file is wrong.
            ConfigError: one that the configuration names does not exist.
        """
        check_paths(self.config, later=self.accept_to)
        return rulebook.load_rules(
            *self._all_layers(),
            bundled=self.config.bundled,
            memo=self._read_rules,
            proven=self._proven,
        )

    def index(self, rules: RuleSet) -> Index:
        """Return the index of some rules; if they are those of before and some names more, soon."""
        known = self._compiled
        if known is None or known[0] is not rules:
            known = (rules, Index.of(rules, known[1] if known else None))
            self._compiled = known
        return known[1]

    def _all_layers(self) -> list[Path]:
        """Return the files and folders that rules are read from, with those of accepted rules."""
        more = [self.accept_to] if exists(self.accept_to) else []
        return self._layers(*more)

    def _layers(self, *more: Path) -> list[Path]:
        """Return the files and folders that rules are read from, and `more` if they are not
        inside.

        A configured folder may be missing if it is only created when the first rule is accepted.
        """
        layers = [
            path
            for path in self.config.rules
            if exists(path) or not self.accept_to.is_relative_to(path)
        ]
        resolved = [real_path(path) for path in layers]
        return [*layers, *(path for path in more if not _is_below(path, resolved))]

    def unused(self) -> str:
        """Return a warning if the configuration does not read accepted rules, otherwise ""."""
        if _is_below(self.accept_to, [real_path(path) for path in self.config.rules]):
            return ""
        name = files.seen_from(self.accept_to, self.folder)
        config = self.config.file.path.name if self.config.file else "cleaner.toml"
        remedy = f'write rules = ["{name}"] into {config} (`cleaner init` does)'
        return f"{display_path(self.accept_to)} is not read yet: {remedy}"

    def texts(
        self, groups: Iterable[Group], seeds: Path | None = None, golden: Path | None = None
    ) -> Texts:
        """Read the seeds, the goldens, the clean pages, and the files that groups were found in.

        A file that cannot be read is named in `unreadable`; the others are read all the same.
        """
        seeds = seeds or self.folder / "seeds"
        golden = golden or self.folder / "golden"
        unreadable: list[str] = []
        pages: dict[str, Path] = {}
        for path in sorted(seeds.rglob("*")):
            if files.has_reader(path):
                pages[path.relative_to(seeds).as_posix()] = path
        clean = {name: path for name, path in pages.items() if name.startswith("clean/")}
        raw = {name: path for name, path in pages.items() if name not in clean}
        wanted = {name: golden / name for name in raw if is_file(golden / name)}
        found: dict[str, Path] = {}
        for group in groups:
            for place in group.places:
                found[place.file] = self.folder / place.file
        return Texts(
            self._read(raw, unreadable),
            self._read(wanted, unreadable),
            self._read(clean, unreadable),
            self._read(found, unreadable, by_name=True),
            tuple(unreadable),
        )

    def _read(
        self, paths: Mapping[str, Path], unreadable: list[str], *, by_name: bool = False
    ) -> dict[str, files.File]:
        """Read files. One that cannot be read is added to `unreadable`, with the reason.

        It is called by its name if `by_name` is true, otherwise by its path.
        """
        found: dict[str, files.File] = {}
        for name, path in paths.items():
            try:
                found[name] = self._read_file(path)
            except RefusedError as error:
                unreadable.append(f"{name if by_name else display_path(path)}: {error.why}")
        return found

    def _read_file(self, path: Path) -> files.File:
        """Read a file; as plain text if no format reads it, because `suggest` was told to."""
        try:
            return read_file(self.config, path)
        except RefusedError:
            if for_suffix(path.name):
                raise
            return files.read(path, self.config.encoding)

    def trials(self, rules: RuleSet, texts: Texts) -> Trials:
        """Prepare trials of suggestions against these rules and texts."""
        index = self.index(rules)
        return Trials(rules, texts, lowest=self.lowest, acts=self._acts(), index=index)

    def _acts(self) -> Callable[[str], bool]:
        """Return which rules act in a trial, by their ids: no others than the search used."""
        used = self.search()
        search = Config(select=used.select, ignore=used.ignore)
        return lambda rule: acts(self.config, rule) and acts(search, rule)

    def search(self) -> RuleChoice:
        """Return which rules the search used that found what is pending.

        Raises:
            RuleError, RefusedError: the file of suggestions is wrong, or cannot be read.
        """
        return suggestions.read_search(self.suggestions)

    def keep(
        self,
        groups: Sequence[Group],
        searched: Collection[str],
        used: RuleChoice = suggestions.ALL_RULES,
    ) -> Undo | None:
        """Merge the groups that a search found into the suggestions; return what was done.

        What somebody accepted or rejected while the search ran is left out.

        Args:
            groups: what was found.
            searched: the names of the files that were read, relative to the folder.
            used: which rules the search used.

        Raises:
            RuleError: the file of suggestions is wrong.
            RefusedError: it cannot be written; it is then unchanged.
        """

        def merge(text: str) -> str:
            file = display_path(self.suggestions)
            old = suggestions.parse(text.encode(), file) if text else suggestions.Kept()
            new = self._undecided(groups)
            if not new and not old.groups:
                return text
            together = merged(old.groups, new, searched=searched)
            of_others = any(group not in new for group in together)
            search = used.joined(old.search) if of_others else used
            return suggestions.render(together, search)

        if not groups and not exists(self.suggestions):
            return None
        return revise(self.suggestions, merge)

    def _undecided(self, groups: Iterable[Group]) -> list[Group]:
        """Return groups without the forms that a rule knows by now, or that were rejected.

        The caller holds the lock of the suggestions, under which everybody decides.
        """
        known = self._known_forms()
        made = decisions.read_decisions(self.decisions)
        left: list[Group] = []
        for group in groups:
            members = tuple(one for one in group.members if normal(one.form) not in known)
            if members:
                left.append(group._replace(members=members))
        return list(decisions.without_rejected(left, made)[0])

    def _known_forms(self) -> set[str]:
        """Return the forms that rules act on because a person listed them, folded."""
        forms: set[str] = set()
        index = rulebook.load_index(*self._all_layers(), bundled=self.config.bundled)
        for rule in index.rules.values():
            if rule.made_from or not acts(self.config, rule.id):
                continue
            if isinstance(rule.options, Entity):
                forms.update(map(normal, rule.options.variants))
        return forms

    # -- what is decided

    def fate(self, group: Group) -> Literal["accepted", "rejected"] | None:
        """Return what became of a group that is not pending any more; None if nobody knows.

        Raises:
            RuleError: the rules or the decisions are wrong.
            RefusedError: they cannot be read.
        """
        forms = {normal(member.form) for member in group.members}
        if forms & self._known_forms():
            return "accepted"
        rejected = decisions.rejected_pairs(decisions.read_decisions(self.decisions))
        for member in group.members:
            if decisions.is_rejected(rejected, member.form, group.canonical):
                return "rejected"
        return None

    def prepare(
        self,
        group: Group,
        rules: RuleSet,
        terms: Terms,
        *,
        date: str,
        others: Iterable[Group] = (),
    ) -> Acceptance:
        """Return what accepting a group would make; see `proof.prepare`.

        `others` are suggestions whose forms the examples should not contain.
        """
        own = {member.form for member in group.members}
        forms = {member.form for other in others for member in other.members} - own
        return proof.prepare(
            group,
            rules,
            terms,
            date=date,
            lowest=self.lowest,
            acts=self._acts(),
            others=forms,
            index=self.index(rules),
        )

    def target(self, acceptance: Acceptance, rules: RuleSet) -> Path:
        """Return the rules file that an acceptance goes to.

        It is the file of the project's rule that can get the forms, otherwise `accept_to`.
        """
        for rule in rules:
            if rule.layer >= self.lowest and can_join(rule, acceptance):
                path = Path(rule.place.file)
                if is_file(path) and _is_below(path, [real_path(self.folder)]):
                    return path
        return self.accept_to

    def preview(
        self, group: Group, acceptance: Acceptance, rules: RuleSet, *, date: str
    ) -> Iterator[str]:
        """Yield what accepting would change, as the lines of a diff. Nothing is written.

        Raises:
            UsageError: the rules would not load, prove themselves or pass lint.
            RuleError: one of the files is wrong.
            RefusedError: one of them cannot be read.
        """
        for file in self._acceptance_plan(group, acceptance, rules, date).changes:
            before, after = (
                files.decode(data or b"", file.path).source for data in (file.before, file.after)
            )
            yield from unified(display_path(file.path), before, after)

    def accept(
        self, group: Group, acceptance: Acceptance, rules: RuleSet, *, date: str
    ) -> tuple[Undo, ...]:
        """Write the rule, record the dropped forms as rejected, and remove the suggestion.

        Returns:
            What undoes the changes. It names the rules file only if the rule was not there
            already.

        Raises:
            UsageError: the rules would not load, prove themselves or pass lint.
            RuleError: one of the files is wrong.
            RefusedError: one of them cannot be written.
            After any of these errors, all files are unchanged.
        """
        return carry_out(lambda: self._acceptance_plan(group, acceptance, rules, date))

    def _acceptance_plan(
        self, group: Group, acceptance: Acceptance, rules: RuleSet, date: str
    ) -> Plan:
        """Make the plan of an acceptance from the files as they are now, and prove it."""
        target = read_stored(self.target(acceptance, rules))
        plan = plan_acceptance(target, self._records(), group, acceptance, date=date)
        for file in plan.changes:
            if file.path == target.path:
                self._prove(file, acceptance, rules)
        return plan

    def _records(self) -> Records:
        return Records(read_stored(self.decisions), read_stored(self.suggestions))

    def _prove(self, planned: PlannedFile, acceptance: Acceptance, rules: RuleSet) -> None:
        """Load, prove and lint all rules as they would be with a planned rules file.

        `rules` are those that hold now.

        Raises:
            UsageError: they do not load, an example does not pass, or lint finds a fault in the
                rule.
        """
        resolved = real_path(planned.path)
        try:
            together = self._load_with(planned)
            like = self.index(rules)
            forms_in = [rule for rule in together if _has_forms(rule.options, acceptance)]
            changed = [rule for rule in forms_in if real_path(Path(rule.place.file)) == resolved]
            for problem in lint.faults(together, changed, lowest=self.lowest, like=like):
                if problem.wrong:
                    raise UsageError(str(problem))
        except CleanerError as error:
            what = f"“{acceptance.canonical}” cannot be accepted: {error}"
            raise UsageError(what) from None

    def reject(
        self, group: Group, *, date: str, forms: Collection[str] = (), reason: str = ""
    ) -> tuple[Undo, ...]:
        """Record that forms of a group are not its name, and remove them from the suggestions.

        If no forms are given, all forms of the group are rejected.

        Returns:
            What undoes the changes.

        Raises:
            UsageError: the group has no such form.
            RuleError: one of the files is wrong.
            RefusedError: one of them cannot be written.
            After any of these errors, all files are unchanged.
        """
        proof.check_forms(group, forms)
        every = [member.form for member in group.members]
        rejected = [form for form in every if form in forms] if forms else every
        return carry_out(
            lambda: plan_rejection(self._records(), group, rejected, date=date, reason=reason)
        )

    # -- what is taken back

    def take_back(self, changes: Sequence[Undo]) -> tuple[Undo, ...]:
        """Take some changes back: all of them, or none.

        A file that nobody changed since gets its old bytes. In others, only what the changes added,
        removed or changed is as it was before; see `transfer`.

        Returns:
            What undoes this.

        Raises:
            UsageError: somebody else changed the same entries, or the rules would not load.
            RuleError, RefusedError: see `accept`.
            After any of these errors, all files are unchanged.
        """
        return self._replay(
            [PlannedFile(one.path, one.after, one.before) for one in reversed(changes)]
        )

    def do_again(self, changes: Sequence[Undo]) -> tuple[Undo, ...]:
        """Make changes again that were taken back; see `take_back`."""
        return self._replay([PlannedFile(one.path, one.before, one.after) for one in changes])

    def _replay(self, changes: Sequence[PlannedFile]) -> tuple[Undo, ...]:
        return carry_out(lambda: Plan(tuple(map(self._replayed, changes))))

    def _replayed(self, change: PlannedFile) -> PlannedFile:
        """Return a change as it is to be made in the file as it is now."""
        path, source, target = change
        if read_bytes(path) == source:
            return change
        stored = read_stored(path)
        keys = {self.suggestions: "groups", self.decisions: "decisions", self.lookups: "lookups"}
        key = keys.get(path, "rules")
        before, after = (files.decode(data or b"", path).source for data in (source, target))
        text = transferred(stored.text, before, after, key, display_path(path))
        planned = stored.planned(text)
        if key == "rules" and planned.after not in (None, planned.before):
            self._load_with(planned)
        return planned

    def _load_with(self, planned: PlannedFile) -> RuleSet:
        """Load and prove all rules as they would be with a planned rules file."""
        return rulebook.load_rules(
            *self._layers(planned.path),
            bundled=self.config.bundled,
            instead={real_path(planned.path): planned.after or b""},
            memo=self._read_rules,
            proven=self._proven,
        )


def _is_below(path: Path, folders: Iterable[Path]) -> bool:
    """Return whether a path is one of these resolved folders or files, or inside one of them."""
    resolved = real_path(path)
    return any(resolved.is_relative_to(folder) for folder in folders)


def _has_forms(options: object, acceptance: Acceptance) -> bool:
    return isinstance(options, Entity) and set(acceptance.variants) <= set(options.variants)
