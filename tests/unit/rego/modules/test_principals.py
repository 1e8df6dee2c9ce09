"""The principal part of statements: what it becomes in the statement's rule (P1 to P12, L1, L2)."""

import pytest

from iam2rego.ir.condition import Condition
from iam2rego.ir.pattern import Unmatchable
from iam2rego.ir.policy import Effect, PolicyType, Statement
from iam2rego.ir.principal import (
    AccountPrincipal,
    AnyPrincipal,
    ArnPrincipal,
    CanonicalUserPrincipal,
    FederatedPrincipal,
    PrincipalEntry,
    ServicePrincipal,
    UniqueIdPrincipal,
)
from iam2rego.rego.language.printer import print_module
from iam2rego.rego.modules.policy import compile_module
from iam2rego.rego.reading.statements import read_statements
from tests.support.policies import allow, null, policy, principals, statement

ANY, NOBODY = AnyPrincipal(), Unmatchable(text="arn:aws:iam::111111111111:user/*")
ACCOUNT = AccountPrincipal(account="111111111111")
ROOT = AccountPrincipal(account="111111111111", partition="aws")
USER = ArnPrincipal(arn="arn:aws:iam::111111111111:user/u")
LONG = [ArnPrincipal(arn=f"arn:aws:iam::111111111111:user/team-{number:02}") for number in range(17)]
ASKS = null("aws:MultiFactorAuthAge", "false")
TEST = 'input.action == "s3:getobject"'


def of(effect: Effect, *entries: PrincipalEntry, negated: bool = False, conditions: tuple[Condition, ...] = ()) -> Statement:
    return statement(effect, "s3:GetObject", to=principals(*entries, negated=negated), when=conditions)


def module(given: Statement, policy_type: PolicyType = PolicyType.RESOURCE) -> str:
    """Return the rules of the policy that has one statement, without labels and imports."""
    made = policy("p", given, of=policy_type)
    text = print_module(compile_module(made, read_statements(made), module="p", package="iam", labels=False))
    return text.split('# "Statement 0"\n')[-1]


@pytest.mark.parametrize(
    ("entries", "listed"),
    [
        pytest.param([ACCOUNT], '{"account": {"111111111111"}}', id="P3/account"),
        pytest.param([ROOT, ACCOUNT], '{"account": {"arn:aws:iam::111111111111:root", "111111111111"}}', id="P3/root"),
        pytest.param([USER, USER], '{"arn": {"arn:aws:iam::111111111111:user/u"}}', id="P4/each-once"),
        pytest.param([UniqueIdPrincipal(unique_id="AIDAX")], '{"unique_id": {"AIDAX"}}', id="P8/unique-id"),
        pytest.param([ServicePrincipal(service="s"), ServicePrincipal(service="r")], '{"service": {"s", "r"}}', id="P7/services"),
        pytest.param([FederatedPrincipal(provider="f")], '{"provider": {"f"}}', id="P7/provider"),
        pytest.param([CanonicalUserPrincipal(canonical_user="c")], '{"canonical_user": {"c"}}', id="P7/canonical-user"),
        pytest.param([NOBODY, ServicePrincipal(service="s")], '{"service": {"s"}}', id="P6/wildcards-name-nobody"),
        pytest.param([ANY, ServicePrincipal(service="s")], '{"any": {"*"}, "service": {"s"}}', id="P1/everybody-and-others"),
        pytest.param([ServicePrincipal(service='"}')], r'{"service": {"\"}"}}', id="text-stays-inside-its-quotes"),
    ],
)
def test_an_allow_of_a_resource_tells_the_kind(entries: list[PrincipalEntry], listed: str) -> None:
    body = f"\t{TEST}\n\tkind := principals.kind({listed})\n"
    assert module(of(Effect.ALLOW, *entries)) == f"allow contains [0, kind] if {{\n{body}}}\n"


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        pytest.param(allow("s3:GetObject"), f'allow contains [0, "wild"] if {TEST}\n', id="P12/no-principal"),
        pytest.param(of(Effect.ALLOW, ANY), f'allow contains [0, "wild"] if {TEST}\n', id="P2/everybody"),
        pytest.param(of(Effect.ALLOW, ANY, ANY), f'allow contains [0, "wild"] if {TEST}\n', id="P2/everybody-twice"),
        pytest.param(of(Effect.DENY, ANY), f"deny contains 0 if {TEST}\n", id="P2/deny-everybody"),
        pytest.param(of(Effect.DENY, ANY, USER), f"deny contains 0 if {TEST}\n", id="P2/deny-everybody-and-others"),
        pytest.param(
            of(Effect.DENY, ACCOUNT),
            f'deny contains 0 if {{\n\t{TEST}\n\tprincipals.include({{"account": {{"111111111111"}}}})\n}}\n',
            id="P3/deny",
        ),
        pytest.param(
            of(Effect.DENY, ROOT, negated=True),
            f'deny contains 0 if {{\n\t{TEST}\n\tnot principals.exempt({{"account": {{"arn:aws:iam::111111111111:root"}}}})\n}}\n',
            id="P10/exempt",
        ),
        pytest.param(
            of(Effect.DENY, ANY, negated=True),
            f'deny contains 0 if {{\n\t{TEST}\n\tnot principals.exempt({{"any": {{"*"}}}})\n}}\n',
            id="P11/exempt-everybody",
        ),
        pytest.param(of(Effect.DENY, negated=True), f"deny contains 0 if {TEST}\n", id="P9/nobody-is-exempt"),
        pytest.param(of(Effect.DENY, NOBODY, negated=True), f"deny contains 0 if {TEST}\n", id="P6/wildcards-exempt-nobody"),
        pytest.param(
            of(Effect.ALLOW, ROOT, negated=True),
            f'allow contains [0, "wild"] if {{\n\t{TEST}\n'
            '\tnot principals.include({"account": {"arn:aws:iam::111111111111:root"}})\n}\n',
            id="L2/allow-whom-no-entry-names",
        ),
        pytest.param(of(Effect.ALLOW, negated=True), f'allow contains [0, "wild"] if {TEST}\n', id="L2/no-entry"),
    ],
)
def test_a_statement_of_a_resource_policy(given: Statement, rule: str) -> None:
    assert module(given) == rule


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(of(Effect.ALLOW), id="G15/nobody"),
        pytest.param(of(Effect.DENY, NOBODY), id="P6/wildcards"),
        pytest.param(of(Effect.ALLOW, USER, ANY, negated=True), id="L2/all-but-everybody"),
        pytest.param(of(Effect.ALLOW, conditions=(ASKS,)), id="D5/not-about-the-caller"),
    ],
)
def test_a_statement_that_is_about_nobody_has_no_rule(given: Statement) -> None:
    assert (
        module(given) == '# Compiled by iam2rego from "p.json"\n# Statement 0 can never apply, so it has no rule.\npackage iam.policies.p\n'
    )


def test_only_a_resource_policy_tells_the_kind() -> None:
    body = f'\t{TEST}\n\tprincipals.include({{"account": {{"111111111111"}}}})\n'
    assert module(of(Effect.ALLOW, ACCOUNT), PolicyType.VPC_ENDPOINT) == f"allow contains 0 if {{\n{body}}}\n"


def test_many_principals_stand_in_a_helper_rule_a_list() -> None:
    text = module(of(Effect.ALLOW, *LONG, ACCOUNT))
    rule, *helpers = text.split("\n\n")
    assert rule == f"allow contains [0, kind] if {{\n\t{TEST}\n\tkind := principals.kind(statement_0_principals)\n}}"
    heads = [helper.split(" if ")[0] for helper in helpers]
    assert heads == ["statement_0_principals.account contains name", "statement_0_principals.arn contains name"]
    assert [helper.count("team-") for helper in helpers] == [0, 17]


def test_whoever_reads_the_context_is_named_too() -> None:
    text = module(of(Effect.ALLOW, ACCOUNT, conditions=(ASKS,)))
    body = f'\t{TEST}\n\tprincipals.include({{"account": {{"111111111111"}}}})\n'
    assert text.endswith(f"\nreads_context contains 0 if {{\n{body}}}\n")


def test_who_reads_the_context_is_known_of_a_statement_that_never_applies() -> None:
    nothing = of(Effect.ALLOW, *LONG, conditions=(ASKS,))
    nothing = nothing.model_copy(update={"resources": nothing.resources.model_copy(update={"entries": ()})})
    text = module(nothing)
    assert "\tprincipals.include(statement_0_principals)\n" in text
    assert text.count("statement_0_principals.arn contains name") == 1
