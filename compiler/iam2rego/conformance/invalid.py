"""What was never really asked: every request of it was invalid, so that agreement about it says nothing."""

from dataclasses import dataclass

from iam2rego.jsontext import JsonValue, Number


@dataclass(frozen=True, slots=True)
class AllInvalid:
    """What ``subject`` names was asked ``requests`` times, and no request was valid; ``error`` is that of the first."""

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
        """The finding as JSON reports have it."""
        return {"subject": self.subject, "requests": Number(str(self.requests)), "error": self.error}
