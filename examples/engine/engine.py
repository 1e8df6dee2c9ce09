"""A small IAM engine to run the conformance suite on: it knows only identity-based policies without conditions.

It reads one question a line and answers one decision a line. It ignores statements with conditions, including each such Deny, and the
suite reports that.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "str | Sequence[Json] | Mapping[str, Json]"


def decide(question: Mapping[str, Json]) -> str:
    """Return the decision: a Deny that applies, else an Allow that does, else the implicit deny."""
    effects = {statement["Effect"] for statement in statements(question["policies"]) if applies(statement, question["request"])}
    if "Deny" in effects:
        return "explicitDeny"
    return "allowed" if "Allow" in effects else "implicitDeny"


def statements(policies: Mapping[str, Json]) -> Iterator[Mapping[str, Json]]:
    """Yield the statements of the identity-based policies; a policy may be a string that holds one."""
    for policy in policies.get("identity", ()):
        document = json.loads(policy) if isinstance(policy, str) else policy
        yield from listed(document["Statement"])


def applies(statement: Mapping[str, Json], request: Mapping[str, Json]) -> bool:
    """Say whether the statement is without conditions, and its actions and resources match those of the request."""
    return (
        "Condition" not in statement
        and any(matches(pattern.lower(), request["action"].lower()) for pattern in listed(statement.get("Action", ())))
        and any(matches(pattern, request["resource"]) for pattern in listed(statement.get("Resource", ())))
    )


def matches(pattern: str, text: str) -> bool:
    """Match a pattern with the wildcards `*` and `?`."""
    wanted = "".join({"*": ".*", "?": "."}.get(character, re.escape(character)) for character in pattern)
    return re.fullmatch(wanted, text, re.DOTALL) is not None


def listed(value: Json) -> Sequence[Json]:
    """Return what a policy may give alone or in a list, as a list."""
    return value if isinstance(value, list | tuple) else [value]


def answer(line: str) -> str:
    """Return the answer to one question; a policy or request of a wrong form is refused."""
    try:
        return decide(json.loads(line))
    except (AttributeError, KeyError, TypeError, ValueError):
        return "invalid"


for line in sys.stdin:
    print(json.dumps({"decision": answer(line)}), flush=True)
