"""Writes the configuration of an OPA that downloads bundles: YAML with explanations in its comments.

It is correct for the versions of OPA that `opa.binary` supports.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import indent
from typing import Final

from iam2rego.opa.sign import Algorithm

_TEMPLATE: Final = """\
# For OPA 1.22.1 or newer: older versions decide some memberships wrongly, and before 1.21.3 signatures could be bypassed.
#
#   opa run --server --addr 127.0.0.1:8181 --config-file {file}{flags}
#
# Whoever can reach this port may query and change everything: only the gateway should.

services:
  bundles:
    url: {url}
    # credentials: {{bearer: {{token: "${{BUNDLES_TOKEN}}"}}}}    # replaced from OPA's environment

# A server with long polling, such as `iam2rego serve`, answers when there is a new bundle, or after this time. Any other
# answers at once, and is asked again after a time between the two delays; raise them where many OPAs ask one server.
# OPA sets a long question no limit: leave out its line where a server could hang without closing the connection.
bundles:
{bundles}
{keys}decision_logs:
  # A line of JSON for each decision: the bundle's revision, the input, the result, and the client.
  console: true
  # To a server instead, gzipped, by POST to <url>/logs; what it does not accept is kept, up to the limit, and sent again.
  # service: logs
  reporting:
    buffer_size_limit_bytes: 67108864
  # The path at which a bundle masks what must not be logged, such as tokens; see `bundle --mask`.
  mask_decision: /system/log/mask

status:
  # A line for each activation of a bundle, and for each failure with its reason; Prometheus metrics at /metrics.
  console: true
  prometheus: true

caching:
  # By default both have no limit: responses that policies fetch, and values that they parse, such as tokens.
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
    # persist: true    # starts with the last bundle if the server is down; `persistence_directory` must be writable
"""
_SIGNING: Final = """\
    signing:    # without this, OPA also accepts unsigned bundles
"""
_SECRET: Final = """\
    # The secret stays in its own file: OPA does not start without `--set-file keys.{name}.key=FILE`.

"""


@dataclass(frozen=True, slots=True)
class Verification:
    """How bundles are verified: the key's name, algorithm and PEM (for a public key), and the signed scope."""

    key_id: str
    algorithm: Algorithm
    public_key: str | None
    scope: str = ""


def configuration(file: str, url: str, bundles: Mapping[str, str], verification: Verification | None) -> str:
    """Return the text of a configuration.

    Args:
        file: the name of the configuration file.
        url: where the bundles are served.
        bundles: the path of each bundle below ``url``, by name.
        verification: how bundles are verified; None if they are not signed.
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
