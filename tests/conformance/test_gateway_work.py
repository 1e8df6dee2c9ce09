"""What a gateway's library does with a document grows no faster than the document, whatever somebody made it of."""

import json
import subprocess
from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.assemble import compile_policies
from iam2rego.rego.bundle.output import write
from iam2rego.rego.gateway.settings import with_gateway
from tests.conformance.gateway_files import FILES, gateway_in, policies_in

Document: TypeAlias = Mapping[str, object]

SIZE: Final = 250
MOST: Final = 2.05
"""By how much the work may grow where the document grows to twice its size."""


def nested(size: int) -> object:
    return json.loads("[" * size + "]" * size)


def spelled(name: str, size: int) -> list[str]:
    """The first ways to spell a name in letters of either case."""
    ways = product(*((letter.lower(), letter.upper()) for letter in name))
    return ["".join(way) for way, _ in zip(ways, range(size), strict=False)]


def http(path: str = "/", headers: Document | None = None, team: object = "x") -> Document:
    claims = {"arn": "arn:aws:iam::123456789012:user/alice", "team": team}
    return {"method": "GET", "path": path, "headers": headers or {}, "claims": claims}


def store(conditions: Document) -> Document:
    return {"account": "alice", "action": "s3:GetObject", "bucket": "b", "object": "k", "conditions": conditions}


def service(context: Document, **properties: object) -> Document:
    subject = {"type": "user", "id": "alice", "properties": properties}
    return {"subject": subject, "action": {"name": "describe"}, "resource": {"type": "cluster", "id": "web"}, "context": context}


HOSTILE: Final[Mapping[str, tuple[str, Callable[[int], Document]]]] = {
    "http/segments": ("http", lambda size: http("/a" * size)),
    "http/escapes": ("http", lambda size: http("/" + "%C3%A9" * size)),
    "http/parameters": ("http", lambda size: http("/?" + "owner=a&" * size)),
    "http/headers": ("http", lambda size: http(headers={f"x-{number}": "a" for number in range(size)})),
    "http/spellings-of-a-header": ("http", lambda size: http(headers=dict.fromkeys(spelled("user-agent", size), "a"))),
    "http/values-of-a-header": ("http", lambda size: http(headers={"user-agent": ["a"] * size})),
    "http/nested-header": ("http", lambda size: http(headers={"user-agent": nested(size)})),
    "http/nested-claim": ("http", lambda size: http(team=nested(size))),
    "http/forwarded": ("trusted-proxy", lambda size: http(headers={"x-user": "alice", "x-forwarded-for": "a," * size})),
    "store/nested-condition": ("minio", lambda size: store({"Prefix": [nested(size), "x"], "delimiter": nested(size)})),
    "store/conditions": ("minio", lambda size: store({f"x-amz-{number}": ["a"] for number in range(size)})),
    "store/spellings-of-a-condition": ("minio", lambda size: store({name: ["a"] for name in spelled("signatureage", size)})),
    "store/values-of-a-condition": ("minio", lambda size: store({"Prefix": [str(number) for number in range(size)]})),
    "service/nested-context": ("authzen", lambda size: service({"ip": nested(size)})),
    "service/nested-property": ("authzen", lambda size: service({}, team=nested(size))),
    "service/properties": ("authzen", lambda size: service({}, **{f"x{number}": "a" for number in range(size)})),
}
"""What is hostile in a document: the file of its gateway, and a document of a size."""


@pytest.fixture(name="bundle", scope="module")
def _bundle(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("gateways")
    compiled = compile_policies(policies_in(folder), revision="")
    for kind in {kind for kind, _ in HOSTILE.values()}:
        write(with_gateway(compiled, gateway_in(folder, FILES[kind]), "iam"), folder / kind)
    return lambda kind: folder / kind


@pytest.mark.parametrize("name", HOSTILE)
def test_a_document_of_twice_the_size_is_at_most_twice_the_work(name: str, bundle: Callable[[str], Path], opa: Binary) -> None:
    kind, document = HOSTILE[name]
    once, twice = (steps(opa, bundle(kind), document(size)) for size in (SIZE, 2 * SIZE))
    assert twice / once <= MOST, (once, twice)


def steps(opa: Binary, bundle: Path, document: Document) -> int:
    """How many expressions OPA evaluates to make a request of a document."""
    command: list[str | Path] = [opa.path, "eval", "--bundle", bundle, "--stdin-input", "--profile", "--profile-limit=100000"]
    asked = [*command, "--format=json", "data.iam.lib.gateway.question"]
    done = subprocess.run(asked, input=json.dumps(document), capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    assert "errors" in answer["result"][0]["expressions"][0]["value"]
    return sum(each["num_eval"] + each["num_redo"] for each in answer["profile"])
