"""What counts as an answer of OPA: both entry points, of their form."""

from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from iam2rego.ir.decision import Decision, Outcome
from iam2rego.opa.errors import OpaError, excerpt


@dataclass(frozen=True, slots=True)
class Answer:
    """What both entry points say to one request."""

    allow: bool
    decision: Decision

    @property
    def contradicts_itself(self) -> bool:
        """Whether one entry point allows the request and the other does not."""
        return self.allow is not (self.decision.decision is Outcome.ALLOWED)


class Result(BaseModel):
    """The document `data.<package>.authz`; it may hold more than the two entry points."""

    allow: bool
    decision: Decision


def answer_of(path: str, result: Result | None) -> Answer:
    """Return what OPA answered to ``path``.

    Raises:
        OpaError: there is no such document.
    """
    if result is None:
        raise OpaError(f"`{path}` has no result: this OPA holds no such package")
    return Answer(result.allow, result.decision)


def malformed(path: str, failure: ValidationError, content: bytes) -> OpaError:
    """Return what to raise where the answer to ``path`` is of another form."""
    problem = failure.errors(include_url=False, include_input=False)[0]
    first = f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg'].lower()}"
    return OpaError(f"`{path}` is malformed: {first}: {excerpt(content)}")
