"""The users, groups, roles and managed policies of the providers `aws` and `awscc`, and the types of resources that attach policies."""

from collections.abc import Mapping
from typing import Final

_PROVIDERS: Final = ("aws", "awscc")
_KINDS: Final = ("user", "group", "role")

PRINCIPALS: Final[Mapping[str, str]] = {f"{provider}_iam_{kind}": kind for kind in _KINDS for provider in _PROVIDERS}
"""The kinds of identities, by the types of their resources."""

TYPES: Final[Mapping[str, tuple[str, ...]]] = {kind: tuple(f"{provider}_iam_{kind}" for provider in _PROVIDERS) for kind in _KINDS}
"""The types of resources, by the kind of identity."""

CONTROLLED: Final = "awscc_iam_managed_policy"
"""A managed policy that lists who has it."""

MANAGED: Final = ("aws_iam_policy", CONTROLLED)

INLINE: Final[Mapping[str, tuple[str, str]]] = {
    **{f"aws_iam_{kind}_policy": (kind, kind) for kind in _KINDS},
    **{f"awscc_iam_{kind}_policy": (f"{kind}_name", kind) for kind in _KINDS},
}
"""The types of inline policies that are resources of their own: the attribute that names the identity, and its kind."""

ATTACHMENTS: Final[Mapping[str, str]] = {f"aws_iam_{kind}_policy_attachment": kind for kind in _KINDS}
"""The types that attach one policy, with the kind of identity that has it, which is also the attribute that names it."""

LISTS: Final[Mapping[str, str]] = {"roles": "role", "users": "user", "groups": "group"}
"""The attributes that list identities which have a policy, with their kinds."""

EXCLUSIVE_NAMES: Final[Mapping[str, str]] = {f"aws_iam_{kind}_policies_exclusive": kind for kind in _KINDS}
"""The types that list all inline policies of an identity, with its kind; the attribute `KIND_name` names it."""

EXCLUSIVE_ATTACHMENTS: Final[Mapping[str, str]] = {f"aws_iam_{kind}_policy_attachments_exclusive": kind for kind in _KINDS}
"""The types that attach managed policies to an identity, which then has no others."""
