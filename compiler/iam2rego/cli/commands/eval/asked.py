"""What `eval` is asked: the requests of a file, or one by options."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Final

import click

from iam2rego.cli.shared.command import option, options
from iam2rego.cli.shared.output import refuse
from iam2rego.jsontext import JsonTextError, JsonValue, loads
from iam2rego.native.case import fold
from iam2rego.sources.files import STDIN
from iam2rego.sources.requests import read_requests

_LIST: Final = "["
_OBJECT: Final = "{"


def _principal(_context: click.Context, _parameter: click.Parameter, value: str | None) -> JsonValue:
    """Read what begins as a JSON object; anything else is an ARN, or not a caller, as the engines will say."""
    return value if value is None or not value.startswith(_OBJECT) else _json(value, "object")


def _keys(_context: click.Context, _parameter: click.Parameter, values: Sequence[str]) -> dict[str, JsonValue]:
    """Read KEY=VALUE by KEY. A key that is given twice has a list, and so has one whose value is a JSON list."""
    keys: dict[str, JsonValue] = {}
    spelled: dict[str, str] = {}
    for each in values:
        name, equals, text = each.partition("=")
        if not (name and equals):
            raise click.BadParameter(f"`{each}` is not KEY=VALUE, such as aws:username=ann")
        value = _json(text, "list") if text.startswith(_LIST) else text
        key = spelled.setdefault(fold(name), name)
        keys[key] = [*_items(keys[key]), *_items(value)] if key in keys else value
    return keys


def _items(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else [value]


def _json(text: str, form: str) -> JsonValue:
    try:
        return loads(text)
    except JsonTextError:
        raise click.BadParameter(f"`{text}` begins as a JSON {form} and is not JSON") from None


@options
class Asked:
    """The requests to decide."""

    heading: ClassVar = "Request"

    request: str | None = option("--request", metavar="FILE", help="The request, or requests, one a line; - for stdin.")
    principal: Any = option(
        "--principal", metavar="ARN", callback=_principal, help="Without --request: who asks; * for anonymous callers, or a JSON object."
    )
    action: str | None = option("--action", metavar="ACTION", help="The action, such as s3:GetObject.")
    resource: str | None = option("--resource", metavar="ARN", help="The resource; * for actions that name none.")
    context: Any = option(
        "--context",
        metavar="KEY=VALUE",
        multiple=True,
        callback=_keys,
        help='A context key. Repeatable; a key given twice has a list, and so has KEY=["a", "b"].',
    )

    def refuse_contradictions(self, sources: Sequence[str], *, by_gateway: bool) -> None:
        """Refuse what asks nothing, or two things at once; the questions of a gateway come from a file."""
        needed = {"--principal": self.principal, "--action": self.action, "--resource": self.resource}
        given = [name for name, value in {**needed, "--context": self.context or None}.items() if value is not None]
        missing = [name for name in needed if name not in given]
        if self.request is not None:
            if given:
                refuse(f"requests come from a file or from options: leave out --request or {_listed(given)}")
            if self.request == STDIN and STDIN in sources:
                refuse("stdin is read once: name a file for the policies or for --request")
        elif by_gateway:
            refuse("the questions of a gateway come from a file: add --request FILE", "--gateway")
        elif missing:
            start = f"add {_listed(missing)}" if given else "nothing is asked: give --principal, --action and --resource"
            refuse(f"{start}, or --request FILE instead")

    def requests(self) -> tuple[Iterable[JsonValue], bool]:
        """Return the requests, and whether they are known to be several.

        Raises:
            PolicyError: as `read_requests`.
        """
        if self.request is not None:
            requests = read_requests(self.request)
            return requests, requests.several
        return [{"principal": self.principal, "action": self.action, "resource": self.resource, "context": self.context}], False


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
