"""The beginning of a page: totals, the files, the rules, and what to look up in the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from cleaner.engine.findings import Finding
from cleaner.reports.forms import About, Entry
from cleaner.reports.forms.html.elements import (
    Content,
    breakable,
    element,
    rendered,
    spoken,
)
from cleaner.reports.forms.html.files import (
    MOST_SHOWN,
    Section,
    in_context,
    place_in_words,
    rule_and_reason,
)
from cleaner.rules.model import Level
from cleaner.text.counting import count
from cleaner.text.visible import visible

_COLUMNS: dict[Level, str] = {"fix": "Fixes", "suggest": "Suggestions", "report": "To look up"}


class _File(NamedTuple):
    """A file in the index; `id` is that of its section, "" if it has none."""

    path: str
    id: str
    levels: Counter[Level]


class Overview:
    """Counts findings, and remembers what the beginning of a page says."""

    def __init__(self, about: About) -> None:
        self._about = about
        self._found: list[_File] = []  # files with findings
        self._clean: list[str] = []
        self._left_alone: list[tuple[str, str]] = []  # files and why nothing was done with them
        self._rules: Counter[tuple[Level, str]] = Counter()  # by level and label
        self._messages: dict[str, str] = {}  # by label
        self._lookups: list[str] = []  # lists of what is to be looked up, a file each

    def add(self, entry: Entry, section: Section | None = None) -> None:
        """Count a file; `section` is what is shown of it."""
        if entry.refused or entry.left_out:
            self._left_alone.append((entry.path, visible(entry.refused or entry.left_out)))
        elif not entry.findings:
            self._clean.append(entry.path)
        if not entry.findings:
            return
        levels = Counter(finding.level for finding in entry.findings)
        self._found.append(_File(entry.path, section.id if section else "", levels))
        for finding in entry.findings:
            self._rules[finding.level, finding.label] += 1
            if finding.label not in self._messages:
                self._messages[finding.label] = self._message(finding)
        if levels["report"]:
            self._lookups.append(rendered(_lookups(entry, section)))

    def _message(self, finding: Finding) -> str:
        rule = self._about.rules.get(finding.rules[0])
        return rule.options.message if rule else finding.message

    @property
    def has_findings(self) -> bool:
        """Whether anything was found."""
        return bool(self._found)

    @property
    def title(self) -> str:
        """The title of the page."""
        paths = [*(file.path for file in self._found), *self._clean]
        paths += (path for path, _ in self._left_alone)
        about = visible(paths[0]) if len(paths) == 1 else count(len(paths), "file")
        return f"Cleaning report: {about}"

    def header(self) -> Iterator[str]:
        """Yield the title, the totals, and how to read the page."""
        yield "<header>\n"
        yield rendered(element("h1", self.title))
        yield rendered(element("p", self._totals()))
        if self._found:
            yield rendered(element("p", *_HOW_TO_READ, class_="quiet"))
        yield "\n</header>\n"
        yield rendered(self._contents())
        yield "\n"

    def _totals(self) -> str:
        levels: Counter[Level] = Counter()
        for (level, _), number in self._rules.items():
            levels[level] += number
        if not levels:
            return "Nothing was found."
        parts = [
            count(levels["fix"], "fix"),
            count(levels["suggest"], "suggestion"),
            f"{count(levels['report'], 'place')} to look up in the source",
        ]
        return f"{', '.join(parts)}."

    def _contents(self) -> Element:
        titles = {"files": "Files"}
        if self._found:
            titles["rules"] = "Rules"
        if self._lookups:
            titles["look-up"] = "To look up in the source"
        links = [element("li", element("a", titles[id_], href=f"#{id_}")) for id_ in titles]
        return element("nav", element("ul", *links), aria_label="Contents")

    def sections(self) -> Iterator[str]:
        """Yield the sections about all files."""
        yield from _section("files", "Files", [rendered(one) for one in self._files()])
        if self._found:
            yield from _section("rules", "Rules", [rendered(self._table_of_rules())])
        if self._lookups:
            says = "Something was lost or is in doubt here. Only the source can tell what is right."
            content = [rendered(element("p", says)), *self._lookups]
            yield from _section("look-up", "To look up in the source", content)

    def _files(self) -> Iterator[Element]:
        if self._found:
            yield self._table_of_files()
        left_out = sum(not file.id for file in self._found)
        if left_out:
            what = "Their texts are" if left_out > 1 else "Its text is"
            yield element(
                "p",
                f"{count(left_out, 'file')} without a link: {what} left out, or this page would be"
                " too large. Make a report of fewer files to see more.",
            )
        if self._left_alone:
            yield element("h3", "Left alone")
            items = [element("li", *breakable(path), f": {why}") for path, why in self._left_alone]
            yield element("ul", *items)
        if self._clean:
            said = f"{count(len(self._clean), 'file')} in which nothing was found"
            items = [element("li", *breakable(path)) for path in self._clean]
            yield element("details", element("summary", said), element("ul", *items))

    def _table_of_files(self) -> Element:
        rows = []
        for file in self._found:
            name = list(breakable(file.path))
            if file.id:
                name = [element("a", *name, href=f"#{file.id}")]
            numbers = [_number(file.levels[level]) for level in _COLUMNS]
            rows.append(_row(name, *numbers))
        caption = "How many findings each file has"
        return _table(caption, [_title("File"), *map(_number_title, _COLUMNS.values())], rows)

    def _table_of_rules(self) -> Element:
        rows = []
        for (level, label), number in sorted(
            self._rules.items(), key=lambda item: (-item[1], item[0])
        ):
            about = element("span", *spoken(visible(self._messages[label])), class_="quiet")
            name = [*breakable(label), element("br"), about]
            rows.append(_row(name, element("td", level), _number(number)))
        titles = [_title("Rule"), _title("Level"), _number_title("Findings")]
        return _table("How many findings each rule has", titles, rows)


_HOW_TO_READ = (
    "What ",
    element("del", "goes"),
    " is struck through, what ",
    element("ins", "comes"),
    " is underlined: level fix. What is ",
    element("mark", "only suggested", class_="suggest"),
    " has a dashed line and stays: level suggest. What is ",
    element("mark", "in doubt", class_="report"),
    " has a dotted line, and has to be looked up in the source: level report.",
)


def _section(id_: str, title: str, content: Sequence[str]) -> Iterator[str]:
    yield f'<section id="{id_}">\n'
    yield rendered(element("h2", title))
    for part in content:
        yield f"\n{part}"
    yield "\n</section>\n"


def _lookups(entry: Entry, section: Section | None) -> Element:
    """Return what is to be looked up in the source because of a file."""
    items = []
    reports = [finding for finding in entry.findings if finding.level == "report"]
    for finding in reports[:MOST_SHOWN]:
        place = section.place(finding) if section else place_in_words(entry, finding)
        there = element("q", *in_context(entry.document, finding))
        items.append(element("li", place, ": ", there, " ", *rule_and_reason(finding)))
    if len(reports) > MOST_SHOWN:
        items.append(element("li", f"{len(reports) - MOST_SHOWN:,} more, left out here"))
    return element("div", element("h3", *breakable(entry.path)), element("ul", *items))


def _table(caption: str, titles: Sequence[Element], rows: Sequence[Element]) -> Element:
    head = element("thead", element("tr", *titles))
    return element("table", element("caption", caption), head, element("tbody", *rows))


def _row(name: Sequence[Content], *cells: Element) -> Element:
    return element("tr", element("th", *name, scope="row"), *cells)


def _title(title: str) -> Element:
    return element("th", title, scope="col")


def _number_title(title: str) -> Element:
    return element("th", title, scope="col", class_="number")


def _number(number: int) -> Element:
    return element("td", f"{number:,}", class_="number")
