"""A claim about an account as large as there are."""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from iam2rego.engines.opa import DeployedEngine
from iam2rego.opa.client import Client
from iam2rego.sources import load
from tests.bench.corpora import account, write_export
from tests.bench.gateway import serving
from tests.prove.setting import SEED, Setting, Verdict, run
from tests.support.accounts import requests
from tests.support.agreement import differing

POLICIES: Final = 16_000
REQUESTS: Final = 2_000
MEBIBYTES: Final = 2_048
"""As much as OPA may take at any moment."""


def a_great_account_conforms(setting: Setting) -> Verdict:
    """An account of 16,000 policies builds, OPA loads it in less than 2 GiB, and requests of those in it get equal documents."""
    with TemporaryDirectory() as folder:
        export, archive = Path(folder, "export"), Path(folder, "bundle.tar.gz")
        write_export(account(POLICIES), export)
        built = run([sys.executable, "-m", "iam2rego", "build", export, "--layout", "packed", "--bundle", archive, "--no-progress"])
        if built.status:
            return Verdict(False, f"`build` ends with status {built.status}", built.text)
        with serving(setting.binary, archive) as opa:
            wrong = list(_failures(export, f"http://127.0.0.1:{opa.port}"))
            _, most = opa.memory()
    return Verdict(
        not wrong and most < MEBIBYTES,
        f"{POLICIES} policies; OPA starts in {opa.seconds:.1f} s and takes {most:.0f} MiB at most; "
        f"{REQUESTS} requests, {len(wrong)} answered differently",
        "\n".join(wrong),
    )


def _failures(export: Path, url: str) -> Iterator[str]:
    policies = load([str(export)]).policies
    with Client.at(url) as client:
        yield from differing([(policies, requests(policies, REQUESTS, SEED))], DeployedEngine(client, "iam"))
