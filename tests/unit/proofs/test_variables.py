"""Whether the requests that variables let through are among others, by what is compared with their values: tags, names, and themselves."""

from typing import Any, Final

import pytest

from tests.unit.proofs.asking import MAYBE, NO, YES, Statement, allow, deny, identity, verdict, when

S3: Final = "arn:aws:s3:::"
OWN: Final = "${aws:PrincipalTag/team}"
NAME: Final = "${aws:username}"
TAG: Final = "aws:ResourceTag/team"
OF_PRINCIPAL: Final = "aws:PrincipalTag/team"
LISTED: Final = "aws:TagKeys"
SNS: Final = "arn:aws:sns:r:1:"
NOTHING: Final = allow(Action="t:Never")


def both(*conditions: tuple[str, str, list[str]], **parts: Any) -> Statement:
    block: dict[str, dict[str, list[str]]] = {}
    for operator, key, values in conditions:
        block.setdefault(operator, {})[key] = values
    return allow(Condition=block, **parts)


CASES: Final[dict[str, tuple[tuple[Statement, ...], tuple[Statement, ...], str]]] = {
    "V1/a-tag-that-is-the-callers-or-another": (
        (when("StringEquals", TAG, OWN),),
        (when("StringLike", TAG, OWN, "public-*"),),
        YES,
    ),
    "V1/a-tag-that-begins-with-the-callers": ((when("StringEquals", TAG, OWN),), (when("StringLike", TAG, f"{OWN}*"),), YES),
    "V1/more-than-the-callers-tag": ((when("StringLike", TAG, f"{OWN}*"),), (when("StringEquals", TAG, OWN),), NO),
    "V1/the-tag-of-another-key": ((when("StringEquals", TAG, OWN),), (when("StringEquals", TAG, NAME),), NO),
    "V1/the-tag-behind-that-of-another-key": ((when("StringEquals", TAG, f"x-{OWN}"),), (when("StringEquals", TAG, f"x{NAME}"),), NO),
    "V1/equal-is-never-unequal": ((when("StringEquals", TAG, OWN),), (allow(), deny(Condition={"StringNotEquals": {TAG: [OWN]}})), YES),
    "V1/unequal-is-refused": ((allow(),), (allow(), deny(Condition={"StringNotEquals": {TAG: [OWN]}})), NO),
    "V1/a-name-in-a-tag": (
        (when("StringLike", TAG, f"user-{NAME}-?*"),),
        (when("StringLike", TAG, f"user-{NAME}-*", "admin"),),
        YES,
    ),
    "V1/a-value-and-a-beginning": ((both(("StringEquals", TAG, [OWN]), ("StringLike", TAG, ["a*"])),), (NOTHING,), NO),
    "V1/one-of-several-values": ((when("StringLike", TAG, "x", f"a-{OWN}"),), (when("StringLike", TAG, "x", f"?-{OWN}"),), YES),
    "V1/one-of-several-values-is-more": ((when("StringLike", TAG, "x", f"a-{OWN}"),), (when("StringEquals", TAG, f"a-{OWN}"),), NO),
    "V4/a-default-is-another-value": (
        (when("StringEquals", TAG, "${aws:PrincipalTag/team, 'a'}"),),
        (when("StringLike", TAG, OWN, "b*"),),
        NO,
    ),
    "C12/any-case-of-a-value-is-more": ((when("StringEqualsIgnoreCase", TAG, OWN),), (when("StringEquals", TAG, OWN),), NO),
    "C12/a-value-in-its-own-case": ((when("StringEquals", TAG, OWN),), (when("StringEqualsIgnoreCase", TAG, OWN, "b"),), YES),
    "C8/each-of-a-list-has-the-value": (
        (when("ForAllValues:StringEquals", LISTED, OWN),),
        (when("ForAllValues:StringLike", LISTED, OWN, "b*"),),
        YES,
    ),
    "C9/some-of-a-list-has-the-value": (
        (when("ForAnyValue:StringEquals", LISTED, OWN),),
        (when("ForAnyValue:StringLike", LISTED, OWN, "b*"),),
        YES,
    ),
    "C22/a-value-in-an-arn": ((when("ArnLike", "k:r", f"{SNS}{OWN}"),), (when("ArnLike", "k:r", f"{SNS}{OWN}*", f"{SNS}b"),), YES),
    "C22/an-arn-with-a-value-is-not-unlike-it": (
        (when("ArnLike", "k:r", f"{SNS}{OWN}"),),
        (allow(), deny(Condition={"ArnNotLike": {"k:r": [f"{SNS}{OWN}"]}})),
        YES,
    ),
    "C22/a-value-may-be-an-arn": ((both(("StringEquals", "k:r", [OWN]), ("ArnNotLike", "k:r", [f"{SNS}b"])),), (NOTHING,), NO),
    "V6/a-star-is-no-value-of-a-condition": ((when("StringLike", TAG, "*"),), (when("StringLike", TAG, OWN),), NO),
    "V1/a-value-that-a-condition-gives": (
        (both(("StringEquals", OF_PRINCIPAL, ["a"]), ("StringEquals", TAG, [OWN])),),
        (when("StringEquals", TAG, "a"),),
        YES,
    ),
    "V1/a-value-that-a-condition-gives-to-others": (
        (both(("StringEquals", OF_PRINCIPAL, ["a"]), ("StringEquals", TAG, ["a"])),),
        (when("StringEquals", TAG, OWN),),
        YES,
    ),
    "V1/one-of-two-values": (
        (both(("StringEquals", OF_PRINCIPAL, ["a", "b"]), ("StringEquals", TAG, [OWN])),),
        (when("StringEquals", TAG, "a", "b"),),
        YES,
    ),
    "V1/two-values-are-not-one": (
        (both(("StringEquals", OF_PRINCIPAL, ["a", "b"]), ("StringEquals", TAG, [OWN])),),
        (when("StringEquals", TAG, "a"),),
        NO,
    ),
    "V1/a-beginning-is-not-a-value": (
        (both(("StringLike", OF_PRINCIPAL, ["a*"]), ("StringEquals", TAG, [OWN])),),
        (when("StringEquals", TAG, "a"),),
        NO,
    ),
    "V1/a-name-that-a-condition-gives-in-a-resource": (
        (both(("StringEquals", "aws:username", ["ann"]), Resource=f"{S3}b/{NAME}/*"),),
        (allow(Resource=f"{S3}b/ann/*"),),
        YES,
    ),
    "V1/a-resource-of-another-name": (
        (both(("StringEquals", "aws:username", ["ann", "ben"]), Resource=f"{S3}b/{NAME}/*"),),
        (allow(Resource=f"{S3}b/ann/*"),),
        NO,
    ),
    "V1/the-same-name-in-a-resource-and-a-tag": (
        (both(("StringEquals", "aws:username", ["ann", "ben"]), ("StringEquals", TAG, [NAME]), Resource=f"{S3}{NAME}/*"),),
        (
            both(("StringEquals", TAG, ["ann"]), Resource=f"{S3}ann/*"),
            both(("StringEquals", TAG, ["ben"]), Resource=f"{S3}ben/*"),
        ),
        YES,
    ),
    "V4/a-name-that-may-be-missing": (
        (both(("StringEqualsIfExists", OF_PRINCIPAL, ["a"]), ("StringEquals", TAG, ["${aws:PrincipalTag/team, 'b'}"])),),
        (when("StringEquals", TAG, "a"),),
        NO,
    ),
    "V4/a-name-that-may-be-missing-or-is-given": (
        (both(("StringEqualsIfExists", OF_PRINCIPAL, ["a"]), ("StringEquals", TAG, ["${aws:PrincipalTag/team, 'b'}"])),),
        (when("StringEquals", TAG, "a", "b"),),
        YES,
    ),
    "V8/a-list-is-no-value-of-a-condition": (
        (both(("ForAnyValue:StringEquals", OF_PRINCIPAL, ["a"]), ("StringEquals", TAG, ["${aws:PrincipalTag/team, 'b'}"])),),
        (when("StringEquals", TAG, "a"),),
        NO,
    ),
    "V9/a-value-with-a-colon-matches-no-field": (
        (both(("StringEquals", OF_PRINCIPAL, ["a:b"]), Resource=f"arn:aws:sns:{OWN}:1:t"),),
        (NOTHING,),
        YES,
    ),
}


@pytest.mark.parametrize(("new", "old", "expected"), CASES.values(), ids=CASES)
def test_values_of_variables(new: tuple[Statement, ...], old: tuple[Statement, ...], expected: str) -> None:
    assert verdict(identity(*new), identity(*old)) == expected


def test_values_in_two_fields_are_not_compared() -> None:
    """The same unknown value in a resource and in a tag: what proofs do not follow is undecided, and never proved."""
    new = both(("StringEquals", TAG, [NAME]), ("StringLike", TAG, ["ann*"]), Resource=f"{S3}{NAME}")
    assert verdict(identity(new), identity(allow(Resource=f"{S3}ann*"))) == MAYBE
