"""What all linters are asked: the policies that the tests of `check` have, with and without each mistake."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from iam2rego.ir.policy import Kind

_FOLDER: Final = Path(__file__).parents[1] / "unit" / "lint"
_OF_AWS: Final = ("issues_of_aws.jsonl", "check")
_BEYOND: Final = ("beyond_aws.jsonl", "code")


@dataclass(frozen=True, slots=True)
class Case:
    """A policy, as a JSON value or as a text that is no JSON, and whether it has the mistake that a check is for.

    Attributes:
        name: of the file that a linter reads.
        check: an issue code of AWS, or our code where AWS has none.
    """

    name: str
    check: str
    kind: Kind
    policy: Any
    wrong: bool

    @property
    def text(self) -> str:
        """The policy as a text."""
        return self.policy if isinstance(self.policy, str) else json.dumps(self.policy, indent=1)


def cases() -> Iterator[Case]:
    """Yield the cases of AWS's checks, and those of ours that AWS has not."""
    for file, member in (_OF_AWS, _BEYOND):
        for number, line in enumerate((_FOLDER / file).read_text(encoding="utf-8").splitlines()):
            written = json.loads(line)
            name = f"{written[member].lower().replace('_', '-')}-{number}"
            yield Case(name, written[member], Kind(written["policy_type"]), written["policy"], written["expect"])
