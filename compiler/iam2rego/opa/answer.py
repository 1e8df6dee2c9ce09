"""The form of OPA's answers: both entry points must be present and well-formed."""

from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from iam2rego.ir.decision import Decision, Outcome
from iam2rego.opa.errors import OpaError, excerpt


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of both entry points to one request."""

    allow: bool
    decision: Decision

    @property
    def contradicts_itself(self) -> bool:
        """Whether one entry point allows the request and the other does not."""
        return self.allow is not (self.decision.decision is Outcome.ALLOWED)


class Result(BaseModel):
    """The document `data.<package>.authz`; it may have more members than the two entry points."""

    allow: bool
    decision: Decision


def answer_of(path: str, result: Result | None) -> Answer:
    """Return OPA's answer for ``path``.

    Raises:
        OpaError: there is no such document.
    """
    if result is None:
        raise OpaError(f"`{path}` has no result: this OPA has no such package")
    return Answer(result.allow, result.decision)


def malformed(path: str, failure: ValidationError, content: bytes) -> OpaError:
    """Return the error for a malformed answer to ``path``."""
    problem = failure.errors(include_url=False, include_input=False)[0]
    first = f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg'].lower()}"
    return OpaError(f"`{path}` is malformed: {first}: {excerpt(content)}")
