"""What to write instead of a policy that allows more than it must: ARNs and conditions by the catalogue."""

import re
from collections.abc import Sequence
from typing import Final

from iam2rego.catalogue.access import Access, ResourceType
from iam2rego.catalogue.services import Catalogue
from iam2rego.syntax.report import quote

_SHOWN: Final = 3
"""How many ARNs a hint has."""

_PARTITION: Final = "${Partition}"
_HOLE: Final = re.compile(r"\$\{(\w+)\}")
_NEW: Final = re.compile(r":(Create|Register|Run)")
"""How the names of actions begin whose resources do not exist before, so that these have no tags yet."""

_TAGS: Final = ("aws:ResourceTag/${TagKey}", "aws:RequestTag/${TagKey}")

_FIRST: Final = ("iam:PassedToService", "iam:PermissionsBoundary")
"""Keys that limit better than any resource does which rights one may give away."""


def narrower(actions: Sequence[Access], known: Catalogue) -> str:
    """Return a hint: the ARNs to name instead of `*`, and the condition to test; empty if none of the actions takes a resource."""
    arns = list(dict.fromkeys(arn_of(each.types[0]) for each in actions if each.types))
    if not arns:
        return ""
    key = limiting_key(actions[0], known)
    more = f" and the like for {len(arns) - _SHOWN} more types" if len(arns) > _SHOWN else ""
    return f"name the resources: {', '.join(f'`{each}`' for each in arns[:_SHOWN])}{more}{f'; or test {quote(key)}' if key else ''}"


def narrower_of(action: str, known: Catalogue) -> str:
    """Return the same hint for the name of one action; empty if the catalogue lacks it."""
    service, _, name = action.lower().partition(":")
    is_known = service in known.services and name in known.actions_of(service)
    access = known.access_of(service, name) if is_known else None
    return narrower([access], known) if access else ""


def arn_of(type_: ResourceType) -> str:
    """Return an ARN with placeholders, as policies may have them: ``arn:aws:sqs:<Region>:<Account>:<QueueName>``."""
    return _HOLE.sub(r"<\1>", type_.arn.replace(_PARTITION, "aws"))


def limiting_key(action: Access, known: Catalogue) -> str:
    """Return a key that limits the requests: the ARN of another resource, such as `ecs:cluster`, or a tag; empty if there is none."""
    service, _, name = action.name.lower().partition(":")
    supported, types = known.keys_of_action(service, name), known.keys_of(service)
    kinds = {each.name.split("/")[0].lower() for each in known.formats_of(service)}
    held = [key for key in sorted(supported) if types.get(key) == "ARN" and key.lower().partition(":")[2] in kinds]
    tags = _TAGS[::-1] if _NEW.search(action.name) else _TAGS[:1]
    found = (key for key in (*_FIRST, *held, *tags) if key in supported)
    return _HOLE.sub(r"<\1>", next(found, ""))
