"""The configuration of an OPA that downloads what `bundle` packs: YAML with the reasons in its comments.

What it says of OPA holds for the versions that `opa.binary` supports.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import indent
from typing import Final

from iam2rego.opa.sign import Algorithm

_TEMPLATE: Final = """\
# For OPA 1.22.1 or newer: older ones decide some memberships wrongly, and before 1.21.3 a signature could be side-stepped.
#
#   opa run --server --addr 127.0.0.1:8181 --config-file {file}{flags}
#
# Whoever reaches this port may ask, and change, everything: keep it to the gateway.

services:
  bundles:
    url: {url}
    # credentials: {{bearer: {{token: "${{BUNDLES_TOKEN}}"}}}}    # replaced by the variable of OPA's environment

# A server of long polling (`iam2rego serve` is one) answers as soon as there is another bundle, or after so long. Any other
# answers at once, and is asked again after a time between the two delays; raise them where many OPAs ask one server.
# OPA sets a long question no limit: leave out its line where a server could hang without closing the connection.
bundles:
{bundles}
{keys}decision_logs:
  # A line of JSON for each decision: the bundle's revision, the question, the answer, and who asked.
  console: true
  # To a server instead, gzipped, by POST to <url>/logs; what it does not take is kept, up to the limit, and sent again.
  # service: logs
  reporting:
    buffer_size_limit_bytes: 67108864
  # Where a bundle says what must not be logged, such as tokens; one that was packed with `--mask` does.
  mask_decision: /system/log/mask

status:
  # A line for each activation of a bundle, and for each that fails and why; metrics in Prometheus' form at /metrics.
  console: true
  prometheus: true

caching:
  # Both are without limit otherwise: what policies fetch, and what they have parsed, such as tokens.
  inter_query_builtin_cache:
    max_size_bytes: 67108864
  inter_query_builtin_value_cache:
    max_num_entries: 10000
"""

_BUNDLE: Final = """\
  {name}:
    service: bundles
    resource: {resource}
    polling:
      long_polling_timeout_seconds: 30
      min_delay_seconds: 5
      max_delay_seconds: 10
    # persist: true    # starts with the last bundle where the server is gone; `persistence_directory` must be writable
"""
_SIGNING: Final = """\
    signing:    # without which OPA takes a bundle that has no signature, too
"""
_SECRET: Final = """\
    # The secret stays in a file of its own: OPA does not start without `--set-file keys.{name}.key=FILE`.

"""


@dataclass(frozen=True, slots=True)
class Verification:
    """What bundles are verified by: the name and the algorithm of the key, the PEM of a public one, and the scope that was signed."""

    key_id: str
    algorithm: Algorithm
    public_key: str | None
    scope: str = ""


def configuration(file: str, url: str, bundles: Mapping[str, str], verification: Verification | None) -> str:
    """Return the text of a configuration.

    Args:
        file: the name of the file that it is written to.
        url: where the bundles are served.
        bundles: their resources below that, by name.
        verification: how bundles are verified; None where they are not signed.
    """
    secret = verification is not None and verification.public_key is None
    return _TEMPLATE.format(
        file=file,
        flags=f" --set-file keys.{verification.key_id}.key=FILE" if verification and secret else "",
        url=json.dumps(url),
        bundles="\n".join(_bundle(*each, verification) for each in bundles.items()),
        keys=_keys(verification) if verification else "",
    )


def _bundle(name: str, resource: str, verification: Verification | None) -> str:
    text = _BUNDLE.format(name=json.dumps(name), resource=json.dumps(resource))
    return text if verification is None else f"{text}{_SIGNING}{indent(''.join(_signed(verification)), ' ' * 6)}"


def _signed(verification: Verification) -> Iterator[str]:
    yield f"keyid: {json.dumps(verification.key_id)}\n"
    if verification.scope:
        yield f"scope: {json.dumps(verification.scope)}\n"


def _keys(verification: Verification) -> str:
    head = f"keys:\n  {json.dumps(verification.key_id)}:\n    algorithm: {verification.algorithm}\n"
    if verification.public_key is None:
        return head + _SECRET.format(name=verification.key_id)
    return f"{head}    key: |\n{indent(verification.public_key.strip(), ' ' * 6)}\n\n"
