"""The values of conditions on sensitive keys."""

from collections.abc import Collection, Iterator
from itertools import takewhile

from iam2rego.catalogue.sensitive_keys import SENSITIVE, USER_ID
from iam2rego.ir.condition import TextValue
from iam2rego.ir.pattern import Pattern, Segment, Text
from iam2rego.lint.conditions import tests_of
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject, Tested


def sensitive_values(subject: Subject) -> Iterator[tuple[Tested, TextValue, Collection[Segment]]]:
    """Yield the values of sensitive keys, each with its segments that must be exact."""
    for test in tests_of(subject, *SENSITIVE, USER_ID):
        is_user_id = fold_key(test.condition.key) == USER_ID
        for value in test.condition.values:
            if isinstance(value, TextValue):
                yield test, value, _id(value.segments) if is_user_id else value.segments


def _id(segments: Pattern) -> Collection[Segment]:
    """Return the part of a user id that must be exact: all of it or, if it has a colon, what is before; unless that is one segment."""
    before = list(takewhile(lambda segment: not _has_colon(segment), segments))
    if len(before) == len(segments):
        return before
    colon = segments[len(before)]
    alone = len(before) == 1 and isinstance(colon, Text) and colon.text.startswith(":")
    return () if alone else before


def _has_colon(segment: Segment) -> bool:
    return isinstance(segment, Text) and ":" in segment.text
