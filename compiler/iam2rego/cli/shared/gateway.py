"""Reads a gateway's file for commands that decide natively what a gateway asks."""

from importlib.util import find_spec

from iam2rego.cli.shared.output import refuse
from iam2rego.ir.gateway import Gateway, HttpGateway, TokenClaims
from iam2rego.sources.gateway import read_gateway


def read_for_both_engines(path: str) -> Gateway:
    """Read a gateway's file, whose tokens both engines can verify.

    Raises:
        PolicyError: as `read_gateway`.
        UsageError: there are tokens, and this Python has no library that verifies them.
    """
    gateway = read_gateway(path)
    if isinstance(gateway, HttpGateway) and isinstance(gateway.claims, TokenClaims) and find_spec("jwt") is None:
        refuse("tokens are verified natively by PyJWT: pip install 'iam2rego[gateway]'", "--gateway")
    return gateway
