"""The revision of an output: equal on every machine when the output is."""

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from iam2rego import __version__
from iam2rego.ir.policy import Kind
from iam2rego.rego.bundle.layouts import Layout

if TYPE_CHECKING:
    from iam2rego.ir.gateway import Gateway


def revision(
    digest: str,
    bound: Mapping[str, str],
    *,
    package: str,
    labels: bool,
    lenient: bool,
    policy_type: Kind,
    layout: Layout,
    gateway: "Gateway | None" = None,
) -> str:
    """Hash everything that the output depends on: the ``digest`` of the inputs, the parameters, the options, this compiler."""
    options = {"package": package, "labels": labels, "lenient": lenient, "policy_type": policy_type, "layout": layout}
    parts = [digest, dict(bound), options, __version__, *([gateway.model_dump(mode="json")] if gateway else [])]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
