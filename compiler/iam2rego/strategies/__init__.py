"""Hypothesis strategies for policies, policy sets and requests, over the whole language (the extra `random` of the package).

They draw JSON values of `iam2rego.jsontext`, whose `dumps` gives the text, so numbers keep their spelling. Pools are small, so that
requests often match policies; simple values come first, so that examples shrink to them. A policy or policy set is legal, so the
compiler accepts it; with ``lenient`` it may also contain what `--lenient` accepts (L1 to L9).

    @given(policy_sets().flatmap(lambda drawn: tuples(just(drawn), requests(drawn))))
    def test_my_engine(asked):
        ...
"""

from iam2rego.strategies.documents import policies
from iam2rego.strategies.requests import requests
from iam2rego.strategies.sets import policy_sets

__all__ = ["policies", "policy_sets", "requests"]
