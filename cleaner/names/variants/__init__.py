"""Which forms in documents are spellings of one name, without any list of names.

`sightings` counts the capitalised words and names of documents. `links` says which forms are worth
comparing; `words` compares words, by `letters` and by the company they keep, and `names` compares
names of several words, by `hangul` if they are Koreans'. `finder` weighs what they find and makes
groups of it.
"""

from cleaner.names.variants.finder import find_variants
from cleaner.names.variants.sightings import Sightings

__all__ = ["Sightings", "find_variants"]
