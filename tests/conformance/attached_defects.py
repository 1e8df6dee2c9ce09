"""Policy sets, and what a wrong compiler would make of each: principals, policy types and attachments."""

from typing import Any, Final, TypeAlias

import pytest

from tests.conformance.attached_documents import (
    ACCOUNT,
    ALL,
    ALL_OF_KMS,
    DENY_BUT,
    EVERYBODY,
    IAM,
    IN_ORGANIZATION,
    KEY,
    ROLE,
    STS,
    document,
    given,
    of_bucket,
    said,
    to,
    trusting,
)

Json: TypeAlias = dict[str, Any]

MISCOMPILED: Final = [
    pytest.param(of_bucket(to(f"{STS}:assumed-role/r/s")), f"{STS}:assumed-role/r/s", f"{IAM}:role/r", id="P4/session-as-its-role"),
    pytest.param(of_bucket(to(f"{IAM}:role/r")), f"{IAM}:role/r", f"{STS}:assumed-role/r/session", id="P5/role-as-one-session"),
    pytest.param(of_bucket(to(ROLE)), "role/app/r", "role/r", id="P5/role-without-its-path"),
    pytest.param(of_bucket(to(f"{IAM}:user/u")), "user/u", "user/U", id="P4/user-in-other-case"),
    pytest.param(of_bucket(to(f"{IAM}:user/u"), identity=[ALL]), f"{IAM}:user/u", ACCOUNT, id="P4/user-as-the-account"),
    pytest.param(of_bucket(to(f"{IAM}:user/u")), f"{IAM}:user/u", "*", id="P4/user-as-everybody"),
    pytest.param(of_bucket(to(f"{IAM}:root", effect="Deny"), EVERYBODY), f"{IAM}:root", ACCOUNT, id="P3/partition-of-a-root-ignored"),
    pytest.param(of_bucket(to(ACCOUNT), identity=[ALL]), ACCOUNT, "111111111110", id="P3/another-account"),
    pytest.param(of_bucket(to("AIDAEXAMPLE1")), "AIDAEXAMPLE1", "AIDAEXAMPLE2", id="P8/another-unique-id"),
    pytest.param(of_bucket(to("s.amazonaws.com", kind="Service")), "s.amazonaws.com", "S.amazonaws.com", id="P7/service-in-other-case"),
    pytest.param(of_bucket(to("s.amazonaws.com", kind="Service")), "s.amazonaws.com", "t.amazonaws.com", id="P7/another-service"),
    pytest.param(of_bucket(to("7", kind="CanonicalUser"), identity=[ALL]), '"7"', '"70"', id="P7/another-canonical-user"),
    pytest.param(trusting(Federated="f.example"), "f.example", "f.example.com", id="P7/another-provider"),
    pytest.param(of_bucket(to(f"{IAM}:user/u", ACCOUNT, **DENY_BUT)), f', "{ACCOUNT}"', "", id="P10/a-link-lost"),
    pytest.param(of_bucket(to(f"{IAM}:user/u", effect="Deny"), EVERYBODY), '"Principal": {', '"NotPrincipal": {', id="P9/inverted"),
    pytest.param(given(service_control=[[ALL], [ALL]], identity=[ALL]), '"s3:*"', '"s3:Get*"', id="E11/a-level-narrower"),
    pytest.param(given(permissions_boundary=[ALL], identity=[ALL]), '"s3:*"', '"s3:Put*"', id="E5/a-boundary-narrower"),
]

PRINCIPALS: Final = [
    (
        of_bucket(to(ACCOUNT), identity=[ALL]),
        "input.caller.account in listed.account",
        '{\n\tinput.caller.kind == "root"\n\tinput.caller.account in listed.account\n}',
        "P3/account-as-root-only",
    ),
    (
        of_bucket(to(ROLE), session=[document(said(action="s3:Get*"))]),
        "own_arn := input.caller.arn if not principal.is_role",
        "own_arn := input.caller.arn",
        "P5/role-as-direct",
    ),
    (of_bucket(to(f"{IAM}:user/u")), 'kind == "fedsession"', 'kind == "user"', "P5/user-behind-a-session-forgotten"),
    (
        of_bucket(to("AROAEXAMPLE1")),
        'kind == "session"\n\tinput.principal.unique_id',
        'kind == "user"\n\tinput.principal.unique_id',
        "P8/role",
    ),
    (
        of_bucket(to("AIDAEXAMPLE1")),
        'kind == "user"\n\tinput.principal.unique_id',
        'kind == "root"\n\tinput.principal.unique_id',
        "P8/user",
    ),
    (of_bucket(to("s.amazonaws.com", kind="Service")), "input.principal.service_names", "[]", "P7/service-names-ignored"),
    (of_bucket(to("7", kind="CanonicalUser"), identity=[ALL]), "in listed.canonical_user", "in listed.unique_id", "P7/canonical-user"),
    (of_bucket(EVERYBODY, to(ROLE, ACCOUNT, **DENY_BUT)), "\tis_exempt(listed)\n", "\tinclude(listed)\n", "P10/exempt-on-one-hit"),
    (
        of_bucket(EVERYBODY, to(f"{STS}:assumed-role/r/s", ACCOUNT, **DENY_BUT)),
        "is_named(listed)\n\tnames_role(listed)",
        "is_named(listed)",
        "P10/role-of-the-session-not-asked-for",
    ),
    (
        of_bucket(EVERYBODY, to(f"{IAM}:user/u", ACCOUNT, **DENY_BUT), permissions_boundary=[ALL]),
        "\tnot attachments.bounded\n",
        "",
        "P11/boundary-ignored",
    ),
]

GRANTS: Final = [
    (
        of_bucket(to(f"{IAM}:role/r"), permissions_boundary=[document(said(action="s3:Get*"))]),
        'between == "nothing"\n\tcount(attachments.limiting) == 0',
        'between == "nothing"',
        "E6/boundary-ignored-for-role-grants",
    ),
    (
        of_bucket(to(f"{IAM}:user/u")),
        'principal.has_policies\n\tbetween == "nothing"',
        "principal.has_policies",
        "E9/without-identity-allow",
    ),
    (of_bucket(to(f"{IAM}:user/u"), identity=[ALL]), 'needs_principal(_) if between != "nothing"', "", "E9/both-sides-do-not-suffice"),
    (
        of_bucket(EVERYBODY, identity=[ALL]),
        'kind in {"direct", "wild"}\n',
        'kind in {"direct"}\n',
        "E5/everybody-forgotten",
    ),
    (
        of_bucket(to(ACCOUNT)),
        'kind in {"direct", "wild"}\n',
        'kind in {"direct", "wild", "account"}\n',
        "E5/account-grant-of-its-own",
    ),
    (trusting(AWS=ACCOUNT), '"account") if needs_resource_policy', '"x") if needs_resource_policy', "E14/account-forgotten"),
    (trusting(AWS=ACCOUNT), "attachments.takes_on_a_role", 'input.action == "sts:tagsession"', "E14/identity-suffices"),
    (trusting(AWS="*"), 'input.action == "sts:assumerole"', 'input.action == "sts:tagsession"', "E8/root-assumes-a-role"),
    (trusting(AWS="*"), '"sts:assumerolewithsaml", ', "", "E14/federation-without-a-federated-caller"),
    (
        given({KEY: document(said(action="kms:*", Principal={"AWS": ACCOUNT}))}, identity=[ALL_OF_KMS]),
        ":key/",
        ":kex/",
        "E15/key-as-ordinary",
    ),
]

ATTACHMENTS: Final = [
    (given(identity=[ALL]), 'input.caller.kind == "fedsession"\n\t[', 'input.caller.kind == "x"\n\t[', "E7/no-session-policy"),
    (given(service_control=[[ALL]], identity=[ALL]), "\tnot input.principal.management_account\n", "", "E11/management-account"),
    (given(service_control=[[ALL]], identity=[ALL]), "\tinput.caller.account\n\tnot", "\tnot", "E11/everybody-governed"),
    (
        given(service_control=[[ALL]], identity=[ALL]),
        "\tnot input.principal.service_linked_role\n\tnot is",
        "\tnot is",
        "E11/service-linked-role",
    ),
    (
        of_bucket(EVERYBODY, resource_control=[[IN_ORGANIZATION]]),
        "\tnot input.resource_in_management_account\n",
        "",
        "E12/management-resources",
    ),
    (
        given({KEY: document(said(action="kms:*", Principal="*"))}, resource_control=[[IN_ORGANIZATION]]),
        '\tinput.action != "kms:retiregrant"\n',
        "",
        "E12/retire-grant",
    ),
    (
        of_bucket(EVERYBODY, resource_control=[[IN_ORGANIZATION]]),
        "\tnot input.principal.service_linked_role\n\tinput.action",
        "\tinput.action",
        "E12/service-linked-role",
    ),
    (
        given(identity=[ALL], vpc_endpoint=[document({**EVERYBODY, "Resource": "*"})]),
        'governs("vpc_endpoint")',
        'governs("x")',
        "E13/endpoint-ignored",
    ),
    (of_bucket(EVERYBODY), "regex.find_n(`^arn:[^:]*:s3:::[^/]+`, input.resource, -1)", "[]", "E4/objects-without-the-bucket's-policy"),
    (trusting(AWS="*"), 'startswith(input.action, "sts:assumerole")', "false", "E14/trust-policy-of-no-part"),
]

GUARDRAILS: Final = [
    (
        given(service_control=[[ALL], [document(said(action="s3:Get*"))]], identity=[ALL]),
        'every level in levels {\n\t\tapplying.applies("allow", level)\n\t}',
        'some level in levels\n\tapplying.applies("allow", level)',
        "E11/levels-or-ed",
    ),
    (given(service_control=[], identity=[ALL]), "\tcount(levels) > 0\n", "", "E11/no-level"),
]

DOCUMENTS: Final = [
    (of_bucket(to(ROLE), EVERYBODY), "\tkind in grants.granting_kinds\n", "", "D3/allows-that-do-not-grant"),
    (
        of_bucket(to(f"{IAM}:user/u")),
        "\tgrants.needs_resource_policy\n\tcount(grants.resource_kinds) == 0",
        "\tfalse",
        "D3/resource-not-named",
    ),
]

IN_THE_RUNTIME: Final = [
    pytest.param(policies, module, right, wrong, id=name)
    for module, rows in (
        ("principals", PRINCIPALS),
        ("grants", GRANTS),
        ("attachments", ATTACHMENTS),
        ("guardrails", GUARDRAILS),
        ("document", DOCUMENTS),
    )
    for policies, right, wrong, name in rows
]

OF_AN_EXPORT: Final = [
    pytest.param("principal", 'array.reverse(split(role_arn, "/"))[0]', 'split(role_arn, "/")[1]', id="sources/role-by-path"),
    pytest.param(
        "principals",
        "else := arn if arn := attachments.own.arn",
        "else := arn if arn := attachments.own.nothing",
        id="P5/path-of-the-export-ignored",
    ),
    pytest.param("attachments", "\tnot is_of_another_account\n", "", id="E11/principals-of-other-accounts-governed"),
    pytest.param("attachments", "in [own, object", "in [object", id="sources/own-policies-forgotten"),
    pytest.param("attachments", '"permissions_boundary", "session"]', '"session"]', id="sources/own-boundary-forgotten"),
    pytest.param("attachments", "[input.principal.user_arn]", "[input.caller.arn]", id="sources/user-behind-a-session"),
]
