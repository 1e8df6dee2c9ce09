"""IAM314: a private address for `aws:SourceIp`."""

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import ConditionValue, Operator
from iam2rego.lint.conditions import tests_of
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject, Tested
from iam2rego.syntax.literals import is_address
from iam2rego.syntax.report import quote

_PRIVATE: Final = tuple(
    map(
        ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10", "fc00::/7"),
    )
)
_HINT: Final = "for private addresses, test `aws:VpcSourceIp` along with `aws:SourceVpc`"

FINDING: Final = Finding(
    code="IAM314",
    name="private-address",
    level=Level.WARNING,
    summary="`aws:SourceIp` is compared with a private address, which it never has.",
    why=(
        "`aws:SourceIp` is the public address of the caller; a request through a VPC endpoint does not have the key. So `IpAddress` with "
        "private ranges is never true, and `NotIpAddress` always is. If only some of the values are private, these have no effect, and "
        "the finding is a notice."
    ),
    remedy="For requests through a VPC endpoint, test `aws:VpcSourceIp` along with `aws:SourceVpc` or `aws:SourceVpce`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "192.168.1.0/24"]}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", '
        '"Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}}'
    ),
    aws=("PRIVATE_IP_ADDRESS", "PRIVATE_IP_ADDRESS_SUBSET", "PRIVATE_NOT_IP_ADDRESS", "PRIVATE_NOT_IP_ADDRESS_SUBSET"),
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare the values of the key with the private ranges."""
    for test in tests_of(subject, "aws:sourceip"):
        match test.condition.operator:
            case Operator.IP_ADDRESS:
                yield from _of_values(test, "never true", "PRIVATE_IP_ADDRESS")
            case Operator.NOT_IP_ADDRESS:
                yield from _of_values(test, "always true", "PRIVATE_NOT_IP_ADDRESS")


def _of_values(test: Tested, truth: str, aws: str) -> Iterator[Occurrence]:
    values = test.condition.values
    private = [value for value in values if is_address(value.text) and _is_private(value)]
    if private and len(private) == len(values):
        message = f"{quote(test.condition.key)} is never a private address, so the condition is {truth}"
        yield Occurrence(test.key.value.span, message, _HINT, aws)
        return
    for value in private:
        message = f"{quote(test.condition.key)} is never a private address, so {quote(value.text)} has no effect"
        yield Occurrence(value.span, message, _HINT, f"{aws}_SUBSET", Level.NOTICE)


def _is_private(value: ConditionValue) -> bool:
    network = ip_network(value.text, strict=False)
    return any(_is_within(network, wide) for wide in _PRIVATE)


def _is_within(network: IPv4Network | IPv6Network, wide: IPv4Network | IPv6Network) -> bool:
    return network.version == wide.version and network.network_address in wide and network.prefixlen >= wide.prefixlen
