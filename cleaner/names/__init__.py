"""From a garbled form to the name that was meant.

`name`, `gazetteer` and `glossary` say which names are right. `mentions` finds the forms in a text
that may be names. `match` says which names they may be; it uses `shortlist`, `alignment`, `score`
and `explain`, and these use `pivot`. `variants` finds spellings of one name without any list.
`suggest` does all this for whole documents. `garbles` goes the other way, from a name to its
garbled forms, and `account` collects what is known of one form.

Only this package imports rapidfuzz and numpy. The public API, `cleaner.cli`, `cleaner.review` and
`cleaner.reports` import it. It knows no configuration and no command line.
"""
