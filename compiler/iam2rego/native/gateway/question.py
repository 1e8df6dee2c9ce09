"""A document of a gateway, the request that it becomes, and the decision about that."""

from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.gateway import AuthzenGateway, Gateway, HttpGateway, StorageGateway
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native.authorize import authorize
from iam2rego.native.gateway.asked import Question
from iam2rego.native.gateway.authzen import authzen_question
from iam2rego.native.gateway.http import http_question
from iam2rego.native.gateway.storage import storage_question


def authorize_asked(policies: PolicySet, gateway: Gateway, document: JsonValue, now: int) -> Decision:
    """Decide the question in a gateway's ``document``; ``now`` is the time in nanoseconds since 1970."""
    asked = question(gateway, document, now)
    if asked.errors:
        return Decision(decision=Outcome.IMPLICIT_DENY, errors=asked.errors)
    return answered(asked, authorize(policies, asked.request))


def question(gateway: Gateway, document: JsonValue, now: int) -> Question:
    """Read a document, which may be anything."""
    match gateway:
        case HttpGateway():
            return http_question(gateway, document, now)
        case StorageGateway():
            return storage_question(gateway, document)
        case AuthzenGateway():
            return authzen_question(gateway, document, now)


def answered(asked: Question, decision: Decision) -> Decision:
    """Return the decision about a question; where only a Deny counts, no Allow is needed."""
    if asked.only_denied and decision.decision is Outcome.IMPLICIT_DENY and not decision.errors:
        return decision.model_copy(update={"decision": Outcome.ALLOWED, "denied_by": ()})
    return decision
