"""examples/kubernetes: its configurations are those that the commands write and Envoy reads, and the image's OPA decides."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.request import urlopen

import certifi
import pytest
import yaml

from iam2rego.opa.binary import Binary
from tests.support.ports import free_port
from tests.support.processes import eventually

Shell: TypeAlias = Callable[..., str]

EXAMPLES: Final = Path(__file__).parents[2] / "examples"
FOLDER: Final = EXAMPLES / "kubernetes"
PROGRAM: Final = Path(sys.executable).with_name("iam2rego")
MANIFESTS: Final[list[Any]] = list(yaml.safe_load_all((FOLDER / "gateway.yaml").read_text(encoding="utf-8")))
(DEPLOYMENT,) = (each for each in MANIFESTS if each["kind"] == "Deployment")
PLUGINS: Final = {
    "envoy_ext_authz_grpc": {"addr": "127.0.0.1:9191", "path": "iam/gateway/response", "skip-request-body-parse": True},
}
REQUEST: Final = {
    "principal": "arn:aws:iam::111122223333:user/ann",
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::reports/2026.csv",
    "context": {"aws:SecureTransport": "true"},
}


def configuration(name: str) -> Any:
    (found,) = (each["data"][f"{name}.yaml"] for each in MANIFESTS if each["kind"] == "ConfigMap" and each["metadata"]["name"] == name)
    return yaml.safe_load(found)


@pytest.fixture(scope="module")
def signed(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a signed bundle, its key, and OPA's configuration for both."""
    folder = tmp_path_factory.mktemp("signed")
    shell(["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "key.pem"], folder)
    shell(["openssl", "pkey", "-in", "key.pem", "-pubout", "-out", "key.pub"], folder)
    shell(
        [
            *(PROGRAM, "bundle", EXAMPLES / "ci" / "policies", "-o", "gateway.tar.gz", "--sign", "key.pem", "--opa-config", "opa.yaml"),
            *("--verification-key", "key.pub", "--bundles-url", "https://bundles.example.com"),
        ],
        folder,
    )
    return folder


def test_opa_is_configured_as_bundle_writes_it(signed: Path) -> None:
    written, ours = yaml.safe_load((signed / "opa.yaml").read_text(encoding="utf-8")), configuration("opa")
    del written["bundles"]["iam"]["polling"]["long_polling_timeout_seconds"]  # the server of the example polls only
    written["keys"]["iam"]["key"] = ours["keys"]["iam"]["key"]
    written["services"]["bundles"]["credentials"] = {"bearer": {"token": "${BUNDLES_TOKEN}"}}
    assert ours == {**written, "plugins": PLUGINS}


def connection_manager(envoy: Any) -> Any:
    return envoy["static_resources"]["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]


def test_envoy_is_that_of_the_gateway_but_for_the_keys_of_tokens() -> None:
    ours, theirs = (
        connection_manager(each) for each in (configuration("envoy"), yaml.safe_load((EXAMPLES / "gateway" / "envoy.yaml").read_text()))
    )
    keys = ours["http_filters"][0]["typed_config"]["providers"]["people"].pop("remote_jwks")
    theirs["http_filters"][0]["typed_config"]["providers"]["people"].pop("local_jwks")
    assert ours == theirs
    assert keys["http_uri"]["uri"].startswith("https://id.example.com/")


def test_envoy_reads_its_configuration(shell: Shell, tmp_path: Path) -> None:
    envoy = configuration("envoy")
    place = tmp_path / "authorities.pem"  # what the image has, and this machine may have elsewhere
    shutil.copy(certifi.where(), place)
    text = yaml.safe_dump(envoy).replace("/etc/ssl/certs/ca-certificates.crt", str(place))
    (tmp_path / "envoy.yaml").write_text(text, encoding="utf-8")
    assert " OK" in shell([Path(sys.executable).with_name("envoy"), "--mode", "validate", "--config-path", "envoy.yaml"], tmp_path)


def test_containers_have_no_rights_that_they_need_not() -> None:
    pod = DEPLOYMENT["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"]
    least = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
    assert [each["name"] for each in pod["containers"] if each["securityContext"] != least] == []


@pytest.mark.parametrize("file", ["Containerfile", "examples/kubernetes/Containerfile"])
def test_images_run_without_root(file: str) -> None:
    users = re.findall(r"^USER (\S+)$", (EXAMPLES.parent / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert users[-1] == "10001:10001"


@pytest.fixture
def image(opa: Binary, signed: Path) -> Iterator[str]:
    """The address of an OPA started as the image starts it, with free ports."""
    (words,) = re.findall(r"^CMD (\[.*\])$", (FOLDER / "Containerfile").read_text(encoding="utf-8"), re.MULTILINE)
    port, health = free_port(), free_port()
    moved: Mapping[str, str] = {
        "0.0.0.0:8181": f"127.0.0.1:{port}",
        "0.0.0.0:8282": f"127.0.0.1:{health}",
        "/policies/bundle.tar.gz": str(signed / "gateway.tar.gz"),
        "/policies/key.pub": str(signed / "key.pub"),
    }
    for place, here in moved.items():
        words = words.replace(place, here)
    with subprocess.Popen([opa.path, *json.loads(words)], stderr=subprocess.PIPE) as process:
        assert eventually(lambda: process.poll() is not None or answers(f"http://127.0.0.1:{health}/health?bundles"))
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def answers(address: str) -> bool:
    try:
        with urlopen(address):
            return True
    except OSError:
        return False


def test_the_image_decides(image: str) -> None:
    with urlopen(f"{image}/v1/data/iam/authz/allow", json.dumps({"input": REQUEST}).encode()) as answer:
        assert json.load(answer) == {"result": True}
