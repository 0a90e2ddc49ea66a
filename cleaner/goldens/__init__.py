"""Goldens: how a person wants a seed to come out, and how far the rules get.

A golden is not what the tool does but what it should do. A difference that no rule repairs yet is
a known gap, listed in `golden/gaps.yaml`. That list is strict: a difference that is not listed
fails the test, and so does a listed gap that is closed. So a repair that is lost is noticed, and
so is a new one.
"""

from cleaner.goldens.gaps import GAPS as GAPS
from cleaner.goldens.gaps import Gap as Gap
from cleaner.goldens.gaps import read_gaps as read_gaps
from cleaner.goldens.gaps import render_gaps as render_gaps
from cleaner.goldens.scoring import Scored as Scored
from cleaner.goldens.scoring import score as score
from cleaner.goldens.scoring import score_all as score_all
from cleaner.goldens.scoring import seeds_in as seeds_in
