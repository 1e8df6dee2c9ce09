"""What `iam2rego.strategies` draws: legal policies with all that the language has, and requests on both sides of them."""

from collections import Counter
from functools import cache
from typing import Final, TypeVar

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from iam2rego.diagnostics import Diagnostic, Level
from iam2rego.engines.compare import outcome
from iam2rego.fuzz.tally import Tally
from iam2rego.ir.condition import Operator, Qualifier
from iam2rego.ir.policy import Kind, PolicySet
from iam2rego.jsontext import JsonValue, dumps, loads
from iam2rego.native import authorize
from iam2rego.source import Source
from iam2rego.strategies import policies, policy_sets, requests
from iam2rego.strategies.conditions import blocks
from iam2rego.strategies.drawing import draw
from iam2rego.strategies.reading import read
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json

_Drawn = TypeVar("_Drawn")

QUIET: Final = settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
KINDS: Final = st.sampled_from(Kind)
DRAWN: Final = 500
"""So much is drawn until all of the language must be there."""

SETS: Final = 60
"""So many policy sets are drawn until all that a run is about must be there."""

CONDITIONS: Final = [
    *(f'{operator}"' for operator in Operator),
    *(f'{operator}IfExists"' for operator in Operator if operator is not Operator.NULL),
    *(f"{qualifier}:" for qualifier in Qualifier),
    *("t:u", "T:U", "${t:u}", "${T:W, 'a'}", "${*}", "\\u0130", "\\ud83d\\ude00", "2024-02-29", "2001:DB8:0::/32", "1e39", "true,", "\\n"),
    *("aws:TagKeys", "AWS:SOURCEORGPATHS", "aws:VpceOrgPaths"),
]
"""What the JSON text of condition blocks holds."""

STATEMENTS: Final = [
    *('"NotAction"', '"NotResource"', '"NotPrincipal"', '"Principal": "*"', '"AWS"', '"Service"', '"CanonicalUser"'),
    *("2008-10-17", "2012-10-17", "${?}", "${$}", "${T:W}", "${t:w, ''}", "[!a]", "\\\\*", '"a b"'),
    *("role/p/r", "assumed-role/r/s", "federated-user/f", ":root", "AIDA1", '"222222222222"'),
]
"""What the JSON text of resource-based policies holds."""


def errors(document: JsonValue, kind: Kind, *, lenient: bool) -> list[Diagnostic]:
    source = Source("drawn", dumps(document))
    reading = read_policy(parse_json(source), source, FORMS[kind], lenient=lenient, parameters={})
    return [each for each in reading.diagnostics if each.level is Level.ERROR]


@given(KINDS.flatmap(lambda kind: st.tuples(st.just(kind), policies(kind))))
@settings(QUIET)
def test_a_policy_is_legal(drawn: tuple[Kind, JsonValue]) -> None:
    kind, document = drawn
    assert errors(document, kind, lenient=False) == []


@given(KINDS.flatmap(lambda kind: st.tuples(st.just(kind), policies(kind, lenient=True))))
@settings(QUIET)
def test_a_lenient_policy_is_let_pass(drawn: tuple[Kind, JsonValue]) -> None:
    kind, document = drawn
    assert errors(document, kind, lenient=True) == []


@given(policy_sets())
@settings(QUIET)
def test_a_policy_set_is_legal(drawn: JsonValue) -> None:
    requests(drawn)


@st.composite
def questions(draw_: DrawFn, *, lenient: bool) -> tuple[JsonValue, list[JsonValue]]:
    drawn = draw_(policy_sets(lenient=lenient))
    return drawn, [*draw_(st.lists(requests(drawn, lenient=lenient), min_size=30, max_size=30))]


@given(questions(lenient=False))
@settings(QUIET)
def test_a_request_is_json(drawn: tuple[JsonValue, list[JsonValue]]) -> None:
    assert [loads(dumps(request)) for request in drawn[1]] == drawn[1]


def test_a_policy_set_that_must_be_refused_has_no_requests() -> None:
    with pytest.raises(ValueError, match="missing the required member `Effect`"):
        requests({"identity": [{"Statement": {"Action": "*", "Resource": "*"}}]})


def sample(strategy: SearchStrategy[_Drawn], count: int) -> list[_Drawn]:
    return [draw(strategy, number) for number in range(count)]


@pytest.mark.parametrize(
    ("strategy", "language"),
    [
        pytest.param(blocks(latin=False, lenient=False), CONDITIONS, id="conditions"),
        pytest.param(policies(Kind.RESOURCE), STATEMENTS, id="statements"),
    ],
)
def test_all_of_the_language_is_drawn(strategy: SearchStrategy[JsonValue], language: list[str]) -> None:
    texts = "\n".join(map(dumps, sample(strategy, DRAWN)))
    assert [word for word in language if word not in texts] == []


@cache
def asked(*, lenient: bool) -> list[tuple[PolicySet, list[JsonValue]]]:
    return [(read(drawn, made[0], lenient=lenient), made) for drawn, made in sample(questions(lenient=lenient), SETS)]


@pytest.mark.parametrize("lenient", [False, True])
def test_every_decision_is_among_the_answers(lenient: bool) -> None:
    decisions = Counter(outcome(authorize(policies, request)) for policies, made in asked(lenient=lenient) for request in made)
    assert [name for name in ("allowed", "explicitDeny", "implicitDeny", "invalid") if decisions[name] < 0.1 * decisions.total()] == []


@pytest.mark.parametrize("lenient", [False, True])
def test_what_rules_treat_as_cases_of_their_own_is_drawn(lenient: bool) -> None:
    tally = Tally()
    for read_, made in asked(lenient=lenient):
        for request in made:
            tally.note(read_, request)
    assert {name: count for name, count in tally.counts().items() if not count} == {}


def test_a_policy_shrinks_to_the_simplest() -> None:
    simplest = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    assert find(policies(), lambda _: True, settings=QUIET) == simplest
