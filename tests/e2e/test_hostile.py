"""Texts that would like to be Rego: they compile, wherever they are, to modules that decide what the text says and nothing more."""

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from iam2rego.opa.binary import Binary

Run: TypeAlias = Callable[..., CompletedProcess[str]]

LEGAL: Final = (
    '"',
    "'",
    "\\",
    '\\"',
    "\\\\",
    "\\u0041",
    "\t",
    "\n",
    "\r\n",
    "`",
    "``",
    "\u00a0",
    "\u00ad",
    "\u007f",
    "\u0085",
    "\u00ff",
    "#",
    "{{.}} %s %d",
    "}",
    "\n}\n\nallow contains 0 if true\n",
    '"\n}\n\nallow contains 0 if true\n\nx := "',
    "`\n}\n\nallow contains 0 if true\n\nx := `",
    '", input.resource) == "", true',
    "package iam.authz\n\nallow := true",
    "import rego.v1",
    "# METADATA\n# entrypoint: true",
    "---\n- a: b",
    "data.iam.authz.allow",
    "input",
    "with input as {}",
    " ",
)
"""What a policy may hold (G1)."""

TOLERATED: Final = (
    "\u0000",
    "\u0008",
    "\u001b[2J",
    "\u2028",
    "\u2029",
    "\u202eallow\u202c",
    "\u2066x\u2069",
    "\u200b",
    "\ufeff",
    "\uffff",
    "\U0001f600",
    "\U000e0041",
    "\U0010ffff",
    "\N{LATIN SMALL LETTER E}\N{COMBINING ACUTE ACCENT}",
)
"""What a policy may hold in lenient mode only (L8)."""

USER: Final = "arn:aws:iam::123456789012:user/u"
Statement: TypeAlias = dict[str, object]


@dataclass(frozen=True)
class Case:
    """A request and its decision."""

    request: dict[str, object]
    decision: str


def asking(resource: str, want: str, context: Mapping[str, str] | None = None) -> Case:
    request = {"principal": USER, "action": "s3:GetObject", "resource": f"arn:aws:s3:::{resource}", "context": dict(context or {})}
    return Case(request, want)


def granting(resource: str, **members: object) -> Statement:
    return {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{resource}", **members}


def of_resource(name: str, text: str) -> tuple[Statement, list[Case]]:
    """The text is the end of a resource."""
    return granting(f"{name}/r/{text}"), [
        asking(f"{name}/r/{text}", "allowed"),
        asking(f"{name}/r/{text}x", "implicitDeny"),
        asking(f"{name}/r/{text[:-1]}", "implicitDeny"),
        asking(f"{name}/r/", "implicitDeny"),
    ]


def of_not_resource(name: str, text: str) -> tuple[Statement, list[Case]]:
    """The text is the end of a resource that is not denied; another statement allows all of them."""
    denial = {"Effect": "Deny", "Action": "s3:PutObject", "NotResource": [f"arn:aws:s3:::{name}/n/{text}", "arn:aws:s3:::free"]}
    put = {"principal": USER, "action": "s3:PutObject", "context": {}}
    return denial, [
        Case({**put, "resource": f"arn:aws:s3:::{name}/n/{text}"}, "explicitDeny"),  # each of the other policies denies it
        Case({**put, "resource": "arn:aws:s3:::free"}, "implicitDeny"),
    ]


def of_pattern(name: str, text: str) -> tuple[Statement, list[Case]]:
    """The text is between wildcards."""
    return granting(f"{name}/p/*{text}?"), [
        asking(f"{name}/p/a/{text}z", "allowed"),
        asking(f"{name}/p/{text}", "implicitDeny"),
        asking(f"{name}/p/", "implicitDeny"),
    ]


def of_action(name: str, text: str) -> tuple[Statement, list[Case]]:
    """The text is a part of an action, which no request can have."""
    return {**granting(f"{name}/a"), "Action": f"s3:GetObject{text.replace(':', '')}"}, [asking(f"{name}/a", "implicitDeny")]


def of_condition(name: str, text: str) -> tuple[Statement, list[Case]]:
    """The text is a part of a condition key, and its value."""
    return granting(f"{name}/c", Condition={"StringEquals": {f"k:{text}": text}}), [
        asking(f"{name}/c", "allowed", {f"k:{text}": text}),
        asking(f"{name}/c", "implicitDeny", {f"k:{text}": f"{text}x"}),
        asking(f"{name}/c", "implicitDeny", {f"k:{text}x": text}),
        asking(f"{name}/c", "implicitDeny"),
    ]


def of_like(name: str, text: str) -> tuple[Statement, list[Case]]:
    """The text is between wildcards in a value."""
    return granting(f"{name}/l", Condition={"StringLike": {"k:v": f"*{text}?"}}), [
        asking(f"{name}/l", "allowed", {"k:v": f"a{text}z"}),
        asking(f"{name}/l", "implicitDeny", {"k:v": text}),
        asking(f"{name}/l", "implicitDeny", {"k:v": ""}),
    ]


def of_default(name: str, text: str) -> tuple[Statement, list[Case]]:
    """The text is the default of a variable; a quotation mark or a brace would end it, so it has none of them."""
    default = text.replace("'", "").replace("}", "").replace("{", "")
    return granting(f"{name}/d/${{k:none, '{default}'}}/end"), [
        asking(f"{name}/d/{default}/end", "allowed"),
        asking(f"{name}/d/{default}x/end", "implicitDeny"),
        asking(f"{name}/d/other/end", "allowed", {"k:none": "other"}),
        asking(f"{name}/d/{default}/end", "implicitDeny", {"k:none": "other"}),
    ]


PLACES: Final = (of_resource, of_not_resource, of_pattern, of_action, of_condition, of_like, of_default)


def file_name(number: int, text: str) -> str:
    return f"{number} {text}".replace("/", "").replace("\0", "") + ".json"


def write_policies(folder: Path, texts: Sequence[str], sids: bool) -> list[Case]:
    """Write a policy for each text, in a file named by it; return what to ask."""
    folder.mkdir()
    cases: list[Case] = []
    for number, text in enumerate(texts):
        statements, asked = zip(*(place(f"{number}", text) for place in PLACES), strict=True)
        cases += [case for group in asked for case in group]
        named = [{"Sid": f"{text}{index}", **each} for index, each in enumerate(statements)] if sids else list(statements)
        (folder / file_name(number, text)).write_text(json.dumps({"Version": "2012-10-17", "Statement": named}))
    return cases


def decisions(run: Run, folder: Path, requests: Path, *options: str) -> list[dict[str, object]]:
    done = run("eval", folder, "--request", requests, "--format", "json", *options)
    done.check_returncode()
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("texts", "options", "sids"),
    [
        *(pytest.param(LEGAL[first::4], (), False, id=f"G1/legal/{first}") for first in range(4)),
        pytest.param(TOLERATED, ("--lenient",), True, id="L8/tolerated"),
    ],
)
@pytest.mark.usefixtures("with_opa")
def test_a_hostile_text_is_nothing_but_text(
    run: Run, pinned_opa: Binary, tmp_path: Path, texts: Sequence[str], options: Sequence[str], sids: bool
) -> None:
    cases = write_policies(tmp_path / "policies", texts, sids)
    run("build", tmp_path / "policies", "-o", tmp_path / "out", *options).check_returncode()
    assert complaints(pinned_opa, tmp_path / "out") == ""
    requests = tmp_path / "requests.jsonl"
    requests.write_text("".join(json.dumps(case.request) + "\n" for case in cases))
    native = decisions(run, tmp_path / "policies", requests, *options)
    assert [(case.request, each["decision"]) for case, each in zip(cases, native, strict=True)] == [
        (case.request, case.decision) for case in cases
    ]
    assert decisions(run, tmp_path / "policies", requests, "--engine", "opa", *options) == native


def complaints(opa: Binary, output: Path) -> str:
    """What OPA has to say against an output: nothing, if all is well."""
    commands = ([opa.path, "check", "--strict", "--bundle", output], [opa.path, "fmt", "--list", "--fail", output])
    return "".join(subprocess.run(each, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout for each in commands)


def test_a_hostile_text_adds_no_package_and_no_rule(run: Run, opa: Binary, tmp_path: Path) -> None:
    write_policies(tmp_path / "policies", LEGAL + TOLERATED, sids=True)
    run("build", tmp_path / "policies", "-o", tmp_path / "out", "--lenient").check_returncode()
    modules = sorted((tmp_path / "out" / "iam" / "policies").iterdir())
    assert len(modules) == len(LEGAL + TOLERATED)
    assert {each.stem: heads(opa, each) for each in modules} == {each.stem: (f"data.iam.policies.{each.stem}", HEADS) for each in modules}


HEADS: Final = ["allow", "deny", "allow", "allow", "allow", "allow", "allow"]
"""The sets that the statements of `PLACES` add to; beside them are rules that name what of the context is read, and helpers."""


def heads(opa: Binary, module: Path) -> tuple[str, list[str]]:
    """The package of a module as OPA reads it, and the names of its rules for statements."""
    parsed = subprocess.run([opa.path, "parse", "--format", "json", module], capture_output=True, check=True).stdout
    tree = json.loads(parsed)
    names = [rule["head"]["ref"][0]["value"] for rule in tree["rules"]]
    return ".".join(part["value"] for part in tree["package"]["path"]), [name for name in names if name in ("allow", "deny")]


@pytest.mark.parametrize("value", ["`", "'", "#", "{}", "%s", ";", "|", "=", "\u00e9", "\u00ad", "\u007f", "\u202e", "\U0001f600"])
@pytest.mark.usefixtures("with_opa")
def test_a_parameter_is_nothing_but_text(run: Run, pinned_opa: Binary, tmp_path: Path, value: str) -> None:
    policy, requests = tmp_path / "policy.json", tmp_path / "requests.jsonl"
    policy.write_text(json.dumps({"Version": "2012-10-17", "Statement": granting("<x>/k", Condition={"StringLike": {"k:v": "<x>*"}})}))
    cases = [
        asking(f"{value}/k", "allowed", {"k:v": f"{value}z"}),
        asking(f"{value}/k", "implicitDeny", {"k:v": "z"}),
        asking("z/k", "implicitDeny", {"k:v": value}),
    ]
    requests.write_text("".join(json.dumps(case.request) + "\n" for case in cases))
    options = ("--lenient", "--param", f"x={value}")
    native = decisions(run, policy, requests, *options)
    assert [each["decision"] for each in native] == [case.decision for case in cases]
    assert decisions(run, policy, requests, "--engine", "opa", *options) == native
    run("build", policy, "-o", tmp_path / "out", *options).check_returncode()
    assert complaints(pinned_opa, tmp_path / "out") == ""
