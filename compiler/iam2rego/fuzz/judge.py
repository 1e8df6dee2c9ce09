"""Finds the questions on which the engines disagree."""

from collections.abc import Sequence

from iam2rego.conformance.run import Disagreement, compared
from iam2rego.engines.compare import answer
from iam2rego.engines.native import NativeEngine
from iam2rego.engines.opa import OpaEngine
from iam2rego.fuzz.questions import Question
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout


def disagreements(binary: Binary, questions: Sequence[Question], layout: Layout) -> list[Disagreement | None]:
    """Return, for each question, how the engines disagree on it; None if they agree, or if the policies must be refused."""
    units = {question.unit: read for question in questions if (read := _read(question)) is not None}
    numbers = {unit: number for number, unit in enumerate(units)}
    sets = list(units.values())
    found: list[Disagreement | None] = [None] * len(questions)
    with OpaEngine(binary, sets, layout=layout) as opa:
        for place, question in sorted(enumerate(questions), key=lambda each: numbers.get(each[1].unit, -1)):
            if question.unit in numbers:
                found[place] = _disagreement(opa, sets, numbers[question.unit], question.request)
    return found


def _read(question: Question) -> PolicySet | None:
    try:
        return question.read()
    except ValueError:
        return None


def _disagreement(opa: OpaEngine, sets: Sequence[PolicySet], unit: int, request: JsonValue) -> Disagreement | None:
    native = NativeEngine(sets)
    one, other = answer(native, unit, request), answer(opa, unit, request)
    return compared(sets[unit], request, one, other)
