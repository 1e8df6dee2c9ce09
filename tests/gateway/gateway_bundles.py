"""Bundles for the gateway of `examples/gateway`, signed as in production."""

import json
import re
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from click.testing import CliRunner

from iam2rego.cli.main import program
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.binary import Binary
from iam2rego.opa.sign import Algorithm, Signing, sign
from iam2rego.rego.bundle.assemble import Bundle
from iam2rego.sources.loading import load
from iam2rego.sources.parameters import parameters
from tests.gateway.serving import NAME
from tests.support.keys import Keys, keys
from tests.support.tokens import Key, jwks

EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "gateway"
ACCOUNT: Final = (EXAMPLE / "account.json").read_text()
PARAMETERS: Final = EXAMPLE.parent / "ecs" / "params.toml"
MAPPING: Final = (EXAMPLE / "gateway.toml").read_text()
BY_OPA: Final = re.sub(
    r"(?<=\[claims\]\n).*?\n\n",
    """\
verified_by = "opa"
header = "authorization"
algorithm = "RS256"
audience = "ecs-gateway"
issuer = "https://id.example.com"
jwks = "jwks.json"

""",
    MAPPING,
    flags=re.DOTALL,
)
"""The mapping of a gateway that lets OPA verify tokens."""

ALLOWING: Final[Mapping[str, str]] = {
    ".manifest": '{"revision": "allows-everything", "roots": ["iam"], "rego_version": 1}',
    "gateway.rego": 'package iam.gateway\n\nallow := true\n\nresponse := {"allowed": allow}\n',
}
"""A bundle that allows everything, and asks no policy."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A bundle: its archive, its revision, and its policies for the native evaluator."""

    archive: bytes
    name: str
    policies: PolicySet


class Builder:
    """Builds bundles in a folder, and signs them by a key of its own."""

    def __init__(self, opa: Binary, folder: Path) -> None:
        self.opa, self._folder = opa, folder
        self.key = Key("of-today")
        self._keys, self.others = (keys("RS256", folder, name) for name in ("ours", "others"))
        self._account, self._mapping = folder / "account.json", folder / "gateway.toml"
        self.configuration = folder / "opa.yaml"

    def words(self, archive: Path) -> list[str]:
        """The command that packs what was built into an archive."""
        signed = ["--sign", self._keys.private, "--opa-config", self.configuration, "--verification-key", self._keys.public]
        return [str(each) for each in ("bundle", self._folder / "built", "-o", archive, *signed)]

    def build(self, account: str = ACCOUNT, mapping: str = MAPPING) -> Revision:
        """Build an account's policies and a mapping; write OPA's configuration beside it."""
        self._account.write_text(account)
        self._mapping.write_text(mapping)
        (self._folder / "jwks.json").write_text(jwks(self.key))
        archive = self._folder / NAME
        built = ["build", self._account, "--params", PARAMETERS, "--gateway", self._mapping, "-o", self._folder / "built"]
        for words in ([str(each) for each in built], self.words(archive)):
            done = CliRunner().invoke(program, words, catch_exceptions=False)
            assert done.exit_code == 0, done.stderr
        content = archive.read_bytes()
        return Revision(content, json.loads(files_of(content)[".manifest"])["revision"], self._policies())

    def sign(self, files: Mapping[str, str], by: Keys | None = None) -> bytes:
        """Return an archive of files, signed by our key unless another is given."""
        key = (by or self._keys).private.read_bytes()
        return archived(sign(self.opa, Bundle(files), Signing(key, Algorithm.RS256, "iam")).files)

    def _policies(self) -> PolicySet:
        return load([str(self._account)], parameters=parameters([str(PARAMETERS)])).policies


def account(number: int, turned: int = 0) -> str:
    """Return the account of the example with another revision: its users have the policies of the user ``turned`` places after them."""
    made = json.loads(ACCOUNT)
    users = made["UserDetailList"]
    had = [user["AttachedManagedPolicies"] for user in users]
    for place, user in enumerate(users):
        user["AttachedManagedPolicies"] = had[(place + turned) % len(had)]
    name = f"of-revision-{number}"
    users.append({**users[0], "UserName": name, "UserId": f"AIDAEXAMPLE{number}", "Arn": f"arn:aws:iam::123456789012:user/{name}"})
    return json.dumps(made)


def archived(files: Mapping[str, str]) -> bytes:
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, text in files.items():
            content = text.encode()
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, BytesIO(content))
    return packed.getvalue()


def files_of(archive: bytes) -> dict[str, str]:
    with tarfile.open(fileobj=BytesIO(archive), mode="r:gz") as members:
        return {each.name: members.extractfile(each).read().decode() for each in members if each.isfile()}  # type: ignore[union-attr]
