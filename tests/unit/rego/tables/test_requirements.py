"""What the tables say that a statement requires."""

from typing import Any, Final

import pytest

from iam2rego.ir.policy import PolicyType
from tests.unit.rego.tables.tables import GET, USER, json_of, tables


@pytest.mark.parametrize(
    ("statement", "required"),
    [
        pytest.param({}, [], id="E3/nothing"),
        pytest.param({"Action": ["*:Get*", GET]}, [["action", "like", ["*:get*", "s3:getobject"]]], id="A5/any-service"),
        pytest.param({"NotAction": "iam:*"}, [["not_action", "starts", "iam:"]], id="A8/NotAction"),
        pytest.param({"NotAction": []}, [], id="G10/excludes-nothing"),
        pytest.param({"NotResource": []}, [], id="G10/excludes-no-resource"),
        pytest.param({"Resource": "arn:aws:s3:::b"}, [["resource_in", ["arn:aws:s3:::b"]]], id="R4/one"),
        pytest.param({"Resource": "arn:aws:s3:::b/*"}, [["resource_starts", "arn:aws:s3:::b/"]], id="R6/prefix"),
        pytest.param(
            {"Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]},
            [["resource_like", ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]]],
            id="R6/globs",
        ),
        pytest.param({"Resource": "arn:aws:sns:us-*1:*:t"}, [["resource", "arn_like", ["arn:aws:sns:us-*1:**:t"]]], id="R7/in-its-field"),
        pytest.param({"NotResource": "arn:aws:s3:::b"}, [["not_resource", "in", ["arn:aws:s3:::b"]]], id="R10/NotResource"),
        pytest.param(
            {"NotResource": ["arn:aws:s3:::b", "arn:aws:s3:::${K:a}${k:A}${k:b}${k:c, ''}${*}"]},
            [
                ["resolved", ["k:a", "k:b"]],
                [
                    "not_resource",
                    "substituted",
                    [
                        ["equal", "arn:aws:s3:::b"],
                        ["equal", ["arn:aws:s3:::", {"key": "k:a"}, {"key": "k:a"}, {"key": "k:b"}, {"key": "k:c", "otherwise": ""}, "*"]],
                    ],
                ],
            ],
            id="R10/variables-in-NotResource-of-an-Allow",
        ),
        pytest.param(
            {"Effect": "Deny", "NotResource": "arn:aws:s3:::${k:a}"},
            [["not_resource", "substituted", [["equal", ["arn:aws:s3:::", {"key": "k:a"}]]]]],
            id="R10/variables-in-NotResource-of-a-Deny",
        ),
        pytest.param(
            {"Resource": ["arn:aws:s3:::b", "arn:aws:s3:::${aws:UserName}/*"]},
            [
                [
                    "resource",
                    "substituted",
                    [["equal", "arn:aws:s3:::b"], ["starts", ["arn:aws:s3:::", {"key": "aws:username"}, "/"]]],
                ]
            ],
            id="V6/variable",
        ),
        pytest.param(
            {"Resource": "arn:aws:s3::${k:a}:${k:b, 'c'}-?"},
            [
                [
                    "resource",
                    "substituted",
                    [
                        [
                            "ordered",
                            [
                                {
                                    "texts": [
                                        ["arn:aws:s3::", {"key": "k:a", "bounded": True}, ":", {"key": "k:b", "otherwise": "c"}, "-"],
                                        "",
                                    ]
                                }
                            ],
                        ]
                    ],
                ]
            ],
            id="V9/variables-and-wildcards",
        ),
    ],
)
def test_what_action_and_resource_require(statement: dict[str, Any], required: list[Any]) -> None:
    assert json_of(tables(statement).statements) == [required]


@pytest.mark.parametrize(
    ("operator", "values", "required"),
    [
        pytest.param("StringEquals", ["a", "b"], ["equals", "k:v", ["a", "b"]], id="C3"),
        pytest.param("StringNotEquals", "a", ["is_not", "k:v", "text", "in", ["a"]], id="C3/negated"),
        pytest.param("StringEqualsIfExists", "a", ["is_if_exists", "k:v", "text", "in", ["a"]], id="C4/if-exists"),
        pytest.param("StringNotEqualsIfExists", "a", ["is_not", "k:v", "text", "in", ["a"]], id="C4/negated-if-exists"),
        pytest.param("StringEqualsIgnoreCase", "A", ["is", "k:v", "folded", "in", ["a"]], id="C12"),
        pytest.param(
            "StringEqualsIgnoreCase",
            ["A", "${a}"],
            ["is", "k:v", "folded", "substituted", [["folded", "A"], ["folded", [{"key": "a"}]]]],
            id="C12/variable",
        ),
        pytest.param("StringLike", "a*", ["is", "k:v", "text", "starts", "a"], id="C13"),
        pytest.param("NumericLessThan", ["1", "2.5"], ["is", "k:v", "decimal", "<", "2.5"], id="C16/least"),
        pytest.param("NumericEquals", ["1", "x"], ["is", "k:v", "decimal", "numbers", ["1"]], id="C15/unreadable"),
        pytest.param("NumericNotEquals", ["1", "x"], ["absent", "k:v"], id="C15/unreadable-negated"),
        pytest.param("DateEquals", ["0", "1970-01-02"], ["is", "k:v", "date", "in", [[0, 0], [86400, 0]]], id="C18"),
        pytest.param("DateGreaterThan", "1", ["is", "k:v", "date", ">", [1, 0]], id="C18/after"),
        pytest.param("Bool", "true", ["is", "k:v", "boolean", "in", ["true"]], id="C19"),
        pytest.param("BinaryEquals", "QQ==", ["is", "k:v", "binary", "in", ["QQ=="]], id="C20"),
        pytest.param("IpAddress", "10.1.2.3/8", ["is", "k:v", "address", "within", ["10.0.0.0/8"]], id="C21/one"),
        pytest.param("NotIpAddress", ["1.2.3.4", "::1"], ["is_not", "k:v", "address", "within", ["1.2.3.4/32", "::1/128"]], id="C21/two"),
        pytest.param("ArnLike", "arn:aws:s3:::*", ["is", "k:v", "text", "starts", "arn:aws:s3:::"], id="C22"),
        pytest.param("ArnNotEquals", "arn:a:b:c:d:e", ["is_not", "k:v", "arn", "in", ["arn:a:b:c:d:e"]], id="C22/negated-is-read"),
        pytest.param("ForAllValues:StringEquals", "a", ["all", "k:v", "text", "in", ["a"]], id="C7"),
        pytest.param("ForAllValues:StringNotLike", "a*", ["all_not", "k:v", "text", "starts", "a"], id="C8"),
        pytest.param("ForAllValues:NumericEquals", "x", ["null_dataset", "k:v"], id="C15/unreadable-for-all"),
        pytest.param("ForAnyValue:StringEquals", "a", ["any", "k:v", "text", "in", ["a"]], id="C9"),
        pytest.param("ForAnyValue:StringNotEquals", "a", ["any_not", "k:v", "text", "in", ["a"]], id="C9/negated"),
        pytest.param("ForAnyValue:StringNotEquals", [], ["present", "k:v"], id="C27/any-differs"),
        pytest.param("StringNotEquals", [], ["single_if_exists", "k:v"], id="C27/differs"),
        pytest.param("Null", "true", ["null", "k:v"], id="C11/missing"),
        pytest.param("Null", "false", ["not_null", "k:v"], id="C11/there"),
        pytest.param("ForAllValues:StringEquals", [], ["null_dataset", "k:v"], id="C27/none-is-equal"),
    ],
)
def test_what_a_condition_requires(operator: str, values: list[str] | str, required: list[Any]) -> None:
    assert json_of(tables({"Condition": {operator: {"K:V": values}}}).statements) == [[required]]


@pytest.mark.parametrize(
    "key",
    [
        "aws:CalledVia",
        "aws:PrincipalOrgPaths",
        "aws:PrincipalServiceNamesList",
        "aws:ResourceOrgPaths",
        "aws:SourceOrgPaths",
        "aws:TagKeys",
        "aws:VpceOrgPaths",
    ],
)
def test_an_empty_text_is_a_null_dataset_under_keys_that_hold_lists(key: str) -> None:
    """C5, C26."""
    statements = tables({"Condition": {"Null": {key: "true"}}}, {"Condition": {"Null": {key.upper(): "false"}}}).statements
    assert json_of(statements) == [[["null_dataset", key.lower()]], [["not_null_dataset", key.lower()]]]


@pytest.mark.parametrize(
    ("condition", "required"),
    [
        pytest.param({"ForAllValues:Null": {"k": "true"}}, [], id="C11/for-all-always-holds"),
        pytest.param({"Null": {"k": ["true", "false"]}}, [], id="C11/either"),
        pytest.param({"ForAllValues:StringNotEquals": {"k": []}}, [], id="C27/all-differ"),
        pytest.param({"ForAnyValue:Null": {"k": "true"}}, [["never"]], id="C11/for-any-never-holds"),
        pytest.param({"StringEquals": {"k": []}}, [["never"]], id="C27/nothing-is-equal"),
        pytest.param({"Bool": {"a": "true", "b": "x"}}, [["never"]], id="C1/one-never-holds"),
        pytest.param(
            {"Null": {"a": "true"}, "Bool": {"A": "true"}},
            [["null", "a"], ["is", "a", "boolean", "in", ["true"]]],
            id="C2/keys-without-case",
        ),
        pytest.param({"Null": {"a": "true"}, "StringEquals": {"b": "c"}}, [["null", "a"], ["equals", "b", ["c"]]], id="C1/both"),
    ],
)
def test_what_conditions_come_to(condition: dict[str, Any], required: list[Any]) -> None:
    assert json_of(tables({"Condition": condition}).statements) == [required]


EVERYBODY: Final = ["kind", {"any": ["*"]}]


@pytest.mark.parametrize(
    ("statement", "required"),
    [
        pytest.param({"Principal": {"AWS": USER}}, [["kind", {"arn": [USER]}]], id="P1/an-allow-tells-the-kind"),
        pytest.param({"Principal": "*"}, [EVERYBODY], id="P1/everybody"),
        pytest.param({"Effect": "Deny", "Principal": "*"}, [], id="P2/a-deny-of-everybody"),
        pytest.param({"Effect": "Deny", "Principal": {"AWS": USER}}, [["include", {"arn": [USER]}]], id="P4/a-deny"),
        pytest.param({"Effect": "Deny", "NotPrincipal": {"AWS": USER}}, [["not_exempt", {"arn": [USER]}]], id="P10/all-but"),
        pytest.param({"NotPrincipal": {"AWS": USER}}, [["exclude", {"arn": [USER]}], EVERYBODY], id="L2/allow-all-but"),
        pytest.param({"NotPrincipal": "*"}, [["never"]], id="L2/allow-nobody"),
        pytest.param({"Principal": {}}, [["never"]], id="G15/nobody"),
        pytest.param(
            {"Principal": {"AWS": USER}, "Resource": "arn:aws:s3:::b", "Condition": {"Null": {"k": "true"}}},
            [["resource_in", ["arn:aws:s3:::b"]], ["kind", {"arn": [USER]}], ["null", "k"]],
            id="E3/all-parts",
        ),
    ],
)
def test_what_a_principal_element_requires(statement: dict[str, Any], required: list[Any]) -> None:
    assert json_of(tables(statement, of=PolicyType.RESOURCE).statements) == [required]
