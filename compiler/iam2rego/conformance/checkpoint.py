"""Records the progress of a run in a file, so that an interrupted run can continue and report the same as an uninterrupted one.

The sources and the seed determine the requests, and the native decisions are computed again. So it is enough to record how many
requests OPA has decided, and its answers where it disagreed.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.engines.compare import Answer, agree
from iam2rego.engines.contradiction import Contradiction
from iam2rego.ir.decision import Decision
from iam2rego.rego.bundle.errors import OutputError
from iam2rego.rego.bundle.output import placed
from iam2rego.source import Source

_SECONDS_BETWEEN: Final = 1.0
_HINT: Final = "remove the file to start again, or name another"


class _State(BaseModel):
    """The content of a file: which run it belongs to, how many requests are decided, and the disagreeing answers by request number."""

    model_config = ConfigDict(extra="forbid", strict=True)

    iam2rego_conform: dict[str, str]
    decided: int = 0
    disagreeing: dict[int, Contradiction | Decision | str] = {}


@dataclass(slots=True)
class Checkpoint:
    """A context manager that brings the file up to date when the block fails, and removes it when the block succeeds."""

    file: Path
    state: _State
    asked: int = 0
    written: float = field(default_factory=time.monotonic)

    def answer(self, native: Decision, ask: Callable[[], Answer]) -> Answer:
        """Return OPA's answer to the next request: from the checkpoint, or by asking now.

        A failure is recorded once a decision follows, so the next run asks again where this one ended in failures.
        """
        number = self.asked
        self.asked += 1
        if number < self.state.decided:
            return self.state.disagreeing.get(number, native)
        given = ask()
        if not agree(native, given):
            self.state.disagreeing[number] = given
        if isinstance(given, Decision):
            self.state.decided = self.asked
            self._write_now_and_then()
        return given

    def write(self) -> None:
        """Write the checkpoint to a temporary file and move it into place."""
        decided = {number: given for number, given in self.state.disagreeing.items() if number < self.state.decided}
        text = self.state.model_copy(update={"disagreeing": decided}).model_dump_json()
        with placed(f"{text}\n".encode(), self.file):
            self.written = time.monotonic()

    def _write_now_and_then(self) -> None:
        if time.monotonic() - self.written >= _SECONDS_BETWEEN:
            self.write()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.file.unlink(missing_ok=True)
        else:
            self.write()


def opened(file: Path, run: Mapping[str, str]) -> Checkpoint:
    """Return the checkpoint in ``file``, or a new one; ``run`` has, by name, the values that must be the same for a run to continue.

    Raises:
        PolicyError: the file cannot be read or written, was not written by us, or belongs to another run.
    """
    try:
        checkpoint = Checkpoint(file, _read(file, run))
        checkpoint.write()
    except OutputError as failure:
        raise _refusal(file, str(failure)) from None
    except OSError as failure:
        raise _refusal(file, f"cannot be used: {(failure.strerror or str(failure)).lower()}") from None
    return checkpoint


def _read(file: Path, run: Mapping[str, str]) -> _State:
    if not file.exists():
        return _State(iam2rego_conform=dict(run))
    try:
        state = _State.model_validate_json(file.read_bytes())
    except ValidationError:
        raise _refusal(file, "is not a checkpoint of a run") from None
    noted = state.iam2rego_conform
    other = sorted(name for name in noted.keys() | run.keys() if noted.get(name) != run.get(name))
    if other:
        raise _refusal(file, f"is the checkpoint of another run: these differ: {', '.join(other)}")
    return state


def _refusal(file: Path, message: str) -> PolicyError:
    return PolicyError([Diagnostic(Code.BAD_NOTES, message, Source(str(file), ""), hint=_HINT)])
