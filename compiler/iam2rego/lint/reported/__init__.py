"""Describes the findings of other packages: the meaning of each `Code`, with examples.

The checks are where the input is read; only code that explains findings imports these texts.
"""
