"""Text arithmetic: edits and spans, folding, literals, boundaries, documents, prose, words, visible
characters.
"""
