"""Wrong classes and rows: requests tell each from the right ones, unless it only sends OPA to ask the policies themselves."""

import json
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, Final

from iam2rego.engines.bundles import stored
from iam2rego.ir.attachments import Attachments, PrincipalPolicies
from iam2rego.ir.policy import PolicySet, PolicyType
from iam2rego.jsontext import JsonValue
from iam2rego.mutation.judge import ASTRAY, questions_of, refuse_disagreement
from iam2rego.opa.binary import Binary
from iam2rego.opa.server import serve
from iam2rego.rego.bundle.assemble import DATA, MANIFEST, Bundle, compile_policies
from iam2rego.rego.bundle.layouts import Layout
from tests.support.policies import ROLE, SAME, SESSION, USER, allow, deny, equals, null, policy

TOLD: Final = null("k", "false")
POLICIES: Final = (
    policy(
        "reads",
        allow("a:Get*", "a:Put", "a:*Tag"),
        allow("b:One", "b:Two", when=[TOLD]),
        deny("a:GetSecret"),
        deny("a:GetMany", when=[TOLD]),
        allow("d:*", when=[equals("k", "v")]),
        deny("d:Two", when=[null("l", "false")]),
    ),
    policy(
        "names",
        allow("a:GetOne", "a:GetSecret", "a:GetMany", "b:One", "b:Three", "c:Get", "c:Put"),
        allow("d:One", "c:New", when=[equals("k", "w")]),
    ),
    policy("bounds", allow("c:*", "d:*", "a:GetOne"), allow("b:*", when=[TOLD]), deny("c:Put"), of=PolicyType.PERMISSIONS_BOUNDARY),
)
ATTACHED: Final = Attachments(
    accounts=(SAME,),
    principals=(
        PrincipalPolicies(arn=USER, identity=("reads",)),
        PrincipalPolicies(arn=ROLE, identity=("names",), permissions_boundary="bounds"),
    ),
)
ACTIONS: Final = (
    "a:GetOne",
    "a:GetSecret",
    "a:GetMany",
    "a:Put",
    "a:Put2",
    "b:One",
    "b:Two",
    "b:Three",
    "c:Get",
    "c:Put",
    "c:New",
    "d:One",
    "d:Two",
    "d:New",
    "a:GetNew",
    "a:NewTag",
)
CONTEXTS: Final = ({}, {"k": "v"}, {"k": "w"}, {"l": "v"}, {"l": "w"}, {"k": "v", "l": "v"})
RESOURCES: Final = ("arn:aws:s3:::b", "arn:aws:sqs:r:222222222222:q")

_JUDGE: Final = """package judge

killed contains name if {
	some name, tables in data.mutants
	some question in input.questions
	request := question.request
	answer := data.iam.authz.allow with input as request
		with data.iam.classes as tables.classes
		with data.iam.callers as tables.callers
		with data.iam.rows as tables.rows
		with data.iam.enough as tables.enough
		with data.iam.prefixes as tables.prefixes
		with data.iam.globs as tables.globs
	answer != question.allow
}
"""
_TABLES: Final = ("classes", "callers", "rows", "enough", "prefixes", "globs")
_GRANTED, _OPEN, _PATTERNS, _FORM = range(4)

EQUIVALENT: Final = {
    "granted, now open": "the policies themselves are asked, and allow",
    "never, now open": "the policies themselves are asked, and do not allow",
    "pattern added": "the policies themselves are asked, and do not allow",
    "text lost": "the policies themselves are asked, and allow",
    "case lost": "the policies themselves are asked, and allow",
    "caller lost": "the policies themselves are asked",
}


def mutants(tables: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield wrong tables, each with what was done to them and where."""
    for name, row in tables["rows"].items():
        yield from ((f"{kind}: {where} of {name}", changed(tables, "rows", name, new)) for kind, where, new in _of_row(tables, row))
    for caller, name in tables["callers"].items():
        other = next(each for each in tables["rows"] if each != name)
        yield f"another's row: {caller}", changed(tables, "callers", caller, other)
        yield f"caller lost: {caller}", {**tables, "callers": {each: row for each, row in tables["callers"].items() if each != caller}}
    for action, token in tables["classes"].items():
        for other in sorted({each for each in tables["classes"].values() if _differs(tables, token, each)}):
            yield f"another class: {action} as {other}", changed(tables, "classes", action, other)

    yield from ((kind, {**tables, "enough": enough}) for kind, enough in _of_enough(tables["enough"]))


def _of_enough(tables: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for token, keys in tables.items():
        for key, texts in keys.items():
            other = "l" if key == "k" else "k"
            yield f"text lost: {token} {key}", {**tables, token: {**keys, key: {}}}
            yield f"another key: {token} {key}", {**tables, token: {**keys, other: texts}}
            for text, found in texts.items():
                wrong = "w" if text == "v" else "v"
                yield f"another text: {token} {key} {text}", {**tables, token: {**keys, key: {**texts, wrong: found}}}


def _of_row(tables: Mapping[str, Any], row: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    for action, token in tables["classes"].items():
        granted, opened = ([text.replace(token, "|"), f"{text}{token}"] for text in row[:2])
        if token in row[_GRANTED]:
            yield "granted, now lost", action, [granted[0], *row[1:]]
            yield "granted, now open", action, [granted[0], opened[1], *row[2:]]
        elif token in row[_OPEN]:
            yield "open, now lost", action, [row[0], opened[0], *row[2:]]
            yield "open, now granted", action, [granted[1], opened[0], *row[2:]]
        else:
            yield "never, now granted", action, [granted[1], *row[1:]]
            yield "never, now open", action, [row[0], opened[1], *row[2:]]
    for token in _patterns(tables):
        if token in row[_PATTERNS]:
            yield "pattern lost", token, [*row[:2], row[_PATTERNS].replace(token, "|"), row[_FORM]]
        else:
            yield "pattern added", token, [*row[:2], f"{row[_PATTERNS]}{token}", row[_FORM]]
    for token in _cases(tables):
        if token in row[_OPEN]:
            yield "case lost", token, [row[_GRANTED], row[_OPEN].replace(token, "|"), *row[2:]]
        else:
            yield "case added", token, [row[_GRANTED], f"{row[_OPEN]}{token}", *row[2:]]
    yield "any account", SAME, [*row[:3], row[_FORM].replace(f"(?:{SAME})?", "[0-9]*")]


def _cases(tables: Mapping[str, Any]) -> set[str]:
    """Return the tokens of texts that are enough for some class."""
    return {token for keys in tables["enough"].values() for texts in keys.values() for token in texts.values()}


def _patterns(tables: Mapping[str, Any]) -> Iterator[str]:
    """Yield the tokens of patterns that some policy allows by."""
    yield from (token for letters in tables["prefixes"].values() for found in letters.values() for token in found.values())
    yield from (token for found in tables["globs"].values() for token in found.values())


def _differs(tables: Mapping[str, Any], token: str, other: str) -> bool:
    """Say whether the other class is granted or never allowed for a caller for whom this one is otherwise."""
    said = [[(each in row[_GRANTED], each in row[_OPEN]) for each in (token, other)] for row in tables["rows"].values()]
    return any(right != wrong and not wrong[1] for right, wrong in said)


def changed(tables: Mapping[str, Any], table: str, name: str, value: Any) -> Mapping[str, Any]:
    return {**tables, table: {**tables[table], name: value}}


def test_wrong_classes_and_rows_are_noticed(opa: Binary) -> None:
    policies = PolicySet(policies=POLICIES, attachments=ATTACHED)
    requests: list[JsonValue] = [
        {"principal": principal, "action": action, "resource": resource, "context": context}
        for principal, action, resource, context in product((USER, SESSION), ACTIONS, RESOURCES, CONTEXTS)
        if resource == RESOURCES[0] or "l" not in context
    ]
    built = compile_policies(policies, revision="mutation", layout=Layout.PACKED).files
    data = json.loads(built[DATA])
    made = dict(mutants({table: data["iam"][table] for table in _TABLES}))
    files = {path: text for path, text in built.items() if path != MANIFEST}
    judges = {"judge/astray.rego": ASTRAY, "judge/judge.rego": _JUDGE}
    questions = questions_of(policies, requests)
    with stored(Bundle({**files, **judges, DATA: json.dumps({**data, "mutants": made})})) as bundle, serve(opa, bundle) as client:
        refuse_disagreement(client, questions)
        killed = client.document("judge/killed", f'{{"questions": [{", ".join(questions)}]}}')
    assert isinstance(killed, list)
    assert len(made) > 50
    survived = sorted(made.keys() - set(map(str, killed)))
    assert {name.partition(":")[0] for name in survived} == EQUIVALENT.keys()
    assert not [name for name in survived if name.partition(":")[0] not in EQUIVALENT]
    assert not [name for name in map(str, killed) if name.partition(":")[0] in EQUIVALENT]
