"""Finds the mutated tables with which OPA decides differently from the native evaluator.

One OPA loads the packed policy set, with all mutants as data. `allow` and the whole decision document are compared, with a mutant's
tables in place of the original ones.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from iam2rego.engines.bundles import stored
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.mutation.judge import ASTRAY, dealt, questions_of, refuse_disagreement, slices
from iam2rego.mutation.mutant import Mutant
from iam2rego.mutation.tables.mutants import read_tables
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.opa.server import serve
from iam2rego.rego.bundle.assemble import DATA, MANIFEST, Bundle, compile_policies
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.names import short_names
from iam2rego.rego.bundle.tables import tables_data
from iam2rego.rego.reading.statements import read_statements
from iam2rego.rego.tables.policy import Tables, compile_tables

_MUTANTS_AT_ONCE: Final = 20
_QUESTIONS_AT_ONCE: Final = 200
"""Bounds of one question to OPA, which answers within seconds."""

_JUDGE: Final = """package judge

killed contains name if {
	some name in input.mutants
	is_killed(name)
}

is_killed(name) if {
	policies := object.union(data.iam.policies, data.mutants[name].policies)
	actions := object.get(data.mutants[name], "actions", data.iam.actions)
	some question in input.questions
	request := question.request
	answer := data.iam.authz with input as request
		with data.iam.policies as policies
		with data.iam.actions as actions
	[answer.allow, answer.decision] != [question.allow, question.decision]
}
"""
"""The mutants that some question kills."""


def surviving_tables(binary: Binary, policies: PolicySet, mutants: Sequence[Mutant], requests: Sequence[JsonValue]) -> list[Mutant]:
    """Return the ``mutants`` that no request distinguishes from the packed ``policies``.

    Raises:
        OpaError: OPA does not take the mutants, or does not answer.
        EngineError: the engines disagree even without a mutation.
    """
    questions = questions_of(policies, requests)
    with _judging(binary, policies, mutants) as client:
        living = dict(enumerate(mutants))
        for asked in dealt(questions, _QUESTIONS_AT_ONCE):
            refuse_disagreement(client, asked)
            for number in list(_killed(client, list(living), asked)):
                del living[number]
        return list(living.values())


@contextmanager
def _judging(binary: Binary, policies: PolicySet, mutants: Sequence[Mutant]) -> Iterator[Client]:
    """Run an OPA with the packed ``policies``, the mutants and their judge."""
    built = compile_policies(policies, revision="mutation", layout=Layout.PACKED).files
    data = {**json.loads(built[DATA]), "mutants": dict(_as_data(policies, mutants))}
    files = {path: text for path, text in built.items() if path != MANIFEST}
    judges = {"judge/astray.rego": ASTRAY, "judge/judge.rego": _JUDGE}
    with stored(Bundle({**files, **judges, DATA: json.dumps(data)})) as bundle, serve(binary, bundle) as client:
        yield client


def _as_data(policies: PolicySet, mutants: Sequence[Mutant]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each mutant's name and its changes to the bundle's data."""
    right = {policy.name: compile_tables(policy, read_statements(policy)) for policy in policies.policies}
    ids = short_names(right)
    for number, mutant in enumerate(mutants):
        wrong = read_tables(mutant.text)
        found = (
            {} if wrong.actions == right[mutant.module].actions else {"actions": _actions(policies, {**right, mutant.module: wrong}, ids)}
        )
        yield f"m{number}", {"policies": {ids[mutant.module]: wrong.statements}, **found}


def _actions(policies: PolicySet, tables: Mapping[str, Tables], ids: Mapping[str, str]) -> Mapping[str, Any]:
    uses: dict[str, tuple[str, ...]] = dict.fromkeys(tables, ())
    actions: Mapping[str, Any] = tables_data(tables, uses, ids, policies.attachments)["actions"]
    return actions


def _killed(client: Client, living: Sequence[int], questions: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of the mutants that some question tells apart."""
    for numbers in slices(living, _MUTANTS_AT_ONCE):
        names = {f"m{number}": number for number in numbers}
        asked = f'{{"mutants": {json.dumps(list(names))}, "questions": [{", ".join(questions)}]}}'
        match client.document("judge/killed", asked):
            case [*killed]:
                yield from (names[name] for name in killed if isinstance(name, str))
