"""Tests of lists of names."""
