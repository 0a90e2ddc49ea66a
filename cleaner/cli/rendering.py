"""How a page in Markdown looks on a terminal."""

from __future__ import annotations

import re
from io import StringIO

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown
from rich.padding import Padding
from rich.text import Text
from rich.theme import Theme

_INDENT = 4  # columns before the lines of code
_WIDEST = 100  # columns: longer lines are hard to read
# Most of a page is in the colour that the terminal has for text. Of the eight colours that every
# terminal has, magenta is the one that can be read on black and on white.
_CODE = {True: "magenta", False: "bold"}  # by whether colours are wanted
_STYLES = {
    "markdown.h1": "bold underline",
    "markdown.h2": "bold",
    "markdown.h3": "bold italic",
    "markdown.code_block": "none",
    "markdown.link": "none",
    "markdown.link_url": "underline",
    "markdown.item.bullet": "none",
    "markdown.item.number": "none",
    "markdown.table.border": "none",
    "markdown.table.header": "bold",
}
_LINK_TO_PAGE = re.compile(r"\[([^\]]+)\]\(([\w-]+)\.md(?:#[\w-]+)?\)")
_LINK_INSIDE = re.compile(r"\[([^\]]+)\]\(#[\w-]+\)")


class _Heading(Heading):
    """A heading at the left edge, without a frame."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.text


class _Code(CodeBlock):
    """Code as it is written, indented, in the colours of the terminal."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Padding(Text(str(self.text).rstrip()), (0, 0, 0, _INDENT))


class _Page(Markdown):
    elements = {  # noqa: RUF012
        **Markdown.elements,
        "heading_open": _Heading,
        "fence": _Code,
        "code_block": _Code,
    }


def rendered(page: str, columns: int, *, colour: bool) -> str:
    """Return a page as a terminal shows it, with escape sequences for its styles.

    A link to another page becomes the command that shows it. Of a link inside the page the text is
    left.

    Args:
        page: the text in Markdown.
        columns: how wide the terminal is.
        colour: whether to write colours; bold and underlined text is no colour.
    """
    out = StringIO()
    console = Console(
        file=out,
        width=min(columns, _WIDEST),
        force_terminal=True,
        color_system="standard",
        no_color=not colour,
        legacy_windows=False,
        theme=Theme({**_STYLES, "markdown.code": _CODE[colour]}),
    )
    console.print(_Page(_with_commands(page), hyperlinks=False))
    return "".join(f"{line.rstrip(' ')}\n" for line in out.getvalue().splitlines())


def _with_commands(page: str) -> str:
    return _LINK_INSIDE.sub(r"\1", _LINK_TO_PAGE.sub(r"\1 (`cleaner help \2`)", page))
