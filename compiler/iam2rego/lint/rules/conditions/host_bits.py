"""IAM315: a range with bits beyond its mask (C21)."""

from collections.abc import Iterator
from ipaddress import ip_interface
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Operator
from iam2rego.lint.edits import respelled
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Safety, safe
from iam2rego.lint.subject import Subject
from iam2rego.syntax.literals import is_address
from iam2rego.syntax.report import quote

_ADDRESSES: Final = (Operator.IP_ADDRESS, Operator.NOT_IP_ADDRESS)

FINDING: Final = Finding(
    code="IAM315",
    name="host-bits",
    level=Level.NOTICE,
    summary="A range of addresses has bits set beyond its mask (C21).",
    why="The range is the one with these bits zero. The address may hide that the range is wider than it looks.",
    remedy="Write the first address of the range. If you mean one address, write it without a mask.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.5/24"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}}'
    ),
    aws=("IMPROVE_IP_RANGE",),
    fix=Safety.SAFE,
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare each address with the first one of its range."""
    for test in subject.tests:
        for value in test.condition.values if test.condition.operator in _ADDRESSES else ():
            if network := _wider(value.text):
                message = f"the range {quote(value.text)} is that of {quote(network)}"
                fix = safe("write the first address", respelled, subject, value.span, value.text, network)
                yield Occurrence(value.span, message, f"write {quote(network)}", fix=fix)


def _wider(text: str) -> str | None:
    """Return the range of an address with a mask, if it has bits beyond that."""
    if "/" not in text or not is_address(text):
        return None
    written = ip_interface(text)
    return None if written.ip == written.network.network_address else str(written.network)
