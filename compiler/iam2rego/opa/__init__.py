"""Open Policy Agent: finds or builds it (`binary`), runs it (`server`), and queries it (`client`)."""

from iam2rego.opa.errors import OpaError

__all__ = ["OpaError"]
