"""Names the policies of a template."""

import re
from typing import Final

from iam2rego.ir.policy import Kind
from iam2rego.sources.cloudformation.evaluation import text_of
from iam2rego.sources.cloudformation.resolution import Resolution, UnresolvedError
from iam2rego.sources.cloudformation.table import places_of
from iam2rego.sources.cloudformation.template import Resource
from iam2rego.sources.places import Place
from iam2rego.syntax.tree import JsonNode, JsonObject

ORGANIZATION_POLICY: Final = "AWS::Organizations::Policy"
"""The type whose kind of policy depends on another property."""

_LATER: Final = re.compile(r"\[[1-9]")
"""An item of a list after the first."""


def policy_name(resolution: Resolution, resource: Resource, place: Place, label: str, holder: JsonNode | None) -> str:
    """Return the name of a policy. It stays the same whatever is bound, unless the template's own names depend on that."""
    stem = f"{resolution.stem}/{resource.logical_id}"
    if place.kind is Kind.TRUST:
        return f"{stem}/trust"
    if place.path[0] == "Policies":
        name = _inline_name(resolution, holder)
        if name is None:
            return f"{stem}/policy{label[len('Policies') : label.index(']') + 1]}"
        return f"{stem}/{name}#inline" if name == "trust" else f"{stem}/{name}"
    first = resource.type == ORGANIZATION_POLICY or place is places_of(resource.type)[0]
    return stem if first and not _LATER.search(label) else f"{stem}/{label}"


def _inline_name(resolution: Resolution, holder: JsonNode | None) -> str | None:
    """Return the name of an inline policy; None if it has none, or depends on a name that nothing tells."""
    members = holder.members if isinstance(holder, JsonObject) else ()
    node = next((each.value for each in members if each.name == "PolicyName"), None)
    with resolution.apart():
        try:
            return text_of(resolution, node, optional=True) if node else None
        except UnresolvedError:
            return None
