"""Runs external engines: programs that read a question per line on standard input (docs/conformance-suite.md)."""

import os
import signal
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from iam2rego.engines.compare import Answer
from iam2rego.engines.errors import EngineError
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.jsontext import dumps
from iam2rego.scenarios.run import Result
from iam2rego.source import Source
from iam2rego.sources.scenario import Expectation, Scenario
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonObject

_SECONDS_TO_ANSWER: Final = 10.0
_LONGEST: Final = 65_536  # bytes of an answer
_SHOWN: Final = 100  # characters of a malformed answer
_PATIENCE: Final = 10
"""How many failures in a row end the run."""

_Process: TypeAlias = subprocess.Popen[bytes]


class _Reply(BaseModel):
    """An answer. Unknown members are rejected, because they could change the meaning of the decision."""

    model_config = ConfigDict(extra="forbid")
    decision: Expectation


class Program:
    """A program that decides. It runs from its first question to the end of the context, and is restarted after a failure.

    `command` is its command line; it has ``seconds`` for each answer.
    """

    name: Final = "program"

    def __init__(self, command: Sequence[str], seconds: float = _SECONDS_TO_ANSWER) -> None:
        self._command = command
        self._seconds = seconds
        self._process: _Process | None = None
        self._worker = ThreadPoolExecutor(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()
        self._worker.shutdown()

    def decide(self, scenario: Scenario) -> Decision:
        """Ask the program; raise `EngineError` if the answer is late or is not a decision."""
        try:
            return _decision(self._answer(question(scenario)))
        except EngineError:
            self._stop()  # later output could be the answer to another question
            raise

    def _answer(self, line: str) -> bytes:
        """Wait for the answer in another thread, because even writing to a program that does not read would block."""
        try:
            return self._worker.submit(self._exchange, line.encode()).result(self._seconds)
        except TimeoutError:
            raise EngineError(f"no answer within {self._seconds:g} seconds") from None
        except BrokenPipeError:
            raise EngineError("it no longer reads questions") from None
        except OSError as failure:
            raise EngineError(f"`{self._command[0]}` does not start: {(failure.strerror or str(failure)).lower()}") from None

    def _exchange(self, line: bytes) -> bytes:
        if self._process is None:
            self._process = _start(self._command)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + b"\n")
        self._process.stdin.flush()
        if answered := self._process.stdout.readline(_LONGEST):
            return answered
        raise EngineError(f"it ended with status {self._process.wait()} before it answered")

    def _stop(self) -> None:
        """Kill the program and its children, which also ends a pending exchange."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError, PermissionError):  # all processes of the group have ended, or are zombies
                os.killpg(process.pid, signal.SIGKILL)
            with suppress(BrokenPipeError), process:
                pass


def run_program(scenarios: Iterable[Scenario], program: Program) -> Iterator[Result]:
    """Ask the program for each scenario; a failure is the answer ``error: ...``.

    Raises:
        EngineError: it failed too many times in a row.
    """
    failures = 0
    for scenario in scenarios:
        given = _answer(program, scenario)
        yield Result(scenario, {program.name: given})
        failures = failures + 1 if isinstance(given, str) else 0
        if failures == _PATIENCE:
            raise EngineError(f"the program failed {_PATIENCE} times in a row, most recently at {scenario.place}: {given}")


def question(scenario: Scenario) -> str:
    """Return the question for a program on one line: the policies as written, the request, and whether to be lenient."""
    source = Source(scenario.file, scenario.text)
    root = parse_json(source)
    assert isinstance(root, JsonObject)
    written = {member.name: source.cut(member.value.span) for member in root.members}
    policies, request = written.get("policies", "{}"), written["request"]
    return f'{{"policies": {policies}, "request": {request}, "lenient": {dumps(scenario.lenient)}}}'


def _answer(program: Program, scenario: Scenario) -> Answer:
    if scenario.sources:
        return "error: a program gets only policies that the scenario holds"
    try:
        return program.decide(scenario)
    except EngineError as failure:
        return f"error: {failure}"


def _start(command: Sequence[str]) -> _Process:
    """Start the program in its own session, so that Ctrl-C reaches only us and we can kill the whole group; its stderr is shown."""
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)


def _decision(answered: bytes) -> Decision:
    try:
        decision = _Reply.model_validate_json(answered).decision
    except ValidationError:
        shown = answered[:_SHOWN].decode("utf-8", "replace").strip()
        raise EngineError(f'`{shown}` is not an answer such as {{"decision": "allowed"}}') from None
    if decision is Expectation.INVALID:
        return Decision(decision=Outcome.IMPLICIT_DENY, errors=("the program refuses it",))
    return Decision(decision=Outcome(decision.value))
