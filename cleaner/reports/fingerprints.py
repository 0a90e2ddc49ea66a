"""What identifies a finding in two reports between which its line has moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from cleaner.engine.findings import Finding


def fingerprints(findings: Iterable[Finding], *where: str) -> Iterator[str]:
    """Yield for each finding of a file a fingerprint of its change and its number among equal ones.

    Args:
        findings: the findings of one file, in the order of the text.
        where: what else to take in, as the path where equal findings of two files must differ.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        what = (finding.label, finding.before, finding.after)
        seen[what] += 1
        yield fingerprint(*where, *what, str(seen[what]))


def fingerprint(*parts: str) -> str:
    """Return 32 hexadecimal digits that stand for these texts in this order.

    >>> fingerprint("a.txt", "left alone")
    'd6907b89bf313658ed5002170ece2555'
    """
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
