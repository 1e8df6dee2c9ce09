"""Requests that are made to cost much, at growing sizes, and what OPA does for them.

A bundle has a statement for each of them, so that only what the request is made for is asked.
"""

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, TypeAlias

from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.assemble import compile_policies
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.output import write
from iam2rego.sources import load

Request: TypeAlias = Mapping[str, Any]

USER: Final = "arn:aws:iam::111111111111:user/u"
ASKING: Final = 40
"""The least number of statements that ask for the same key."""

MOST: Final = 2.05
"""By how much the work may grow from a size to twice that size: by no more than the size, and a little for what a bound adds."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """A statement, of which all but effect and action is given, and what a request of a size holds."""

    statement: Mapping[str, Any]
    request: Callable[[int], Request]
    start: int = 500
    """The smallest size: characters, members or levels."""


def _resource(form: str, size: int, **context: Any) -> Request:
    return {"resource": form.format("a" * size), "context": context}


def _text(size: int, form: str = "{}", fill: str = "a", **context: Any) -> Request:
    return {"context": {"k:v": form.format(fill * size), **context}}


def _list(size: int) -> Request:
    return {"context": {"k:v": [f"value-{number}" for number in range(size)]}}


def _condition(operator: str, *values: str) -> Mapping[str, Any]:
    return {"Condition": {operator: {"k:v": list(values)}}}


_NESTED: Final = "arrays in arrays"
_DIGITS: Final = "a number of many digits"


_A: Final = {"aws:username": "a", "aws:PrincipalTag/t": "a"}

HOSTILE: Final[Mapping[str, Hostile]] = {
    "N3/nested-principal": Hostile({}, lambda _: {"principal": _NESTED}),
    "N3/nested-value": Hostile({}, lambda _: {"context": {"k:v": _NESTED}}),
    "N3/nested-member": Hostile({}, lambda _: {"more": _NESTED}),
    "N3/many-members": Hostile({}, lambda size: {f"more-{number}": 1 for number in range(size)}),
    "N3/many-keys": Hostile({}, lambda size: {"context": {f"k:{number}": "v" for number in range(size)}}, start=250),
    "N3/many-keys-of-more-than-64-KiB": Hostile({}, lambda size: {"context": {f"k:{number}": "v" for number in range(size)}}, start=5_000),
    "N3/keys-that-fold-together": Hostile({}, lambda size: {"context": {f"{key}:{number}": "" for number in range(size) for key in "kK"}}),
    "N3/many-wrong-values": Hostile({}, lambda size: {"context": {f"k:{number}": None for number in range(size)}}),
    "N3/too-long": Hostile({}, lambda size: {"context": {"k:v": "a" * (70_000 + size)}}),
    "N3/long-number": Hostile(_condition("StringEquals", "1"), lambda _: {"context": {"k:v": _DIGITS}}),
    "P7/many-service-names": Hostile(
        {},
        lambda size: {"principal": {"Service": "s.amazonaws.com", "service_names": [f"{number}.x" for number in range(size)]}},
        start=250,
    ),
    "R6/stars": Hostile({"Resource": "arn:aws:s3:::b/*a*a*a*a*b"}, partial(_resource, "arn:aws:s3:::b/{}")),
    "R6/characters": Hostile({"Resource": "arn:aws:s3:::b/*?a?*a?*b"}, partial(_resource, "arn:aws:s3:::b/{}")),
    "R7/stars-in-one-field": Hostile({"Resource": "arn:aws:s3:*a*a*a*b:*:b/*"}, partial(_resource, "arn:aws:s3:{}::b/k")),
    "R7/stars-in-every-field": Hostile(
        {"Resource": "arn:*a:*a:*a:*a:*"}, lambda size: {"resource": f"arn:{'a' * size}:{'a' * size}:{'a' * size}:{'a' * size}b:r"}
    ),
    "R7/characters-that-cross": Hostile(
        {"Resource": "arn:aws:s3:us-*-1::*?*?*?x"}, lambda size: {"resource": f"arn:aws:s3:us-e-1::{':' * size}"}
    ),
    "R7/fields-without-end": Hostile({"Resource": "arn:aws:s3:*:*-1:*x"}, lambda size: {"resource": f"arn:aws:s3:{':a-1' * size}:y"}),
    "V6/variables-in-order": Hostile(
        {"Resource": "arn:aws:s3:::*/${aws:PrincipalTag/t}/*/${aws:username}/*.csv"},
        lambda size: {"resource": f"arn:aws:s3:::b{'/a' * size}/x.txt", "context": _A},
    ),
    "V6/variables-between-stars": Hostile(
        {"Resource": "arn:aws:s3:::b/*${aws:PrincipalTag/t}*${aws:username}*${aws:PrincipalTag/t}*zz*"},
        partial(_resource, "arn:aws:s3:::b/{}", **_A),
    ),
    "V6/a-long-value": Hostile(
        {"Resource": "arn:aws:s3:::b/*${aws:username}b*"},
        lambda size: {"resource": f"arn:aws:s3:::b/{'a' * size}", "context": {"aws:username": "a" * (size // 2)}},
    ),
    "V6/a-character-beside-a-variable": Hostile(
        {"Resource": "arn:aws:s3:::b/*${aws:username}?b*"}, partial(_resource, "arn:aws:s3:::b/{}", **_A), start=100
    ),
    "V9/a-variable-behind-fields": Hostile(
        {"Resource": "arn:aws:s3:*:*-1:*${aws:username}?b"},
        lambda size: {"resource": f"arn:aws:s3:{':a-1' * size}:y", "context": _A},
        start=100,
    ),
    "C13/stars": Hostile(_condition("StringLike", "*a*a*a*a*b"), _text),
    "C13/negated": Hostile(_condition("StringNotLike", "*a*a*a*a*b"), _text),
    "C13/variables": Hostile(_condition("StringLike", "*${aws:username}*${aws:username}*b"), partial(_text, **_A)),
    "C22/stars-in-one-field": Hostile(_condition("ArnLike", "arn:aws:iam::*a*a*a*b:role/*"), partial(_text, form="arn:aws:iam::{}:role/r")),
    "C8/a-long-list": Hostile(_condition("ForAllValues:StringLike", "value-*", "*x*y*"), _list, start=100),
    "C9/a-long-list": Hostile(_condition("ForAnyValue:StringEquals", "none"), _list, start=100),
    "C16/a-long-number": Hostile(_condition("NumericEquals", "1"), partial(_text, fill="1")),
    "C16/a-long-exponent": Hostile(_condition("NumericEquals", "1"), partial(_text, form="1e{}", fill="1")),
    "C18/a-long-date": Hostile(_condition("DateLessThan", "2030-01-01"), partial(_text, form="2020-01-01T00:00:00.{}Z", fill="1")),
    "C20/long-base64": Hostile(_condition("BinaryEquals", "QQ=="), partial(_text, fill="QUFB")),
    "C21/a-long-address": Hostile(_condition("IpAddress", "10.0.0.0/8"), partial(_text, fill="1:")),
}
"""By rule and what is large."""


def policy() -> dict[str, Any]:
    """Return the policy that has a statement for each hostile request, which alone is about its action."""
    statements = [
        {"Effect": effect, "Action": _action(name), "Resource": "*", **hostile.statement}
        for name, hostile in HOSTILE.items()
        for effect in ("Allow", "Deny")
    ]
    return {"Version": "2012-10-17", "Statement": statements}


def asking(number: int) -> dict[str, Any]:
    """Return a policy in which ``number`` statements ask for the same key."""
    condition = {"StringEquals": {"k:missing": "v"}}
    statement = {"Effect": "Allow", "Action": "h:asking", "Resource": "*", "Condition": condition}
    return {"Version": "2012-10-17", "Statement": [statement] * number}


def request(name: str, size: int) -> str:
    """Return the hostile request of this name, of a size, as JSON."""
    plain = {"principal": USER, "action": _action(name), "resource": "arn:aws:s3:::b/k", "context": {}}
    text = json.dumps({**plain, **HOSTILE[name].request(size)})
    return text.replace(json.dumps(_NESTED), "[" * size + "]" * size).replace(json.dumps(_DIGITS), "1" * size)


def bundle(folder: Path, document: Mapping[str, Any], layout: Layout) -> Path:
    """Write the bundle of one policy into ``folder``."""
    source = folder / "policy.json"
    source.write_text(json.dumps(document), encoding="utf-8")
    target = folder / layout
    write(compile_policies(load([str(source)]).policies, revision="growth", layout=layout), target)
    return target


def steps(binary: Binary, bundle_path: Path, asked: str) -> int:
    """Return how many expressions OPA evaluates to answer `allow` and `decision`."""
    command: Sequence[str | Path] = [binary.path, "eval", "--bundle", bundle_path, "--stdin-input", "--profile", "--profile-limit=100000"]
    done = subprocess.run([*command, "--format=json", "data.iam.authz"], input=asked, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    assert answer["result"][0]["expressions"][0]["value"].keys() == {"allow", "decision"}
    return sum(each["num_eval"] + each["num_redo"] for each in answer["profile"])


def grown(numbers: Sequence[int]) -> Iterator[float]:
    """Yield by how much each number is more than the one before."""
    yield from (after / before for before, after in pairwise(numbers))


def _action(name: str) -> str:
    return "h:" + name.replace("/", "-")
