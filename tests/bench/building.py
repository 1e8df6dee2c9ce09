"""What builds and checks cost in seconds: all policies, one of them changed, and a bare lark parse of their texts.

All are kept to one core, except a check that may use all processors.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Final

from lark import Lark

from tests.bench.bundles import LAYOUTS
from tests.bench.corpora import managed, write_files
from tests.bench.figures import Figures, Work
from tests.bench.scale import Scale

PARSE: Final = "seconds of a bare lark parse"
CHECK: Final = "seconds of a check"
CHECK_ON_ONE_CORE: Final = "seconds of a check on one core"


def build(folder: Path, scale: Scale, figures: Figures) -> None:
    """Measure the parse, a check, then a build and a rebuild in every layout."""
    sources = folder / "sources"
    folder.mkdir()
    write_files(dict(islice(managed().items(), scale.once)), sources)
    files = sorted(sources.iterdir())
    works = [partial(_parsed, [file.read_text(encoding="utf-8") for file in files])]
    numbers = count()  # of all layouts, since each changes the same file once more
    works += [partial(_checked, sources, CHECK_ON_ONE_CORE)]
    works += [partial(_built, layout, sources, files[0], folder / layout, numbers) for layout in LAYOUTS]
    figures.rounds([*(partial(_on_one_core, work) for work in works), partial(_checked, sources, CHECK)], scale.rounds)


def build_name(layout: str) -> str:
    """Return the name of the figure of a build of everything."""
    return f"seconds of a build, {layout}"


def rebuild_name(layout: str) -> str:
    """Return the name of the figure of a build after one policy was changed."""
    return f"seconds of a build of one changed policy, {layout}"


def _on_one_core(work: Work) -> Mapping[str, float]:
    """Keep this process, and what it starts, to one processor while it works."""
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(all_of_them)})
    try:
        return work()
    finally:
        os.sched_setaffinity(0, all_of_them)


def _parsed(texts: Sequence[str]) -> Mapping[str, float]:
    parser = Lark.open_from_package("iam2rego.grammar", "json.lark", parser="lalr", lexer="basic", start="value")
    start = time.perf_counter()
    for text in texts:
        parser.parse(text)
    return {PARSE: time.perf_counter() - start}


def _checked(sources: Path, name: str) -> Mapping[str, float]:
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "iam2rego", "check", sources], capture_output=True, check=False)
    seconds = time.perf_counter() - start
    assert done.returncode in (0, 1), done.stderr
    return {name: seconds}


def _built(layout: str, sources: Path, changed: Path, folder: Path, rounds: Iterator[int]) -> Mapping[str, float]:
    """Build into a new folder with an empty cache, then change a policy and build again."""
    number = next(rounds)
    output, cache = folder / f"output-{number}", folder / f"cache-{number}"
    whole = _seconds(layout, sources, output, cache)
    _change(changed, number)
    return {build_name(layout): whole, rebuild_name(layout): _seconds(layout, sources, output, cache)}


def _change(file: Path, number: int) -> None:
    document = json.loads(file.read_text(encoding="utf-8"))
    document["Statement"].append({"Sid": f"Round{number}", "Effect": "Allow", "Action": f"ecs:Round{number}", "Resource": "*"})
    file.write_text(json.dumps(document), encoding="utf-8")


def _seconds(layout: str, sources: Path, output: Path, cache: Path) -> float:
    command: list[str | Path] = [sys.executable, "-m", "iam2rego", "build", sources, "-o", output, *LAYOUTS[layout]]
    start = time.perf_counter()
    subprocess.run(command, env={**os.environ, "XDG_CACHE_HOME": str(cache)}, capture_output=True, check=True)
    return time.perf_counter() - start
