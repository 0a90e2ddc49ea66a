"""Results as people and programs read them.

`forms` has one file per form of `cleaner check --format`. The other modules write one thing each:
a diff, a rule in words, the settings of a project, a suggestion, the totals of a run.
"""
