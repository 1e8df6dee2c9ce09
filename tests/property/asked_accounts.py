"""Generated accounts, each in one bundle, and whether both engines give equal documents to those in it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from iam2rego.engines.opa import OpaEngine
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.sources import load
from tests.support.accounts import BESIDE, Size, export, requests
from tests.support.agreement import differing
from tests.support.managed import managed_policies


@dataclass(frozen=True, slots=True)
class Account:
    """What an export came to, and the requests of those in it."""

    policies: PolicySet
    requests: list[JsonValue]


def account(size: Size, count: int, seed: int) -> Account:
    """Return an account over the managed policies, read from files as the AWS CLI prints them, and ``count`` requests."""
    with TemporaryDirectory() as folder:
        Path(folder, "account.json").write_text(json.dumps(export(size, managed_policies(), seed)), encoding="utf-8")
        Path(folder, "beside.json").write_text(json.dumps(BESIDE), encoding="utf-8")
        policies = load([folder], lenient=True).policies
    return Account(policies, requests(policies, count, seed))


def account_failures(binary: Binary, asked: Account, layout: Layout = Layout.MODULES) -> Iterator[str]:
    """Decide the requests of an account on both engines; yield what `differing` does."""
    with OpaEngine(binary, [asked.policies], layout=layout) as opa:
        yield from differing([(asked.policies, asked.requests)], opa)
