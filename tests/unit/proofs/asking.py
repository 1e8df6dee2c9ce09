"""Asks whether one set of statements allows only what another one does."""

from typing import Any, Final, TypeAlias

from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import Policy, PolicySet, PolicyType, identity_policies
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native import authorize
from iam2rego.proofs.inclusion import verdict_of
from iam2rego.proofs.shares import inclusions
from iam2rego.proofs.verdict import Proved, Refuted
from iam2rego.source import Source
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json

Statement: TypeAlias = dict[str, Any]

YES: Final = "proved"
NO: Final = "refuted"
MAYBE: Final = "undecided"

ALL: Final[Statement] = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def allow(**parts: Any) -> Statement:
    """An Allow of everything but for these parts."""
    named = {name.removeprefix("Not") for name in parts}
    return {**{name: part for name, part in ALL.items() if name not in named}, **parts}


def deny(**parts: Any) -> Statement:
    return {**allow(**parts), "Effect": "Deny"}


def when(operator: str, key: str, *values: JsonValue) -> Statement:
    """An Allow of everything under a condition."""
    return allow(Condition={operator: {key: list(values)}})


def identity(*statements: Statement, version: str = "2012-10-17", lenient: bool = False) -> PolicySet:
    source = Source("p.json", dumps({"Version": version, "Statement": list(statements)}))
    document = read_policy(parse_json(source), source, lenient=lenient).document
    assert document is not None, "the statements are legal"
    return identity_policies([Policy(name="p", type=PolicyType.IDENTITY, file="p.json", document=document)])


def verdict(new: PolicySet, old: PolicySet | None) -> str:
    """The verdict on the claim that ``new`` allows only what ``old`` does; the request of a refuted one is confirmed here again."""
    found = verdict_of(answer for each in inclusions(new, old) for answer in each.answers())
    if isinstance(found, Refuted):
        assert authorize(new, found.request).decision is Outcome.ALLOWED
        assert old is None or authorize(old, found.request).decision is not Outcome.ALLOWED
        return NO
    return YES if isinstance(found, Proved) else MAYBE
