"""The review that all open pages share.

Pages, and terminals beside them, decide at the same time. Every change goes through one lock here
and through the locked revision of the files (see `transaction`), so nobody loses anything. A page
that shows an older revision is told so if what it wants to change was changed meanwhile.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

from cleaner import formats
from cleaner.engine.findings import Result
from cleaner.errors import CleanerError, RefusedError
from cleaner.names.records import Places
from cleaner.names.suggestion import Group, Member, Place
from cleaner.project.corpus import Cleaned, clean_file
from cleaner.project.files import File
from cleaner.project.selection import Selection, read_file
from cleaner.reading import exists
from cleaner.review import lookups
from cleaner.review.desk import ProjectDesk
from cleaner.review.lookups import Lookup
from cleaner.review.project import Project
from cleaner.review.session import merging
from cleaner.review.session.answers import answered
from cleaner.review.session.effects import Answer, Deed, LookUp, Redo, Reject, Undo, carry_out
from cleaner.review.session.model import Review, Turn, begin
from cleaner.review.web import views
from cleaner.review.web.views import Plain, Report
from cleaner.rules.layers import display_path
from cleaner.text.document import Document
from cleaner.text.visible import visible

_LOOK_AGAIN = 0.5  # seconds between two looks at the files while a page waits


class BehindError(CleanerError):
    """The page wants to change what was changed since it asked for the state."""


class NotFoundError(CleanerError):
    """There is no such group, document, form, place or report."""


class RefusedActionError(CleanerError):
    """The review does not allow an action; nothing has changed."""


class Sitting:
    """A review with its files, its desk and the revision that pages compare.

    Attributes:
        project: the project.
        lock: whoever holds it is the only one to read or change the review.
    """

    def __init__(self, project: Project, names: Iterable[str] = (), *, reviewer: str = "") -> None:
        """Begin a review of what is pending.

        Args:
            project: the project.
            names: the documents to show, as seen from the project's folder, beside those in which
                suggestions were found.
            reviewer: what to call the reviewer.

        Raises:
            RuleError, RefusedError: a file of the project is wrong, or cannot be read.
        """
        self.project = project
        self.lock = threading.RLock()
        self._changed = threading.Condition(self.lock)
        self._stamp = self._files_stamp()
        groups = project.pending().groups
        self._review: Review = begin(groups)
        self._names = list(dict.fromkeys(names))
        self._kept = lookups.read_lookups(project.lookups)
        self._found: dict[str, Sequence[Lookup]] = {}  # by name: what a document reports
        self._desk = ProjectDesk(project, groups)
        self._reviewer = reviewer
        self._series = secrets.token_hex(4)  # tells the revisions of this server from others
        self._number = 0
        self._others = 0  # the revision in which the groups became other ones last
        self._latest = 0  # the revision in which anything was decided, changed or cleaned last
        self._touched: dict[str, int] = {}  # the revision that changed a group last
        self._views: dict[str, tuple[object, Plain]] = {}  # by id: its makings, the view
        self._trying = threading.Lock()
        self._tried: dict[Hashable, list[Plain]] = {}
        self._desk_for_trials: tuple[int, ProjectDesk] | None = None
        self._rules = 0  # how often rules were changed, by anybody
        self._cleaning = threading.Lock()  # cleaning takes long, so it must not hold `lock`
        self._selection: Selection | None = None
        self._finder: tuple[object, views.Finder] | None = None
        self._results: dict[str, tuple[str, Result | None]] = {}  # by name: the source, its result
        self._add_names(groups)

    def _add_names(self, groups: Iterable[Group]) -> None:
        known = set(self._names)
        for group in groups:
            for place in group.places:
                if place.file not in known:
                    known.add(place.file)
                    self._names.append(place.file)

    def has_something(self) -> bool:
        """Return whether there is a name to decide, a report to look up, or a text to clean."""
        if self._review.groups or self._kept:
            return True
        return any(self._has_findings(name) for name in self._names)

    def _has_findings(self, name: str) -> bool:
        """Return whether the rules find anything in a document."""
        path = self.path(name)
        try:
            file = read_file(self.project.config, path, [path])
        except RefusedError:
            return False
        with self._cleaning:
            cleaned = self._cleaned(name, file)
        return bool(cleaned and cleaned.findings)

    # -- what is known

    @property
    def revision(self) -> str:
        """The revision of the review; it changes with everything that a page shows."""
        return f"{self._series}-{self._number}"

    @property
    def names(self) -> Sequence[str]:
        """The names of the documents."""
        return self._names

    @property
    def review(self) -> Review:
        """The review as it is now."""
        return self._review

    def state(self, since: str = "") -> Plain:
        """Return the review as the page is told it.

        If the page shows a revision of this server, only the groups that were changed since are
        sent, and `brief` is true.
        """
        with self.lock:
            self.refresh()
            whole = self._whole_state()
            series, _, number = since.rpartition("-")
            if series != self._series or int(number) < self._others:
                return whole
            changed = {id_ for id_, when in self._touched.items() if when > int(number)}
            groups = [group for group in whole["groups"] if group["id"] in changed]
            return {**whole, "groups": groups, "brief": True}

    def _whole_state(self) -> Plain:
        with self.lock:
            ids = {name: id_ for id_, name in enumerate(self._names)}

            def view(review: Review, group: Group) -> Plain:
                key = (group, review.state(group.id), review.proposals.get(group.id), len(ids))
                known = self._views.get(group.id)
                if known is None or known[0] != key:
                    known = (key, views.group(review, group, ids))
                    self._views[group.id] = known
                return known[1]

            sheet = views.Sheet(self._names, self._reports())
            return {
                "revision": self.revision,
                "project": visible(str(self.project.folder)),
                "rules_file": visible(display_path(self.project.accept_to)),
                "reviewer": visible(self._reviewer),
                "goldens": exists(self.project.folder / "golden"),
                **views.state(self._review, sheet, view),
            }

    def group(self, id_: str) -> Group:
        """Return the group of an id.

        Raises:
            NotFoundError: there is none.
        """
        for group in self._review.groups:
            if group.id == id_:
                return group
        raise NotFoundError("there is no such name any more")

    def member(self, group: Group, number: int) -> Member:
        """Return a form of a group by its number.

        Raises:
            NotFoundError: there is none.
        """
        members = self._review.as_named(group).members
        if not 0 <= number < len(members):
            raise NotFoundError("there is no such form any more")
        return members[number]

    def report(self, id_: str) -> Report:
        """Return the report of an id.

        Raises:
            NotFoundError: there is none.
        """
        for report in self._reports():
            if report.id == id_:
                return report
        raise NotFoundError("there is no such report any more")

    def file(self, id_: int) -> tuple[str, File]:
        """Return the name of a document and its file as it is on the disk now.

        Raises:
            NotFoundError: there is no such document.
            RefusedError: it cannot be read.
        """
        if not 0 <= id_ < len(self._names):
            raise NotFoundError("there is no such document any more")
        path = self.path(self._names[id_])
        return self._names[id_], read_file(self.project.config, path, [path])

    def path(self, name: str) -> Path:
        """Return where a document is."""
        return self.project.folder / name

    def document(self, id_: int, first: int = 0) -> Plain:
        """Return a document, or a part of it that begins with the block number `first`.

        Raises:
            NotFoundError: there is no such document.
            RefusedError: it cannot be read.
        """
        name, file = self.file(id_)
        read = file.document
        with self._cleaning:
            cleaned = self._cleaned(name, file)
            review, reports = self._review, self._reports()  # without waiting for a decision
            finder = self._finder_of(review)
        blocks = views.document(review, finder, name, read, cleaned)
        sent, following = views.page_of(blocks, first)
        shown: Plain = {
            "id": id_,
            "name": visible(name),
            "format": formats.suffix_of(name).removeprefix("."),
            "to_look_up": [one.id for one in reports if one.lookup.file == visible(name)],
            "blocks": sent,
            "members": views.members(read),
        }
        return shown if following is None else {**shown, "more": following}

    def prepare(self) -> None:
        """Clean all documents, one by one, to know what they report."""
        for name in list(self._names):
            path = self.path(name)
            with suppress(CleanerError, OSError):
                file = read_file(self.project.config, path, [path])
                with self._cleaning:
                    self._cleaned(name, file)
        with self.lock:
            if any(self._found.values()):
                self._note(())

    def _reports(self) -> list[Report]:
        """Return what is to be looked up: what is on the list, and what the texts report now.

        A text may have been changed since something was ticked off, so the words count, not the
        place.
        """
        left = [one for name in self._names for one in self._found.get(name, ())]
        at = {one.key: one for one in left}
        for entry in self._kept:
            same = at.get(entry.key)
            if same is None:
                words = entry._replace(place="").key
                same = next((one for one in left if one._replace(place="").key == words), None)
            if same in left:
                left.remove(same)
        every = [*self._kept, *left]
        return [Report(one, done=bool(one.done)) for one in every]

    def _finder_of(self, review: Review) -> views.Finder:
        """Return a finder of the forms of a review; the last one if the forms are the same."""
        names = {id_: choices.canonical for id_, choices in review.choices.items()}
        key = (review.groups, names)
        if self._finder is None or self._finder[0] != key:
            self._finder = (key, views.Finder(review))
        return self._finder[1]

    def _cleaned(self, name: str, file: File) -> Result | None:
        """Return what the rules that held at the beginning find in a file; None if it is refused.

        What was accepted since is shown by the review itself, so these rules need not be read
        again after each decision.
        """
        known = self._results.get(name)
        if known is None or known[0] != file.source:
            known = (file.source, self._clean(file))
            self._results[name] = known
            self._found[name] = views.to_look_up(name, known[1]) if known[1] else ()
        return known[1]

    def _clean(self, file: File) -> Result | None:
        try:
            if self._selection is None:
                self._selection = Selection(self.project.config)
            selection = self._selection
            cleaned: Cleaned = clean_file(selection.cleaner, file, selection.local(file.path))
        except CleanerError:
            return None
        return cleaned.result

    # -- what is tried

    def trial(self, id_: str) -> list[Plain]:
        """Return the remarks about what the rule for a group would do, the bad ones first.

        Raises:
            NotFoundError: there is no such group.
        """
        with self.lock:
            group = self.group(id_)
            choices = self._review.chosen(group)
            key = (group.id, choices, self._rules)
        with self._trying:
            if key not in self._tried:
                if not choices.canonical:
                    return []
                desk = self._trial_desk()
                tried = sorted(desk.trial(group, choices), key=lambda one: one.tone != "bad")
                self._tried[key] = [{"tone": one.tone, "text": visible(one.text)} for one in tried]
            return self._tried[key]

    def diff(self, id_: str) -> list[str]:
        """Return what the rule for a group would change in texts that have goldens."""
        with self.lock:
            group = self.group(id_)
            choices = self._review.chosen(group)
        with self._trying:
            lines = self._trial_desk().diff(group, choices) if choices.canonical else ()
        return [visible(line) for line in lines]

    # -- what is changed

    def act(
        self,
        revision: str,
        action: Callable[[Review], Turn[Review]],
        touches: Collection[str],
        *,
        alone: bool = False,
    ) -> None:
        """Let the reviewer do something, and carry it out.

        Args:
            revision: the revision that the page shows.
            action: what to do with the review.
            touches: the ids of the groups that it changes.
            alone: whether it makes sense only if the page is not behind at all.

        Raises:
            BehindError: one of these groups was changed since.
            RefusedActionError: the review does not allow it.
            CleanerError, OSError: it could not be carried out.
            After any of these errors nothing has changed.
        """
        with self.lock:
            self.refresh()
            if self.is_behind(revision, None if alone else touches):
                raise BehindError("this was changed meanwhile; look at it again")
            before = self._review.next_turn()
            turn = action(before)
            if turn.review.message.bad and not turn.deeds:
                raise RefusedActionError(turn.review.message.text)
            self._review = self._carried_out(turn)
            self._rules += not all(isinstance(deed, Reject | LookUp) for deed in turn.deeds)
            self._stamp = self._own_stamp(turn)
            self._read_reports()
            self._note(self._differing(before))
            self._latest = self._number

    def _own_stamp(self, turn: Turn[Review]) -> Hashable:
        """Return the stamp of the files after a turn; None if somebody else may have decided too.

        Then the files are read again before anything else is done.
        """
        stamp = self._files_stamp()
        return stamp if len(turn.deeds) < 2 and self._desk.is_undisturbed() else None

    def is_behind(self, revision: str, touches: Collection[str] | None = None) -> bool:
        """Return whether somebody changed these groups after a revision; without them, anything.

        What the documents report is found in the background, and changes no decision.
        """
        series, _, number = revision.rpartition("-")
        if series != self._series or not number.isdecimal():
            return True
        if touches is None:
            return self._latest > int(number)
        return any(self._touched.get(id_, 0) > int(number) for id_ in touches)

    def _carried_out(self, turn: Turn[Review]) -> Review:
        """Carry out the deeds of a turn; return the review after them.

        If there is only one, its error is that of the turn. Of several, each error becomes a
        message; a refused undo stops the rest, since they can only be taken back in order.
        """
        review = turn.review
        for deed in turn.deeds:
            answer = self._answer(deed, raises=len(turn.deeds) == 1)
            review = answered(review, deed, answer)
            if answer.refused and isinstance(deed, Undo | Redo):
                break
        left = len(turn.deeds) - _carried(turn.review, review)
        if left and len(turn.deeds) > 1 and not isinstance(turn.deeds[0], Undo | Redo):
            done = len(turn.deeds) - left
            why = review.message.text
            text = f"{done} decided, {left} left for you to decide: {why}"
            review = replace(review, message=review.message._replace(text=text))
        return review

    def _answer(self, deed: Deed, *, raises: bool) -> Answer:
        try:
            return carry_out(deed, self._desk)
        except (CleanerError, OSError) as error:
            if raises:
                raise
            return Answer(str(error), refused=True)

    def _differing(self, before: Review) -> set[str]:
        """Return the ids of the groups whose state is another one than before."""
        ids = {group.id for group in (*before.groups, *self._review.groups)}
        return {id_ for id_ in ids if before.state(id_) != self._review.state(id_)}

    def _note(self, changed: Iterable[str]) -> None:
        """Begin a new revision in which these groups were changed; wake the pages that wait."""
        self._number += 1
        self._touched.update(dict.fromkeys(changed, self._number))
        self._changed.notify_all()

    # -- what others change

    def refresh(self) -> bool:
        """Read the files again if somebody else changed them; return whether that was so."""
        with self.lock:
            stamp = self._files_stamp()
            if stamp == self._stamp:
                return False
            before = self._review
            try:
                self._merge()
            except CleanerError as error:  # somebody is editing the file by hand
                self._review = self._review.with_message(str(error), bad=True)
            self._stamp = stamp
            self._read_reports()
            self._desk.forget_rules()
            self._selection = None
            self._results.clear()
            self._rules += 1
            self._desk_for_trials = None
            self._note(self._differing(before))
            self._others = self._latest = self._number
            return True

    def _merge(self) -> None:
        groups = self.project.pending().groups
        missing = [one for one in self._review.groups if one not in groups]
        fates = {group.id: self.project.fate(group) for group in missing}
        self._review = merging.merged(self._review, groups, fates)
        self._add_names(groups)

    def _read_reports(self) -> None:
        """Read the list of what is to be looked up; while it is wrong, the last one holds."""
        with suppress(CleanerError):
            self._kept = lookups.read_lookups(self.project.lookups)

    def _files_stamp(self) -> Hashable:
        """Return what changes whenever one of the files of a review is written."""
        project = self.project
        paths = [project.suggestions, project.decisions, project.lookups, project.accept_to]
        return tuple(_stamp(path) for path in paths)

    def wait_for_change(self, revision: str, seconds: float) -> str:
        """Wait until the revision is another one, at most so long; return the one that holds."""
        end = monotonic() + seconds
        with self._changed:
            while revision == self.revision and monotonic() < end:
                self.refresh()
                if revision == self.revision:
                    self._changed.wait(min(_LOOK_AGAIN, max(end - monotonic(), 0)))
            return self.revision

    def files_changed(self) -> None:
        """Begin a new revision after documents were written."""
        with self.lock:
            self._results.clear()
            self._stamp = self._files_stamp()
            self._read_reports()
            self._desk.forget_texts()
            self._desk_for_trials = None
            self._note(())
            self._latest = self._number
        threading.Thread(target=self.prepare, daemon=True).start()

    def place_in(self, id_: int, line: int, column: int, member: Member) -> Place:
        """Return the place of a form in a document.

        Raises:
            NotFoundError: the form is not there.
            RefusedError: the document cannot be read.
        """
        name, file = self.file(id_)
        return _place(name, file.document, line, column, member)

    def _trial_desk(self) -> ProjectDesk:
        """Return a desk for trials, which take so long that they must not hold the lock."""
        known = self._desk_for_trials
        if known and known[0] == self._rules:
            return known[1]
        desk = known[1] if known else ProjectDesk(self.project, self._review.groups)
        desk.forget_rules()
        self._desk_for_trials = (self._rules, desk)
        self._tried.clear()
        return desk


def _carried(before: Review, after: Review) -> int:
    """Return how many deeds were carried out between two reviews of one turn."""
    return sum(step.carried_out for step in after.history) - sum(
        step.carried_out for step in before.history
    )


def _stamp(path: Path) -> Hashable:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _place(name: str, document: Document, line: int, column: int, member: Member) -> Place:
    places = Places(name, document)
    finder: Any = views.spans_of(document.text, member.form)
    for span in finder:
        place = places.of(span)
        if (place.line, place.column) == (line, column):
            return place
    raise NotFoundError("the form is not there any more")
