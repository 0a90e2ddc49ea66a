"""Translations in the format of gettext (.po).

Text are the translations (msgstr, with all plurals) of a file in English. The source texts (msgid),
comments, contexts, flags, obsolete entries and the header are no text. A text over several quoted
lines is one text, and its lines are never wrapped anew.

https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cleaner.formats import InFolders, MalformedError
from cleaner.formats._messages import Message, is_english_tag, label, marks_in
from cleaner.text.builder import Builder
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.language import is_english
from cleaner.text.passage import OBJECT, as_it_is
from cleaner.text.sourcemap import Spell, UnwritableError

NAME = "po"
SUFFIXES = (".po",)
IN_FOLDERS: InFolders = "english"

_MOST_HEADER = 100_000  # bytes at the beginning of a file in which its header is looked for

_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>\#[^\n]*)
    | "(?P<string>(?:[^"\\\r\n]|\\[^\r\n])*)"
    | (?P<keyword>msgctxt|msgid_plural|msgid|msgstr|domain)(?![\w])
    | (?P<number>\[\s*\d+\s*\])
    """,
    re.VERBOSE,
)
_PART = re.compile(r"[^\\]+|(?:\\[0-7]{1,3}|\\x[0-9A-Fa-f]+)+|\\.")
_BYTE = re.compile(r"\\x([0-9A-Fa-f]+)|\\([0-7]+)")
_ESCAPED = dict(zip('ntbrfva\\"', '\n\t\b\r\f\v\a\\"', strict=True))
_ESCAPES = {char: "\\" + letter for letter, char in _ESCAPED.items()}
_NO_ESCAPE = re.compile(r"[^\x00-\x1f\x7f\\\"]+")
_FLAGS = re.compile("#[,=]")
_CHARSET = re.compile(r"charset=([^\s;]+)")


def read(source: str) -> Document:
    r"""Return the translations in a file of gettext as a document.

    >>> document = read('msgid "마윈"\nmsgstr "Mar"\n"win"\n')
    >>> document.text, str(document.location(3)), document.location(3).label
    ('Marwin', '3:2', 'msgid “마윈”')
    """
    entries = list(_entries(source))
    header = _header(entries, source)
    charset = _charset(header)
    translations: list[tuple[_Entry, Message]] = []
    for entry in entries:
        if not entry.is_header(source):
            for strings in entry.translations:
                translations.append((entry, _message(source, strings, charset, _speller(entry))))
    builder = Builder(source)
    language = header.get("language", "")
    if language and not is_english_tag(language):
        builder.leave_out(f"its Language is “{language}”")
    elif not language and is_english("\n".join(text.text for _, text in translations)) is False:
        builder.leave_out("it has no Language, and its translations are not English")
    else:
        for entry, text in translations:
            passage = builder.open("message", label=entry.label(source))
            text.write(passage, marks_in(text.text, is_format=entry.is_format))
    return builder.document()


def declares_english(data: bytes) -> bool:
    r"""Return whether the header of a file says that it is in English.

    >>> declares_english(b'msgid ""\nmsgstr ""\n"Language: en_GB\\n"\n')
    True
    """
    return is_english_tag(_header_of_bytes(data).get("language", ""))


def declared_encoding(data: bytes) -> str | None:
    r"""Return the encoding in the header of a file; None if there is none.

    >>> declared_encoding(b'msgid ""\nmsgstr "Content-Type: text/plain; charset=EUC-KR\\n"\n')
    'EUC-KR'
    """
    return _charset(_header_of_bytes(data))


def _header_of_bytes(data: bytes) -> Mapping[str, str]:
    """Return the header of a file, of which nothing is known to be well-formed."""
    source = data[:_MOST_HEADER].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    entries: list[_Entry] = []
    try:
        for entry in _entries(source):
            entries.append(entry)
            if len(entries) == 2:  # the header is the first one
                break
    except MalformedError:
        pass
    return _header(entries, source)


class _Entry(NamedTuple):
    """An entry of a file: a source text and its translations.

    Attributes:
        flags: its flags, such as c-format.
        context: whether it has a msgctxt.
        original: the quoted strings of its msgid, without their marks.
        translations: those of its msgstr, one list for each plural form.
    """

    flags: Sequence[str]
    has_context: bool
    original: Sequence[Span]
    translations: Sequence[Sequence[Span]]

    @property
    def is_format(self) -> bool:
        """Whether its texts are format strings of a programming language."""
        return any(map(_is_format, self.flags))

    def is_header(self, source: str) -> bool:
        """Whether its translation is the header of the file: its source text is empty."""
        return not self.has_context and not any(string.of(source) for string in self.original)

    def label(self, source: str) -> str:
        """Say which entry it is, for people."""
        return label("msgid", _message(source, self.original).text)


class _Token(NamedTuple):
    """A part of a file between white space. A string is without its quotation marks."""

    kind: str
    text: str
    span: Span


def _tokens(source: str) -> Iterator[_Token]:
    """Yield what a file consists of.

    Raises:
        MalformedError: something in it is no part of such a file.
    """
    at = 0
    while at < len(source):
        found = _TOKEN.match(source, at)
        if not found:
            if source[at] == '"':
                raise MalformedError("this string has no closing quotation mark; add it", at)
            raise MalformedError("this is no part of a translation; remove it or put # before", at)
        kind = found.lastgroup or ""
        if kind != "space":
            yield _Token(kind, found.group(kind), Span(*found.span(kind)))
        at = found.end()


# Which keywords may stand before each keyword. "" is the beginning of an entry.
_BEFORE = {
    "domain": ("",),
    "msgctxt": ("",),
    "msgid": ("", "msgctxt"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid", "msgid_plural", "msgstr"),
}


class _OpenEntry:
    """An entry while it is read."""

    def __init__(self) -> None:
        self.keyword = ""  # the last one
        self._flags: list[str] = []
        self._strings: dict[str, list[list[Span]]] = {name: [] for name in _BEFORE}

    def is_complete(self) -> bool:
        """Return whether the next keyword or comment may begin the next entry."""
        return self.keyword in {"msgstr", "domain"} and not self.lacks_string()

    def lacks_string(self) -> bool:
        """Return whether there is a keyword without a string behind it."""
        return bool(self.keyword) and not self._strings[self.keyword][-1]

    def comment(self, text: str) -> None:
        """Take the flags out of a comment."""
        if _FLAGS.match(text):
            self._flags += [flag.strip() for flag in text[2:].split(",")]

    def begin(self, keyword: str) -> None:
        """Begin what stands behind a keyword."""
        self.keyword = keyword
        self._strings[keyword].append([])

    def add(self, string: Span) -> None:
        """Add a string behind the last keyword."""
        self._strings[self.keyword][-1].append(string)

    def finished(self) -> Iterator[_Entry]:
        """Yield the entry, if it is one."""
        if self._strings["msgid"]:
            has_context = bool(self._strings["msgctxt"])
            original = self._strings["msgid"][0]
            yield _Entry(self._flags, has_context, original, self._strings["msgstr"])


def _entries(source: str) -> Iterator[_Entry]:
    """Yield the entries of a file in order, without the obsolete ones: these are comments.

    Raises:
        MalformedError: it is not well-formed.
    """
    entry = _OpenEntry()
    for kind, text, span in _tokens(source):
        begins_entry = kind == "comment" or text in {"domain", "msgctxt", "msgid"}
        if kind != "string" and begins_entry and entry.is_complete():
            yield from entry.finished()
            entry = _OpenEntry()
        if kind == "comment":
            entry.comment(text)
        elif kind == "keyword":
            if entry.keyword not in _BEFORE[text] or entry.lacks_string():
                behind = f"behind {entry.keyword}" if entry.keyword else "here"
                raise MalformedError(f"{text} must not stand {behind}; mend the entry", span.start)
            entry.begin(text)
        elif kind == "string":
            if not entry.keyword:
                what = "no msgid or msgstr is before this string; mend the entry"
                raise MalformedError(what, span.start - 1)
            entry.add(span)
        elif entry.keyword != "msgstr" or not entry.lacks_string():
            raise MalformedError(f"{text} must not stand here; mend the entry", span.start)
    if entry.keyword and not entry.is_complete():
        what = f"the entry ends behind {entry.keyword}; add what is missing"
        raise MalformedError(what, len(source.rstrip()))
    yield from entry.finished()


def _message(
    source: str,
    strings: Sequence[Span],
    charset: str | None = None,
    spell: Spell = as_it_is,
) -> Message:
    """Return the text of quoted strings."""
    message = Message(source, spell)
    for string in strings:
        for part in _PART.finditer(source, *string):
            raw, span = part.group(), Span(*part.span())
            escaped = _ESCAPED.get(raw[1:], "")
            if not raw.startswith("\\"):
                message.verbatim(span)
            elif _BYTE.match(raw):
                _add_bytes(message, source, span, charset or "utf-8")
            elif escaped in {"\t", '"'}:
                message.spelled(span, escaped)
            else:
                message.fixed(span, escaped or raw)
    return message


def _add_bytes(message: Message, source: str, span: Span, charset: str) -> None:
    r"""Add characters whose bytes are written as numbers: \303\251 is é in UTF-8."""
    escapes = list(_BYTE.finditer(source, *span))
    try:
        data = bytes(int(one[1], 16) if one[1] else int(one[2], 8) for one in escapes)
        chars = data.decode(charset)
        lengths = [len(char.encode(charset)) for char in chars]
    except (ValueError, LookupError):
        lengths = []
    if sum(lengths) != len(escapes):
        message.fixed(span, OBJECT)
        return
    number = 0
    spell = message.spell
    message.spell = _byte_speller(spell, charset, span.of(source))
    for char, length in zip(chars, lengths, strict=True):
        last = escapes[number + length - 1]
        place = Span(escapes[number].start(), last.end())
        if _NO_ESCAPE.match(char):
            message.spelled(place, char)
        else:
            message.fixed(place, char)
        number += length
    message.spell = spell


def _byte_speller(spell: Spell, charset: str, like: str) -> Spell:
    """Return what spells characters that are not ASCII by their bytes, as `like` is spelled."""

    def spell_bytes(text: str) -> str:
        # A letter behind hexadecimal digits might be taken for one more.
        form = "\\{:03o}" if "x" not in like or any(map(str.isascii, text)) else "\\x{:02x}"
        spelled: list[str] = []
        for char in text:
            try:
                numbers = [form.format(byte) for byte in char.encode(charset)]
            except UnicodeEncodeError:
                raise UnwritableError(f"{charset} has no such character") from None
            spelled.append(spell(char) if char.isascii() else "".join(numbers))
        return "".join(spelled)

    return spell_bytes


def _header(entries: Sequence[_Entry], source: str) -> Mapping[str, str]:
    """Return the header of a file: names in small letters with their values."""
    for entry in entries:
        if entry.is_header(source) and entry.translations:
            text = _message(source, entry.translations[0]).text
            fields = (line.partition(":") for line in text.split("\n"))
            return {name.strip().lower(): value.strip() for name, _, value in fields}
    return {}


def _charset(header: Mapping[str, str]) -> str | None:
    found = _CHARSET.search(header.get("content-type", ""))
    # CHARSET is what xgettext writes into a template.
    return found.group(1) if found and found.group(1) != "CHARSET" else None


def _is_format(flag: str) -> bool:
    return flag.endswith("-format") and not flag.startswith("no-")


def _speller(entry: _Entry) -> Spell:
    """Return what spells a text in the translations of an entry."""

    def spell(text: str) -> str:
        if entry.is_format and any(mark in text for mark in "%{}"):
            raise UnwritableError("this would be a placeholder")
        return "".join(_spelled(char) for char in text)

    return spell


def _spelled(char: str) -> str:
    if _NO_ESCAPE.match(char):
        return char
    if char not in _ESCAPES:
        raise UnwritableError("the file cannot hold this control character")
    return _ESCAPES[char]
