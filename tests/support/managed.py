"""The AWS managed policies, as moto has them."""

import json
from collections.abc import Mapping
from functools import cache

from moto.iam.aws_managed_policies import aws_managed_policies_data

from tests.support.accounts import Json


@cache
def managed_policies() -> Mapping[str, Json]:
    """Return the documents of the AWS managed policies by name."""
    return {name: policy["Document"] for name, policy in json.loads(aws_managed_policies_data).items()}
