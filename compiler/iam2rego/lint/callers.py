"""Conditions that say who the caller is, where the request comes from, or for whom a service acts."""

from typing import Final

from iam2rego.catalogue.global_keys import OF_CALLERS
from iam2rego.ir.condition import Operator
from iam2rego.ir.policy import Statement
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.trusted_services import SOURCES

_OTHER_KEYS: Final = """
aws:federatedprovider aws:principalisawsservice aws:principalservicename aws:principalservicenameslist aws:sourceidentity aws:userid
aws:username aws:sourceip aws:sourcevpc aws:sourcevpcarn aws:sourcevpce aws:vpceaccount aws:vpceorgid aws:vpceorgpaths aws:vpcsourceip
aws:sourceowner elasticfilesystem:accessedviamounttarget elasticfilesystem:accesspointarn kms:calleraccount
s3:accesspointnetworkorigin s3:dataaccesspointaccount s3:dataaccesspointarn
"""
"""By AWS's page *How Amazon S3 defines public*, the default policies of Amazon SNS and EFS, and the table of global keys."""

_KEYS: Final = OF_CALLERS | SOURCES | frozenset(_OTHER_KEYS.split())
_TAGS: Final = "aws:principaltag/"


def about_callers(statement: Statement) -> bool:
    """Say whether a condition tests the value of such a key."""
    keys = (fold_key(each.key) for each in statement.conditions if each.operator is not Operator.NULL)
    return any(key in _KEYS or key.startswith(_TAGS) for key in keys)
