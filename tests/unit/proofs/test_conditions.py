"""Whether the requests under one condition are among those under another, by the rules of conditions."""

from typing import Final

import pytest

from tests.unit.proofs.asking import NO, YES, Statement, allow, deny, identity, verdict, when

NULL_OR_A: Final = allow(Condition={"Null": {"k:a": "true"}}), when("StringEquals", "k:a", "a")
SEVERAL: Final = allow(Condition={"ForAnyValue:StringEquals": {"k:l": "a"}, "ForAllValues:StringLike": {"k:l": "b*"}})
NUMBERS: Final = allow(Condition={"NumericGreaterThan": {"k:n": "1"}, "NumericLessThan": {"k:n": "2"}})
NO_NUMBER: Final = allow(
    Condition={"NumericGreaterThan": {"k:n": "0." + "0" * 39 + "1"}, "NumericLessThan": {"k:n": "0." + "0" * 39 + "2"}}
)

CASES: Final[dict[str, tuple[tuple[Statement, ...], tuple[Statement, ...], str]]] = {
    "C1/two-conditions-are-both-needed": (
        (allow(Condition={"StringEquals": {"k:a": "a", "k:b": "b"}}),),
        (when("StringEquals", "k:a", "a"),),
        YES,
    ),
    "C1/one-condition-is-not-two": (
        (when("StringEquals", "k:a", "a"),),
        (allow(Condition={"StringEquals": {"k:a": "a", "k:b": "b"}}),),
        NO,
    ),
    "C2/case-of-keys": ((when("StringEquals", "K:A", "a"),), (when("StringEquals", "k:a", "a"),), YES),
    "C3/fewer-values": ((when("StringEquals", "k:a", "a"),), (when("StringEquals", "k:a", "a", "b"),), YES),
    "C3/more-values": ((when("StringEquals", "k:a", "a", "b"),), (when("StringEquals", "k:a", "a"),), NO),
    "C3/more-values-of-a-negated-operator": ((when("StringNotEquals", "k:a", "a", "b"),), (when("StringNotEquals", "k:a", "a"),), YES),
    "C4/a-negated-operator-holds-for-missing-keys": ((when("StringNotEquals", "k:a", "a"),), (when("StringNotLike", "k:a", "a"),), YES),
    "C4/if-exists-adds-missing-keys": ((when("StringEqualsIfExists", "k:a", "a"),), (when("StringEquals", "k:a", "a"),), NO),
    "C4/without-if-exists": ((when("StringEquals", "k:a", "a"),), (when("StringEqualsIfExists", "k:a", "a"),), YES),
    "C4/if-exists-is-missing-or-equal": ((when("StringEqualsIfExists", "k:a", "a"),), NULL_OR_A, YES),
    "C5/an-empty-text-is-there": ((when("Null", "k:a", "false"),), (when("StringLike", "k:a", "?*"),), NO),
    "C5/an-empty-text-is-no-list": ((when("ForAllValues:StringEquals", "k:l", "a"),), (when("ForAnyValue:StringEquals", "k:l", "a"),), NO),
    "C5/null-of-a-multivalued-key": ((when("StringEquals", "aws:TagKeys", ""),), (when("Null", "aws:TagKeys", "true"),), YES),
    "C5/an-empty-text-is-no-value-of-a-set": (
        (allow(Condition={"StringEquals": {"k:l": ""}, "ForAllValues:StringEquals": {"k:l": "a"}}),),
        (),
        NO,
    ),
    "C5/a-list-of-an-empty-text-is-no-value-of-a-set": (
        (
            allow(Condition={"ForAnyValue:StringEquals": {"k:l": ""}, "ForAllValues:StringEquals": {"k:l": "a"}}),
            deny(Condition={"StringLike": {"k:l": "*"}}),
        ),
        (),
        NO,
    ),
    "C6/plain-operators-fail-for-lists": ((when("ForAnyValue:StringEquals", "k:a", "a"),), (when("StringEquals", "k:a", "a"),), NO),
    "C7/one-text-is-a-set": ((when("StringEquals", "k:a", "a"),), (when("ForAnyValue:StringEquals", "k:a", "a"),), YES),
    "C8/all-values-holds-for-missing-keys": ((when("Null", "k:a", "true"),), (when("ForAllValues:StringEquals", "k:a", "a"),), YES),
    "C8/all-values-holds-for-none": ((when("ForAllValues:StringEquals", "k:l", "a"),), (when("StringEquals", "k:l", "a"),), NO),
    "C8/a-value-of-all": ((SEVERAL,), (when("StringEquals", "k:x", "never"),), YES),
    "C9/any-value-is-not-all": (
        (when("ForAnyValue:StringEquals", "k:l", "a"),),
        (when("ForAllValues:StringEquals", "k:l", "a"),),
        NO,
    ),
    "C9/some-value-differs": (
        (when("ForAnyValue:StringEquals", "k:l", "b"),),
        (when("ForAnyValue:StringNotEquals", "k:l", "a"),),
        YES,
    ),
    "C10/if-exists-changes-no-set-operator": (
        (when("ForAnyValue:StringLikeIfExists", "k:l", "a"),),
        (when("ForAnyValue:StringLike", "k:l", "a"),),
        YES,
    ),
    "C11/null-or-not": ((allow(),), (when("Null", "k:a", "true"), when("Null", "k:a", "false")), YES),
    "C11/both-values": ((allow(),), (when("Null", "k:a", "true", "false"),), YES),
    "C12/wildcards-are-literal": ((when("StringEquals", "k:a", "a*"),), (when("StringLike", "k:a", "a*"),), YES),
    "C12/case-counts": ((when("StringEqualsIgnoreCase", "k:a", "a"),), (when("StringEquals", "k:a", "a"),), NO),
    "C12/both-cases": ((when("StringEqualsIgnoreCase", "k:a", "a"),), (when("StringEquals", "k:a", "a", "A"),), YES),
    "C12/the-kelvin-sign-folds-to-k": ((when("StringEqualsIgnoreCase", "k:a", "k"),), (when("StringEquals", "k:a", "k", "K"),), NO),
    "C13/a-wildcard-covers": ((when("StringLike", "k:a", "a?c"),), (when("StringLike", "k:a", "a*"),), YES),
    "C13/one-character-is-not-several": ((when("StringLike", "k:a", "a*c"),), (when("StringLike", "k:a", "a?c"),), NO),
    "C13/wildcards-overlap": ((when("StringLike", "k:a", "a*"),), (when("StringLike", "k:a", "*a"),), NO),
    "C13/wildcards-together": (
        (when("StringLike", "k:a", "a*"),),
        (when("StringLike", "k:a", "a"), when("StringLike", "k:a", "a?*")),
        YES,
    ),
    "C15/an-unreadable-number-is-not-unequal": ((when("StringEquals", "k:n", "ten"),), (when("NumericNotEquals", "k:n", "1"),), NO),
    "C15/what-is-no-arn-is-not-unlike-one": (
        (when("StringEquals", "k:n", "arn:aws:s3"),),
        (when("ArnNotLike", "k:n", "arn:aws:s3:::b"),),
        NO,
    ),
    "C16/spellings-of-a-number": ((when("NumericEquals", "k:n", "10"),), (when("NumericEquals", "k:n", "1e1"),), YES),
    "C16/between-two-numbers": ((NUMBERS,), (when("NumericEquals", "k:n", "1.5"),), NO),
    "C16/between-the-closest-numbers": ((NO_NUMBER,), (when("StringEquals", "k:x", "never"),), YES),
    "C16/the-largest-number": ((when("NumericEquals", "k:n", "9" * 40),), (when("NumericLessThan", "k:n", "9" * 40),), NO),
    "C17/a-moved-bound": ((when("NumericLessThan", "k:n", "10"),), (when("NumericLessThan", "k:n", "11"),), YES),
    "C17/less-or-equal": ((when("NumericLessThanEquals", "k:n", "10"),), (when("NumericLessThan", "k:n", "10"),), NO),
    "C17/below-a-negative-number": ((when("NumericLessThan", "k:n", "-5"),), (), NO),
    "C18/an-earlier-date": ((when("DateLessThan", "k:d", "2024-01-01"),), (when("DateLessThan", "k:d", "2024-01-02"),), YES),
    "C18/a-later-date": ((when("DateLessThan", "k:d", "2024-01-02"),), (when("DateLessThan", "k:d", "2024-01-01"),), NO),
    "C18/between-two-dates": (
        (allow(Condition={"DateGreaterThan": {"k:d": "2030-01-01T00:00:00Z"}, "DateLessThan": {"k:d": "2030-01-01T00:00:02Z"}}),),
        (when("StringEquals", "k:x", "never"),),
        NO,
    ),
    "C18/seconds-since-1970": ((when("DateEquals", "k:d", "0"),), (when("DateEquals", "k:d", "1970-01-01T00:00:00Z"),), YES),
    "C18/no-instant-before-the-first": (
        (when("DateLessThan", "k:d", "0001-01-01T00:00+23:59"),),
        (when("StringEquals", "k:x", "never"),),
        YES,
    ),
    "C19/case-of-booleans": ((when("Bool", "k:b", "TRUE"),), (when("Bool", "k:b", "true"),), YES),
    "C19/true-and-false-are-not-all": ((when("Null", "k:b", "false"),), (when("Bool", "k:b", "true", "false"),), NO),
    "C20/spellings-of-bytes": ((when("StringEquals", "k:b", "QR=="),), (when("BinaryEquals", "k:b", "QQ=="),), YES),
    "C20/every-spelling-of-bytes": ((when("BinaryEquals", "k:b", "QQ=="),), (when("StringEquals", "k:b", "QQ==", "QR=="),), NO),
    "C21/a-range-in-a-range": ((when("IpAddress", "k:i", "10.1.0.0/16"),), (when("IpAddress", "k:i", "10.0.0.0/8"),), YES),
    "C21/a-wider-range": ((when("IpAddress", "k:i", "10.0.0.0/7"),), (when("IpAddress", "k:i", "10.0.0.0/8"),), NO),
    "C21/two-halves": (
        (when("IpAddress", "k:i", "10.0.0.0/8"),),
        (when("IpAddress", "k:i", "10.0.0.0/9", "10.128.0.0/9"),),
        YES,
    ),
    "C21/versions-apart": ((when("NotIpAddress", "k:i", "0.0.0.0/0"),), (when("IpAddressIfExists", "k:i", "::/0"),), YES),
    "C21/ipv4-in-ipv6": ((when("IpAddress", "k:i", "::ffff:10.0.0.0/104"),), (when("IpAddress", "k:i", "10.0.0.0/8"),), YES),
    "C22/wildcards-stay-in-their-field": (
        (when("ArnLike", "k:r", "arn:aws:sns:*:1:t"),),
        (when("StringLike", "k:r", "arn:aws:sns:*:1:t"),),
        YES,
    ),
    "C22/wildcards-of-texts-do-not": (
        (when("StringLike", "k:r", "arn:aws:sns:*:1:t"),),
        (when("ArnLike", "k:r", "arn:aws:sns:*:1:t"),),
        NO,
    ),
    "C22/equals-is-like": ((when("ArnEquals", "k:r", "arn:aws:sns:*:1:t"),), (when("ArnLike", "k:r", "arn:aws:sns:*:1:t"),), YES),
    "E1/a-deny-with-the-same-condition": ((when("Bool", "k:b", "true"), deny(Condition={"Bool": {"k:b": "true"}})), (), YES),
    "E1/a-deny-of-missing-keys": (
        (when("StringLike", "k:b", "*"), deny(Condition={"BoolIfExists": {"k:b": "false"}})),
        (when("StringNotEqualsIgnoreCase", "k:b", "false"),),
        YES,
    ),
    "C6/a-list-escapes-a-deny": (
        (allow(), deny(Condition={"BoolIfExists": {"k:b": "false"}})),
        (when("Null", "k:b", "false"),),
        NO,
    ),
    "E1/a-deny-that-lets-missing-keys-pass": (
        (allow(), deny(Condition={"Bool": {"k:b": "false"}})),
        (when("Null", "k:b", "false"),),
        NO,
    ),
}
NOTHING: Final = deny()


@pytest.mark.parametrize(("new", "old", "expected"), CASES.values(), ids=CASES)
def test_conditions(new: tuple[Statement, ...], old: tuple[Statement, ...], expected: str) -> None:
    assert verdict(identity(*new), identity(*(old or (NOTHING,)))) == expected


EMPTY: Final = {
    "C27/no-value-is-never-equal": ("StringEquals", YES),
    "C27/no-value-is-always-unequal": ("StringNotEquals", NO),
    "C27/no-arn-is-always-unlike": ("ArnNotLike", NO),
    "C27/all-values-of-missing-keys": ("ForAllValues:StringEquals", NO),
}


@pytest.mark.parametrize(("operator", "expected"), EMPTY.values(), ids=EMPTY)
def test_conditions_without_values(operator: str, expected: str) -> None:
    assert verdict(identity(when(operator, "k:a"), lenient=True), identity(NOTHING)) == expected


def test_nothing_is_unlike_what_is_no_arn() -> None:
    """C15: not even a negated operator holds if one side is not an ARN, unless the key is missing (C4)."""
    unlike = allow(Condition={"ArnNotLike": {"k:r": "x"}, "Null": {"k:r": "false"}})
    assert verdict(identity(unlike, lenient=True), identity(NOTHING)) == YES


def test_every_text_is_unlike_no_arn_at_all() -> None:
    """C27: an empty list has nothing to compare with, so a text need not be an ARN."""
    assert verdict(identity(when("StringEquals", "k:r", "x")), identity(when("ArnNotLike", "k:r"), lenient=True)) == YES
