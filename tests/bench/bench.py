"""Prints what compiling and deciding cost, as ratios to the least that the same work could cost, measured in the same run.

Compiling: reading the AWS managed policies and compiling them, to a bare lark parse of the same texts. Deciding: `opa bench` of
`allow`, to `opa bench` of `allow if input.action`. Ratios are of medians of as many rounds as the
argument says, three without one; nothing here passes or fails.
"""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import lark
from lark import Lark
from moto.iam.aws_managed_policies import aws_managed_policies_data

from iam2rego import __version__
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.binary import Binary, obtain
from iam2rego.rego import compile_policies
from iam2rego.rego.output import write
from iam2rego.sources import load
from iam2rego.sources.parameters import parameters

EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "ecs"
ROUNDS: Final = int(sys.argv[1]) if len(sys.argv) > 1 else 3
SIZES: Final = (10, 100, 1000)
FLOOR: Final = "package floor\n\nallow if input.action\n"
USER: Final = "arn:aws:iam::123456789012:user/richard-roe"
REQUESTS: Final[Mapping[str, Mapping[str, object]]] = {
    "allowed": {"principal": USER, "action": "ecs:DescribeServices", "resource": "*", "context": {"aws:username": "richard-roe"}},
    "not allowed": {"principal": USER, "action": "nobody:Allows", "resource": "*", "context": {}},
}


@dataclass(frozen=True, slots=True)
class Query:
    """What `opa bench` is to measure: a rule of a bundle, and its input."""

    name: str
    bundle: Path
    rule: str
    request: Mapping[str, object]


def main() -> None:
    """Measure and print everything."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        opa = obtain(os.environ.get("IAM2REGO_OPA"), _print)
        _print(f"iam2rego {__version__}, OPA {opa.version}, lark {lark.__version__}, Python {platform.python_version()}")
        _print(f"{platform.platform()}, {os.cpu_count()} processors; medians of {ROUNDS} rounds")
        managed = _managed(folder / "managed")
        _compiling(managed)
        _deciding(opa, list(_queries(managed, folder)), folder)


def _managed(folder: Path) -> Sequence[Path]:
    """Write a file for each managed policy."""
    folder.mkdir()
    for name, policy in json.loads(aws_managed_policies_data).items():
        (folder / f"{name}.json").write_text(json.dumps(policy["Document"]), encoding="utf-8")
    return sorted(folder.iterdir())


def _compiling(files: Sequence[Path]) -> None:
    texts = [file.read_text(encoding="utf-8") for file in files]
    parser = Lark.open_from_package("iam2rego.grammar", "json.lark", parser="lalr", lexer="basic", start="value")
    folder = str(files[0].parent)
    works: dict[str, Callable[[], object]] = {
        "bare lark parse": lambda: [parser.parse(text) for text in texts],
        "read and check": lambda: load([folder]),
        "read, check and compile": lambda: compile_policies(load([folder]).policies, revision="bench"),
    }
    megabytes = sum(map(len, texts)) / 1e6
    _print(f"compiling {len(files)} managed policies, {megabytes:.2f} MB")
    _table(_rounds({name: _timed(work) for name, work in works.items()}), lambda seconds: f"{megabytes / seconds:6.2f} MB/s")


def _queries(managed: Sequence[Path], folder: Path) -> Iterator[Query]:
    yield Query("allow if input.action", _floor(folder / "floor"), "data.floor.allow", REQUESTS["allowed"])
    example = load([str(EXAMPLE / "policies")], parameters=parameters((), str(EXAMPLE / "params.toml"))).policies
    yield from _of(f"examples/ecs, {len(example.policies)} policies", example, folder / "ecs")
    for size in SIZES:
        chosen = managed[:: len(managed) // size][:size]
        yield from _of(f"{size} managed policies", load([str(file) for file in chosen]).policies, folder / f"managed-{size}")


def _floor(folder: Path) -> Path:
    folder.mkdir()
    (folder / "floor.rego").write_text(FLOOR, encoding="utf-8")
    return folder


def _of(name: str, policies: PolicySet, bundle: Path) -> Iterator[Query]:
    write(compile_policies(policies, revision="bench"), bundle)
    for situation, request in REQUESTS.items():
        yield Query(f"{name}, {situation}", bundle, "data.iam.authz.allow", request)


def _deciding(opa: Binary, queries: Sequence[Query], folder: Path) -> None:
    _print("deciding, by `opa bench`")
    works = {query.name: _bench(opa, query, folder / "input.json") for query in queries}
    _table(_rounds(works), lambda seconds: f"{seconds * 1e6:8.1f} us")


def _bench(opa: Binary, query: Query, file: Path) -> Callable[[], float]:
    """Return what asks `opa bench` for the seconds that one evaluation takes."""

    def measure() -> float:
        file.write_text(json.dumps(query.request), encoding="utf-8")
        command = [opa.path, "bench", "--format", "json", "--bundle", query.bundle, "--input", file, query.rule]
        result = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        return float(result["T"] / result["N"] / 1e9)

    return measure


def _timed(work: Callable[[], object]) -> Callable[[], float]:
    def measure() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return measure


def _rounds(works: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """Return the median seconds of each work; the rounds go over all of them in turn, so that a busy moment hits all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, measure in works.items():
            seconds[name].append(measure())
    return {name: median(each) for name, each in seconds.items()}


def _table(seconds: Mapping[str, float], show: Callable[[float], str]) -> None:
    """Print each work with its ratio to the first."""
    least = next(iter(seconds.values()))
    for name, each in seconds.items():
        _print(f"  {name:42} {show(each)} {each / least:7.2f} x")


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
