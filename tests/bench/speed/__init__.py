"""The benchmark of speed: what `cleaner` costs, beside what others cost.

`python -m tests.bench.speed` prints the table of targets; `__main__.py` says how to ask for less.
"""
