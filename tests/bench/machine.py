"""What a run is made on: the machine and the versions of all that is measured."""

import os
import platform
from collections.abc import Mapping
from pathlib import Path

import lark

from iam2rego import __version__
from iam2rego.opa.binary import Binary


def machine(opa: Binary) -> Mapping[str, str]:
    """Return what tells this machine and these programs from others, by what it is."""
    return {
        "system": platform.platform(),
        "processor": f"{os.cpu_count()} x {_field('/proc/cpuinfo', 'model name')}",
        "memory": _field("/proc/meminfo", "MemTotal"),
        "load before": f"{os.getloadavg()[0]:.1f}",
        "iam2rego": __version__,
        "OPA": opa.version,
        "Python": platform.python_version(),
        "lark": lark.__version__,
    }


def _field(file: str, name: str) -> str:
    """Return the first field with a name in one of Linux's lists."""
    lines = (line.partition(":") for line in Path(file).read_text("ascii").splitlines())
    return next((value.strip() for field, _, value in lines if field.strip() == name), "unknown")
