"""IAM623: a build says once that key policies are not given (E15)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest

from iam2rego.building import Compiled
from iam2rego.diagnostics import Level

Build: TypeAlias = Callable[..., Compiled]
KEY: Final = "arn:aws:kms:eu-west-1:111111111111:key/k"
ROOT: Final = {"AWS": "111111111111"}
DECRYPT: Final = {"Action": "kms:Decrypt"}


def document(**statement: Any) -> dict[str, Any]:
    whole = {"Effect": "Allow", **({} if "NotResource" in statement else {"Resource": "*"}), **statement}
    return {"Version": "2012-10-17", "Statement": [whole]}


def policy_set(statement: dict[str, Any], **resources: dict[str, Any]) -> dict[str, Any]:
    return {"policies": {"identity": [document(**statement)]}, "resources": resources}


def notices(build: Build, folder: Path, *files: Any) -> list[tuple[str, Level]]:
    """Where a build of these files gives the notice; twice, the second time from the cache."""
    folder.mkdir()
    for number, content in enumerate(files):
        (folder / f"{number}.json").write_text(json.dumps(content), encoding="utf-8")
    first, second = ([(each.source.name, each.level) for each in build(folder).diagnostics if each.code == "IAM623"] for _ in range(2))
    assert first == second
    return [(Path(name).name, level) for name, level in first]


@pytest.mark.parametrize(
    ("statement", "noticed"),
    [
        pytest.param(DECRYPT, True, id="any-resource"),
        pytest.param({"Action": "*"}, True, id="every-action"),
        pytest.param({"Action": "K*:Dec?ypt"}, True, id="service-with-wildcards"),
        pytest.param({"NotAction": "iam:*"}, True, id="all-but-other-actions"),
        pytest.param({**DECRYPT, "Resource": KEY}, True, id="a-key"),
        pytest.param({**DECRYPT, "Resource": "arn:aws:kms:*:*:k*"}, True, id="key-with-wildcards"),
        pytest.param({**DECRYPT, "Resource": "arn:aws:*"}, True, id="short-arn"),
        pytest.param({**DECRYPT, "Resource": "arn:aws:kms:*:*:${aws:username}"}, True, id="variable"),
        pytest.param({**DECRYPT, "NotResource": KEY}, True, id="all-but-one-key"),
        pytest.param({**DECRYPT, "Effect": "Deny"}, False, id="denied"),
        pytest.param({"Action": ["s3:*", "kmsx:*"]}, False, id="other-services"),
        pytest.param({"NotAction": ["iam:*", "KMS:*"]}, False, id="all-but-kms"),
        pytest.param({**DECRYPT, "Resource": "arn:aws:kms:*:*:alias/*"}, False, id="aliases"),
        pytest.param({**DECRYPT, "Resource": "arn:aws:s3:::b"}, False, id="a-bucket"),
        pytest.param({**DECRYPT, "NotResource": "*"}, False, id="no-resource"),
    ],
)
def test_a_policy_set_that_allows_actions_on_keys(build: Build, tmp_path: Path, statement: dict[str, Any], noticed: bool) -> None:
    assert notices(build, tmp_path / "set", policy_set(statement)) == ([("0.json", Level.NOTICE)] if noticed else [])


def test_it_is_said_once(build: Build, tmp_path: Path) -> None:
    plain = document(**DECRYPT)
    assert notices(build, tmp_path / "set", {"policies": {}}, plain, plain) == [("1.json", Level.NOTICE)]


def test_plain_files_name_no_resources_and_get_no_notice(build: Build, tmp_path: Path) -> None:
    assert notices(build, tmp_path / "plain", document(**DECRYPT)) == []


def test_the_policy_of_another_resource_is_none_of_a_key(build: Build, tmp_path: Path) -> None:
    bucket = document(Principal=ROOT, Action="s3:*")
    assert notices(build, tmp_path / "set", policy_set(DECRYPT, **{"arn:aws:s3:::b": bucket})) == [("0.json", Level.NOTICE)]


def test_where_a_key_policy_is_given_nothing_is_said(build: Build, tmp_path: Path) -> None:
    key = document(Principal=ROOT, Action="kms:*")
    assert notices(build, tmp_path / "set", policy_set(DECRYPT, **{KEY: key})) == []
