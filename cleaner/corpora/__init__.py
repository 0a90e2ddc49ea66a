"""Corpora: millions of documents, one in a row of a table, cleaned in many processes.

`batch` cleans a list of texts, in any process. Everything else is the command `cleaner corpus`:
`streams` reads and writes files that may be compressed, `chunks` divides them, `work` is what a
process does with a chunk, `shards` is the folder that the cleaned rows go to, and `run` puts these
together. `daft` does the same work with another engine.
"""
