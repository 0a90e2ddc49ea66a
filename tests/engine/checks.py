"""The check that every test of the engine makes."""

from __future__ import annotations

from cleaner import Cleaner, Result
from cleaner.text.edits import Edit, apply


def check(cleaner: Cleaner, before: str, after: str) -> Result:
    """The engine makes `after` of `before`, in one go, and all that a result promises holds."""
    result = cleaner.clean(before)
    assert result.text == after
    assert apply(before, result.edits) == after
    assert all(
        left.span.end <= right.span.start
        for left, right in zip(result.edits, result.edits[1:], strict=False)
    )
    assert cleaner.clean(after).text == after
    for finding in result.findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(before)
        if Edit(finding.span, finding.after, finding.rules) in result.edits:
            assert finding.span.of(before) == finding.before
    return result


def check_unchanged(cleaner: Cleaner, text: str) -> Result:
    """The engine leaves the text as it is."""
    return check(cleaner, text, text)
