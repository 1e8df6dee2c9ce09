"""Statements that do and do not apply."""

from typing import Final

from tests.support.policies import (
    HOME,
    allow,
    equals,
)

YES: Final = [allow()]
OTHER: Final = [allow("s3:PutObject")]
FAR: Final = allow(on=HOME)
FALSE: Final = equals("k:v", "x")
AT: Final = "(identity.json:1:2)"
