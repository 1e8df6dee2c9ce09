"""The command that measures what reading costs; the figures themselves are not looked at."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.bench.reading import main

PLAN = Path(__file__).parents[2] / "examples" / "terraform" / "plan.json"


def test_a_line_for_each_kind_of_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.json", "b.json"):
        shutil.copy(PLAN, tmp_path / name)
    (tmp_path / "no-plan.json").write_text('{"format_version": "1.2", "resource_changes": ', encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["reading", str(tmp_path), "--rounds", "1"])
    main()
    line = r"plans and states: 2 of 3 files, \d+\.\d+ MB: \d+\.\d+ s; json\.loads: \d+\.\d+ s; ratio \d+\.\d+\n"
    assert re.fullmatch(line, capsys.readouterr().out)
