"""The search for propositional models is bounded, and deep formulas do not overflow it."""

import pytest

from iam2rego.proofs import sat
from iam2rego.proofs.formula import All, Any, Formula, Literal, conjunction, disjunction, holds_in
from iam2rego.proofs.sat import Problem
from iam2rego.proofs.verdict import UndecidedError


def pigeons(count: int) -> Formula:
    """As many pigeons in one hole less, each hole for one: impossible, and hard to see."""
    somewhere = (disjunction(Literal((pigeon, hole)) for hole in range(count - 1)) for pigeon in range(count))
    alone = (
        disjunction([Literal((one, hole), holds=False), Literal((other, hole), holds=False)])
        for hole in range(count - 1)
        for one in range(count)
        for other in range(one)
    )
    return conjunction([*somewhere, *alone])


def test_a_model_makes_the_formula_true() -> None:
    formula = conjunction([disjunction([Literal("a"), Literal("b")]), Literal("a", holds=False)])
    model = Problem(formula).model()
    assert model is not None
    assert holds_in(formula, model)


@pytest.mark.parametrize("count", [2, 4])
def test_no_model(count: int) -> None:
    assert Problem(pigeons(count)).model() is None


def test_a_search_that_is_too_long_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sat, "_MOST_TRIED", 50)
    with pytest.raises(UndecidedError, match="combinations"):
        Problem(pigeons(8)).model()


def test_many_decisions_do_not_overflow() -> None:
    pairs = (disjunction([Literal((number, "a")), Literal((number, "b"))]) for number in range(1_200))
    assert Problem(conjunction(pairs)).model() is not None


def test_deep_formulas_are_undecided() -> None:
    formula: Formula = Literal("a")
    for number in range(5_000):
        formula = All((formula, Literal(number))) if number % 2 else Any((formula, Literal(number)))
    with pytest.raises(UndecidedError, match="deep"):
        Problem(formula)
