"""Plain text and positions in it: what a document is, and how literals are found in one.

Nothing in this package knows rules, file formats or files.
"""
