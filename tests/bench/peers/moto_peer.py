"""Decides by moto what the standard input asks: a list of cases, each with policies as IAM has them.

Prints, by the name of the case, whether it is allowed and the microseconds that one decision takes, the policies having been
read before. moto is run here, no more.
"""

import json
import sys
import time
from statistics import median
from typing import Any, Final

from moto.iam.access_control import IAMPolicy, PermissionResult

_SECONDS: Final = 1.0
"""How long one case is asked, at least three times."""


def main() -> None:
    """Answer all cases."""
    json.dump({case["name"]: _answer(case) for case in json.load(sys.stdin)}, sys.stdout)


def _answer(case: dict[str, Any]) -> dict[str, Any]:
    policies = [IAMPolicy(json.dumps(document)) for document in case["documents"]]
    seconds: list[float] = []
    while len(seconds) < 3 or sum(seconds) < _SECONDS:
        start = time.perf_counter()
        allowed = _is_allowed(policies, case)
        seconds.append(time.perf_counter() - start)
    return {"allowed": allowed, "microseconds": median(seconds) * 1e6}


def _is_allowed(policies: list[IAMPolicy], case: dict[str, Any]) -> bool:
    asked = {"action": case["action"], "resource": case["resource"], "incoming_condition_values": case["context"]}
    results = [policy.is_action_permitted(**asked) for policy in policies]
    return PermissionResult.DENIED not in results and PermissionResult.PERMITTED in results


if __name__ == "__main__":
    main()
