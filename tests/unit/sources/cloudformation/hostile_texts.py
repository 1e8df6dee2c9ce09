"""Texts in YAML and JSON that make a reader work, go round in circles, or stumble."""

import json
from collections.abc import Mapping
from typing import Any, Final

from tests.unit.sources.cloudformation.made import allow, managed, resource

_DOCUMENT: Final = (
    "Resources:\n  M:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: 2012-10-17\n"
    "        Statement:\n          - Effect: Allow\n            Action: s3:*\n            Resource: "
)


def _bomb(item: str, levels: int) -> str:
    anchors = [f"a0: &a0 {item}\n", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, levels))]
    return f"x:\n{''.join(f'  {each}' for each in anchors)}{_DOCUMENT}*a{levels - 1}\n"


def _chain(length: int, last: object) -> Mapping[str, object]:
    return {f"Step{n}": {"Fn::Not": [{"Condition": f"Step{n + 1}"}]} for n in range(length)} | {f"Step{length}": last}


def _conditions(conditions: Mapping[str, object]) -> str:
    return json.dumps({"Conditions": conditions, "Resources": {"M": {**managed(allow()), "Condition": next(iter(conditions))}}})


def _resource(value: object, **sections: object) -> str:
    return json.dumps({"Resources": {"M": managed(allow(value))}, **sections})


def _nested(value: object, wrap: str, times: int) -> Any:
    for _ in range(times):
        value = {wrap: [value, value]} if wrap == "Fn::Select" else {wrap: ["", [value]]}
    return value


def _buckets(count: int) -> str:
    named = {
        f"B{n}": resource("AWS::S3::Bucket", BucketName={"Fn::Sub": f"${{B{(n + 1) % count}}}${{B{(n + 1) % count}.Arn}}"})
        for n in range(count)
    }
    return json.dumps({"Resources": {**named, "M": managed(allow({"Ref": "B0"}))}})


YAML: Final[Mapping[str, str]] = {
    "bomb": _bomb('"x"', 12),
    "bomb-of-mappings": _bomb("{b: c}", 9),
    "merged-bomb": "a: &a {b: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [{', '.join(['*a'] * 99)}]}}\n" for n in range(200)) + _DOCUMENT + "x",
    "alias-of-itself": _DOCUMENT + "&a [*a]",
    "alias-of-nothing": _DOCUMENT + "*nothing",
    "alias-as-key": f"a: &a [b]\n{_DOCUMENT}{{*a : b}}",
    "merge-of-text": _DOCUMENT + "{<<: x}",
    "unknown-tag": _DOCUMENT + "!Nothing x",
    "tag-of-python": _DOCUMENT + "!!python/object/apply:os.system [x]",
    "verbatim-tag": _DOCUMENT + "!<tag:example.com,2000:x> x",
    "tag-with-undeclared-handle": _DOCUMENT + "!e!x y",
    "tag-of-a-key": _DOCUMENT + "{!Ref x: y}",
    "get-att-without-dot": _DOCUMENT + "!GetAtt M",
    "ref-of-mapping": _DOCUMENT + "!Ref {a: b}",
    "sub-of-nothing": _DOCUMENT + "!Sub",
    "tag-on-tag": _DOCUMENT + "!Sub !Ref x",
    "complex-key": _DOCUMENT + "{? [a, b] : c}",
    "keys-that-are-no-text": _DOCUMENT + "{1: a, null: b, 2.5: c}",
    "repeated-keys": _DOCUMENT + "{a: 1, a: 2}",
    "two-documents": _DOCUMENT + "x\n---\na: b\n",
    "another-version": "%YAML 9.9\n---\n" + _DOCUMENT + "x",
    "tabs": _DOCUMENT.replace("    ", "\t") + "x",
    "control-character": _DOCUMENT + '"\x01"',
    "mark-in-the-middle": _DOCUMENT + "\ufeffx",
    "surrogate": _DOCUMENT + '"\\ud800"',
    "unknown-escape": _DOCUMENT + '"\\q"',
    "quote-that-does-not-end": _DOCUMENT + '"x',
    "flow-that-does-not-end": _DOCUMENT + "[x, {y: z",
    "brackets": _DOCUMENT + "[" * 100_000,
    "braces": _DOCUMENT + "{a: " * 5_000,
    "deep-blocks": _DOCUMENT + "".join(f"\n{' ' * (13 + n)}a:" for n in range(200)),
    "deep-sequences": _DOCUMENT + "\n" + " " * 14 + "- " * 5_000 + "x",
    "long-key": _DOCUMENT + f"{{{'k' * 100_000}: v}}",
    "carriage-returns": _DOCUMENT.replace("\n", "\r") + "x",
    "indicators": _DOCUMENT + "@x",
    "percent": _DOCUMENT + "%x",
    "block-scalar": _DOCUMENT + "|9\n  x",
    "nothing-but-resources": "Resources:\n  A: {Type: 'A::B'}\n  <<: {M: {Type: AWS::IAM::ManagedPolicy}}\n",
    "number-that-is-long": _DOCUMENT + "9" * 100_000,
}

JSON: Final[Mapping[str, str]] = {
    "condition-of-itself": _conditions({"A": {"Condition": "A"}}),
    "cycle-of-conditions": _conditions({"A": {"Fn::Or": [{"Condition": "B"}, {"Condition": "B"}]}, "B": {"Fn::Not": [{"Condition": "A"}]}}),
    "cycle-through-if": _conditions({"A": {"Fn::Equals": [{"Fn::If": ["A", "x", "y"]}, "x"]}}),
    "chain-of-conditions": _conditions(_chain(1_000, {"Fn::Equals": ["a", "a"]})),
    "conditions-that-double": _conditions(
        {f"Step{n}": {"Fn::And": [{"Condition": f"Step{n + 1}"}] * 10} for n in range(30)} | {"Step30": {"Fn::Equals": ["a", "b"]}}
    ),
    "condition-of-nothing": _conditions({"A": {"Condition": "Nothing"}}),
    "cycle-of-names": _buckets(2),
    "long-cycle-of-names": _buckets(60),
    "many-names": _buckets(500),
    "default-of-itself": _resource({"Ref": "P"}, Parameters={"P": {"Type": "String", "Default": {"Ref": "P"}}}),
    "map-of-itself": _resource({"Fn::FindInMap": ["A", "b", "c"]}, Mappings={"A": {"b": {"c": {"Fn::FindInMap": ["A", "b", "c"]}}}}),
    "joins": _resource(_nested("x", "Fn::Join", 12)),
    "deep-joins": _resource(_nested("x", "Fn::Join", 60)),
    "selects": _resource(_nested("0", "Fn::Select", 12)),
    "sub-with-many-variables": _resource({"Fn::Sub": "${AWS::AccountId}" * 20_000}),
    "sub-that-does-not-end": _resource({"Fn::Sub": "${" * 20_000}),
    "references-that-do-not-end": _resource("{{resolve:ssm:" * 20_000),
    "document-that-breaks": json.dumps({"Resources": {"M": managed({"Fn::Sub": '{"a": "${AWS::AccountId}"'})}}),
    "document-in-a-document": json.dumps({"Resources": {"M": managed(json.dumps(json.dumps(allow())))}}),
    "name-with-a-line-break": json.dumps({"Resources": {"a\n../b": managed(allow())}}),
    "name-that-climbs": json.dumps({"Resources": {"../../etc": managed(allow())}}),
    "name-of-nothing": json.dumps({"Resources": {"": managed(allow())}}),
    "repeated-resource": '{"Resources": {"A": {"Type": "A::B"}, "A": {"Type": "AWS::IAM::Role"}}}',
    "pattern-that-backtracks": _resource(
        {"Ref": "P"}, Parameters={"P": {"Type": "String", "Default": "a" * 40, "AllowedPattern": "(a?){20}[b]"}}
    ),
    "foreach": json.dumps({"Resources": {"Fn::ForEach::x": ["n", ["a"], {"R${n}": {"Type": "AWS::IAM::Role"}}], "M": managed(allow())}}),
    "module": json.dumps({"Resources": {"M": {"Type": "Mine::Own::Thing::MODULE"}}}),
}
