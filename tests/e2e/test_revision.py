"""The revision of a bundle follows from all that its content follows from, and from nothing else."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<bucket>/*"}]}'
BUCKET = ("--param", "bucket=b")

Run = Callable[..., CompletedProcess[str]]


def revision(run: Run, folder: Path, *options: str, text: str = POLICY, name: str = "p.json") -> str:
    """Build one policy, in a folder of its own, and return what the manifest says."""
    source = folder / "source"
    source.mkdir(parents=True)
    (source / name).write_text(text, encoding="utf-8")
    run("build", source, "-o", folder / "out", *options).check_returncode()
    said = json.loads((folder / "out" / ".manifest").read_text(encoding="utf-8"))["revision"]
    assert isinstance(said, str)
    return said


def test_the_same_inputs_elsewhere_have_the_same_revision(run: Run, tmp_path: Path) -> None:
    assert revision(run, tmp_path / "a", *BUCKET) == revision(run, tmp_path / "b", *BUCKET)


@pytest.mark.parametrize(
    ("options", "text", "name"),
    [
        pytest.param(BUCKET, POLICY + " ", "p.json", id="a-byte-more"),
        pytest.param(BUCKET, POLICY, "q.json", id="another-path"),
        pytest.param(("--param", "bucket=c"), POLICY, "p.json", id="another-parameter"),
        pytest.param((*BUCKET, "--no-labels"), POLICY, "p.json", id="no-labels"),
        pytest.param((*BUCKET, "--layout", "packed"), POLICY, "p.json", id="another-layout"),
        pytest.param((*BUCKET, "--package", "corp"), POLICY, "p.json", id="another-package"),
        pytest.param((*BUCKET, "--lenient"), POLICY, "p.json", id="lenient"),
        pytest.param((*BUCKET, "--policy-type", "session"), POLICY, "p.json", id="another-policy-type"),
    ],
)
def test_another_input_or_option_has_another_revision(run: Run, tmp_path: Path, options: tuple[str, ...], text: str, name: str) -> None:
    assert revision(run, tmp_path / "a", *BUCKET) != revision(run, tmp_path / "b", *options, text=text, name=name)
