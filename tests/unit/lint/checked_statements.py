"""Statements, and what `check` finds in them."""

import json
from collections.abc import Mapping, Set
from typing import Any, TypeAlias

from iam2rego.catalogue.services import Catalogue
from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.policy import Kind
from tests.support.marked_policies import findings

Statement: TypeAlias = Mapping[str, Any]
When: TypeAlias = Mapping[str, Any]
Principal: TypeAlias = str | Mapping[str, Any]


def allow(*actions: str, on: tuple[str, ...] = ("*",), when: When | None = None, **more: str) -> Statement:
    return {"Effect": "Allow", "Action": actions, "Resource": on, **({"Condition": when} if when else {}), **more}


def deny(*actions: str, on: tuple[str, ...] = ("*",), when: When | None = None) -> Statement:
    return {**allow(*actions, on=on, when=when), "Effect": "Deny"}


def deny_not_action(*actions: str) -> Statement:
    return {"Effect": "Deny", "NotAction": actions, "Resource": "*"}


def text(*statements: Statement) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def found(*statements: Statement, kind: Kind = Kind.IDENTITY, known: Catalogue | None = None) -> list[Diagnostic]:
    return findings(text(*statements), kind, True, {}, known)


def among(codes: Set[str], *statements: Statement, kind: Kind = Kind.IDENTITY) -> list[Diagnostic]:
    """What is found that has one of some codes."""
    return [each for each in found(*statements, kind=kind) if each.code in codes]


def on(variable: str) -> Statement:
    return deny("s3:*", on=(f"arn:aws:s3:::${{{variable}}}",))


def codes(*statements: Statement, kind: Kind = Kind.IDENTITY) -> list[str]:
    return [each.code for each in found(*statements, kind=kind)]


def issues(*statements: Statement, kind: Kind = Kind.IDENTITY) -> list[str | None]:
    return [each.aws for each in found(*statements, kind=kind)]


def about(principal: Principal, *, when: When | None = None, member: str = "Principal", effect: str = "Allow") -> Statement:
    condition = {"Condition": when} if when else {}
    return {"Effect": effect, member: principal, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", **condition}


def codes_of(policy: str, kind: Kind, known: Catalogue | None, *, selected: str) -> set[str]:
    """The codes that `check --select` finds in a policy that can be read."""
    return {each.code for each in findings(policy, kind, False, {}, known, lambda finding: finding.code == selected)}
