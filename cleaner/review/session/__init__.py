"""A review as data: what is suggested, chosen and decided, whatever shows it.

`model` is the state, `actions` say what a reviewer can do with it, `answers` what the outcome of a
decision does to it, `effects` what the outside world is asked for, and `evidence` which words a new
rule is tied to unless the reviewer says otherwise. All of it is pure.
"""
