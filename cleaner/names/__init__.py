"""From a garbled form to the name that was meant: gazetteers, the pivot model, the matcher and its
explanations.

The only importer of rapidfuzz and numpy; `cleaner.cli` and `cleaner.review` are the only importers
of this package.
"""
