"""What mutants of the runtime library are asked: the cases of the rules, and requests made from the policies of these.

The modules of a case get names that no other case has, and its tables a place of their own, so that OPA takes all cases at once.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path, PurePosixPath
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final

from iam2rego.conformance.asked import well_formed
from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, Number, dumps, loads
from iam2rego.native import authorize
from iam2rego.rego.bundle.assemble import compile_policies
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.scenarios.suite import suite
from iam2rego.sources import load
from tests.support.accounts import BESIDE, Json, Size, export, inline_policy
from tests.support.accounts import requests as in_account
from tests.support.goldens import GOLDENS
from tests.support.goldens import policies as of_golden
from tests.support.malformed_inputs import documents
from tests.truth.worlds import cases, worlds

MADE: Final = 5
"""How many of the requests that are made from the policies of a case are asked at most, drawn with the seed."""

STATES: Final = 300
"""How many combinations of the truth tables are asked, drawn with the seed."""

ACCOUNT: Final = Size(users=40, groups=6, roles=30)
OF_ACCOUNT: Final = 400
"""A generated account, whose policies are all small, and how many requests of those in it."""

_MANAGED: Final = 6

_RESOURCES: Final = Path(__file__).with_name("resources.json")
_USER: Final = "arn:aws:iam::111111111111:user/u"
_OF_RESOURCES: Final = (
    ("s3:GetObject", "arn:aws:s3:::b/k"),
    ("s3:GetObject", "arn:aws:s3:::b"),
    ("s3:GetObject", "arn:aws:s3:::bb/k"),
    ("s3:GetObject", "arn:aws:x:::arn:aws:s3:::b/k"),
    (f"s3:{'g' * 65534}", "arn:aws:s3:::b/k"),
    ("sts:AssumeRole", "arn:aws:iam::111111111111:role/r"),
    ("sts:GetCallerIdentity", "arn:aws:iam::111111111111:role/r"),
)
"""Actions on what has a policy in this set, and on what is nearly so; one is longer than a text may be (N3)."""

_LONG: Final = "x" * 17_000
_CONTEXTS: Final[Sequence[JsonValue]] = (
    {"k": _LONG},
    {"k": _LONG, "other": Number("1")},
    {"k": _LONG, "other": "\ufffd"},
    {"k": _LONG, "other": {"a": "b"}},
    {"k": _LONG, "other": ["a", {"a": "b"}]},
    {"k": "x" * 65_536},
    {"k": "x" * 65_537},
    {"k": "\N{LATIN SMALL LETTER E WITH ACUTE}" * 32_768},
    {"k": "\N{LATIN SMALL LETTER E WITH ACUTE}" * 32_768 + "x"},
    {"other": "\ufffd"},
)
"""Contexts of one request: long enough that each text is looked at by itself, as long as a text may be, and longer (N3)."""

_EXPORT: Final = Path(__file__).with_name("export.json")
_SESSION: Final = "arn:aws:sts::111111111111:assumed-role/r/s"
_OF_EXPORT: Final[Sequence[JsonValue]] = (
    "arn:aws:iam::111111111111:user/denied",
    _USER,
    _SESSION,
    {"arn": _SESSION, "user_arn": _USER},
    {"arn": "arn:aws:iam::111111111111:user/none", "user_arn": _USER},
    {"arn": "arn:aws:sts::111111111111:federated-user/u", "user_arn": _USER},
    {"arn": "arn:aws:sts::111111111111:federated-user/u", "user_arn": f"{_USER}\ufffd"},
    {"arn": _SESSION, "role_arn": "arn:aws:iam::111111111111:role/\ufffd"},
    {"arn": _SESSION, "unique_id": "\ufffd"},
    {"Service": "\ufffd"},
    {"Federated": "\ufffd"},
)
"""Callers of one action on two buckets: a user with nothing but a Deny beside what the resource grants; some who are not the user
they name; and some with a text that is none (N3)."""

_USER_WITH_MFA: Final = "arn:aws:iam::111111111111:user/mfa"
"""A user whose only Allows have a condition each on the context: one by a boolean, and one by the text of a tag, as the role's."""

_TEAM: Final = "aws:PrincipalTag/Team"
_TEAMS: Final[Sequence[JsonValue]] = (
    *({_TEAM: team} for team in ("Front", "Back", "Other", "front", "Front|", Number("1"), ["Front"], ["Front", "Back"], [])),
    {_TEAM.lower(): "Front"},
    {_TEAM: "Front", _TEAM.lower(): "Front"},
    {_TEAM: "Front", "k": "\ufffd"},
    {_TEAM: "Front", "k": _LONG},
    {_TEAM: "Front", "k": "x" * 65_537},
)

_POLICIES: Final = "iam/policies/"
BY_CLASS: Final = ("callers", "classes", "enough", "everybody", "globs", "prefixes", "rows")
"""The data that decides by the class of an action."""

_PACKAGE: Final = re.compile(r"^package iam\.policies\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """A request with the native answer as the judge reads it, and the number of the case whose policies decide it."""

    case: int
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """Policies as OPA loads them in either layout, by path, and what is asked of them: the most telling questions, and more."""

    files: Mapping[Layout, Mapping[str, str]]
    first: Sequence[Question]
    more: Sequence[Question]


_Asked = tuple[PolicySet, Sequence[JsonValue], Sequence[JsonValue]]


@cache
def library_cases(seed: int) -> Sequence[Case]:
    """Return the cases of the rules, those of the truth tables, and those in an account; of the first one all that are malformed, too."""
    asked = [
        *_of_rules(seed),
        *_of_tables(seed),
        *map(partial(_of_account, seed), ({}, BESIDE)),
        _of_resources(),
        *_of_export(),
        *_of_goldens(seed),
    ]
    return [_case(number, *each) for number, each in enumerate(asked)]


def _of_rules(seed: int) -> Iterator[_Asked]:
    for number, scenario in enumerate(suite()):
        if (policies := scenario.policies) is not None:
            made = well_formed(policies, seed)
            drawn = Random(f"{seed}/{number}").sample(made, min(MADE, len(made)))
            yield policies, [scenario.request, *(() if number else documents(0, seed))], drawn


def _of_tables(seed: int) -> Iterator[_Asked]:
    drawn = [*cases(STATES, seed)]
    for world, policies in enumerate(worlds()):
        yield policies, [case.request for case in drawn if case.world == world], ()


def _of_account(seed: int, beside: Json) -> _Asked:
    managed = {f"managed-{number}": inline_policy(Random(f"{seed}/{number}")) for number in range(_MANAGED)}
    with TemporaryDirectory() as folder:
        Path(folder, "account.json").write_text(json.dumps(export(ACCOUNT, managed, seed)), encoding="utf-8")
        Path(folder, "beside.json").write_text(json.dumps({"policies": {}, **beside}), encoding="utf-8")
        policies = load([folder]).policies
    return policies, in_account(policies, OF_ACCOUNT, seed), ()


def _of_resources() -> _Asked:
    asked = [_request(_USER, action, resource) for action, resource in _OF_RESOURCES]
    in_contexts = [_request(_USER, "s3:GetObject", "arn:aws:s3:::b/k", context) for context in _CONTEXTS]
    return load([str(_RESOURCES)]).policies, [*asked, *in_contexts], ()


def _of_export() -> Iterator[_Asked]:
    asked = [_request(caller, "s3:GetObject", f"arn:aws:s3:::{bucket}/k") for caller in _OF_EXPORT for bucket in ("b", "c")]
    contexts: Sequence[JsonValue] = ({}, {"aws:MultiFactorAuthPresent": "true"}, {"aws:MultiFactorAuthPresent": "false"})
    asked += [_request(_USER_WITH_MFA, "s3:GetObject", "arn:aws:s3:::b/k", context) for context in contexts]
    asked += [_request(caller, "s3:PutObject", "arn:aws:s3:::b/k", context) for caller in (_USER_WITH_MFA, _SESSION) for context in _TEAMS]
    for beside in ([], [str(_RESOURCES)]):
        yield load([str(_EXPORT), *beside]).policies, asked, ()


def _of_goldens(seed: int) -> Iterator[_Asked]:
    """Yield policies with every operator and form of pattern, which the cases of the rules hardly combine."""
    for folder in GOLDENS:
        made = well_formed(of_golden(folder), seed)
        yield of_golden(folder), [*_asked_of(folder)], Random(f"{seed}/{folder.name}").sample(made, min(MADE, len(made)))


def _asked_of(golden: Path) -> Iterator[JsonValue]:
    for line in (golden / "requests.jsonl").read_text("utf-8").splitlines():
        match loads(line):
            case {"request": request}:
                yield request


def _request(principal: JsonValue, action: str, resource: str, context: JsonValue = None) -> JsonValue:
    return {"principal": principal, "action": action, "resource": resource, "context": context or {}}


def _case(number: int, policies: PolicySet, first: Iterable[JsonValue], more: Iterable[JsonValue]) -> Case:
    questions = ([_question(number, policies, each) for each in some] for some in (first, more))
    return Case({Layout.MODULES: dict(_modules(number, policies)), Layout.PACKED: _tables(number, policies)}, *questions)


def _tables(number: int, policies: PolicySet) -> Mapping[str, str]:
    built = compile_policies(policies, revision="case", layout=Layout.PACKED).files
    return {"data.json": json.dumps({"cases": {f"c{number}": json.loads(built["data.json"])["iam"]}})}


def _modules(number: int, policies: PolicySet) -> Iterator[tuple[str, str]]:
    built = compile_policies(policies, revision="case", labels=False).files
    renamed = {PurePosixPath(path).stem: f"c{number}_{PurePosixPath(path).stem}" for path in built if path.startswith(_POLICIES)}
    for name, other in renamed.items():
        yield f"{other}.rego", _PACKAGE.sub(f"package iam.policies.c{number}_", built[f"{_POLICIES}{name}.rego"])
    data = json.loads(built["data.json"])["iam"]
    statements = {renamed[name]: entry for name, entry in data["statements"].items()}
    case = {"attachments": _with_names(data["attachments"], renamed), **{name: data[name] for name in BY_CLASS}}
    yield "data.json", json.dumps({"iam": {"statements": statements}, "cases": {f"c{number}": case}})


def _with_names(value: Any, renamed: Mapping[str, str]) -> Any:
    """Return attachments whose lists of modules give the new names."""
    match value:
        case dict():
            return {name: _with_names(each, renamed) for name, each in value.items()}
        case list():
            return [_with_names(each, renamed) if isinstance(each, list) else renamed.get(each, each) for each in value]
    return value


def _question(number: int, policies: PolicySet, request: JsonValue) -> Question:
    decision = authorize(policies, request)
    answer = {
        "allow": decision.decision is Outcome.ALLOWED,
        "refused": bool(decision.errors),
        "decision": decision.model_dump(mode="json", exclude={"errors"}),
    }
    return Question(number, f'{{"case": "c{number}", "request": {dumps(request)}, "answer": {json.dumps(answer)}}}')


def lay_out(files: Mapping[str, str], folder: Path) -> None:
    """Write ``files``, by path, into a new folder."""
    folder.mkdir(parents=True)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
