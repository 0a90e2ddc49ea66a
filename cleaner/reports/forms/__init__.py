"""The forms of `cleaner check --format`, one file per form.

There is no list of forms: the folder is the list. `Form` says what a module has to offer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import NamedTuple, Protocol

from cleaner.engine.findings import Finding
from cleaner.formats import plain
from cleaner.rules.model import Rule
from cleaner.text.document import Document
from cleaner.text.edits import Edit

NO_DOCUMENT = plain.read("")


class Entry(NamedTuple):
    """A file with what was found in it, or the reason why it was left alone.

    Attributes:
        path: with forward slashes. Bytes of a file name that are not UTF-8 are lone surrogates, as
            Python reads them.
        document: the input.
        findings: what was found in it, in the order of the text.
        edits: what `cleaner fix` makes of it, as far as it belongs to these findings.
        bom: whether a byte order mark is before the text.
        refused: why the file was left alone; "" if it was not.
        left_out: why none of it is text; "" if it is.
    """

    path: str
    document: Document = NO_DOCUMENT
    findings: Sequence[Finding] = ()
    edits: Sequence[Edit] = ()
    bom: bool = False
    refused: str = ""
    left_out: str = ""

    @property
    def path_in_utf8(self) -> str:
        """The path for programs that read no lone surrogates; U+FFFD stands for such a byte."""
        return self.path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def no_colour(text: str, role: str) -> str:  # noqa: ARG001
    """Return a text as it is."""
    return text


class About(NamedTuple):
    """What a form may want to know besides the findings.

    Attributes:
        rules: at least the rules that have findings, by id.
        version: the version of cleaner.
        paint: gives a text the colour of its role; a role is the level of a finding.
        columns: how wide the screen is.
    """

    rules: Mapping[str, Rule]
    version: str
    paint: Callable[[str, str], str] = no_colour
    columns: int = 80


class Render(Protocol):
    """Write a report.

    It yields the report in pieces, so that no form has to keep more than its format asks for at
    the end. The pieces carry their own line ends.
    """

    def __call__(self, entries: Iterable[Entry], about: About) -> Iterator[str]: ...


class Form(NamedTuple):
    """A form of report. Its fields are what its module offers; the second may be left out.

    Attributes:
        render: see `Render`.
        RELATIVE: whether paths must be relative to the working folder, because whatever reads the
            report looks for the files in a repository. By default they are as the user wrote them.
    """

    render: Render
    RELATIVE: bool = False


def names() -> list[str]:
    """Return the names of all forms; `text`, which people read, comes first."""
    from pkgutil import iter_modules

    found = sorted(module.name for module in iter_modules(__path__))
    return sorted(found, key=lambda name: name != "text")


def form(name: str) -> Form:
    """Return the form of that name. Only this one is imported."""
    module = import_module(f"{__name__}.{name}")
    offered = {field: getattr(module, field) for field in Form._fields if hasattr(module, field)}
    return Form(**offered)
