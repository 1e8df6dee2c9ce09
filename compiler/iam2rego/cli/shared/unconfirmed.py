"""Keeps counterexamples that an engine does not confirm. Each is a defect of iam2rego; a command decides it again."""

import shlex
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from iam2rego.cli.shared.options import Reading
from iam2rego.cli.shared.output import tell
from iam2rego.cli.shared.proving import Counterexample
from iam2rego.diagnostics import printable
from iam2rego.jsontext import dumps
from iam2rego.rego.bundle.output import placed


def keep_unconfirmed(examples: Iterable[Counterexample], sides: Iterable[Sequence[str]], reading: Reading) -> None:
    """Save the requests that an engine does not confirm in the current folder, and say how each engine decides them again.

    `sides` are the sources that the examples are about, in groups that are read together.
    """
    sides = list(sides)
    for each in examples:
        if not each.is_confirmed:
            text = dumps(each.request)
            file = Path(f"counterexample-{sha256(text.encode()).hexdigest()[:8]}.json")
            with placed(f"{text}\n".encode(), file):
                tell(f"saved as {file}; each engine decides it again by")
            for sources in sides:
                for engine in each.decisions:
                    words = ["iam2rego", "eval", *sources, *reading.words(), "--engine", engine.value, "--request", str(file)]
                    tell(f"  {printable(shlex.join(words))}")
