"""What a run leaves: a file of the figures with what they were measured on, and a picture of it beside the file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from tests.bench.figures import Figures
from tests.bench.scale import Scale


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of a run, how large it was, and the machine and the versions that it was made with."""

    machine: Mapping[str, str]
    scale: Scale
    figures: Figures

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read what `text` gave."""
        found = json.loads(file.read_text(encoding="utf-8"))
        return cls(found["machine"], Scale(**found["scale"]), Figures(**found["figures"]))

    def text(self) -> str:
        """Return all of it as JSON."""
        return json.dumps(asdict(self), indent=1) + "\n"
