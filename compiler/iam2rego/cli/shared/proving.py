"""What `diff` and `prove` share: counterexamples on both engines, and how they are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import ClassVar

from iam2rego.cli.shared.command import choice, options
from iam2rego.cli.shared.engines import opened
from iam2rego.cli.shared.opa import obtained
from iam2rego.cli.shared.options import EngineName, opa_option
from iam2rego.cli.shared.output import complain
from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps


class Confirming(StrEnum):
    """Which engines decide counterexamples before they are shown."""

    BOTH = "both"
    NATIVE = "native"


@options
class Confirmation:
    """How counterexamples are confirmed."""

    heading: ClassVar = "Engine"

    engine: Confirming = choice(
        "--engine", default=Confirming.BOTH, explanation="Confirm counterexamples by the native evaluator and OPA, or without OPA."
    )
    opa: str | None = opa_option()

    def engines(self) -> Sequence[EngineName]:
        """Return the engines to ask."""
        return (EngineName.NATIVE, EngineName.OPA) if self.engine is Confirming.BOTH else (EngineName.NATIVE,)


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A request that a set allows and, if there is another set, that one does not.

    `decisions` has what each engine decides by each of these sets, in this order. With `needs_leave`, the caller's own policies, which are
    not given, have to allow the request too.
    """

    request: dict[str, JsonValue]
    decisions: Mapping[EngineName, Sequence[Outcome]]
    needs_leave: bool = False

    @property
    def is_confirmed(self) -> bool:
        """Whether all engines agree with the proof."""
        return all(new is Outcome.ALLOWED and Outcome.ALLOWED not in old for new, *old in self.decisions.values())

    def as_json(self) -> dict[str, JsonValue]:
        """Return the request and its decisions for JSON."""
        decisions: dict[str, JsonValue] = {name.value: [each.value for each in said] for name, said in self.decisions.items()}
        return {"request": self.request, "decisions": decisions, "needs_identity_policy": self.needs_leave}

    def words(self) -> str:
        """Return the request on one line."""
        context = self.request["context"]
        given = f" with {dumps(context)}" if context else ""
        away = " in the management account" if "resource_in_management_account" in self.request else ""
        principal = self.request["principal"]
        caller = principal if isinstance(principal, str) else dumps(principal)
        leave = ", if the caller's own policies allow it" if self.needs_leave else ""
        owner = f" of account {self.request['resource_account']}" if "resource_account" in self.request else ""
        return f"{caller}: {self.request['action']} on {self.request['resource']}{owner}{away}{given}{leave}"


def confirmed(
    requests: Sequence[dict[str, JsonValue]], sets: Sequence[PolicySet], confirmation: Confirmation, *, quiet: bool
) -> list[Counterexample]:
    """Decide requests by every set on every engine, and complain of those that an engine does not confirm."""
    decisions: list[dict[EngineName, list[Outcome]]] = [{} for _ in requests]
    for name in confirmation.engines() if requests else ():
        with opened(name, sets, partial(obtained, confirmation.opa, quiet=quiet)) as engine:
            for request, said in zip(requests, decisions, strict=True):
                said[name] = [engine.decide(unit, request).decision for unit in range(len(sets))]
    found = [Counterexample(request, said) for request, said in zip(requests, decisions, strict=True)]
    for each in found:
        if not each.is_confirmed:
            complain(f"an engine does not confirm this counterexample, which is a defect of iam2rego: {dumps(each.as_json())}")
    return found
