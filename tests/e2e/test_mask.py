"""`bundle --mask`: OPA's decision log tells who asked what, and why it was answered so, without what is secret."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias

import pytest

from iam2rego.jsontext import JsonValue
from iam2rego.opa.binary import Binary
from tests.support.bundles import bundled
from tests.support.processes import eventually
from tests.support.servers import answering, started

Run: TypeAlias = Callable[..., CompletedProcess[str]]

SECRET: Final = "eyJhbGciOi.c2VjcmV0.c2VjcmV0"
POLICY: Final = (
    """{"Version": "2012-10-17", "Statement": [{"Sid": "GetIt", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"""
)
QUESTION: Final[dict[str, JsonValue]] = {
    "principal": "arn:aws:iam::123456789012:user/u",
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::b/k",
}


def logged(run: Run, opa: Binary, tmp_path: Path, question: dict[str, JsonValue], *words: str) -> tuple[str, dict[str, Any]]:
    """What OPA uploads, as text and read, of a question to a bundle that was packed with ``words``; and what it prints."""
    uploads: list[bytes] = []
    archive, config = tmp_path / "policies.tar.gz", tmp_path / "opa.yaml"
    (tmp_path / "policy.json").write_text(POLICY)
    with answering(lambda path: (archive.read_bytes() if path == "/policies.tar.gz" else b"", {}), uploads.append) as address:
        beside = ("--opa-config", config, "--bundles-url", f"http://{address}")
        bundled(run, tmp_path / "policy.json", "-o", archive, *beside, *words)
        settings = ("service=bundles", "reporting.min_delay_seconds=1", "reporting.max_delay_seconds=1")
        told = [word for each in settings for word in ("--set", f"decision_logs.{each}")]
        with started(opa, "--config-file", config, *told, "--log-level", "info", log=tmp_path / "log") as client:
            client.decide("iam", question)
            assert eventually(lambda: bool(uploads))
    text = gzip.decompress(uploads[0]).decode()
    return text + (tmp_path / "log").read_text(), json.loads(text)[0]


def test_the_log_tells_what_was_decided_by_which_statement_of_which_revision(run: Run, opa: Binary, tmp_path: Path) -> None:
    question: dict[str, JsonValue] = {**QUESTION, "context": {"aws:RequestTag/Team": SECRET, "aws:UserAgent": "curl"}}
    text, entry = logged(run, opa, tmp_path, question, "--mask", "aws:requesttag/team")
    assert SECRET not in text
    assert "curl" in text
    assert entry["input"] == {**QUESTION, "context": {"aws:UserAgent": "curl"}}
    (statement,) = entry["result"]["decision"]["matched_statements"]
    assert (statement["policy"], statement["sid"]) == ("policy", "GetIt")
    assert len(entry["bundles"]["iam"]["revision"]) == 64
    assert {"policy": "policy", "sid": "GetIt", "index": 0} in entry["rule_labels"]


@pytest.mark.parametrize(
    "members",
    [
        pytest.param({"headers": {"Authorization": f"Bearer {SECRET}", "cookie": f"session={SECRET}"}}, id="plain-http"),
        pytest.param(
            {
                "attributes": {
                    "request": {"http": {"path": f"/p?X-Amz-Security-Token={SECRET}", "headers": {"authorization": SECRET}}},
                    "metadataContext": {"filterMetadata": {"a/b": {"x-token": SECRET}}},
                }
            },
            id="envoy",
        ),
        pytest.param({"headers": [{"key": "x-token", "value": SECRET}]}, id="a-list-of-pairs"),
    ],
)
def test_tokens_are_not_logged(run: Run, opa: Binary, tmp_path: Path, members: dict[str, JsonValue]) -> None:
    text, entry = logged(run, opa, tmp_path, {**QUESTION, "context": {}, **members}, "--mask", "x-token")
    assert SECRET not in text
    assert entry["input"]["action"] == "s3:GetObject"


def test_without_a_mask_all_is_logged(run: Run, opa: Binary, tmp_path: Path) -> None:
    text, _ = logged(run, opa, tmp_path, {**QUESTION, "context": {"a:b": SECRET}})
    assert SECRET in text


def test_nothing_is_masked_twice(run: Run, built: Path, tmp_path: Path) -> None:
    run("bundle", built, "-o", tmp_path / "masked", "--mask", "x-token").check_returncode()
    done = run("bundle", tmp_path / "masked", "-o", tmp_path / "again", "--mask", "x-secret")
    assert (done.returncode, (tmp_path / "again").exists()) == (2, False)
    assert "it is masked already" in done.stderr
