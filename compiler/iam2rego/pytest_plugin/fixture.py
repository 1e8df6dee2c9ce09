"""The fixture `iam2rego`, with which users' tests ask policies on every engine."""

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
from iam2rego.engines.explained import explained
from iam2rego.ir.decision import Decision
from iam2rego.ir.policy import Kind
from iam2rego.jsontext import JsonValue, dumps, loads
from iam2rego.pytest_plugin.settings import bound, engines
from iam2rego.sources import Loaded, load
from iam2rego.sources.loading import NO_PARAMETERS


class Iam2rego:
    """Loads policies; their engines stop at the end of the session."""

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
        """Return the policies of ``sources``, which are compiled at the first request.

        Args:
            sources: files and folders as for `iam2rego build`, or the content of such a file as a Python value: a policy
                document, a policy set, an account export.
            policy_type: the type of documents in files of their own, as for ``--policy-type``.
            parameters: the values of `<placeholders>`, in addition to those of ``iam2rego_params``.
            lenient: whether to accept policies that AWS rejects but that have a meaning.

        Raises:
            PolicyError: a source cannot be used; the message lists all problems with their places.
        """
        paths = [self._written(each) if isinstance(each, Mapping) else str(each) for each in sources]
        loaded = load(paths, kind=Kind(policy_type), lenient=lenient, parameters={**bound(self._config), **parameters})
        return Policies(loaded, self._config, self._stack)

    def _written(self, value: Mapping[str, object]) -> str:
        folder = self._stack.enter_context(TemporaryDirectory(prefix="iam2rego-"))
        path = Path(folder, "policy.json")
        path.write_text(json.dumps(value), encoding="utf-8")
        return str(path)


class Policies:
    """Policies that are evaluated together."""

    def __init__(self, loaded: Loaded, config: pytest.Config, stack: ExitStack) -> None:
        self._loaded = loaded
        self._config = config
        self._stack = stack

    @cached_property
    def _engines(self) -> Sequence[Engine]:
        return self._stack.enter_context(engines(self._config, (self._loaded.policies,)))

    def decide(self, request: Mapping[str, object]) -> Decision:
        """Return the decision document of ``request``; fail the test if the engines do not agree.

        For an invalid request, its `errors` say why.
        """
        __tracebackhide__ = True
        value = loads(json.dumps(request))
        answers = {engine.name: answer(engine, 0, value) for engine in self._engines}
        first, *others = answers.values()
        if isinstance(first, str) or not all(agree(first, other) for other in others):
            raise AssertionError(self._told("the engines do not agree", value, answers))
        return first

    def expect(self, decision: str, request: Mapping[str, object]) -> None:
        """Fail the test unless every engine makes this decision: ``allowed``, ``explicitDeny``, ``implicitDeny`` or ``invalid``."""
        __tracebackhide__ = True
        given = self.decide(request)
        if outcome(given) != decision:
            raise AssertionError(self._told(f"expected {decision}", loads(json.dumps(request)), {"every engine": given}))

    def _told(self, what: str, request: JsonValue, answers: Mapping[str, Answer]) -> str:
        """Return what is wrong, each engine's decision, and the native engine's reasons."""
        given = ", ".join(f"{name} decided {outcome(each)}" for name, each in answers.items())
        reasons = [f"  | {line}" for line in explained(self._loaded.policies, self._loaded.sources, request)]
        return "\n".join([f"{what}, {given}", f"  request: {dumps(request)}", *reasons])
