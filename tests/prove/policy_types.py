"""Claims about policies of every type together, and about whole accounts."""

from collections import Counter
from typing import Final

from iam2rego.engines.compare import outcome
from iam2rego.jsontext import dumps
from iam2rego.native import authorize
from tests.property.asked_accounts import account, account_failures
from tests.property.random_sets import REQUESTS as OF_EACH
from tests.property.random_sets import set_failures
from tests.property.refused_inputs import malformed_failures
from tests.prove.setting import SEED, Setting, Verdict
from tests.support.accounts import Size
from tests.support.malformed_inputs import documents
from tests.truth.natively import native_failures
from tests.truth.on_opa import opa_failures
from tests.truth.worlds import all_states, cases

ACCOUNT: Final = Size(users=200, groups=50, roles=100)
REQUESTS: Final = 5_000
SETS: Final = 150
ON_OPA: Final = 150_000
"""How many combinations OPA is asked about at most: of each row of the table this divided by the number of rows, if it has so many."""

TOGETHER: Final = 3_000
"""How many malformed inputs are wrong in several ways at once; those that are wrong in one are all tried."""


def truth_tables_natively(_setting: Setting) -> Verdict:
    """The native evaluator decides as the table of the rules says (E5 to E15), in every combination of its columns."""
    wrong = list(native_failures())
    return Verdict(not wrong, f"{len(all_states())} combinations, {len(wrong)} against the table", "\n".join(wrong))


def truth_tables_on_opa(setting: Setting) -> Verdict:
    """OPA decides so too, `allow` as well as `decision`, in combinations that are drawn from every row of the table."""
    wrong = list(opa_failures(setting.binary, ON_OPA, SEED, setting.layout))
    asked = sum(1 for _ in cases(ON_OPA, SEED))
    return Verdict(not wrong, f"{asked} of {len(all_states())} combinations, {len(wrong)} against the table", "\n".join(wrong))


def an_account_conforms(setting: Setting) -> Verdict:
    """Requests of those in a generated account, built into one bundle, get equal documents of both engines."""
    asked = account(ACCOUNT, REQUESTS, SEED)
    wrong = list(account_failures(setting.binary, asked, setting.layout))
    decisions = Counter(outcome(authorize(asked.policies, request)) for request in asked.requests)
    having = f"{ACCOUNT.users} users, {ACCOUNT.groups} groups and {ACCOUNT.roles} roles with {len(asked.policies.policies)} policies"
    figures = ", ".join(f"{count} {decision}" for decision, count in sorted(decisions.items()))
    return Verdict(
        not wrong and len(asked.requests) == REQUESTS,
        f"{having}; {len(asked.requests)} requests ({figures}), {len(wrong)} answered differently",
        "\n".join(wrong),
    )


def random_policy_sets_conform(setting: Setting) -> Verdict:
    """The engines answer random requests about random policy sets and accounts, of every type, with equal documents."""
    wrong = list(set_failures(setting.binary, SETS, setting.layout))
    return Verdict(
        not wrong, f"{SETS * OF_EACH} requests to {SETS} random policy sets, {len(wrong)} answered differently", "\n".join(wrong)
    )


def malformed_inputs_are_refused(setting: Setting) -> Verdict:
    """Both engines call every malformed input invalid, and `allow` is false."""
    inputs = list(documents(TOGETHER, SEED))
    wrong = list(malformed_failures(setting.binary, inputs))
    return Verdict(not wrong, f"{len({*map(dumps, inputs)})} malformed inputs, {len(wrong)} not refused by both", "\n".join(wrong))
