"""Reads templates by cfn-lint. The standard input is a list of paths; prints a list of the seconds of each, null where it refuses one."""

import json
import sys
import time

from cfnlint.decode import decode


def main() -> None:
    """Read all files."""
    json.dump([_seconds(path) for path in json.load(sys.stdin)], sys.stdout)


def _seconds(path: str) -> float | None:
    start = time.perf_counter()
    template, _ = decode(path)
    return time.perf_counter() - start if template is not None else None


if __name__ == "__main__":
    main()
