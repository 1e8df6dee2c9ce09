"""Finds the mutants with which OPA decides differently from the native evaluator.

One OPA loads all mutants of a policy set, each in its own package with the rules of one statement. For each mutant and request, OPA
evaluates what the statement adds to its module's sets, then decides the request with these sets and the library and data of the build.
So `allow` and the whole decision document are compared, as everywhere in `conform`, and OPA starts only once.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Final, TypeVar

from iam2rego.engines.bundles import stored
from iam2rego.engines.errors import EngineError
from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.mutation.modules import parts
from iam2rego.mutation.mutant import Mutant
from iam2rego.native import authorize
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.opa.server import serve
from iam2rego.rego.bundle.assemble import MANIFEST, Bundle, compile_policies
from iam2rego.rego.language.printer import print_module
from iam2rego.rego.language.tree import Module

_T = TypeVar("_T")

_PACKAGE: Final = re.compile(r"^package .*$", re.MULTILINE)
_MUTANTS_AT_ONCE: Final = 20
_QUESTIONS_AT_ONCE: Final = 500
"""Limits of one query, so that OPA answers within seconds."""

ASTRAY: Final = """package judge

astray contains question.request if {
	some question in input.questions
	request := question.request
	answer := data.iam.authz with input as request
	[answer.allow, answer.decision] != [question.allow, question.decision]
}
"""
"""The requests on which the engines disagree without a mutation.

OPA 1.22.2 does not evaluate `with input as question.request` anew in an iteration, so a variable holds it.
"""

_JUDGE: Final = """package judge.{module}.s{statement}

killed contains name if {{
	some name in input.mutants
	is_killed(name)
}}

is_killed(name) if {{
	some place, question in input.questions
	request := folded[place]
	adds := data.mutants[name] with input as request
	adds != right[place]
	not agrees(question, place, adds)
}}

agrees(question, place, adds) if {{
	request := question.request
	asked := folded[place]
	whole := data.iam.policies.{module} with input as asked
	sets := changed(whole, right[place], adds)
	answer := data.iam.authz with input as request with data.iam.policies.{module} as sets
	answer.allow == question.allow
	answer.decision == question.decision
}}

changed(whole, before, after) := {{use: set |
	some use in ["allow", "deny", "reads_context"]
	others := {{member | some member in whole[use]; not member in before[use]}}
	set := others | {{member | some member in after[use]}}
}}

right := [adds |
	some request in folded
	adds := data.parts.{module}.s{statement} with input as request
]

folded := [object.union(question.request, {{"action": lower(question.request.action)}}) | some question in input.questions]
"""
"""The mutants of one statement that some question kills.

A function looks up members of module documents, because OPA does not infer the type of its arguments. OPA 1.22.2 includes a module's
functions in the type of its document, and may reject `document[use]` as undefined.
"""


def survivors(
    binary: Binary, policies: PolicySet, modules: Sequence[Module], mutants: Sequence[Mutant], requests: Sequence[JsonValue]
) -> list[Mutant]:
    """Return the ``mutants`` that no request distinguishes from the originals, the ``modules`` of ``policies``.

    Raises:
        OpaError: OPA rejects the mutants, or does not answer.
        EngineError: the engines disagree even without a mutation.
    """
    questions = questions_of(policies, requests)
    with _judging(binary, policies, modules, mutants) as client:
        living = dict(enumerate(mutants))
        for asked in dealt(questions, _QUESTIONS_AT_ONCE):
            refuse_disagreement(client, asked)
            for number in list(_killed(client, living, asked)):
                del living[number]
        return list(living.values())


def questions_of(policies: PolicySet, requests: Sequence[JsonValue]) -> list[str]:
    """Return requests as JSON, with the native evaluator's answer for both entry points."""
    return [question for request in requests if (question := _question(policies, request))]


def _question(policies: PolicySet, request: JsonValue) -> str | None:
    """Return ``request`` with the native answer; None if it is invalid, because then OPA does not evaluate the modules."""
    decision = authorize(policies, request)
    if decision.errors:
        return None
    answer = {"allow": decision.decision is Outcome.ALLOWED, "decision": decision.model_dump(mode="json")}
    return f'{{"request": {dumps(request)}, {json.dumps(answer)[1:]}'


@contextmanager
def _judging(binary: Binary, policies: PolicySet, modules: Sequence[Module], mutants: Sequence[Mutant]) -> Iterator[Client]:
    """Run an OPA with the compiled ``policies``, the mutants and their judges."""
    built = compile_policies(policies, revision="mutation", labels=False).files
    files = {path: text for path, text in built.items() if path != MANIFEST} | {"judge/judge.rego": ASTRAY}
    for module in modules:
        files |= dict(_judges(module))
    files |= {f"mutants/m{number}.rego": _PACKAGE.sub(f"package mutants.m{number}", each.text) for number, each in enumerate(mutants)}
    with stored(Bundle(files)) as bundle, serve(binary, bundle) as client:
        yield client


def _judges(module: Module) -> Iterator[tuple[str, str]]:
    name = module.package.rpartition(".")[2]
    for part in parts(module):
        package = f"parts.{name}.s{part.statement}"
        yield f"parts/{name}_{part.statement}.rego", _PACKAGE.sub(f"package {package}", print_module(part.module))
        yield f"judge/{name}_{part.statement}.rego", _JUDGE.format(module=name, statement=part.statement)


def refuse_disagreement(client: Client, questions: Sequence[str]) -> None:
    """Raise `EngineError` if the engines disagree without a mutation."""
    match client.document("judge/astray", f'{{"questions": [{", ".join(questions)}]}}'):
        case [request, *_]:
            raise EngineError(f"the engines disagree without a mutation, so run `conform` first: {dumps(request)}")


def _killed(client: Client, mutants: Mapping[int, Mutant], questions: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of the mutants that some question kills."""
    for (module, statement), group in groupby(sorted(mutants, key=_where(mutants)), key=_where(mutants)):
        for numbers in slices(list(group), _MUTANTS_AT_ONCE):
            names = {f"m{number}": number for number in numbers}
            asked = f'{{"mutants": {json.dumps(list(names))}, "questions": [{", ".join(questions)}]}}'
            match client.document(f"judge/{module}/s{statement}/killed", asked):
                case [*killed]:
                    yield from (names[name] for name in killed if isinstance(name, str))


def _where(mutants: Mapping[int, Mutant]) -> Callable[[int], tuple[str, int]]:
    return lambda number: (mutants[number].module, mutants[number].statement)


def dealt(questions: Sequence[_T], most: int) -> Iterator[Sequence[_T]]:
    """Deal ``questions`` into groups of at most ``most``, each with some about every statement, so the first kill nearly all mutants."""
    groups = -(-len(questions) // most)
    return (questions[first::groups] for first in range(groups))


def slices(items: Sequence[_T], length: int) -> Iterator[Sequence[_T]]:
    """Split ``items`` into slices of ``length``; the last may be shorter."""
    return (items[start : start + length] for start in range(0, len(items), length))
