"""The parts of a policy's strings, as written: the tree of ``pattern.lark`` and ``arn.lark``."""

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Chars:
    """Literal characters; ``spelling`` differs from ``text`` for the escapes ``${*}``, ``${?}`` and ``${$}`` (V5)."""

    text: str
    spelling: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """``*`` or ``?``."""

    spelling: Literal["*", "?"]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """``<name>`` (T1); ``start`` and ``end`` are offsets in the decoded string."""

    name: str
    start: int
    end: int

    @property
    def spelling(self) -> str:
        """The placeholder as written."""
        return f"<{self.name}>"


@dataclass(frozen=True, slots=True)
class Reference:
    """``${key}`` or ``${key, 'default'}`` (V3, V4), which may contain placeholders; offsets as in `Placeholder`."""

    key: "tuple[Chars | Placeholder, ...]"
    default: "tuple[Chars | Placeholder, ...] | None"
    start: int
    end: int

    @property
    def spelling(self) -> str:
        """The variable as written."""
        if self.default is None:
            return f"${{{spell(self.key)}}}"
        return f"${{{spell(self.key)}, '{spell(self.default)}'}}"


Part: TypeAlias = Chars | Wildcard | Placeholder | Reference


def spell(parts: "tuple[Part, ...]") -> str:
    """Return the text of ``parts`` as written."""
    return "".join(part.spelling for part in parts)
