"""The parts of a document: those that consist of paragraphs, and the title in its properties."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cleaner.formats._container import Member, events_of, members_of
from cleaner.formats._xml import End, Start, Text, value_of
from cleaner.formats.docx.elements import (
    BINDING,
    CHARACTERS,
    COMPUTED_FIELDS,
    COPIES,
    DUBLIN_CORE_NAMESPACE,
    FLOATING,
    OFF,
    PICTOGRAM_FONTS,
    PLAIN_CONTENT,
    PROPERTIES,
    TRIMMED,
    UNREAD,
    VML_NAMESPACE,
    WORD_NAMESPACES,
)
from cleaner.formats.docx.package import NAME_OF_PROPERTIES, NAME_OF_STYLES
from cleaner.formats.docx.styles import Role, role_of, roles
from cleaner.formats.docx.texts import (
    add_text,
    frame_text,
    keeps_space,
    one_line_speller,
    spell_outside,
    without_outer_space,
)
from cleaner.text.builder import Builder
from cleaner.text.document import Document
from cleaner.text.edits import Span
from cleaner.text.layout import BlockKind
from cleaner.text.passage import OBJECT, Passage


def read(source: str) -> Document:
    """See `cleaner.formats.docx.read`."""
    builder = Builder(source)
    members = list(members_of(source))
    styles: Mapping[str, Role] = {}
    for member in members:
        if member.name == NAME_OF_STYLES:
            styles = roles(source, member)
    for member in members:
        if member.name == NAME_OF_PROPERTIES:
            _add_title(builder, member)
        elif member.name != NAME_OF_STYLES:
            _Part(builder, member, styles).read()
        builder.member()
    return builder.document()


def _add_title(builder: Builder, properties: Member) -> None:
    """Add the title of the document, which its properties give."""
    passage: Passage | None = None
    spell = one_line_speller(builder.source, properties)
    for event in events_of(builder.source, properties):
        if isinstance(event, Text):
            if passage:
                add_text(passage, builder.source, event, event.span, spell)
        elif isinstance(event, Start | End) and event.name == "title":
            passage = None
            if isinstance(event, Start) and event.namespace == DUBLIN_CORE_NAMESPACE:
                passage = builder.open("title", label="title")


class _Run:
    """What is known about a run that is open."""

    def __init__(self) -> None:
        self.is_hidden = False
        self.is_locked = False


class _Field:
    """A field that is open: a code, and behind it the text that was made of it."""

    def __init__(self, code: str = "", *, is_in_code: bool) -> None:
        self.code = code
        self.is_in_code = is_in_code


class _Paragraph:
    """What is known about a paragraph that is open. Text boxes in it hold paragraphs of their own.

    Attributes:
        number: its number in the part.
        start: where it begins in the source.
        before: the element before it in the body, "" if there is none; None if it is not itself an
            element of the body.
        role: what its style is for.
        is_plain: whether it consists of nothing but runs of text.
        is_fallback: whether this place of it is a copy, for programs of another age, of the place
            before.
        passage: its text, once it has any.
        space: tabs and line ends that a reader sees only if text follows.
    """

    def __init__(self, number: int, start: int, before: str | None) -> None:
        self.number, self.start, self.before = number, start, before
        self.role: Role = ""
        self.is_plain = True
        self.is_fallback = False
        self.passage: Passage | None = None
        self.space: list[tuple[Span, str]] = []

    def may_be_deleted(self, following: str) -> bool:
        """Return whether the document stays what it is without this paragraph.

        Two tables would become one, and nothing may end with a table, so there have to be other
        paragraphs beside it.

        Args:
            following: the element behind it in the body, "" if there is none.
        """
        is_last = following in {"", "sectPr"}
        beside = {self.before, "" if is_last else following}
        return self.is_plain and "p" in beside and beside <= {"p", ""}


class _Part:
    """Reads a part.

    Args:
        builder: what makes the document.
        part: the body, which has no name, or the notes, a header or a footer.
        styles: what the styles are for, by their identifiers.
    """

    def __init__(self, builder: Builder, part: Member, styles: Mapping[str, Role]) -> None:
        self._builder, self._source = builder, builder.source
        self._part, self._styles = part, styles
        self._spell = one_line_speller(builder.source, part)
        self._path: list[str] = []  # the names of the elements that are open
        self._unread = 0  # the depth of the element whose contents are not read; 0 if there is none
        self._number = 0  # of paragraphs so far
        self._beside = 0  # how many table cells, text boxes and copies of paragraphs are open
        self._paragraphs: list[_Paragraph] = []
        self._runs: list[_Run] = []
        self._fields: list[_Field] = []
        self._spaces: list[tuple[int, bool]] = []  # whether outer white space counts, by depth
        self._tag: Span | None = None  # the start tag of the text that is open
        self._texts: list[Text] = []
        self._before = ""  # the last element of the body
        self._last: tuple[_Paragraph, Span] | None = None  # that element, if it is a paragraph

    def read(self) -> None:
        for event in events_of(self._source, self._part):
            if isinstance(event, Start):
                self._path.append(event.name)
                if not self._unread:
                    self._start(event)
            elif isinstance(event, End):
                if not self._unread:
                    self._end(event)
                elif self._unread == len(self._path):
                    self._unread = 0
                self._path.pop()
            elif isinstance(event, Text) and self._path and not self._unread:
                self._text(event)

    def _start(self, tag: Start) -> None:
        name = tag.name
        parent = self._path[-2] if len(self._path) > 1 else ""
        self._tag = None  # what has elements in it is no text
        if name != "t" and self._source.find("xml:space", *tag.span) >= 0:
            self._spaces.append((len(self._path), self._keeps_space(tag.span)))
        if self._paragraphs and (
            name in BINDING or not (name in PLAIN_CONTENT or parent in PROPERTIES)
        ):
            self._paragraphs[-1].is_plain = False
        if parent == "body":
            self._settle(name)
        if tag.namespace not in WORD_NAMESPACES:
            self._start_foreign(tag)
        elif name in UNREAD:
            self._unread = len(self._path)
        elif name in CHARACTERS:
            if parent == "r":
                self._character(tag.span, CHARACTERS[name])
        elif name in _STARTS:
            _STARTS[name](self, tag)
        if parent == "body":
            self._before = name

    def _start_foreign(self, tag: Start) -> None:
        """Enter an element of another namespace: a formula, a picture, a copy for old programs."""
        if tag.name == "oMath":
            self._character(tag.span, OBJECT)
            self._unread = len(self._path)
        elif len(self._path) > 1 and self._is_in_line(tag):
            self._character(tag.span, OBJECT)
        elif tag.name in COPIES and not self._paragraphs:
            self._beside += 1
        elif tag.name == "Fallback":
            self._paragraphs[-1].is_fallback = True

    def _is_in_line(self, tag: Start) -> bool:
        """Return whether a picture is in the line; others float beside the text."""
        if self._path[-2:-1] == ["drawing"]:
            return tag.name == "inline"
        is_drawn = self._path[-2] in {"pict", "object"} and tag.namespace == VML_NAMESPACE
        if not is_drawn or tag.name == "shapetype":
            return False
        return not FLOATING.search(self._source, *tag.span)

    def _start_paragraph(self, tag: Start) -> None:
        self._number += 1
        before = self._before if self._path[-2:] == ["body", "p"] else None
        self._paragraphs.append(_Paragraph(self._number, tag.span.start, before))

    def _start_run(self, _: Start) -> None:
        self._runs.append(_Run())

    def _start_beside(self, _: Start) -> None:
        self._beside += 1

    def _start_text(self, tag: Start) -> None:
        self._tag = tag.span
        self._texts = []

    def _start_field(self, tag: Start) -> None:
        """Enter a field whose code is an attribute."""
        code = value_of(self._source, tag.span, "instr") or ""
        self._fields.append(_Field(code, is_in_code=False))

    def _field_mark(self, tag: Start) -> None:
        """Take note of a mark that begins a field, its result, or ends it."""
        kind = value_of(self._source, tag.span, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(is_in_code=True))
        elif self._fields and kind == "separate":
            self._fields[-1].is_in_code = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _paragraph_style(self, tag: Start) -> None:
        if self._path[-3:-1] == ["p", "pPr"]:
            self._paragraphs[-1].role = self._role(tag)

    def _run_style(self, tag: Start) -> None:
        if self._is_of_run and self._role(tag) == "code":
            self._runs[-1].is_locked = True

    def _run_font(self, tag: Start) -> None:
        if self._is_of_run and PICTOGRAM_FONTS.search(self._source, *tag.span):
            self._runs[-1].is_locked = True

    def _hide_run(self, tag: Start) -> None:
        if self._is_of_run and value_of(self._source, tag.span, "val") not in OFF:
            self._runs[-1].is_hidden = True

    @property
    def _is_of_run(self) -> bool:
        """Whether the element is about the run that is open, and not about a paragraph."""
        return self._path[-3:-1] == ["r", "rPr"]

    def _role(self, tag: Start) -> Role:
        style = value_of(self._source, tag.span, "val") or ""
        return self._styles[style] if style in self._styles else role_of(style)

    def _end(self, tag: End) -> None:
        if self._spaces and self._spaces[-1][0] >= len(self._path):
            self._spaces.pop()
        if tag.namespace in WORD_NAMESPACES:
            if tag.name in _ENDS:
                _ENDS[tag.name](self, tag)
        elif tag.name in COPIES and not self._paragraphs:
            self._beside -= 1
        elif tag.name == "Fallback":
            self._paragraphs[-1].is_fallback = False

    def _end_paragraph(self, tag: End) -> None:
        paragraph = self._paragraphs.pop()
        if paragraph.before is not None:
            self._last = paragraph, Span(paragraph.start, tag.span.end)

    def _end_run(self, _: End) -> None:
        self._runs.pop()

    def _end_beside(self, _: End) -> None:
        self._beside -= 1

    def _end_field(self, _: End) -> None:
        if self._fields:
            self._fields.pop()

    def _end_body(self, _: End) -> None:
        self._settle("")

    def _settle(self, following: str) -> None:
        """Decide whether the last paragraph may be deleted, now that what follows it is known."""
        if self._last:
            paragraph, span = self._last
            if paragraph.passage and paragraph.may_be_deleted(following):
                paragraph.passage.enclosure = span
        self._last = None

    def _text(self, text: Text) -> None:
        if self._tag and self._path[-1] == "t":
            self._texts.append(text)
        elif self._path[-1] == "instrText" and self._fields:
            self._fields[-1].code += text.text

    def _end_text(self, tag: End) -> None:
        """Add what was read between two tags."""
        start, texts = self._tag, self._texts
        self._tag, self._texts = None, []
        if start is None or not self._is_read or tag.span.start == tag.span.end:
            return
        has_space = self._keeps_space(start)
        spans = [text.span for text in texts] if has_space else without_outer_space(texts)
        whole = Span(start.end, tag.span.start)
        frame_text(self._builder, start, whole, spans, keeps_space=has_space)
        if not any(span.start < span.end for span in spans):
            return
        passage = self._passage()
        for text, span in zip(texts, spans, strict=True):
            if span.start < span.end:
                add_text(passage, self._source, text, span, self._spell)

    def _keeps_space(self, tag: Span) -> bool:
        """Return whether white space at the ends of a text counts, given its start tag."""
        said = keeps_space(self._source, tag)
        if said is not None:
            return said
        return self._spaces[-1][1] if self._spaces else False

    def _character(self, span: Span, character: str) -> None:
        """Add what stands for an element in the line."""
        if not self._is_read:
            return
        if character.isspace():
            self._paragraphs[-1].space.append((span, character))
        else:
            passage = self._passage()
            passage.spell = spell_outside
            passage.fixed(span, character)

    @property
    def _is_read(self) -> bool:
        """Whether a reader sees text at this place, and it is no code."""
        if not self._paragraphs or (self._runs and self._runs[-1].is_hidden):
            return False
        paragraph = self._paragraphs[-1]
        if paragraph.role == "code" or paragraph.is_fallback:
            return False
        return not any(field.is_in_code for field in self._fields)

    def _passage(self) -> Passage:
        """Return the passage of the paragraph that is open, ready for text of this run."""
        paragraph = self._paragraphs[-1]
        passage = paragraph.passage
        if passage is None:
            place = f"paragraph {paragraph.number}"
            label = f"{self._part.name}, {place}" if self._part.name else place
            passage = self._builder.open(
                self._kind(paragraph.role), label=label, number=paragraph.number
            )
            passage.trimmed = TRIMMED
            paragraph.passage = passage
        else:
            passage.locked = False
            passage.spell = spell_outside
            for span, character in paragraph.space:
                passage.fixed(span, character)
        paragraph.space = []
        is_computed = any(COMPUTED_FIELDS.match(field.code) for field in self._fields)
        passage.locked = is_computed or bool(self._runs and self._runs[-1].is_locked)
        return passage

    def _kind(self, role: Role) -> BlockKind | None:
        if role == "navigation":
            return "title"
        if self._part.name or self._beside:
            return "cell"  # like one, it stands beside the running text
        return role if role in {"headline", "caption"} else None


_STARTS: Mapping[str, Callable[[_Part, Start], None]] = {
    "p": _Part._start_paragraph,
    "r": _Part._start_run,
    "t": _Part._start_text,
    "tc": _Part._start_beside,
    "txbxContent": _Part._start_beside,
    "fldSimple": _Part._start_field,
    "fldChar": _Part._field_mark,
    "pStyle": _Part._paragraph_style,
    "rStyle": _Part._run_style,
    "rFonts": _Part._run_font,
    "vanish": _Part._hide_run,
}
_ENDS: Mapping[str, Callable[[_Part, End], None]] = {
    "p": _Part._end_paragraph,
    "r": _Part._end_run,
    "t": _Part._end_text,
    "tc": _Part._end_beside,
    "txbxContent": _Part._end_beside,
    "fldSimple": _Part._end_field,
    "body": _Part._end_body,
}
