"""Open Policy Agent: found or built (`binary`), started and stopped (`server`), asked (`client`)."""

from iam2rego.opa.errors import OpaError

__all__ = ["OpaError"]
