"""`bundle` refuses keys that cannot sign, and options that say too little of signatures; nothing is written then."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest

from tests.support.keys import keys

Run: TypeAlias = Callable[..., CompletedProcess[str]]

pytestmark = pytest.mark.usefixtures("with_opa")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("--sign", "key.RS256"), "name the archive to write", id="nothing-to-write"),
        pytest.param(("-o", "b", "--sign", "missing"), "cannot be read", id="no-key"),
        pytest.param(("-o", "b", "--sign", "empty"), "is empty", id="an-empty-key"),
        pytest.param(("-o", "b", "--sign", "key.RS256.pub"), "holds no private key, but a PUBLIC KEY", id="a-public-key"),
        pytest.param(("-o", "b", "--sign", "garbled"), "is not a key for RS256: ", id="a-garbled-key"),
        pytest.param(("-o", "b", "--sign", "key.RS256", "--signing-key-id", "a.b"), "letters", id="a-dot-in-the-name"),
        pytest.param(("--oci", "out", "--opa-config", "c.yaml"), "says where archives are", id="a-configuration-for-a-registry"),
        pytest.param(
            ("-o", "b", "--sign", "key.RS256", "--opa-config", "c.yaml"), "verified by the public key: name it", id="no-public-key"
        ),
        pytest.param(
            ("-o", "b", "--sign", "key.RS256", "--opa-config", "c.yaml", "--verification-key", "key.RS256"),
            "is not a public key",
            id="a-private-key-to-publish",
        ),
        pytest.param(
            ("-o", "b", "--sign", "key.HS256", "--opa-config", "c.yaml", "--verification-key", "key.HS256"),
            "HS256 has only a secret",
            id="a-secret-to-publish",
        ),
    ],
)
def test_what_cannot_be_signed_or_told_is_refused(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for algorithm in ("RS256", "HS256"):
        keys(algorithm, tmp_path)
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "garbled").write_text("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n")
    before = sorted(tmp_path.iterdir())
    done = run("bundle", built, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert sorted(tmp_path.iterdir()) == before
