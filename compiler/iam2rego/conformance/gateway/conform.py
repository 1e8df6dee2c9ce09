"""Checks a gateway with requests made from its file: newly compiled, built earlier, or on a running OPA."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from iam2rego.conformance.deployed import Questions
from iam2rego.conformance.freshness import of_output, of_server
from iam2rego.conformance.gateway.documents import documents
from iam2rego.conformance.gateway.run import conform_documents
from iam2rego.conformance.gateway.words import Words
from iam2rego.conformance.run import ConformReport
from iam2rego.engines.gateway import OpaGateway, compiled, loaded
from iam2rego.ir.gateway import Gateway, HttpGateway, TokenClaims
from iam2rego.jsontext import JsonValue
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.rego.bundle.layouts import Layout


def conform_made(questions: Questions, gateway: Gateway, binary: Binary, layout: Layout) -> ConformReport:
    """Check a newly compiled gateway. A key made for the run, added to those of the file, signs the tokens.

    Raises:
        OpaError: OPA does not start or rejects the bundle.
        EngineError: OPA does not answer as it should.
    """
    gateway, asked = _with_tokens(questions, gateway)
    with compiled(questions.wanted.policies, gateway, binary, layout) as opa:
        return _report(questions, gateway, asked, opa, binary.version)


def conform_built(folder: Path, questions: Questions, gateway: Gateway, binary: Binary) -> ConformReport:
    """Check the output in ``folder``, with documents that have only the given tokens; raises as `conform_made`."""
    freshness = of_output(folder, questions.wanted)
    with loaded(folder, questions.wanted.package, binary) as opa:
        report = _report(questions, gateway, _documents(questions, gateway), opa, binary.version)
    return replace(report, freshness=freshness)


def conform_running(client: Client, questions: Questions, gateway: Gateway) -> ConformReport:
    """Check a running OPA in the same way; raises `OpaError` if it does not report its version, `EngineError` as `conform_made`."""
    package = questions.wanted.package
    before = client.provenance(package)
    report = _report(questions, gateway, _documents(questions, gateway), OpaGateway(client, package), before.version)
    return replace(report, freshness=of_server(before, client.provenance(package), questions.wanted))


def _with_tokens(questions: Questions, gateway: Gateway) -> tuple[Gateway, Sequence[JsonValue]]:
    if not isinstance(gateway, HttpGateway) or not isinstance(gateway.claims, TokenClaims):
        return gateway, _documents(questions, gateway)
    from iam2rego.conformance.gateway.signing import Signer  # needs PyJWT, which is an extra

    signer = Signer.of(gateway.claims)
    signed = documents(gateway, Words.of(questions.wanted.policies), questions.seed, signer)
    return gateway.model_copy(update={"claims": signer.wanted}), [*signed, *questions.extra]


def _documents(questions: Questions, gateway: Gateway) -> Sequence[JsonValue]:
    return [*documents(gateway, Words.of(questions.wanted.policies), questions.seed), *questions.extra]


def _report(questions: Questions, gateway: Gateway, asked: Sequence[JsonValue], opa: OpaGateway, version: str) -> ConformReport:
    policies, seed, progress = questions.wanted.policies, questions.seed, questions.progress
    return conform_documents(policies, gateway, asked, opa, version=version, seed=seed, progress=progress)
