"""Claims about files of any length."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.e2e.json_lines import Said, lay, said
from tests.prove.setting import Setting, Verdict

LONG: Final = 500_000_000
SHARE: Final = 10_000_000
"""Bytes that OPA is asked about as well: it compiles the library anew for each scenario, so all of them would take hours."""
SCENARIO: Final = 50_000
"""Characters of a scenario: policies of its own, with an `Id` that is most of it, and a context of many values."""
MOST: Final = 300_000
"""Kilobytes that a process may take."""


def a_long_file_is_tested_in_little_memory(setting: Setting) -> Verdict:
    """A file of 500 MB is tested natively within 300 MB, a share of it on both engines with no process above that."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "scenarios.jsonl")
        all_ = lay(file, LONG, SCENARIO)
        natively = said("test", file, "--engine", "native")
        few = lay(file, SHARE, SCENARIO)
        on_both = said("test", file, "--opa", setting.binary.path, "--layout", setting.layout)
    holds = _passed(natively, all_) and _passed(on_both, few)
    of_all = f"{LONG / 1e6:.0f} MB, {all_:,} scenarios, in {natively.kilobytes / 1024:.0f} MB natively"
    of_few = (
        f"{SHARE / 1e6:.0f} MB, {few} scenarios, in {on_both.kilobytes / 1024:.0f} MB beside {on_both.of_children / 1024:.0f} MB of OPA"
    )
    return Verdict(holds, f"{of_all}; {of_few}", f"{natively.text[-2000:]}\n{on_both.text[-2000:]}")


def _passed(report: Said, count: int) -> bool:
    return report.status == 0 and report.text.startswith(f"{count} passed, 0 failed") and max(report.kilobytes, report.of_children) < MOST
