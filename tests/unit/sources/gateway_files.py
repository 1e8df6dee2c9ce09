"""Files of gateways, with keys and routes, read or refused."""

from pathlib import Path
from typing import Final

import pytest

from iam2rego.diagnostics import PolicyError
from iam2rego.ir.gateway import Gateway
from iam2rego.sources.gateway import read_gateway

ROUTE: Final = '[[routes]]\nmethod = "GET"\npath = "/a"\naction = "a:B"\nresource = "*"\n'
HEAD: Final = 'kind = "http"\nprincipal = { arn = "*" }\n'
X: Final = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
Y: Final = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
KEY: Final = f'{{"kty": "EC", "crv": "P-256", "x": "{X}", "y": "{Y}", "use": "sig", "alg": "ES256", "key_ops": ["verify"], "x5t": "a"}}'
"""The key of RFC 7515, appendix A.3."""


def claims(members: str) -> str:
    return HEAD + f"[claims]\n{members}\n" + ROUTE


TOKENS: Final = claims(
    'verified_by = "opa"\nheader = "Authorization"\nalgorithm = "ES256"\naudience = "a"\nissuer = "i"\njwks = "keys.json"'
)


def read(folder: Path, text: str, keys: str = f'{{"keys": [{KEY}]}}') -> Gateway:
    (folder / "gateway.toml").write_text(text, encoding="utf-8")
    (folder / "keys.json").write_text(keys, encoding="utf-8")
    return read_gateway(str(folder / "gateway.toml"))


def refusals(folder: Path, text: str, keys: str = "") -> list[str]:
    with pytest.raises(PolicyError) as refused:
        read(folder, text, keys)
    return [
        f"{Path(each.source.name).name}:{each.span.line if each.span else 0}: {each.code} {each.message}"
        for each in refused.value.diagnostics
    ]
