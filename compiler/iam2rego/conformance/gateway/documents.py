"""Documents made from a gateway's file."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from iam2rego.conformance.gateway.authzen import authzen_questions
from iam2rego.conformance.gateway.http import http_questions
from iam2rego.conformance.gateway.odd import ODD, malformed
from iam2rego.conformance.gateway.storage import storage_questions
from iam2rego.conformance.gateway.words import Words
from iam2rego.ir.gateway import AuthzenGateway, Gateway, HttpGateway, StorageGateway
from iam2rego.jsontext import JsonValue

if TYPE_CHECKING:
    from iam2rego.conformance.gateway.signing import Signer  # needs PyJWT, which is an extra


def documents(gateway: Gateway, words: Words, seed: int, signer: "Signer | None" = None) -> Iterator[JsonValue]:
    """Yield documents as this kind of gateway sends them, and malformed ones; the same seed gives the same, except for signatures."""
    questions = _questions(gateway, words, seed, signer)
    first = next(questions)
    yield from chain([first], questions, ODD, malformed(first))


def _questions(gateway: Gateway, words: Words, seed: int, signer: "Signer | None") -> Iterator[JsonValue]:
    match gateway:
        case HttpGateway():
            return http_questions(gateway, words, seed, signer)
        case StorageGateway():
            return storage_questions(gateway, words, seed)
        case AuthzenGateway():
            return authzen_questions(gateway, words, seed)
