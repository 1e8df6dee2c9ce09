"""Subjects that only got invalid requests, so that agreement about them proves nothing."""

from dataclasses import dataclass

from iam2rego.jsontext import JsonValue, Number


@dataclass(frozen=True, slots=True)
class AllInvalid:
    """A subject whose ``requests`` requests were all invalid; ``error`` is that of the first."""

    subject: str
    requests: int
    error: str

    @property
    def words(self) -> str:
        """The finding in a line."""
        if not self.requests:
            return f"{self.subject}: no generated request reaches it, so nothing was compared"
        return f"{self.subject}: all {self.requests} requests are invalid, so nothing was compared; the first: {self.error}"

    @property
    def members(self) -> dict[str, JsonValue]:
        """The finding as a member of JSON reports."""
        return {"subject": self.subject, "requests": Number(str(self.requests)), "error": self.error}
