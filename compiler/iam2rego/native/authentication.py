"""The calls that no policy controls, since they only say or prove who the caller is (E16)."""

from iam2rego.native.case import fold
from iam2rego.native.principal import CallerKind
from iam2rego.native.request import Request


def is_uncontrolled(request: Request) -> bool:
    """Say whether the caller may do this whatever the policies say."""
    match fold(request.action):
        case "sts:getcalleridentity":
            return request.caller.account is not None
        case "sts:getsessiontoken":
            return request.caller.kind in (CallerKind.USER, CallerKind.ROOT)
        case _:
            return False
