"""Notes in a file how far a run is, so that a run that was ended goes on and reports what an uninterrupted one would.

Requests follow from the sources and the seed, and what the native engine says is computed again. So it is enough to note how
many requests OPA has decided, and what it said where it disagreed.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.engines.compare import Answer, agree
from iam2rego.engines.errors import Contradiction
from iam2rego.ir.decision import Decision
from iam2rego.rego import OutputError, placed
from iam2rego.source import Source

_SECONDS_BETWEEN: Final = 1.0
_HINT: Final = "remove the file to begin anew, or name another"


class _State(BaseModel):
    """What a file holds: of which run, how many requests are decided, and by their numbers the answers that disagree."""

    model_config = ConfigDict(extra="forbid", strict=True)

    iam2rego_conform: dict[str, str]
    decided: int = 0
    disagreeing: dict[int, Contradiction | Decision | str] = {}


@dataclass(slots=True)
class Notes:
    """A context manager: on leaving it by an exception the file is up to date, and in order the file is gone."""

    file: Path
    state: _State
    asked: int = 0
    written: float = field(default_factory=time.monotonic)

    def answer(self, native: Decision, ask: Callable[[], Answer]) -> Answer:
        """Return what OPA answered to the next request: from the notes, or else asked now.

        A failure is noted once a decision follows: those with which a run ends are asked again by the next.
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
        """Put the notes into the file: beside it first, then moved."""
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


def opened(file: Path, run: Mapping[str, str]) -> Notes:
    """Return the notes in ``file``, or new ones; ``run`` says by name what has to be the same for a run to go on.

    Raises:
        PolicyError: the file cannot be read or written, is none of ours, or is of another run.
    """
    try:
        notes = Notes(file, _read(file, run))
        notes.write()
    except OutputError as failure:
        raise _refusal(file, str(failure)) from None
    except OSError as failure:
        raise _refusal(file, f"cannot be used: {(failure.strerror or str(failure)).lower()}") from None
    return notes


def _read(file: Path, run: Mapping[str, str]) -> _State:
    if not file.exists():
        return _State(iam2rego_conform=dict(run))
    try:
        state = _State.model_validate_json(file.read_bytes())
    except ValidationError:
        raise _refusal(file, "holds no notes of a run") from None
    noted = state.iam2rego_conform
    other = sorted(name for name in noted.keys() | run.keys() if noted.get(name) != run.get(name))
    if other:
        raise _refusal(file, f"holds the notes of another run: not the same are its {', '.join(other)}")
    return state


def _refusal(file: Path, message: str) -> PolicyError:
    return PolicyError([Diagnostic(Code.BAD_NOTES, message, Source(str(file), ""), hint=_HINT)])
