"""Reads templates by cfn-lint: a list of paths comes in, and a list of processor seconds goes out, null where a template is refused."""

import json
import sys
import time

from cfnlint.decode import decode


def main() -> None:
    """Read all files."""
    json.dump([_seconds(path) for path in json.load(sys.stdin)], sys.stdout)


def _seconds(path: str) -> float | None:
    start = time.process_time()
    template, _ = decode(path)
    return time.process_time() - start if template is not None else None


if __name__ == "__main__":
    main()
