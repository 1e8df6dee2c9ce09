"""A table of a gateway's file: reads its members by name, and reports problems with their places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source, Span
from iam2rego.sources.members import items_of, object_members, require, text_of, wrong_type
from iam2rego.syntax.report import did_you_mean
from iam2rego.syntax.tree import JsonBoolean, JsonNode, JsonNumber, Member


@dataclass(frozen=True, slots=True)
class Table:
    """The members of a table; `what` is its name in messages."""

    node: JsonNode
    source: Source
    what: str
    members: Mapping[str, Member]

    @classmethod
    def of(cls, node: JsonNode, source: Source, what: str, *, required: Sequence[str], optional: Sequence[str] | None = ()) -> "Table":
        """Take a table with the required members, possibly the optional ones, and any others if ``optional`` is None.

        Raises:
            PolicyError: it is not a table, has unknown members, or lacks required ones.
        """
        members = object_members(node, source, what, None if optional is None else (*required, *optional))
        require(node, members, source, what, required)
        return cls(node, source, what, members)

    def node_of(self, name: str) -> JsonNode | None:
        """Return the value of a member, or None if it is absent."""
        return self.members[name].value if name in self.members else None

    def text(self, name: str) -> str:
        """Return the text of a required member."""
        return text_of(self.members[name].value, self.source, f"`{name}`")

    def truth(self, name: str) -> bool:
        """Return a boolean, false if absent."""
        node = self.node_of(name)
        if node is None:
            return False
        if not isinstance(node, JsonBoolean):
            raise PolicyError([wrong_type(node, self.source, f"`{name}`", "true or false")])
        return node.value

    def count(self, name: str) -> int:
        """Return a number of at least one, or 0 if absent."""
        node = self.node_of(name)
        if node is None:
            return 0
        if not isinstance(node, JsonNumber) or not node.text.isdecimal() or not int(node.text):
            raise self.wrong(name, "must be a whole number of at least 1")
        return int(node.text)

    def choice(self, name: str, choices: Sequence[str]) -> str:
        """Return the text of a required member that is one of ``choices``."""
        text = self.text(name)
        if text not in choices:
            raise self.wrong(name, f"cannot be `{text}`", did_you_mean(text, choices))
        return text

    def items(self, name: str) -> Sequence[JsonNode]:
        """Return the items of a required member; there must be at least one."""
        items = items_of(self.members[name].value, self.source, f"`{name}`")
        if not items:
            raise self.wrong(name, "is empty")
        return items

    def entries(self, name: str) -> Sequence[Member]:
        """Return the members of a table with any names, none if absent."""
        node = self.node_of(name)
        return () if node is None else tuple(object_members(node, self.source, f"`{name}`", None).values())

    def wrong(self, name: str, message: str, hint: str = "", code: Code = Code.BAD_GATEWAY) -> PolicyError:
        """Return an error about the value of a member."""
        return refused(self.source, self.members[name].value.span, f"`{name}` {message}", hint, code)


def refused(source: Source, span: Span, message: str, hint: str = "", code: Code = Code.BAD_GATEWAY) -> PolicyError:
    """Return an error about a place."""
    return PolicyError([Diagnostic(code, message, source, span, hint)])
