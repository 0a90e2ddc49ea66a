"""One text or one file, as a program of your own cleans it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cleaner import formats
from cleaner.engine.findings import Result
from cleaner.errors import RefusedError, UsageError
from cleaner.formats import MalformedError, plain
from cleaner.project import corpus
from cleaner.project.corpus import InPlace, Local, Refused, write_each
from cleaner.rulebook.cleaners import Rules, cleaner_for


def clean(
    text: str,
    rules: Rules = None,
    *,
    format: str = plain.NAME,
    fields: Sequence[str] = (),
) -> str:
    """Return the text with every rule of level `fix` applied: the bundled ones, or those given.

    Make a `Cleaner` once to clean many texts, or to see the findings; in many processes, call
    `clean_batch`.

    Args:
        text: in that format, as it would be in a file.
        rules: files or folders of rules over the bundled ones, or what `load_rules` returned.
        format: a format of `cleaner help formats` whose files are text: "markdown", "html", "srt".
        fields: the fields that hold text, for data.

    Raises:
        UsageError: there is no such format, its files are no text, or what is given is no text.
        RuleError: the rules cannot be loaded.
        RefusedError: the text is not what its format says.
        GuaranteeError: the rules could not be proven harmless on this text.

    >>> clean("Alibaba fell, and **Marwin** was silent.", format="markdown")
    'Alibaba fell, and **Ma Yun** was silent.'
    """
    if not isinstance(text, str):
        raise UsageError(f"this is not text but of the type {type(text).__name__}")
    formats.check_name(format)
    reader = formats.for_name("", format, fields)
    if reader.unpack:
        raise UsageError(f"a file of the format “{format}” is no text; clean_file reads it")
    try:
        return cleaner_for(rules).clean(text, reader.read).source
    except MalformedError as error:
        raise RefusedError("<text>", error.what) from None


def clean_file(
    path: Path | str,
    rules: Rules = None,
    *,
    format: str = "",
    fields: Sequence[str] = (),
    encoding: str = "utf-8",
    write: bool = True,
) -> Result:
    """Clean a file in place, as `cleaner fix` does; return what was found in it.

    The file is written completely or not at all, and only if something changes. No configuration is
    read, and no copy of the old file is kept.

    Args:
        path: the file.
        rules: files or folders of rules over the bundled ones, or what `load_rules` returned; by
            default the bundled rules.
        format: the format to read it as; by default the one that its name tells.
        fields: the fields that hold text, for data.
        encoding: what it is decoded from if it declares nothing.
        write: False leaves the file as it is.

    Raises:
        UsageError: there is no such format.
        RefusedError: the file was left alone: no format reads it, it is not what its format says,
            it cannot be written, or its result could not be proven harmless.
    """
    if format:
        formats.check_name(format)
    local = Local(read_as=format, fields=fields)
    outcome = corpus.clean_path(cleaner_for(rules), Path(path), encoding, lambda _: local)
    if write:
        (outcome,) = write_each([outcome], InPlace(backup=False))
    if isinstance(outcome, Refused):
        raise RefusedError(*outcome)
    return outcome.result
