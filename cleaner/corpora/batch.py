"""Many texts at once: what a process of a cluster calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from cleaner.engine.cleaner import Cleaner
from cleaner.engine.findings import Result
from cleaner.engine.silence import Ignore
from cleaner.errors import CleanerError, UsageError
from cleaner.formats import MalformedError, plain
from cleaner.rulebook.cleaners import Rules, cleaner_for
from cleaner.rules.model import Level
from cleaner.text.document import ReadDocument


def clean_batch(
    texts: Iterable[Any], rules: Rules = None, *, level: Level = "fix", damaged: bool = False
) -> list[Result]:
    """Clean texts, each by itself, and return their results in the same order.

    It can be called in any process: in a pool, with Ray or with Spark. The rules are loaded once in
    each process and are not looked at again.

    A text that cannot be cleaned raises nothing. Its result has an `error`, and `text` is the very
    text that was given. So it is with everything that is no text, such as None.

    Args:
        texts: the texts.
        rules: the bundled rules (None), files or folders of rules over the bundled ones, or what
            `load_rules` returned.
        level: "suggest" also applies what rules only suggest.
        damaged: treat every text as damaged; otherwise a text has to prove it.

    Raises:
        RuleError, UsageError: the rules cannot be loaded.
        UsageError: `texts` is one text.

    >>> [result.text for result in clean_batch(["Alibaba fell, and Marwin too.", None])]
    ['Alibaba fell, and Ma Yun too.', None]
    """
    if isinstance(texts, str):
        raise UsageError("`clean_batch` takes a list of texts; `clean` takes one text")
    return list(clean_each(cleaner_for(rules, level, damaged=damaged), texts))


def clean_each(
    cleaner: Cleaner,
    sources: Iterable[Any],
    read: ReadDocument = plain.read,
    ignores: Sequence[Ignore] = (),
) -> Iterator[Result]:
    """Yield the result of each source; one that cannot be cleaned is unchanged and says why.

    Args:
        cleaner: what cleans them.
        sources: the sources of the format that `read` reads.
        read, ignores: see `Cleaner.clean`.
    """
    for source in sources:
        if not isinstance(source, str):
            yield failed(source, f"this is not text but {_kind(source)}")
            continue
        try:
            result = cleaner.clean(source, read, ignores)
        except (CleanerError, MalformedError) as error:
            result = failed(source, str(error))
        except UnicodeEncodeError as error:
            what = f"half a character (U+{ord(error.object[error.start]):04X})"
            result = failed(source, f"there is {what} in it, which is not text; mend it")
        except MemoryError:
            result = failed(source, "there is not enough memory for it")
        except Exception as error:  # one text must not stop the others
            what = f"{type(error).__name__}: {error}".replace("\n", " ")
            result = failed(source, f"this is a fault of the program ({what}); please report it")
        yield result


def _kind(value: object) -> str:
    return "None" if value is None else f"of the type {type(value).__name__}"


def failed(source: Any, why: str) -> Result:
    """Return the result of a source that could not be cleaned, which may be no text."""
    unchanged = cast(str, source)
    return Result(plain.read(""), unchanged, (), unchanged, (), (), error=why)
