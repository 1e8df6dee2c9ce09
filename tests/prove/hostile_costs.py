"""Claims about what a hostile request costs OPA: work that grows as the request does, and memory that it gives back."""

import json
import urllib.request
from collections.abc import Iterable
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from iam2rego.rego.bundle.layouts import Layout
from tests.bench.gateway import serving
from tests.growth.hostile_work import ASKING, HOSTILE, MOST, USER, asking, bundle, grown, policy, request, steps
from tests.prove.setting import Setting, Verdict

_SIZES: Final = (1, 2, 4, 8)
_REQUESTS: Final = {Layout.MODULES: 2_000, Layout.PACKED: 2_000}
_CHARACTERS: Final = 64_000
_DEEPEST: Final = 4_000
"""Levels of nesting: OPA's reader of JSON answers more than 10,000 with HTTP 400."""

_MEBIBYTES: Final = 100.0


def work_grows_as_the_request_does(setting: Setting) -> Verdict:
    """At twice the hostile size OPA takes at most twice the steps, for every matcher and reader, to decide and to explain."""
    with TemporaryDirectory() as folder:
        compiled = bundle(Path(folder), policy(), setting.layout)
        found = {
            name: [steps(setting.binary, compiled, request(name, case.start * size)) for size in _SIZES] for name, case in HOSTILE.items()
        }
        found["D5/statements-that-ask-for-a-key"] = [_steps_of_asking(setting, Path(folder), ASKING * size) for size in _SIZES]
    most = {name: max(grown(numbers)) for name, numbers in found.items()}
    wrong = [f"{name}: {found[name]} steps" for name, growth in most.items() if growth > MOST]
    figures = (
        f"{len(found)} kinds of requests at {_SIZES} times a size: twice the size takes at most {max(most.values()):.2f} times the steps"
    )
    return Verdict(not wrong, figures, "\n".join(wrong))


def _steps_of_asking(setting: Setting, folder: Path, number: int) -> int:
    asked = json.dumps({"principal": USER, "action": "h:asking", "resource": "*", "context": {}})
    place = folder / str(number)
    place.mkdir()
    return steps(setting.binary, bundle(place, asking(number), setting.layout), asked)


def hostile_requests_leave_opa_its_memory(setting: Setting) -> Verdict:
    """After thousands of hostile requests of 64 KB, OPA takes at most 100 MiB more than before."""
    number = _REQUESTS[setting.layout]
    with TemporaryDirectory() as folder, serving(setting.binary, bundle(Path(folder), policy(), setting.layout)) as opa:
        hostile = [_of_64_kilobytes(name) for name in HOSTILE]
        _ask(opa.port, (request("R6/stars", 10) for _ in range(number // 10)))
        before, _ = opa.memory()
        _ask(opa.port, islice(cycle(hostile), number))
        after, most = opa.memory()
    size = sum(map(len, hostile)) / len(hostile) / 1000
    figures = f"{number} requests of {size:.0f} kB: {before:.0f} MiB before, {after:.0f} after, {most:.0f} at most"
    return Verdict(after - before <= _MEBIBYTES, figures)


def _of_64_kilobytes(name: str) -> str:
    """Return the hostile request of this name, as long as it must be."""
    start = HOSTILE[name].start
    each = (len(request(name, 2 * start)) - len(request(name, start))) / start
    size = round(_CHARACTERS / each)
    return request(name, min(size, _DEEPEST) if "nested" in name else size)


def _ask(port: int, requests: Iterable[str]) -> None:
    for asked in requests:
        body = f'{{"input": {asked}}}'.encode()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/data/iam/authz", body, timeout=600) as answer:
            assert json.load(answer)["result"].keys() == {"allow", "decision"}
