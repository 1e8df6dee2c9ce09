"""What the attachments of a template need and nothing tells: it hinders a build, and not a check of the documents."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from iam2rego.diagnostics import Code
from iam2rego.source import Span
from iam2rego.sources.account_details import Open
from iam2rego.sources.cloudformation.evaluation import call_of, evaluate, text_of
from iam2rego.sources.cloudformation.functions import chosen_branch
from iam2rego.sources.cloudformation.names import pseudo_text
from iam2rego.sources.cloudformation.needs import DESCRIBED, unknown_names
from iam2rego.sources.cloudformation.resolution import Places, Resolution, UnresolvedError
from iam2rego.sources.cloudformation.template import Resource
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonString, Member


@dataclass(slots=True)
class Opening:
    """Resolves what attachments need, and collects what stays open, and the places of names that are needed for it."""

    resolution: Resolution
    found: list[Open] = field(default_factory=list)
    needs: dict[str, Places] = field(default_factory=dict)
    _said: set[str] = field(default_factory=set)

    def add(self, message: str, hint: str, span: Span) -> None:
        """Note that a policy takes no part in decisions."""
        self._said.add(message)
        self.found.append(Open(Code.NOT_ATTACHED, message, hint, span))

    def attempt(self, find: Callable[[], str], message: str, hint: str, span: Span) -> str | None:
        """Return what ``find`` does. If only a resource of the template has no name, say so; any other name is needed in a build."""
        with self.resolution.apart() as needs:
            try:
                return find()
            except UnresolvedError:
                pass
            except RecursionError:
                self.add("the names here lead too deep", "", span)
        self._note(needs, message, hint, span)
        return None

    def quietly(self, find: Callable[[], str]) -> str | None:
        """Return what ``find`` does, or None if a name is missing."""
        with self.resolution.apart():
            try:
                return find()
            except (UnresolvedError, RecursionError):
                return None

    def text(self, node: JsonNode, message: str) -> str | None:
        """Return the text of a value; None if it is not known, or `AWS::NoValue`."""
        hint = f"bind the name, or use {DESCRIBED}"
        return self.attempt(lambda: text_of(self.resolution, node, optional=True) or "", message, hint, node.span) or None

    def items(self, node: JsonNode) -> Sequence[JsonNode]:
        """Return the items of a list, where conditions have chosen; the items themselves are not resolved."""
        chosen: Sequence[JsonNode] = ()

        def find() -> str:
            nonlocal chosen
            chosen = self._items(node)
            return ""

        self.attempt(find, "nothing tells who is meant here, so this attaches nothing", "bind the name", node.span)
        return chosen

    def referred(self, node: JsonNode) -> Resource | None:
        """Return the resource of the template that a value refers to, unless a name from outside says what it is."""
        match call_of(node):
            case Member(name="Ref", value=JsonString(value=name)):
                pass
            case Member(name="Fn::GetAtt", value=JsonArray(items=(JsonString(value=name), JsonString()))):
                pass
            case Member(name="Fn::GetAtt", value=JsonString(value=text)):
                name = text.partition(".")[0]
            case _:
                return None
        return self.resolution.template.resources.get(name)

    def account_arn(self, rest: str, span: Span) -> str | None:
        """Return the ARN of an entry of IAM in the template's account."""

        def find() -> str:
            partition, account = (pseudo_text(self.resolution, f"AWS::{each}", span) for each in ("Partition", "AccountId"))
            return f"arn:{partition}:iam::{account}:{rest}"

        return self.attempt(find, "", "", span)

    def _items(self, node: JsonNode) -> Sequence[JsonNode]:
        call = call_of(node)
        if call is not None and call.name == "Fn::If":
            return self._items(chosen_branch(self.resolution, call.value))
        value = node if call is None else evaluate(self.resolution, node)
        items = value.items if isinstance(value, JsonArray) else () if value is None else (value,)
        return [each for item in items if (each := self._item(item)) is not None]

    def _item(self, node: JsonNode) -> JsonNode | None:
        call = call_of(node)
        if call is not None and call.name == "Fn::If":
            return self._item(chosen_branch(self.resolution, call.value))
        no_value = call is not None and call.name == "Ref" and isinstance(call.value, JsonString) and call.value.value == "AWS::NoValue"
        return None if no_value else node

    def _note(self, needs: Mapping[str, Places], message: str, hint: str, span: Span) -> None:
        """Sort the missing names: those of resources leave a policy open, others are needed."""
        for name, places in needs.items():
            self.needs.setdefault(name, {}).update(places)
        resources = self.resolution.template.resources
        outside = {name: places for name, places in needs.items() if name.partition(".")[0] not in resources}
        unsaid = {name: places for name, places in outside.items() if name not in self.resolution.needs}
        for each in unknown_names(unsaid, self.resolution.source):
            if each.message not in self._said:  # one error tells it
                self._said.add(each.message)
                self.found.append(Open(Code.UNKNOWN_NAME, each.message, each.hint, each.span))
        if needs and not outside:
            self.add(message, hint, span)
