"""Runs other linters on the cases of `check`, and writes what they tell apart and the page about it: ``python -m tests.comparison``.

The linters are installed from PyPI, into an environment of their own that is removed afterwards.
"""

import json
import sys
from collections.abc import Mapping, Sequence, Set
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.comparison.cases import Case, cases
from tests.comparison.linters import LINTERS, Linter, Printed
from tests.comparison.page import PAGE, RESULTS, page
from tests.prove.setting import run, say


def main() -> None:
    """Run every linter, and write the results and the page."""
    asked = tuple(cases())
    with TemporaryDirectory() as folder:
        printed = {linter: _printed(linter, asked, Path(folder)) for linter in LINTERS}
    results: dict[str, Any] = {
        "day": datetime.now(UTC).date().isoformat(),
        "versions": {linter.name: linter.package.partition("==")[2] for linter in LINTERS},
        "cases": len(asked),
        "checks": {check: {each.name: told(each, group, printed[each]) for each in LINTERS} for check, group in grouped(asked).items()},
    }
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(results), encoding="utf-8")


def _printed(linter: Linter, asked: Sequence[Case], folder: Path) -> Printed:
    environment, files = folder / f"{linter.name}-environment", folder / linter.name
    files.mkdir()
    for command in ([sys.executable, "-m", "venv", environment], [environment / "bin/pip", "install", "--quiet", linter.package]):
        said = run(command)
        if said.status:
            sys.exit(said.text)
    say(f"{linter.package} runs")
    return linter.look(environment / "bin", [case for case in asked if linter.takes(case)], files)


def grouped(asked: Sequence[Case]) -> Mapping[str, Sequence[Case]]:
    """Return the cases by check, in the order in which checks come first."""
    groups: dict[str, list[Case]] = {}
    for case in asked:
        groups.setdefault(case.check, []).append(case)
    return groups


def told(linter: Linter, of_check: Sequence[Case], printed: Printed) -> Any:
    """Return the findings that tell policies with a mistake from others, always or in part; None if the linter takes none with it."""
    taken = [case for case in of_check if linter.takes(case)]
    wrong, right = ([printed.get(case.name, frozenset()) for case in taken if case.wrong is mistaken] for mistaken in (True, False))
    if not wrong:
        return None
    shares = {name: (_share(name, wrong), _share(name, right)) for name in sorted(frozenset[str]().union(*wrong))}
    always = [name for name, share in shares.items() if share == (1, 0)]
    return {"always": always, "in part": [name for name, (of_wrong, of_right) in shares.items() if of_wrong > of_right]}


def _share(name: str, printed: Sequence[Set[str]]) -> float:
    return sum(name in names for names in printed) / max(len(printed), 1)


if __name__ == "__main__":
    main()
