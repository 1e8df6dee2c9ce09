"""A claim about the documents of gateways, which come before the policies."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from iam2rego.conformance.deployed import Questions
from iam2rego.conformance.freshness import Wanted
from iam2rego.conformance.gateway.conform import conform_made
from iam2rego.jsontext import dumps
from tests.conformance.gateway_files import FILES, TOKENS, gateway_in, policies_in
from tests.prove.setting import Setting, Verdict

_SEEDS: Final = 1
_ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


def documents_of_gateways_conform(setting: Setting) -> Verdict:
    """Of what every kind of gateway may send both engines make the same request and the same decision, with tokens of every algorithm."""
    files = {**FILES, **{algorithm: TOKENS.replace("ALGORITHM", algorithm) for algorithm in _ALGORITHMS}}
    with TemporaryDirectory() as folder:
        wanted = Wanted(policies_in(Path(folder)), "iam", {})
        reports = [
            conform_made(
                Questions(wanted, seed, (), lambda _done, _of: None), gateway_in(Path(folder), text), setting.binary, setting.layout
            )
            for text in files.values()
            for seed in range(_SEEDS)
        ]
    wrong = [dumps(each.request) for report in reports for each in report.disagreements]
    documents = sum(report.requests for report in reports)
    allowed = sum(report.decisions.get("allowed", 0) for report in reports)
    return Verdict(
        not wrong, f"{documents} documents of {len(files)} gateways, {allowed} allowed, {len(wrong)} disagreements", "\n".join(wrong)
    )
