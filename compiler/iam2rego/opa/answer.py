"""What counts as an answer of OPA: both entry points, of their form, and in agreement."""

from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from iam2rego.ir.decision import Decision, Outcome
from iam2rego.opa.errors import OpaError, excerpt


@dataclass(frozen=True, slots=True)
class Answer:
    """What OPA said to one request: both entry points, which agree."""

    allow: bool
    decision: Decision


class Result(BaseModel):
    """The document `data.<package>.authz`; it may hold more than the two entry points."""

    allow: bool
    decision: Decision


def answer_of(path: str, result: Result | None) -> Answer:
    """Return what OPA answered to ``path``.

    Raises:
        OpaError: there is no such document, or its entry points disagree.
    """
    if result is None:
        raise OpaError(f"`{path}` has no result: this OPA holds no such package")
    if result.allow != (result.decision.decision is Outcome.ALLOWED):
        raise OpaError(f"`{path}` says allow: {result.allow}, but the decision is {result.decision.decision}")
    return Answer(result.allow, result.decision)


def malformed(path: str, failure: ValidationError, content: bytes) -> OpaError:
    """Return what to raise where the answer to ``path`` is of another form."""
    problem = failure.errors(include_url=False, include_input=False)[0]
    first = f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg'].lower()}"
    return OpaError(f"`{path}` is malformed: {first}: {excerpt(content)}")
