"""Shows in full what `make test` shows of a slice: a line a claim, with its figures. Status 1 if one does not hold.

The claims are about the installed package, on the inputs of this checkout and on the AWS managed policies. With names of
claims as arguments only those are shown. They run side by side, each in a process of its own, as many as there are processors;
lines come as the claims end.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from iam2rego.opa.binary import obtain
from tests.prove.claims import CLAIMS, FIRST
from tests.prove.running import all_hold
from tests.prove.setting import Setting, say
from tests.support.managed import managed_policies


def main(names: Sequence[str]) -> int:
    """Print a line for each claim, or for those with ``names``; return the exit status."""
    if unknown := set(names) - {claim.__name__ for claim in CLAIMS}:
        sys.exit(f"there is no claim {', '.join(sorted(unknown))}")
    first = [claim.__name__ for claim in FIRST]
    ordered = [*first, *(claim.__name__ for claim in CLAIMS if claim.__name__ not in first)]
    with TemporaryDirectory() as folder:
        for name, document in managed_policies().items():
            Path(folder, f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
        setting = Setting(obtain(os.environ.get("IAM2REGO_OPA"), say, pinned=True), Path(folder))
        return 0 if all_hold([name for name in ordered if not names or name in names], setting) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
