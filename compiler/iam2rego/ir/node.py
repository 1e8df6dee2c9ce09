"""The base of every node."""

from pydantic import BaseModel, ConfigDict, Field

from iam2rego.source import Span


class Node(BaseModel):
    """Immutable, closed, and equal by meaning: the span is carried but never compared.

    Equal nodes may have different places, so never cache or deduplicate them where a place is printed.
    """

    # Deferred, so that a build without a gateway does not load the gateway's nodes.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)
    span: Span | None = Field(default=None, repr=False)

    def _meaning(self) -> tuple[object, ...]:
        return tuple(value for name, value in self.__dict__.items() if name != "span")  # pydantic's own iterator takes five times as long

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Node) and self._meaning() == other._meaning()

    def __hash__(self) -> int:
        return hash((type(self), self._meaning()))
