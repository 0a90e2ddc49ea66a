"""Many documents through one `Cleaner`, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from cleaner import files, formats
from cleaner.engine import Cleaner, Result
from cleaner.errors import GuaranteeError, RefusedError


class Cleaned(NamedTuple):
    """A file, and what cleaning it gives; nothing is written yet."""

    source: files.Source
    result: Result

    @property
    def data(self) -> bytes:
        """The cleaned bytes."""
        return self.source.encoded(self.result.text)


class Refused(NamedTuple):
    """A file that was left alone, and why."""

    path: str
    why: str


def clean_files(
    cleaner: Cleaner,
    paths: Iterable[Path | RefusedError],
    encoding: str = "utf-8",
    ignored: Callable[[Path], Collection[str]] = lambda _: (),
) -> Iterator[Cleaned | Refused]:
    """Read and clean each file; one that cannot be does not keep the others from being done.

    `ignored` gives the ids of the rules that do not act in a file.
    """
    for path in paths:
        try:
            if isinstance(path, RefusedError):
                raise path
            yield clean_source(cleaner.without(ignored(path)), files.read(path, encoding))
        except RefusedError as error:
            yield Refused(str(error.path), error.why)
        except GuaranteeError as error:
            yield Refused(str(path), f"{error}; it is unchanged")


def clean_source(cleaner: Cleaner, source: files.Source) -> Cleaned:
    """Clean what was read, in the format that its name stands for.

    Raises:
        GuaranteeError: the result could not be proven harmless.
        RefusedError: the result cannot be written in the encoding of the file.
    """
    cleaned = Cleaned(source, cleaner.clean(source.text, formats.for_name(source.path.name)))
    if (cleaned.data != source.data) != cleaned.result.changed:
        raise GuaranteeError("the bytes would not follow the text")
    return cleaned
