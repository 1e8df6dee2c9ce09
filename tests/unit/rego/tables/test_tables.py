"""Policies as tables: what each statement requires, and by which actions it is found."""

import json
from typing import Any, Final

import pytest

from iam2rego.ir.attachments import Attachments, PrincipalPolicies, ResourcePolicy
from iam2rego.ir.policy import Kind, Policy, PolicySet, PolicyType
from iam2rego.rego import Layout, assemble
from iam2rego.rego.bundle.names import short_names
from iam2rego.rego.bundle.unit import compile_policy
from iam2rego.rego.reading.statements import read_statements
from iam2rego.rego.tables.policy import Tables, compile_tables
from iam2rego.rego.tables.requirements import NEVER
from iam2rego.rego.tables.statements import packed
from iam2rego.source import Source
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json

KINDS: Final = {PolicyType.IDENTITY: Kind.IDENTITY, PolicyType.RESOURCE: Kind.RESOURCE}
GET: Final = "s3:GetObject"
USER: Final = "arn:aws:iam::111111111111:user/u"


def policy(*statements: dict[str, Any], name: str = "p", of: PolicyType = PolicyType.IDENTITY) -> Policy:
    """Return a policy; what a statement leaves out of effect, action and resource is `Allow`, `s3:GetObject` and `*`."""
    whole = [{"Effect": "Allow", **_default(each, "Action", GET), **_default(each, "Resource", "*"), **each} for each in statements]
    source = Source(f"{name}.json", json.dumps({"Version": "2012-10-17", "Statement": whole}))
    document = read_policy(parse_json(source), source, FORMS[KINDS[of]], lenient=True).document
    assert document is not None
    return Policy(name=name, type=of, file=f"{name}.json", document=document)


def _default(statement: dict[str, Any], element: str, value: str) -> dict[str, str]:
    return {} if f"Not{element}" in statement else {element: value}


def tables(*statements: dict[str, Any], of: PolicyType = PolicyType.IDENTITY) -> Tables:
    made = policy(*statements, of=of)
    return compile_tables(made, read_statements(made))


def json_of(value: Any) -> Any:
    """Return what OPA reads of ``value``."""
    return json.loads(json.dumps(value))


@pytest.mark.parametrize(
    ("actions", "services", "any_service"),
    [
        pytest.param({"Action": GET}, {"s3": {"names": {"getobject": [0]}, "prefixes": [], "globs": []}}, [], id="A4/name"),
        pytest.param({"Action": "s3:Get*"}, {"s3": {"names": {}, "prefixes": [[0, ["get"]]], "globs": []}}, [], id="A3/prefix"),
        pytest.param({"Action": "s3:*"}, {"s3": {"names": {}, "prefixes": [[0, [""]]], "globs": []}}, [], id="A5/service"),
        pytest.param({"Action": "s3:*Acl"}, {"s3": {"names": {}, "prefixes": [], "globs": [[0, ["*acl"]]]}}, [], id="A3/glob"),
        pytest.param(
            {"Action": [GET, GET, "s3:Put*", "s3:?et*", "sqs:List*"]},
            {
                "s3": {"names": {"getobject": [0]}, "prefixes": [[0, ["put"]]], "globs": [[0, ["?et*"]]]},
                "sqs": {"names": {}, "prefixes": [[0, ["list"]]], "globs": []},
            },
            [],
            id="A8/of-all-forms",
        ),
        pytest.param({"Action": "*"}, {}, [0], id="A2/all"),
        pytest.param({"Action": [GET, "*"]}, {}, [0], id="A2/all-and-one"),
        pytest.param({"Action": [GET, "*:Get*"]}, {}, [0], id="A5/any-service"),
        pytest.param({"NotAction": GET}, {}, [0], id="A8/NotAction"),
    ],
)
def test_where_a_statement_is_found(actions: dict[str, Any], services: dict[str, Any], any_service: list[int]) -> None:
    assert json_of(tables(actions).actions) == {"allow": {"services": services, "any_service": any_service}}


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param({"Action": []}, id="G10/no-action"),
        pytest.param({"NotAction": "*"}, id="A8/no-action-is-left"),
        pytest.param({"NotResource": "*"}, id="R10/no-resource-is-left"),
        pytest.param({"Resource": []}, id="G10/no-resource"),
    ],
)
def test_a_statement_that_never_applies_is_found_nowhere(statement: dict[str, Any]) -> None:
    assert (tables(statement).actions, tables(statement).statements) == ({}, [[NEVER]])


def test_a_statement_that_never_applies_is_found_for_the_keys_that_it_asks_for() -> None:
    found = tables({"Resource": [], "NotAction": "s3:*", "Condition": {"Bool": {"A:b": "x", "c": "true"}}})
    assert json_of(found.statements) == [[["not_action", "starts", "s3:"], ["never"]]]
    assert found.actions["allow"]["any_service"] == [0]


@pytest.mark.parametrize(
    ("statement", "required", "keys"),
    [
        pytest.param(
            {"Resource": ["*", "arn:aws:s3:::${E}"], "Condition": {"Null": {"d": ["true", "false"]}}},
            [],
            ["d", "E"],
            id="D5/deciding-nothing",
        ),
        pytest.param({"Condition": {"Bool": {"A:b": "x", "c": "true"}}}, [["never"]], ["A:b", "c"], id="D5/never-met"),
        pytest.param(
            {"Condition": {"Null": {"a": "true"}, "Bool": {"A": "true"}}},
            [["null", "a"], ["is", "a", "boolean", "in", ["true"]]],
            ["a"],
            id="D5/as-first-spelled",
        ),
    ],
)
def test_the_keys_that_a_statement_asks_for_are_told(statement: dict[str, Any], required: list[Any], keys: list[str]) -> None:
    data = data_of(policy(statement), attached=Attachments(identity=("p",)))
    ((stands,),), (told,) = data["policies"].values(), data["statements"].values()
    assert (stands, told["statements"][0][-1]) == (required, keys)


def test_a_name_that_several_statements_have() -> None:
    found = tables({}, {"Effect": "Deny"}, {}).actions
    assert {effect: table["services"]["s3"]["names"] for effect, table in found.items()} == {
        "allow": {"getobject": [0, 2]},
        "deny": {"getobject": [1]},
    }


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


def data_of(*policies: Policy, attached: PolicySet) -> dict[str, Any]:
    bundle = assemble(
        [compile_policy(each, labels=False, layout=Layout.PACKED) for each in policies],
        attached,
        revision="r",
        package="iam",
        layout=Layout.PACKED,
    )
    data: dict[str, Any] = json.loads(bundle.files["data.json"])["iam"]
    return data


def test_policies_of_everybody_are_found_apart_from_those_that_are_attached() -> None:
    everybodys, own, of_bucket = (policy({"Action": action}, name=action) for action in ("a:A", "b:B", "*"))
    attached = Attachments(
        identity=(everybodys.name,),
        resources=(ResourcePolicy(resource="arn:aws:s3:::b", policy=of_bucket.name),),
        accounts=("111111111111",),
        principals=(PrincipalPolicies(arn=USER, identity=(own.name,)),),
    )
    data = data_of(everybodys, own, of_bucket, attached=attached)
    ids = short_names(["a:A", "b:B", "*"])
    assert data["actions"] == {
        "everybody": {"allow": {"services": {"a": {"names": {"a": {ids["a:A"]: 0}}}}}},
        "attached": {"allow": {"services": {"b": {"names": {"b": {ids["b:B"]: 0}}}}, "any_service": {ids["*"]: [0]}}},
    }
    listed = data["attachments"]
    assert listed["others"]["everybody"]["identity"]["allow"] == [[], [], True]
    assert listed["principals"][USER]["identity"]["allow"] == [[ids["b:B"]]]
    assert listed["others"]["resource"]["single"]["arn:aws:s3:::b"]["allow"] == [[ids["*"]], [ids["*"]]]


def test_a_policy_of_everybody_that_is_attached_in_another_way_too_is_listed_in_both() -> None:
    attached = Attachments(identity=("p",), permissions_boundary=("p",))
    data = data_of(policy({}), attached=attached)
    (short,) = short_names(["p"]).values()
    assert list(data["actions"]) == ["attached"]
    assert data["attachments"]["everybody"] == {each: {"allow": [[short]]} for each in ("identity", "permissions_boundary")}


def test_short_names_are_as_short_as_tells_them_apart() -> None:
    names = short_names(map(str, range(1000)))
    assert len(set(names.values())) == 1000
    assert {len(name) for name in names.values()} == {3, 4}


def test_a_short_name_hangs_on_those_alone_that_begin_alike() -> None:
    fewer, more = short_names(map(str, range(999))), short_names(map(str, range(1000)))
    changed = [policy for policy, name in fewer.items() if more[policy] != name]
    assert len(changed) <= 1


def test_statements_are_told_in_a_list_each() -> None:
    places = [((2, 5), (4, 6)), ((4, 8), (4, 20)), ((7, 1), (7, 2))]
    statements = [
        {
            "sid": sid,
            "start": dict(zip(("line", "column"), start, strict=True)),
            "end": dict(zip(("line", "column"), end, strict=True)),
            "context_keys": keys,
        }
        for sid, (start, end), keys in zip(("A", "", "\n"), places, ([], ["K"], ["k", "l"]), strict=True)
    ]
    told = packed({"policy": "p", "statements": statements})
    assert json_of(told) == {"policy": "p", "statements": [["A", 2, 5, 4, 6, []], ["", 4, 8, 4, 20, ["K"]], ["\n", 7, 1, 7, 2, ["k", "l"]]]}
