"""Files of JSON Lines of any length, and what a command that reads one says and takes of memory."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

BEYOND_A_FILE: Final = 18 * 1024 * 1024
"""Bytes; a policy may have 16 MiB."""

EXPECTED: Final = ("allowed", "explicitDeny", "implicitDeny")

_PROGRAM: Final = """
import atexit, re, resource, sys
from pathlib import Path
from iam2rego.cli.main import main
status = Path("/proc/self/status")
def taken():
    ours = re.findall(r"VmHWM:\\s*(\\d+)", status.read_text())[0] if status.exists() else 0
    print(ours, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
atexit.register(taken)
main()
"""
"""Tells at its end the most kilobytes that it took, where the system does, and the most that one of its children took."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, its status, and the most kilobytes that it and the greatest of its children took."""

    status: int
    text: str
    kilobytes: int
    of_children: int


def said(*words: str | Path) -> Said:
    """Run a command to its end."""
    done = subprocess.run([sys.executable, "-c", _PROGRAM, *words], capture_output=True, text=True, check=False)
    *_, last = done.stderr.splitlines()
    ours, children = map(int, last.split())
    return Said(done.returncode, done.stdout, ours, children)


def scenario(number: int, length: int) -> dict[str, Any]:
    """Return a scenario of about ``length`` characters with policies of its own, which are decided as `EXPECTED` in turn.

    Most of it is in the policy's `Id`, an eighth in values of the context, of which the last decides.
    """
    bucket = f"arn:aws:s3:::bucket-{number}"
    condition = {"ForAnyValue:StringEquals": {"s:tag": f"last-{number}"}}
    allow = {"Effect": "Allow", "Principal": "*", "Action": ["s3:Get*", "s3:List*"], "Condition": condition}
    statements = [
        {**allow, "Resource": [f"{bucket}/a/*", f"{bucket}/b/*"]},
        {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": f"{bucket}/b/*"},
    ]
    request = {
        "principal": "arn:aws:iam::123456789012:user/u",
        "action": "s3:GetObject",
        "resource": f"{bucket}/{'abc'[number % 3]}/k",
        "context": {"s:tag": [*("v" * 200 for _ in range(length // 1600)), f"last-{number}"]},
    }
    policy = {"Version": "2012-10-17", "Id": "i" * (length * 7 // 8), "Statement": statements}
    return {"name": str(number), "policies": {"resource": policy}, "request": request, "expect": EXPECTED[number % 3]}


def lay(file: Path, size: int, length: int) -> int:
    """Fill a file with at least ``size`` bytes of scenarios of ``length`` characters each; return how many they are."""
    number = 0
    with file.open("w", encoding="utf-8") as stream:
        while stream.tell() < size:
            stream.write(f"{json.dumps(scenario(number, length))}\n")
            number += 1
    return number
