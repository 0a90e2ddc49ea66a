"""The pivot: how a name gets into another script and back into Latin letters.

Everything that depends on the language is in a folder of rules/pivots, which `tables` reads.
`renderings` makes sequences of symbols from a name, with the help of `pinyin`, `romaji` and
`graphemes`; `readings` says what a symbol may be in the pivot's script; `channel` says how that
may be spelled in Latin letters. `skeleton` makes the short forms by which names are looked up,
`background` says how ordinary words and the names of Koreans are spelled, and `detect` tells which
pivot a document came through.

The code works on units of any script (`script`). Three things in it are still Korean: how doubled
consonants and long vowels of romaji are written (`romaji`), how lone consonants are joined to the
syllable before them (`cleaner.names.explain`), and the names of Koreans (`background`).
"""
