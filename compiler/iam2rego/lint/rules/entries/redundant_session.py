"""IAM225: a session of a role beside the role itself (P5)."""

import re
from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Kind
from iam2rego.ir.principal import ArnPrincipal
from iam2rego.lint.edits import without_entry
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Edit, Safety, unsafe
from iam2rego.lint.subject import Subject, Written
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonObject

FINDING: Final = Finding(
    code="IAM225",
    name="redundant-session",
    level=Level.NOTICE,
    summary="A trust policy names a session of a role and the role itself, which matches all its sessions (P5).",
    why=(
        "Every session of the role may assume this one. The entry of the session matters only if that has a session policy or a "
        "permissions boundary: these limit the role, but not a session that is named (E6). So removing it is not a safe fix."
    ),
    remedy="Remove the session or, if only it should be trusted, the role.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": ['
        '"arn:aws:iam::111122223333:role/r", "arn:aws:sts::111122223333:assumed-role/r/session"]}, "Action": "sts:AssumeRole"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": ['
        '"arn:aws:iam::111122223333:role/r", "arn:aws:sts::111122223333:assumed-role/other/session"]}, "Action": "sts:AssumeRole"}}'
    ),
    kind=Kind.TRUST,
    aws=("REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY",),
    fix=Safety.UNSAFE,
)

_ROLE: Final = re.compile("arn:([^:]+):iam::([0-9]{12}):role/(?:.*/)?([^/]+)")
_SESSION: Final = re.compile("arn:([^:]+):sts::([0-9]{12}):assumed-role/([^/]+)/.+")


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the principals of trust policies; ``NotPrincipal`` must name both (P10)."""
    if subject.policy.kind is Kind.TRUST:
        for statement in subject.statements:
            if statement.read.principals and not statement.read.principals.negated:
                yield from _of_statement(statement)


def _of_statement(statement: Written) -> Iterator[Occurrence]:
    principals = statement.read.principals
    arns = [entry for entry in principals.entries if isinstance(entry, ArnPrincipal)] if principals else []
    roles = {role.groups(): each for each in arns if (role := _ROLE.fullmatch(each.arn))}
    for each in arns:
        session = _SESSION.fullmatch(each.arn)
        if session and session.groups() in roles:
            whole = roles[session.groups()]
            message = f"{quote(each.arn)} changes nothing, because {quote(whole.arn)} matches all sessions of the role"
            hint = "remove the session or, if only it should be trusted, the role"
            fix = unsafe("remove the session", _without, statement, each)
            yield Occurrence(each.span, message, hint, covered_by=(whole.span,), fix=fix)


def _without(statement: Written, session: ArnPrincipal) -> tuple[Edit, ...]:
    """Remove a principal from its list. Its own policies do not limit a session that is named, as they limit its role (E6)."""
    written = statement.member("Principal")
    kinds = written.value.members if written and isinstance(written.value, JsonObject) else ()
    return tuple(edit for kind in kinds for edit in without_entry(kind.value, session.span))
