"""What `check` finds does not depend on how many processes look for it."""

from pathlib import Path
from typing import Final

import pytest

from iam2rego import workers
from iam2rego.checking import Checked, check_sources
from iam2rego.ir.policy import Kind
from iam2rego.lint import by_default
from iam2rego.sources.format import Options

EXAMPLES: Final = Path(__file__).parents[3] / "examples"
BROKEN: Final = '{"Statement": {"Effect": "Allow", "Action": "s3:<what>", "Resource": "x"}}'


def check(sources: list[Path], *, with_policies: bool) -> Checked:
    return check_sources([*map(str, sources)], Options(Kind.IDENTITY, False, {}), by_default, with_policies=with_policies)


@pytest.mark.parametrize("with_policies", [False, True])
def test_processes_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_policies: bool) -> None:
    (tmp_path / "broken.json").write_text(BROKEN)
    (tmp_path / "no.json").write_text("{")
    sources = [EXAMPLES, tmp_path]
    alone = check(sources, with_policies=with_policies)
    monkeypatch.setattr(workers, "_processors", lambda: 3)
    monkeypatch.setattr(workers, "_BYTES_A_PROCESS", 1)
    monkeypatch.setattr(workers, "_BYTES_A_BATCH", 1)
    assert check(sources, with_policies=with_policies) == alone
    assert {each.level for each in alone.findings} == {"error", "security", "warning", "notice"}
    assert bool(alone.policies) is with_policies
