"""kind: furniture. Deletes what belongs to a web page and not to the article on it: notices,
buttons, tokens, labels.

The key `where` says where a match must be:

- `line` (the default): a whole line;
- `start`, `end`: the first or the last line of the text;
- `label`: a whole line with nothing below it that it could be the label of. The text ends there, or
  goes on with a sentence;
- `heading`: a whole line with a line below it that is no sentence, such as the title of an article;
- `before-copy`: a whole line that ends with the words of the line below it;
- `inside`: any part of a line, which is deleted with the white space before it.

Lines are given as a list (`lines`, see `cleaner.fixers.furniture.lines`), as a pattern (`match`),
or both.

A line is deleted with one blank line next to it, so that no gap remains. Only lines of running text
and of tables are deleted: in a subtitle, or in the messages of a program, “Share on Facebook” is
what somebody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from cleaner.errors import OptionError
from cleaner.fixers import Hits, options_of
from cleaner.fixers.furniture import lines as listed
from cleaner.rules import patterns
from cleaner.rules.model import NOTHING, Level, Rule
from cleaner.rules.patterns import check, is_whole_match, matches
from cleaner.text.characters import LINE_END
from cleaner.text.document import Document
from cleaner.text.edits import Edit, Span
from cleaner.text.literals import Hit

Where = Literal["line", "start", "end", "label", "heading", "before-copy", "inside"]

LEVELS: tuple[Level, ...] = ("fix", "suggest", "report", "off")
POINTS_ANYWHERE = True  # a line that is only reported may be an address

# The end of a line, and the blank line behind it if there is one.
_LINE_END_AND_BLANK = rf"(?:{LINE_END.pattern})(?:[^\S\r\n]*(?:{LINE_END.pattern}))?"
_ENDS_BEFORE = re.compile(rf"{_LINE_END_AND_BLANK}\Z")
_ENDS_BEHIND = re.compile(_LINE_END_AND_BLANK)
_VISIBLE = re.compile(r"\S")
_NO_LETTER = re.compile(r"[\W_]+")
# The last letter or mark of the line directly above, and a small letter in the line directly below.
_LINE_ABOVE = re.compile(rf"(\S)[^\S\r\n]*(?:{LINE_END.pattern})\Z")
_SMALL_BELOW = re.compile(rf"(?:{LINE_END.pattern})[^\S\r\n]*[a-z]")
_GOES_ON = frozenset(",-")
_SPACES = " \t\N{NO-BREAK SPACE}"
# Kinds of blocks that are texts by themselves, and not lines among others.
_NOT_ON_A_PAGE = frozenset({"title", "attribute", "cue", "voice", "message"})
_SENTENCE_ENDS = frozenset(".!?\N{HORIZONTAL ELLIPSIS}")
_CLOSING = "\"')]\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
_LONGEST_BLANK = 200  # code points before a line that are searched for a blank one


class Options(NamedTuple):
    """The keys of a rule of this kind: what to delete, and where it may be.

    Attributes:
        message: what is wrong.
        match: a regular expression of what to delete.
        lines: whole lines to delete, without the marks around them, in any case.
        words: for slots of these lines, the words that may stand there, with commas between them.
        where: where a match must be.
    """

    message: str
    match: str = ""
    lines: tuple[str, ...] = ()
    words: Mapping[str, str] = NOTHING
    where: Where = "line"

    def check(self) -> None:
        """Refuse a rule without anything to delete, and what no rule may have.

        See also `cleaner.rules.patterns.check`.
        """
        if self.match:
            check(self.match)
        elif not self.lines:
            raise OptionError("match", "there is nothing to delete", "add `match` or `lines`")
        if self.lines and self.where == "inside":
            raise OptionError("lines", "a whole line is not inside of a line", "use `match`")
        listed.check(self.lines, self.words)


def literals(rules: Iterable[Rule]) -> Iterator[tuple[Rule, str | bytes]]:
    """Yield what the pattern of a rule requires, and a part of each line that it lists."""
    for rule in rules:
        yield from patterns.literals([rule])
        options = options_of(rule, Options)
        for line in options.lines:
            for piece in listed.pieces(line, options.words):
                yield rule, piece


def edits(document: Document, rules: Iterable[Rule], hits: Hits) -> Iterator[Edit]:
    """Yield deletions, first those inside lines, then those of lines.

    A rule of level report only points at the lines that it means.
    """
    meant: dict[Span, list[Rule]] = {}
    for rule in rules:
        if options_of(rule, Options).where == "inside":
            yield from _inside_lines(document, rule, hits[rule.id])
        else:
            for line in _meant(document, rule, hits[rule.id]):
                meant.setdefault(line, []).append(rule)
    to_delete: dict[Span, str] = {}  # each line, with the first id of a rule that says so
    for line, rule in _where_they_may_be(document.text, meant):
        if rule.level == "report":
            span = _visible_part(document.text, line)
            yield Edit(span, span.of(document.text), (rule.id,))
        else:
            to_delete[line] = min(rule.id, to_delete.get(line, rule.id))
    yield from _lines(document.text, to_delete)


def _inside_lines(document: Document, rule: Rule, hits: Sequence[Hit]) -> Iterator[Edit]:
    """Yield deletions of matches with the spaces before them, or of lines that are nothing else.

    An empty line would not stay a part of its paragraph.
    """
    whole: dict[Span, str] = {}
    line = _Line(document, Span(-1, -1))
    pattern = options_of(rule, Options).match
    for block_start, match in matches(pattern, document, hits, rule.id, quick=rule.quick):
        start = block_start + match.start()
        while start and document.text[start - 1] in _SPACES:
            start -= 1
        span = Span(start, block_start + match.end())
        if not line.span.start < span.end <= line.span.end:
            line = _Line(document, _line_around(document.text, span.end - 1))
        if line.carries_markup(span):
            continue
        if span.covers(line.visible):
            whole[line.span] = rule.id
        else:
            yield Edit(span, "", (rule.id,))
    yield from _lines(document.text, whole)


def _where_they_may_be(
    text: str, meant: Mapping[Span, Sequence[Rule]]
) -> Iterator[tuple[Span, Rule]]:
    """Yield each line with those of the rules that mean it whose `where` allows it there.

    A line below that is deleted itself does not count: what counts is the next line that stays.
    """
    visible = _VISIBLE.search(text)
    first = visible.start() if visible else len(text)
    staying: dict[Span, Span] = {}  # for each deleted line the next one below that stays
    for line in sorted(meant, reverse=True):
        below = _line_below(text, line)
        below = staying.get(below, below)
        for rule in meant[line]:
            where = options_of(rule, Options).where
            if _is_where(text, line, below, where, first=first):
                yield line, rule
                if where != "heading" and rule.level != "report":
                    staying[line] = below


def _meant(document: Document, rule: Rule, hits: Sequence[Hit]) -> Iterator[Span]:
    """Yield the lines on a page that are on the list of a rule, or match its pattern."""
    text = document.text
    options = options_of(rule, Options)
    match, words = options.match, frozenset(options.words.items())
    for line in _lines_with_hits(text, hits):
        there = line.of(text).strip()
        is_listed = False
        if options.lines and len(there) <= listed.LONGEST:
            bare = listed.bare(there)
            if listed.may_be_listed(bare, options.lines, words):
                pattern = listed.pattern(options.lines, words)
                is_listed = is_whole_match(pattern, bare, document, rule.id)
        if is_listed:
            is_meant = not _is_in_a_sentence(text, line)
        else:
            is_meant = bool(match) and is_whole_match(
                match, there, document, rule.id, quick=rule.quick
            )
        if is_meant and _is_on_a_page(document, line):
            yield line


def _is_in_a_sentence(text: str, line: Span) -> bool:
    """Return whether a sentence that was wrapped by hand goes on from line to line here.

    >>> _is_in_a_sentence("The sea\\nis frozen\\ntoday.", Span(8, 17))
    True
    """
    above = _LINE_ABOVE.search(text, max(0, line.start - _LONGEST_BLANK), line.start)
    if above:
        last = above[1]
        begins_small = line.of(text).lstrip()[:1].islower()
        if last in _GOES_ON or (begins_small and last not in _SENTENCE_ENDS):
            return True
    return bool(_SMALL_BELOW.match(text, line.end))


def _is_on_a_page(document: Document, line: Span) -> bool:
    """Return whether a line is one that a reader of a page sees as a line of it."""
    visible = _visible_part(document.text, line)
    return document.kind(document.block(visible.start)) not in _NOT_ON_A_PAGE


def _is_where(text: str, line: Span, below: Span, where: Where, *, first: int) -> bool:
    """Return whether a line is where a rule wants it.

    Args:
        text: the text.
        line: the line.
        below: the line below it.
        where: where it has to be.
        first: the first visible character of the text.
    """
    following = below.of(text).strip()
    match where:
        case "start":
            return line.start <= first
        case "end":
            return not following
        case "label":
            return _is_sentence(following)
        case "heading":
            return not _is_sentence(following)
        case "before-copy":
            copy = _letters(following)
            return bool(copy) and _letters(line.of(text)).endswith(copy)
    return True


def _letters(line: str) -> str:
    return _NO_LETTER.sub("", line)


def _line_below(text: str, line: Span) -> Span:
    """Return the next line that is not blank, an empty span at the end if there is none."""
    found = _VISIBLE.search(text, line.end)
    return _line_around(text, found.start()) if found else Span(len(text), len(text))


def _is_sentence(line: str) -> bool:
    """Return whether a line is a sentence or nothing, and not a title or an item of a list."""
    return not line or line.rstrip(_CLOSING)[-1:] in _SENTENCE_ENDS


def _lines_with_hits(text: str, hits: Sequence[Hit]) -> Iterable[Span]:
    """Return the lines in which hits begin, without repetition."""
    lines: dict[Span, None] = {}
    line = Span(-1, -1)
    for span, _ in hits:
        if not line.start <= span.start <= line.end:  # a long line is measured once
            line = _line_around(text, span.start)
            lines[line] = None
    return lines


def _lines(text: str, lines: Mapping[Span, str]) -> Iterator[Edit]:
    """Yield deletions of lines, each with one blank line.

    The lines of all rules are treated together, so that two neighbours never claim the same blank
    line.
    """
    # Only lines at the top of the text, with nothing kept before them, take the blank line behind
    # them. All others take the one before.
    is_top = True
    last_end = 0
    for line in sorted(lines):
        is_top = is_top and not _VISIBLE.search(text, last_end, line.start)
        if is_top:
            span = _with_blank_behind(text, line)
            last_end = line.end
        else:
            span = _with_blank_before(text, line)
        yield Edit(span, "", (lines[line],))


def _with_blank_behind(text: str, line: Span) -> Span:
    found = _ENDS_BEHIND.match(text, line.end)
    return Span(line.start, found.end() if found else line.end)


def _with_blank_before(text: str, line: Span) -> Span:
    nearby = Span(max(0, line.start - _LONGEST_BLANK), line.start).of(text)
    found = _ENDS_BEFORE.search(nearby)
    length = len(found.group()) if found else 0
    return Span(line.start - length, line.end)


class _Line:
    """A line in which parts are to be deleted, and where its first and last letters are.

    They are looked up once, because a line may be very long and have very many such parts.
    """

    def __init__(self, document: Document, span: Span) -> None:
        self._document = document
        self.span = span

    @cached_property
    def visible(self) -> Span:
        """The line without white space at its ends."""
        return _visible_part(self._document.text, self.span)

    @cached_property
    def _prose(self) -> Span:
        """From the first to the last visible character that is prose; (end, start) if none is."""
        forwards, backwards = range(*self.span), range(self.span.end - 1, self.span.start - 1, -1)
        first = next(filter(self._is_visible_prose, forwards), self.span.end)
        last = next(filter(self._is_visible_prose, backwards), self.span.start - 1)
        return Span(first, last + 1)

    def _is_visible_prose(self, at: int) -> bool:
        return not self._document.text[at].isspace() and self._document.is_prose(at)

    def carries_markup(self, span: Span) -> bool:
        """Return whether markup would lose its text if `span`, which ends here, were deleted.

        That is so where the span is all the prose of the line, and the line begins with the marker
        of a list or is underlined as a heading. Without their text both would mean something else.
        """
        if not span.covers(self._prose):
            return False
        return not span.covers(self.visible) or _is_underlined(self._document, self.span)


def _visible_part(text: str, line: Span) -> Span:
    """Return the span without white space at its ends; (end, start) if there is nothing else."""
    there = line.of(text)
    if not there.strip():
        return Span(line.end, line.start)
    head = len(there) - len(there.lstrip())
    return Span(line.start + head, line.start + len(there.rstrip()))


def _is_underlined(document: Document, line: Span) -> bool:
    """Return whether the next line begins with markup."""
    text = document.text
    next_line = _line_around(text, min(line.end + 1, len(text)))
    found = _VISIBLE.search(text, next_line.start, next_line.end)
    return found is not None and not document.is_prose(found.start())


def _line_around(text: str, at: int) -> Span:
    """Return the line that holds the position `at`, without its line end."""
    start = text.rfind("\n", 0, at) + 1
    # Searched only from there: in a long text without "\r" the whole text would be searched.
    start = max(start, text.rfind("\r", start, at) + 1)
    end = text.find("\n", at)
    end = end if end >= 0 else len(text)
    earlier = text.find("\r", at, end)
    return Span(start, earlier if earlier >= 0 else end)
