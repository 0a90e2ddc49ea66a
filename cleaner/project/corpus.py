"""Many documents through one `Cleaner`, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner import formats
from cleaner.engine.cleaner import Cleaner
from cleaner.engine.findings import Result
from cleaner.engine.silence import Ignore
from cleaner.errors import GuaranteeError, RefusedError
from cleaner.project import files


class Cleaned(NamedTuple):
    """A file, and what cleaning it gives; nothing is written yet."""

    source: files.Source
    result: Result

    @property
    def data(self) -> bytes:
        """The cleaned bytes."""
        return self.source.encoded(self.result.text)


class Local(NamedTuple):
    """What is special about one file: rules that do not act in it, by id, and texts in it that
    rules leave alone.
    """

    silent: Collection[str] = ()
    ignores: Sequence[Ignore] = ()


class Refused(NamedTuple):
    """A file that was left alone, and why."""

    path: str
    why: str


def clean_files(
    cleaner: Cleaner,
    paths: Iterable[Path | RefusedError],
    encoding: str = "utf-8",
    local: Callable[[Path], Local] = lambda _: Local(),
) -> Iterator[Cleaned | Refused]:
    """Read and clean each file; one that cannot be does not keep the others from being done."""
    for path in paths:
        try:
            if isinstance(path, RefusedError):
                raise path
            yield clean_source(cleaner, files.read_source(path, encoding), local(path))
        except RefusedError as error:
            yield Refused(str(error.path), error.why)
        except GuaranteeError as error:
            yield Refused(str(path), f"{error}; it is unchanged")


def clean_source(cleaner: Cleaner, source: files.Source, local: Local = Local()) -> Cleaned:  # noqa: B008
    """Clean what was read, in the format that its name stands for.

    Raises:
        GuaranteeError: the result could not be proven harmless.
        RefusedError: the result cannot be written in the encoding of the file.
    """
    document = formats.for_name(source.path.name)
    cleaned = Cleaned(
        source, cleaner.without(local.silent).clean(source.text, document, local.ignores)
    )
    if (cleaned.data != source.data) != cleaned.result.changed:
        raise GuaranteeError("the bytes would not follow the text")
    return cleaned
