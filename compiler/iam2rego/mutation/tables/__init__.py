"""Mutants of the packed layout: the tables of a policy with one change."""
