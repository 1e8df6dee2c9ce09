"""What a gateway's entry point costs, that of examples/gateway, beside `allow` for the request that it makes: allocations."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from iam2rego.opa.binary import Binary
from tests.bench.bundles import LAYOUTS
from tests.bench.evaluating import said
from tests.bench.figures import ALLOCATIONS, Figures

_EXAMPLES: Final = Path(__file__).parents[2] / "examples"
_GATEWAY: Final = _EXAMPLES / "gateway"
_HEADERS: Final[Mapping[str, str]] = {
    ":authority": "gateway.example.com",
    ":method": "DELETE",
    ":path": "/clusters/default",
    ":scheme": "https",
    "accept": "*/*",
    "accept-encoding": "gzip",
    "content-type": "application/json",
    "user-agent": "curl/8.9.1",
    "x-envoy-internal": "true",
    "x-forwarded-client-cert": "Hash=5f2b",
    "x-forwarded-for": "192.0.2.1",
    "x-forwarded-proto": "https",
    "x-request-id": "0d6f3f1e-6d0b-4f3c-9a53-5f0d2b6b7c11",
}
"""As many as Envoy sends for a browser's or a service's request."""


def route(opa: Binary, folder: Path, figures: Figures) -> None:
    """Measure both in every layout."""
    question = json.loads((_GATEWAY / "question.json").read_text(encoding="utf-8"))
    question["attributes"]["request"]["http"] |= {"path": "/clusters/default", "headers": _HEADERS}
    for layout, options in LAYOUTS.items():
        bundle = folder / f"gateway-{layout}.tar.gz"
        sources = [_GATEWAY / "account.json", "--params", _EXAMPLES / "ecs" / "params.toml", "--gateway", _GATEWAY / "gateway.toml"]
        command: list[str | Path] = [sys.executable, "-m", "iam2rego", "build", *sources, "--bundle", bundle, *options]
        subprocess.run(command, capture_output=True, check=True)
        file = bundle.with_suffix(".input.json")
        file.write_text(json.dumps(question), encoding="utf-8")
        [made] = said(opa, "eval", bundle, file, "data.iam.gateway.request")["result"]
        asked = {entry_name(layout): ("gateway", question), allow_name(layout): ("authz", made["expressions"][0]["value"])}
        for name, (package, given) in asked.items():
            file.write_text(json.dumps(given), encoding="utf-8")
            [allowed] = said(opa, "eval", bundle, file, f"data.iam.{package}.allow")["result"]
            assert allowed["expressions"][0]["value"] is True, name
            result = said(opa, "bench", bundle, file, f"data.iam.{package}.allow")
            figures.add({name: result["MemAllocs"] // result["N"]})


def entry_name(layout: str) -> str:
    """Return the name of the figure of the entry point."""
    return f"behind a gateway, its entry point by {layout}{ALLOCATIONS}"


def allow_name(layout: str) -> str:
    """Return the name of the figure of `allow`."""
    return f"behind a gateway, `allow` by {layout}{ALLOCATIONS}"
