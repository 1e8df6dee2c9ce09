"""What `build` writes, prints and answers."""

import json
import subprocess
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from iam2rego.ir.policy import PolicySet
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.opa.server import serve
from iam2rego.sources import load

Run: TypeAlias = Callable[..., CompletedProcess[str]]
Snapshot: TypeAlias = Callable[[Path], Mapping[str, bytes]]

REQUEST: Final = {"principal": "arn:aws:iam::123456789012:user/u", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}}
PLACEHOLDERS: Final = """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject",
 "Resource": ["arn:aws:s3:::<bucket>/<key>", "arn:aws:s3:<region>:<account>:<bucket>"]}]}"""


@pytest.fixture
def with_placeholders(tmp_path: Path) -> Path:
    path = tmp_path / "placeholders.json"
    path.write_text(PLACEHOLDERS)
    return path


def test_the_output_is_a_bundle_that_opa_loads(built: Path, opa: Binary) -> None:
    subprocess.run([opa.path, "check", "--strict", "--bundle", built], check=True)
    with serve(opa, built) as client:
        assert client.decide("iam", dict(REQUEST)).allow is True


def test_a_build_repeats_itself(run: Run, policy: Path, built: Path, snapshot: Snapshot, tmp_path: Path) -> None:
    run("build", policy, "-o", tmp_path / "again").check_returncode()
    assert snapshot(tmp_path / "again") == snapshot(built)


def test_the_output_does_not_depend_on_where_the_source_is(run: Run, tmp_path: Path, policy: Path, built: Path, snapshot: Snapshot) -> None:
    elsewhere = tmp_path / "else" / "where" / policy.name
    elsewhere.parent.mkdir(parents=True)
    elsewhere.write_bytes(policy.read_bytes())
    run("build", elsewhere, "-o", tmp_path / "again").check_returncode()
    assert snapshot(tmp_path / "again") == snapshot(built)


def test_a_source_may_come_from_stdin(run: Run, policy: Path, tmp_path: Path) -> None:
    run("build", "-", "-o", tmp_path / "piped", stdin=policy.read_text()).check_returncode()
    assert (tmp_path / "piped" / "iam" / "policies" / "stdin.rego").is_file()


def test_a_build_with_a_byte_order_mark_is_the_same_but_for_its_revision(
    run: Run, policy: Path, built: Path, snapshot: Snapshot, tmp_path: Path
) -> None:
    marked = tmp_path / "marked" / policy.name
    marked.parent.mkdir()
    marked.write_bytes(b"\xef\xbb\xbf" + policy.read_bytes())
    run("build", marked, "-o", tmp_path / "again").check_returncode()
    again = snapshot(tmp_path / "again")
    assert [path for path, content in snapshot(built).items() if again[path] != content] == [".manifest"]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("--no-labels",), id="no-labels"),
        pytest.param(("--package", "company.iam"), id="package"),
        pytest.param(("--lenient",), id="lenient"),
        pytest.param(("--param", "x=y"), id="param"),
    ],
)
def test_the_revision_tells_options_and_parameters(run: Run, policy: Path, built: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    run("build", policy, "-o", tmp_path / "other", *words).check_returncode()
    assert revision(tmp_path / "other") != revision(built)


def revision(folder: Path) -> str:
    value: str = json.loads((folder / ".manifest").read_text())["revision"]
    return value


def test_labels_can_be_left_out(run: Run, policy: Path, built: Path, tmp_path: Path) -> None:
    run("build", policy, "-o", tmp_path / "bare", "--no-labels").check_returncode()
    assert "# labels:" in (built / "iam" / "policies" / "policy.rego").read_text()
    assert "# labels:" not in (tmp_path / "bare" / "iam" / "policies" / "policy.rego").read_text()


def test_tables_have_no_labels_to_leave_out(run: Run, policy: Path, snapshot: Snapshot, tmp_path: Path) -> None:
    run("build", policy, "-o", tmp_path / "one", "--layout", "packed").check_returncode()
    run("build", policy, "-o", tmp_path / "other", "--layout", "packed", "--no-labels").check_returncode()
    assert snapshot(tmp_path / "one") == snapshot(tmp_path / "other")


def test_another_package_holds_everything(run: Run, policy: Path, opa: Binary, tmp_path: Path) -> None:
    run("build", policy, "-o", tmp_path / "out", "--package", "company.iam_2").check_returncode()
    subprocess.run([opa.path, "check", "--strict", "--bundle", tmp_path / "out"], check=True)
    roots = json.loads((tmp_path / "out" / ".manifest").read_text())["roots"]
    assert {root.rpartition("/")[0] for root in roots} == {"company/iam_2"}
    with serve(opa, tmp_path / "out") as client:
        assert decided(client, "company.iam_2") is True


def decided(client: Client, package: str) -> bool:
    return client.decide(package, dict(REQUEST)).allow


@pytest.mark.parametrize("package", ["", ".", "a.", "1a", "a-b", "a b", "if", "iam.input", "iam\n", 'iam"', "\u00e9"])
def test_what_is_no_package_is_refused(run: Run, policy: Path, tmp_path: Path, package: str) -> None:
    done = run("build", policy, "-o", tmp_path / "out", "--package", package)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Invalid value for '--package'" in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_archive_holds_what_the_folder_does(run: Run, policy: Path, opa: Binary, snapshot: Snapshot, tmp_path: Path) -> None:
    run("build", policy, "-o", tmp_path / "out", "--bundle", tmp_path / "out.tar.gz").check_returncode()
    with tarfile.open(tmp_path / "out.tar.gz") as archive:
        held = {member.name: archive.extractfile(member) for member in archive.getmembers()}
        assert {name: file.read() for name, file in held.items() if file} == snapshot(tmp_path / "out")
    subprocess.run([opa.path, "check", "--strict", "--bundle", tmp_path / "out.tar.gz"], check=True)


def test_the_archive_repeats_itself_and_needs_no_folder(run: Run, policy: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("build", policy, "--bundle", tmp_path / name).check_returncode()
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "policy.json", "two"]


def test_the_archive_may_be_a_link(run: Run, policy: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    run("build", policy, "--bundle", tmp_path / "link").check_returncode()
    assert (tmp_path / "link").is_symlink()
    assert tarfile.is_tarfile(tmp_path / "real")


def test_nothing_to_write_is_a_mistake(run: Run, policy: Path) -> None:
    done = run("build", policy)
    assert (done.returncode, done.stdout) == (2, "")
    assert "name the folder to write" in done.stderr


def test_check_says_nothing_of_what_is_up_to_date(run: Run, policy: Path, built: Path) -> None:
    done = run("build", policy, "-o", built, "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        pytest.param(lambda folder: (folder / "data.json").write_text("{}"), "data.json", id="changed"),
        pytest.param(lambda folder: (folder / "data.json").unlink(), "data.json", id="missing"),
        pytest.param(lambda folder: (folder / "more.rego").touch(), "more.rego", id="surplus"),
        pytest.param(lambda folder: (folder / "empty").mkdir(), "empty", id="surplus-folder"),
        pytest.param(lambda folder: (folder / "data.json").rename(folder / "iam" / "d"), "data.json iam/d", id="moved"),
    ],
)
def test_check_names_what_would_change_and_changes_nothing(
    run: Run, policy: Path, built: Path, snapshot: Snapshot, spoil: Callable[[Path], object], named: str
) -> None:
    spoil(built)
    before = snapshot(built)
    done = run("build", policy, "-o", built, "--check")
    assert (done.returncode, done.stdout.splitlines()) == (1, [f"{built}/{path}" for path in named.split()])
    assert done.stderr.startswith(f"not what would be built now: {len(named.split())} file")
    assert snapshot(built) == before


def test_check_of_a_dangling_link_does_not_stumble(run: Run, policy: Path, built: Path) -> None:
    (built / "data.json").unlink()
    (built / "data.json").symlink_to("nowhere")
    done = run("build", policy, "-o", built, "--check")
    assert (done.returncode, done.stdout) == (1, f"{built}/data.json\n")


def test_check_of_an_absent_folder_names_all_of_it(run: Run, policy: Path, built: Path, tmp_path: Path, snapshot: Snapshot) -> None:
    done = run("build", policy, "-o", tmp_path / "absent", "--check")
    assert (done.returncode, done.stdout.splitlines()) == (1, [f"{tmp_path}/absent/{path}" for path in sorted(snapshot(built))])
    assert not (tmp_path / "absent").exists()


def test_the_intermediate_representation_is_printed_and_read_back(run: Run, with_placeholders: Path, tmp_path: Path) -> None:
    bound = {"bucket": "b", "key": "k", "region": "us-east-1", "account": "123456789012"}
    words = [word for name, value in bound.items() for word in ("--param", f"{name}={value}")]
    done = run("build", with_placeholders, "--emit", "ir", *words)
    assert (done.returncode, done.stderr) == (0, "")
    read = PolicySet.model_validate_json(done.stdout)
    assert read == load([str(with_placeholders)], parameters=bound).policies
    assert f"{read.model_dump_json(indent=2)}\n" == done.stdout
    assert [path.name for path in tmp_path.iterdir()] == [with_placeholders.name]


def test_every_unbound_placeholder_is_named(run: Run, with_placeholders: Path, tmp_path: Path) -> None:
    done = run("build", with_placeholders, "-o", tmp_path / "out", "--param", "key=k")
    assert done.returncode == 2
    assert [line.partition(with_placeholders.name)[2] for line in done.stderr.splitlines() if "IAM404" in line] == [
        ":2:29: error[IAM404]: the placeholder `<bucket>` has no value",
        ":2:58: error[IAM404]: the placeholder `<region>` has no value",
        ":2:67: error[IAM404]: the placeholder `<account>` has no value",
    ]
    assert not (tmp_path / "out").exists()


def test_an_unused_parameter_is_a_warning(run: Run, policy: Path, tmp_path: Path) -> None:
    done = run("build", policy, "-o", tmp_path / "out", "--param", "bucket=b", "--quiet")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "--param: warning[IAM609]: no policy has the placeholder `<bucket>`\n"


def test_parameters_of_a_file_give_way_to_those_of_the_command_line(run: Run, tmp_path: Path) -> None:
    policy, params = tmp_path / "p.json", tmp_path / "params.toml"
    policy.write_text(PLACEHOLDERS)
    params.write_text('bucket = "of-file"\nkey = "k"\nregion = "r"\naccount = "1"\n')
    done = run("build", policy, "--emit", "ir", "--params", params, "--param", "bucket=of-line")
    assert done.returncode == 0
    assert "of-line" in done.stdout
    assert "of-file" not in done.stdout


def test_diagnostics_are_objects_in_json(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"Version": "2012-10-17",\n "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resources": "*"}]}')
    done = run("build", bad, "-o", tmp_path / "out", "--format", "json")
    assert (done.returncode, done.stdout) == (2, "")
    first, second = map(json.loads, done.stderr.splitlines())
    assert first == {
        "file": str(bad),
        "line": 2,
        "column": 16,
        "end_line": 2,
        "end_column": 79,
        "code": "IAM206",
        "severity": "error",
        "message": first["message"],
        "hint": first["hint"],
        "related": [],
        "aws": "MISSING_RESOURCE",
    }
    assert (second["code"], second["column"], second["hint"]) == ("IAM102", 62, "did you mean `Resource`?")
