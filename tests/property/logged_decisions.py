"""Decision logs of any length, made up with a count of what is in them, and what `usage` says of them.

Nothing decides here: outcomes, statements, actions and resources are drawn, so the count shares nothing with what it is compared to.
"""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

POLICIES: Final = 40
STATEMENTS: Final = 3
_ACTIONS: Final = tuple(f"s3:{verb}{noun}" for verb in ("Get", "Put", "List") for noun in ("Object", "Bucket", "Tagging"))
_UPLOAD: Final = 50
"""Events in a line, as OPA uploads them; the other lines hold one, as it prints them."""

_PROGRAM: Final = """
import atexit, re, sys
from pathlib import Path
from iam2rego.cli.main import main
status = Path("/proc/self/status")
atexit.register(lambda: print(re.findall(r"VmHWM:\\s*(\\d+)", status.read_text())[0] if status.exists() else 0, file=sys.stderr))
main()
"""
"""Tells the most kilobytes that it took, where the system does; what `wait4` tells begins with the memory of the parent."""


@dataclass
class Counted:
    """What was drawn: decisions by outcome, by statement, and by statement and action."""

    outcomes: Counter[str] = field(default_factory=Counter)
    statements: Counter[tuple[str, int]] = field(default_factory=Counter)
    actions: Counter[tuple[str, int, str]] = field(default_factory=Counter)


def usage_failures(count: int, seed: int = 1) -> tuple[list[str], int]:
    """Let `usage` read ``count`` decisions from a pipe; return how it counts otherwise, and the most kilobytes that it took."""
    with TemporaryDirectory() as folder:
        for number in range(POLICIES):
            statements = [{"Sid": f"S{index}", "Effect": _effect(index), "Action": "s3:*", "Resource": "*"} for index in range(STATEMENTS)]
            Path(folder, f"p{number}.json").write_text(json.dumps({"Statement": statements}), encoding="utf-8")
        counted = Counted()
        report, kilobytes = _told(folder, _lines(count, random.Random(seed), counted))
    return list(_differences(report, counted)), kilobytes


def _effect(index: int) -> str:
    return "Deny" if index == STATEMENTS - 1 else "Allow"


def _lines(count: int, draw: random.Random, counted: Counted) -> Iterator[bytes]:
    events = (_event(draw, counted) for _ in range(count))
    for event in events:
        upload = [event] if draw.random() < 0.5 else [event, *islice(events, _UPLOAD - 1)]
        yield f"{json.dumps(upload if len(upload) > 1 else event)}\n".encode()


def _event(draw: random.Random, counted: Counted) -> dict[str, Any]:
    action, effect = draw.choice(_ACTIONS), draw.choice(["Allow", "Allow", "Deny", None])
    indexes = [index for index in range(STATEMENTS) if _effect(index) == effect]
    keys = (
        draw.sample([(f"p{number}", index) for number in range(POLICIES // 2) for index in indexes], draw.randint(1, 3)) if indexes else []
    )
    outcome = {"Allow": "allowed", "Deny": "explicitDeny", None: "implicitDeny"}[effect]
    counted.outcomes[outcome] += 1
    counted.statements.update(keys)
    counted.actions.update((*key, action) for key in keys)
    matched = [
        {"policy": policy, "policy_type": "identity", "sid": f"S{index}", "index": index, "effect": effect} for policy, index in keys
    ]
    session = f"arn:aws:sts::123456789012:assumed-role/r/{draw.getrandbits(48)}"
    request = {"principal": session, "action": action, "resource": f"arn:aws:s3:::b/{draw.getrandbits(48)}", "context": {"a:b": "c" * 200}}
    result = {"decision": outcome, "matched_statements": matched, "denied_by": [], "missing_context_keys": [], "errors": []}
    return {"decision_id": str(draw.getrandbits(64)), "path": "iam/authz/decision", "input": request, "result": result}


def _told(folder: str, lines: Iterator[bytes]) -> tuple[dict[str, Any], int]:
    """Return the report, and the most kilobytes that the process which made it took."""
    command = [sys.executable, "-c", _PROGRAM, "usage", "-", folder, "--format", "json", "--no-progress"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin, "it is a pipe"
        process.stdin.writelines(lines)
        report, said = process.communicate()
    assert process.returncode == 0, said
    return json.loads(report), int(said)


def _differences(report: dict[str, Any], counted: Counted) -> Iterator[str]:
    for policy in report["policies"]:
        for statement in policy["statements"]:
            key = policy["policy"], statement["index"]
            actions = {action: count for (*of, action), count in counted.actions.items() if tuple(of) == key}
            if (statement["decided"], statement["actions"]) != (counted.statements[key], actions):
                yield f"{key}: {statement['decided']} {statement['actions']}, not {counted.statements[key]} {actions}"
            if bool(statement["decided"]) != bool(statement["other_resources"]):
                yield f"{key}: more resources than are told are not told"
    if Counter(report["decisions"]) != counted.outcomes:
        yield f"{report['decisions']}, not {counted.outcomes}"
