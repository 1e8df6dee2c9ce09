"""Chooses the requests for policies, and which policies are evaluated together."""

from collections.abc import Iterator

from iam2rego.coverage.observe import scales
from iam2rego.ir.policy import PolicySet, identity_policies
from iam2rego.jsontext import JsonValue
from iam2rego.questions import once, requests
from iam2rego.questions.attached import Attached
from iam2rego.questions.parts import is_plain


def apart(policies: PolicySet) -> tuple[PolicySet, ...]:
    """Return each policy by itself if it can be evaluated alone, otherwise all together."""
    return tuple(identity_policies((policy,)) for policy in policies.policies) if is_plain(policies) else (policies,)


def well_formed(policies: PolicySet, seed: int) -> list[JsonValue]:
    """Return the requests for every statement of ``policies``, and those of unusual callers; none is deliberately malformed."""
    if is_plain(policies):
        return [request for policy in policies.policies for request in requests(policy, seed)]
    return once(_as_attached(policies, seed))


def _as_attached(policies: PolicySet, seed: int) -> Iterator[JsonValue]:
    attached = Attached(policies, seed)
    for part, index in attached.statements():
        start = attached.start(part, index, scales(policies, part.policy, index).weight)
        yield from attached.requests(part, index, start)
    yield from attached.unusual()
