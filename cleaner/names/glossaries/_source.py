"""The content of a list as its formats look at it: bytes, text, lines, or what JSON says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from cleaner.errors import Place, RuleError, UsageError
from cleaner.formats._xml import declared_encoding
from cleaner.text.edits import Lines

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"\xef\xbb\xbf": "utf-8"}
_UTF_32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")

# What may be before the root element: declarations, comments, a document type without a subset.
_ROOT = re.compile(
    r"""
    (?: \s++ | <\?.*?\?> | <!--.*?--> | <!DOCTYPE [^>\[]*+ (?: \[.*?\] )? \s* > )*+
    < (?: [\w.-]++: )? ( [\w.-]++ )
    """,
    re.DOTALL | re.VERBOSE,
)


class Line(NamedTuple):
    """A line that is not empty: its number, from 1, and its text without the line end."""

    number: int
    text: str


@dataclass(frozen=True)
class Source:
    """A list of names as it was read from a file.

    Attributes:
        data: the content.
        file: what errors call the file.
    """

    data: bytes
    file: str

    @cached_property
    def suffix(self) -> str:
        """The ending of the file's name, in small letters; it only helps to tell formats apart."""
        dot = self.file.rfind(".")
        return self.file[dot:].lower() if dot >= 0 else ""

    @cached_property
    def is_workbook(self) -> bool:
        """Whether the bytes begin as those of a spreadsheet program do."""
        return self.data.startswith((_ZIP, _OLD_EXCEL))

    @cached_property
    def is_binary(self) -> bool:
        """Whether the bytes are no text in any encoding that is read."""
        return b"\0" in self.data[:1000] and not self.data.startswith(tuple(_MARKS))

    @cached_property
    def text(self) -> str:
        """The text, without a byte order mark.

        Raises:
            RuleError: it is neither UTF-8, nor UTF-16 with a byte order mark, nor XML that declares
                its encoding.
        """
        if self.data.startswith(_UTF_32):
            raise RuleError(self.place(1), "this is UTF-32", "save the file as UTF-8")
        for mark, encoding in _MARKS.items():
            if self.data.startswith(mark):
                return self._decoded(self.data[len(mark) :], encoding)
        return self._decoded(self.data, declared_encoding(self.data) or "utf-8")

    def _decoded(self, data: bytes, encoding: str) -> str:
        try:
            return data.decode(encoding)
        except LookupError:
            what = f"there is no text encoding “{encoding}”"
            raise RuleError(self.place(1), what, "save the file as UTF-8") from None
        except UnicodeDecodeError as error:
            before = Lines(data[: error.start].decode(encoding)).place
            line, column = before(len(data[: error.start].decode(encoding)))
            name = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
            raise RuleError(
                Place(self.file, line, column),
                f"byte 0x{data[error.start]:02X} is not {name.get(encoding, encoding)}",
                "save the file as UTF-8",
            ) from None

    @cached_property
    def lines(self) -> list[Line]:
        """The lines that are not empty.

        A vertical tab is an invisible character of a name and a line separator is one of a
        paragraph, so they end no line.
        """
        found = enumerate(re.split(r"\r\n|\r|\n", self.text), 1)
        return [Line(number, text) for number, text in found if text.strip()]

    @cached_property
    def is_json(self) -> bool:
        """Whether the text begins as JSON does."""
        return self.text.lstrip()[:1] in ("[", "{")

    @cached_property
    def json(self) -> Any:
        """What the text says as JSON; a list if it has one value on each line (JSON Lines).

        Raises:
            RuleError: it is not JSON.
        """
        from cleaner.names.glossaries import _json

        return _json.parse(self.text, self.file)

    def place(self, line: int, column: int = 1) -> Place:
        """Return a place in the file."""
        return Place(self.file, line, column)

    def unknown(self, seen: str) -> UsageError:
        """Return the error that no format fits; `seen` says what the file holds."""
        from cleaner.names.glossaries import known_shapes

        return UsageError(f"{self.file}: {seen}; {known_shapes()}")

    @cached_property
    def root(self) -> str:
        """The local name of the root element, "" if this does not look like XML."""
        found = _ROOT.match(self.text)
        return found.group(1) if found else ""

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)
