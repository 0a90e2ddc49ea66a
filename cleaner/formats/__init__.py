"""One file per file format: which spans of a file are blocks of prose, and which are protected.

A format module has `SUFFIXES`, the endings of the files it reads, and `document(text)`.
"""
