"""Residue: what is reported because only the source can mend it."""

from __future__ import annotations

from tests.samples import engine_for


def test_residue_only_reports_what_the_cleaned_text_still_holds() -> None:
    cleaner = engine_for(
        "kind: residue\nrules:\n- {id: han, match: '[\\uAC00-\\uD7A3]+', message: Hangul}\n",
        people="kind: name\nrules:\n- {id: ma, canonical: Ma Yun, variants: [마윈]}\n",
    )
    result = cleaner.clean("마윈 of 뉴스 met 마윈")
    assert result.text == "Ma Yun of 뉴스 met Ma Yun"
    assert [(tuple(f.span), f.before) for f in result.findings if f.level == "report"] == [
        ((6, 8), "뉴스")
    ]
