"""The calls that no policy controls: they only identify or authenticate the caller (E16)."""

from iam2rego.native.case import fold
from iam2rego.native.principal import CallerKind
from iam2rego.native.request import Request


def is_uncontrolled(request: Request) -> bool:
    """Say whether the request is allowed whatever the policies say."""
    match fold(request.action):
        case "sts:getcalleridentity":
            return request.caller.account is not None
        case "sts:getsessiontoken":
            return request.caller.kind in (CallerKind.USER, CallerKind.ROOT)
        case _:
            return False
