"""What hinders policies of a file from taking part in decisions, and the names that would help."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from iam2rego.diagnostics import Code
from iam2rego.source import Span
from iam2rego.sources.account_details import Open
from iam2rego.sources.format import Wanted
from iam2rego.sources.terraform.names import ACCOUNT, PARTITION, REGION
from iam2rego.sources.terraform.resources import Resource
from iam2rego.sources.terraform.text import Text


@dataclass(slots=True)
class OpenEnds:
    """Collects what stays open.

    Attributes:
        text: the file.
        found: what stays open.
        needs: the names that would help, each with the place where it is first needed.
    """

    text: Text
    found: list[Open] = field(default_factory=list)
    needs: dict[str, str] = field(default_factory=dict)
    _said: set[str] = field(default_factory=set)

    def only_checked(self, message: str, hint: str, place: Span) -> None:
        """Note that a policy takes part in no decision."""
        self.found.append(Open(Code.NOT_ATTACHED, message, hint, place))

    def unnamed(self, name: str, message: str, resource: Resource) -> None:
        """Note that a policy is attached to nobody, as a name is missing. The account and the region are needed in any build."""
        place = self.text.place(resource.start, "address")
        self.needs.setdefault(name, f"{self.text.source.name}#{resource.address}")
        if name in (ACCOUNT, REGION, PARTITION):
            self._add(Open(Code.UNKNOWN_NAME, f"nothing tells `{name}`", f"`--param {name}=...`", place))
        else:
            self.only_checked(message, f"`--param {_word(name)}=...`, or read the state after apply", place)

    def unknown(self, resource: Resource, attribute: str, references: Sequence[str]) -> None:
        """Note that an end of an edge is not known, so a build would decide wrongly."""
        name = f"{resource.address}.{attribute}"
        self.needs.setdefault(name, f"{self.text.source.name}#{resource.address}")
        message = f"nothing tells `{name}`{_refers(references)}"
        self._add(Open(Code.UNKNOWN_NAME, message, f"`--param {_word(name)}=...`, or read the state after apply", None, f"#{name}"))

    def after_apply(self, resource: Resource, label: str, references: Sequence[str], detail: str) -> None:
        """Note that a document is known after apply."""
        message = f"the whole document is known after apply{_refers(references)}{detail}"
        hint = "apply, then `terraform show -json > state.json` and read that; or plan again"
        self.found.append(Open(Code.AFTER_APPLY, message, hint, None, f"#{resource.address}.{label}"))

    def wanted(self) -> tuple[Wanted, ...]:
        """Return the names that values are wanted for."""
        return tuple(Wanted(name, place, None) for name, place in self.needs.items())

    def _add(self, each: Open) -> None:
        if each.message not in self._said:
            self._said.add(each.message)
            self.found.append(each)


def _refers(references: Sequence[str]) -> str:
    return f"; it refers to {', '.join(f'`{each}`' for each in references)}" if references else ""


def _word(name: str) -> str:
    """Return a name as a word of a shell."""
    return f"'{name}'" if any(each in name for each in '["') else name
