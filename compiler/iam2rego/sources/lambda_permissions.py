"""What a permission of a Lambda function says, wherever it is written."""

import re
from typing import Final

_AWS: Final = re.compile(r"[0-9]{12}|arn:.*", re.DOTALL)


def principal_type(principal: str) -> str:
    """Return the member of a statement's ``Principal`` for the text of a permission, which is not ``*``."""
    return "AWS" if _AWS.fullmatch(principal) else "Service"
