"""Requests on which two engines do not agree."""

from collections.abc import Iterator, Sequence
from typing import Final

from iam2rego.engines.compare import agree, answer
from iam2rego.engines.engine import Engine
from iam2rego.engines.native import NativeEngine
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps

_SHOWN: Final = 1_000
"""Characters of a request."""


def differing(asked: Sequence[tuple[PolicySet, Sequence[JsonValue]]], opa: Engine) -> Iterator[str]:
    """Yield each request to a policy set that ``opa`` decides otherwise than the native evaluator does, with both answers."""
    native = NativeEngine([policies for policies, _ in asked])
    for unit, (_, requests) in enumerate(asked):
        for request in requests:
            answers = answer(native, unit, request), answer(opa, unit, request)
            if not agree(*answers):
                yield f"policy set {unit}: {dumps(request)[:_SHOWN]}\n native: {answers[0]!r}\n opa: {answers[1]!r}"
