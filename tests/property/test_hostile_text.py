"""Names, Sids, keys and values that look like Rego, YAML or nothing at all: OPA reads every one of them as the text that it is."""

import json
import subprocess
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from iam2rego.ir.condition import Condition, Operator, TextValue
from iam2rego.ir.pattern import ActionPattern, AnyResource, Pattern, Text
from iam2rego.ir.policy import Actions, Document, Effect, Policy, PolicySet, PolicyType, Resources, Statement, identity_policies
from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.assemble import compile_policies
from iam2rego.rego.bundle.output import write
from iam2rego.source import Span

STATEMENTS: Final = 200
PARTS: Final = [
    *['"', "'", "`", "\\", "\n", "\r", "\t", "\0", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff", "\u202e", "\u00e9", "\ufffe", "\U0001f600"],
    *["{", "}", "[", "]", "#", "# METADATA", "# labels:", "%s", "$", "{{", "}}", "---", ": ", "- ", "!!binary ", "&a", "*a", "|", ">", "~"],
    *[
        "true",
        "null",
        "1e5",
        "0x1",
        "2024-01-01",
        "yes",
        "allow contains 9",
        "\nallow contains 9\n",
        "package x",
        "\\u0022",
        "\\n",
        " ",
        "a",
    ],
]
NAMES: Final = ["plain", 'a"\n} allow contains 9 #', "# METADATA\n# labels: {}", "default", "\u2028\U0001f600", "1", "a: b\\"]


def text_of(random: Random) -> str:
    return "".join(random.choice(PARTS) for _ in range(random.randint(0, 5)))


def statement(number: int, random: Random) -> Statement:
    """Return a statement that applies to a value of the context, which is its second."""
    action = f"t:s{number}"
    values = [text_of(random) for _ in range(2)]
    return Statement(
        sid=text_of(random),
        effect=Effect.ALLOW,
        actions=Actions(entries=(ActionPattern(text=action, segments=(Text(text=action),)),)),
        resources=Resources(entries=(AnyResource(text="*"),)),
        conditions=(Condition(operator=Operator.STRING_EQUALS, key=f"k{text_of(random)}", values=tuple(map(value, values))),),
        span=Span(1, 1, 1, 2),
    )


def value(text: str) -> TextValue:
    segments: Pattern = (Text(text=text),) if text else ()
    return TextValue(text=text, segments=segments)


@pytest.fixture(scope="module")
def policies() -> PolicySet:
    random = Random(1)
    numbers = iter(range(STATEMENTS * len(NAMES)))
    documents = [Document(statements=tuple(statement(next(numbers), random) for _ in range(STATEMENTS // len(NAMES)))) for _ in NAMES]
    named = zip(NAMES, documents, strict=True)
    return identity_policies(tuple(Policy(name=name, type=PolicyType.IDENTITY, file=name, document=each) for name, each in named))


@pytest.fixture(scope="module")
def bundle(policies: PolicySet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "bundle"
    write(compile_policies(policies, revision="hostile"), folder)
    return folder


def said(opa: Binary, *arguments: str | Path) -> str:
    done = subprocess.run([opa.path, *arguments], check=True, capture_output=True, encoding="utf-8")
    return done.stdout + done.stderr


def test_opa_has_nothing_to_say(opa: Binary, pinned_opa: Binary, bundle: Path) -> None:
    assert said(opa, "check", "--strict", "--bundle", bundle) + said(pinned_opa, "fmt", "--list", bundle) == ""


def test_a_module_has_no_rule_but_those_of_its_statements(opa: Binary, bundle: Path, policies: PolicySet) -> None:
    for module in (bundle / "iam" / "policies").iterdir():
        rules = json.loads(said(opa, "parse", "--format", "json", module))["rules"]
        heads = [(rule["head"]["name"], rule["head"].get("key", {}).get("value")) for rule in rules]
        indexes = range(STATEMENTS // len(policies.policies))
        assert heads == [(name, index) for index in indexes for name in ("allow", "reads_context")]


def test_labels_say_the_policy_and_the_sid(opa: Binary, bundle: Path, policies: PolicySet) -> None:
    annotations = json.loads(said(opa, "inspect", "--annotations", "--format", "json", bundle))["annotations"]
    labels = [each["annotations"]["labels"] for each in annotations if "labels" in each["annotations"]]
    wanted = [
        {"policy": policy.name, "sid": statement.sid, "index": index}
        for policy in policies.policies
        for index, statement in enumerate(policy.document.statements)
    ]
    assert sorted(labels, key=_place) == sorted(wanted, key=_place)


def test_keys_and_values_are_what_they_were(opa: Binary, bundle: Path, policies: PolicySet, tmp_path: Path) -> None:
    statements = [each for policy in policies.policies for each in policy.document.statements]
    (tmp_path / "input.json").write_text(json.dumps([_request(each) for each in statements]), encoding="utf-8")
    query = "[count(allowed) | request := input[_]; allowed := {p | data.iam.policies[p].allow[_] with input as request}]"
    answer = said(opa, "eval", "--format", "raw", "--bundle", bundle, "--input", tmp_path / "input.json", query)
    assert json.loads(answer) == [1] * len(statements)


def _request(each: Statement) -> dict[str, Any]:
    (condition,) = each.conditions
    return {"action": each.actions.entries[0].text, "resource": "*", "context": {condition.key: condition.values[1].text}}


def _place(labels: dict[str, Any]) -> tuple[str, int]:
    return labels["policy"], labels["index"]
