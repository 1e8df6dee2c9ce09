"""What OPA's server costs before it is asked anything: seconds to start, and memory then; and how large its bundle is."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from iam2rego.opa.binary import Binary
from tests.bench.bundles import Bundles
from tests.bench.figures import Figures
from tests.bench.gateway import serving
from tests.bench.scale import Scale


def start(opa: Binary, bundles: Bundles, scale: Scale, figures: Figures) -> None:
    """Measure every bundle."""
    for (what, size), file in bundles.items():
        figures.add({bytes_name(what, size): file.stat().st_size})
    figures.rounds([partial(_started, opa, what, size, file) for (what, size), file in bundles.items()], scale.rounds)


def seconds_name(what: str, size: int) -> str:
    """Return the name of the figure of the seconds that OPA takes to start."""
    return f"seconds to start with {what}, {size} policies"


def memory_name(what: str, size: int) -> str:
    """Return the name of the figure of the MiB that OPA takes when it first answers."""
    return f"MiB at the start with {what}, {size} policies"


def peak_name(what: str, size: int) -> str:
    """Return the name of the figure of the most MiB that OPA takes until it first answers."""
    return f"MiB at most with {what}, {size} policies"


def bytes_name(what: str, size: int) -> str:
    """Return the name of the figure of the bytes of a bundle."""
    return f"bytes of the bundle of {what}, {size} policies"


def _started(opa: Binary, what: str, size: int, bundle: Path) -> Mapping[str, float]:
    with serving(opa, bundle) as gateway:
        now, most = gateway.memory()
        return {seconds_name(what, size): gateway.seconds, memory_name(what, size): now, peak_name(what, size): most}
