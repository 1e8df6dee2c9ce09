"""The fixture `iam2rego`: policies to ask, on every engine, in tests that people write."""

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

import pytest

from iam2rego.engines.compare import Answer, agree, answer, outcome
from iam2rego.engines.engine import Engine
from iam2rego.ir.decision import Decision
from iam2rego.ir.policy import Kind, PolicySet
from iam2rego.jsontext import JsonValue, dumps, loads
from iam2rego.native import explain
from iam2rego.pytest_plugin.settings import bound, engines
from iam2rego.sources import load
from iam2rego.sources.loading import NO_PARAMETERS


class Iam2rego:
    """Loads policies; what was started for them is stopped at the end of the session."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def load(
        self,
        *sources: str | Path | Mapping[str, object],
        policy_type: str = "identity",
        parameters: Mapping[str, str] = NO_PARAMETERS,
        lenient: bool = False,
    ) -> "Policies":
        """Return the policies of ``sources``, compiled when they are first asked.

        Args:
            sources: files and folders as `iam2rego build` takes them, or what such a file holds as a Python value: a policy
                document, a policy set, an account export.
            policy_type: what documents in files of their own are, as ``--policy-type`` says it.
            parameters: the values of `<placeholders>`, besides those of ``iam2rego_params``.
            lenient: whether policies pass that mean something although AWS refuses them.

        Raises:
            PolicyError: a source cannot be used; the message has the place of everything that is wrong.
        """
        paths = [self._written(each) if isinstance(each, Mapping) else str(each) for each in sources]
        loaded = load(paths, kind=Kind(policy_type), lenient=lenient, parameters={**bound(self._config), **parameters})
        return Policies(loaded.policies, self._config, self._stack)

    def _written(self, value: Mapping[str, object]) -> str:
        folder = self._stack.enter_context(TemporaryDirectory(prefix="iam2rego-"))
        path = Path(folder, "policy.json")
        path.write_text(json.dumps(value), encoding="utf-8")
        return str(path)


class Policies:
    """Policies that are asked together."""

    def __init__(self, policies: PolicySet, config: pytest.Config, stack: ExitStack) -> None:
        self._policies = policies
        self._config = config
        self._stack = stack

    @cached_property
    def _engines(self) -> Sequence[Engine]:
        return self._stack.enter_context(engines(self._config, (self._policies,)))

    def decide(self, request: Mapping[str, object]) -> Decision:
        """Return the decision document of ``request``; fail the test where the engines do not agree on it.

        A request that is refused has the `errors` that say why.
        """
        __tracebackhide__ = True
        value = loads(json.dumps(request))
        answers = {engine.name: answer(engine, 0, value) for engine in self._engines}
        first, *others = answers.values()
        if isinstance(first, str) or not all(agree(first, other) for other in others):
            raise AssertionError(self._told("the engines do not agree", value, answers))
        return first

    def expect(self, decision: str, request: Mapping[str, object]) -> None:
        """Fail the test unless every engine decides so: ``allowed``, ``explicitDeny``, ``implicitDeny``, or ``invalid`` for a refusal."""
        __tracebackhide__ = True
        given = self.decide(request)
        if outcome(given) != decision:
            raise AssertionError(self._told(f"expected {decision}", loads(json.dumps(request)), {"every engine": given}))

    def _told(self, what: str, request: JsonValue, answers: Mapping[str, Answer]) -> str:
        """Say what is wrong, what each engine decided, and why the native one did."""
        given = ", ".join(f"{name} decided {outcome(each)}" for name, each in answers.items())
        reasons = [f"  | {line}" for line in explain(self._policies, request)]
        return "\n".join([f"{what}, {given}", f"  request: {dumps(request)}", *reasons])
