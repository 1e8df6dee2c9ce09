"""What reading templates, plans and states costs, in seconds of the processor: ``python -m tests.bench.reading FOLDER...``.

Other readers do less: they find no policies, and do not know who has them. Of a template they are cfn-lint's reader and PyYAML's parser in
C, of a plan or state Python's reader of JSON. cfn-lint may be that of another Python: ``--peer PYTHON``.
"""

import json
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final, TypeAlias

import yaml

from iam2rego.diagnostics import PolicyError
from iam2rego.ir.policy import Kind
from iam2rego.sources.extracting import extract_from
from iam2rego.sources.files import Place, TextFile, read
from iam2rego.sources.format import Options
from iam2rego.sources.problems import Problems
from iam2rego.sources.terraform.recognition import MARKS, is_terraform

Seconds: TypeAlias = Sequence[float | None]
"""What each file takes; None if it is refused."""

_PEER: Final = Path(__file__).parent / "peers" / "cfn_lint_peer.py"
_SUFFIXES: Final = (".json", ".yaml", ".yml", ".template", ".tfstate")
_LARGE: Final = [mark.encode() for mark in MARKS]
_OPTIONS: Final = Options(Kind.IDENTITY, False, {})


def main() -> None:
    """Read the files of all folders, and print a line for each kind of file and each other reader."""
    arguments = _arguments()
    files = [read(Place(path.name, str(path)), _LARGE) for folder in arguments.folders for path in _files(folder)]
    for kind, of_kind in _by_kind(files).items():
        own = _median(partial(_read, _extract, of_kind), arguments.rounds)
        for name, reader in _others(kind, of_kind, arguments.peer).items():
            _print(kind, of_kind, own, name, _median(reader, arguments.rounds))


def _arguments() -> Namespace:
    parser = ArgumentParser(description="Measures what reading templates, plans and states costs.")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--peer", default=sys.executable, metavar="PYTHON", help="a Python that has cfn-lint (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how many rounds the medians are of (%(default)s)")
    return parser.parse_args()


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.suffix in _SUFFIXES and path.is_file())


def _by_kind(files: Iterable[TextFile]) -> Mapping[str, list[TextFile]]:
    found: dict[str, list[TextFile]] = {}
    for each in files:
        text = each.source.text
        if is_terraform(text):
            found.setdefault("plans and states", []).append(each)
        elif "Resources" in text:
            language = "JSON" if text.lstrip().startswith("{") else "YAML"
            found.setdefault("templates of SAM" if "AWS::Serverless" in text else f"templates in {language}", []).append(each)
    return found


def _others(kind: str, files: Sequence[TextFile], peer: str) -> Mapping[str, Callable[[], Seconds]]:
    """Return the other readers of a kind of file."""
    if kind == "plans and states":
        return {"json.loads": partial(_read, lambda each: json.loads(each.source.text), files)}
    by_events = partial(_read, lambda each: [*yaml.parse(each.source.text, Loader=yaml.CSafeLoader)], files)
    return {"cfn-lint": partial(_by_cfn_lint, peer, files), "PyYAML": by_events}


def _extract(file: TextFile) -> None:
    extract_from(file, _OPTIONS, Problems())


def _read(reader: Callable[[TextFile], object], files: Iterable[TextFile]) -> Seconds:
    return [_seconds(reader, each) for each in files]


def _seconds(reader: Callable[[TextFile], object], file: TextFile) -> float | None:
    start = time.process_time()
    try:
        reader(file)
    except (PolicyError, ValueError, yaml.YAMLError):
        return None
    return time.process_time() - start


def _by_cfn_lint(peer: str, files: Iterable[TextFile]) -> Seconds:
    paths = json.dumps([each.place.shown for each in files])
    done = subprocess.run([peer, _PEER], input=paths, capture_output=True, text=True, check=True)
    seconds: Seconds = json.loads(done.stdout)
    return seconds


def _median(measure: Callable[[], Seconds], rounds: int) -> Seconds:
    """Return the median of each file."""
    measured = zip(*(measure() for _ in range(rounds)), strict=True)
    return [median(seconds) if len(seconds := [one for one in each if one is not None]) == rounds else None for each in measured]


def _print(kind: str, files: Sequence[TextFile], own: Seconds, name: str, other: Seconds) -> None:
    """Print the sums over the files that both have read, and the ratio."""
    both = [(len(file.data), one, two) for file, one, two in zip(files, own, other, strict=True) if one is not None and two is not None]
    if both:
        size, ours, theirs = (sum(column) for column in zip(*both, strict=True))
        counted = f"{kind}: {len(both)} of {len(files)} files, {size / 1e6:.2f} MB"
        sys.stdout.write(f"{counted}: {ours:.3f} s; {name}: {theirs:.3f} s; ratio {ours / theirs:.2f}\n")


if __name__ == "__main__":
    main()
