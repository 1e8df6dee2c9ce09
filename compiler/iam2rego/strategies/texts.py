"""Texts in the small languages inside strings: wildcards, variables with and without defaults, escapes, ARNs."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from iam2rego.jsontext import JsonValue

_PLAIN: Final = ("a", "b", "ab", "/", "-", ".", "+", "(", "[", "]", "{", "}", "[!a]", "{a,b}", "\\", "\\*", "^", "|", " ", "\u00e9")
_WILD: Final = ("*", "?", "**", "*?")
_SPECIAL: Final = ("${t:u}", "${T:W}", "${t:u, 'a'}", "${t:w, ''}", "${t:u, '*:'}", "${*}", "${?}", "${$}", "$/")
_BEYOND_LATIN: Final = ("\u0130", "\u03a3", "\u03c3", "\u212a", "\u2028", "\U0001f600")
_FIELDS: Final = ("", "*", "a", "a*", "?", "*x", "${t:u}")
_ARNS: Final = (
    "arn:aws:s3:::b",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::*",
    "arn:*:s3:::b*",
    "arn:aws:sns:r:*:t:s",
    "arn:aws:s3:::b/${t:u}",
    "arn:aws:s3:::b/*${t:u}*${T:W}*z",
    "arn:aws:sns:r-*-*-x:*:t",
)
_LONGEST: Final = 5
"""The most pieces of a text."""

_MOST: Final = 3
"""The most entries of a list."""


def some(each: SearchStrategy[JsonValue], *, lenient: bool) -> SearchStrategy[JsonValue]:
    """Draw one value or a list, which may be empty only if ``lenient`` (G10)."""
    several: SearchStrategy[JsonValue] = st.lists(each, min_size=0 if lenient else 1, max_size=_MOST)
    return each | several


def often(usual: SearchStrategy[str], rare: SearchStrategy[str]) -> SearchStrategy[str]:
    """Draw three times as often from ``usual`` as from ``rare``."""
    return st.one_of(usual, usual, usual, rare)


@lru_cache
def texts(*, latin: bool) -> SearchStrategy[str]:
    """Draw a text without wildcards and variables; with ``latin`` only of the characters that IAM accepts (G1)."""
    return _joined((*_PLAIN, "A", ":", "\n", *(() if latin else _BEYOND_LATIN)))


@lru_cache
def patterns(*, latin: bool) -> SearchStrategy[str]:
    """Draw a pattern, usually with wildcards; never with a `${` that does not open a variable."""
    return _joined((*_PLAIN, *_WILD * 3, *_SPECIAL, *(() if latin else _BEYOND_LATIN)))


@lru_cache
def arns(*, latin: bool) -> SearchStrategy[str]:
    """Draw a pattern of six fields, the first of them `arn`: a usual one, or any."""
    field = often(st.sampled_from(_FIELDS), patterns(latin=latin))
    built = st.tuples(st.just("arn"), field, field, field, field, patterns(latin=latin)).map(":".join)
    return st.sampled_from(_ARNS) | built


def _joined(pieces: Sequence[str]) -> SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=_LONGEST).map("".join)
