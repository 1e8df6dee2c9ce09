"""Principals of every kind."""

from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from iam2rego.jsontext import JsonValue
from iam2rego.strategies.texts import some
from iam2rego.syntax.forms import Form, PrincipalPart

_HOME: Final = "111111111111"
_IAM: Final = f"arn:aws:iam::{_HOME}"
_STS: Final = f"arn:aws:sts::{_HOME}"

_AWS: Final = (
    "*",
    _HOME,
    "222222222222",
    f"{_IAM}:root",
    f"arn:aws-cn:iam::{_HOME}:root",
    f"{_IAM}:user/u",
    f"{_IAM}:user/p/v",
    f"{_IAM}:role/r",
    f"{_IAM}:role/p/r",
    f"{_STS}:assumed-role/r/s",
    f"{_STS}:federated-user/f",
    "AIDA1",
    "AROA1",
)
_OTHERS: Final = {"Service": ("s.amazonaws.com", "t.amazonaws.com"), "CanonicalUser": ("c1", "c2")}
_PROVIDERS: Final = ("f.example", f"{_IAM}:saml-provider/p")
_MEANT_FOR_NOBODY: Final = (f"{_IAM}:user/*", f"{_IAM}:group/g", "${t:u}", "x")


def principals(form: Form, *, lenient: bool) -> SearchStrategy[JsonValue]:
    """Draw the value of ``Principal`` or ``NotPrincipal``: everybody, nobody, or entries of the kinds that ``form`` has (G15, P2 to P8)."""
    if form.principals is PrincipalPart.EVERYBODY and not lenient:
        return st.just("*")
    pools = {"AWS": (*_AWS, *_MEANT_FOR_NOBODY) if lenient else _AWS, **_OTHERS}
    if form.federated or lenient:
        pools["Federated"] = _PROVIDERS
    members = {kind: some(st.sampled_from(pool), lenient=lenient) for kind, pool in pools.items()}
    named = st.fixed_dictionaries({"AWS": members.pop("AWS")}, optional=members)
    others = st.fixed_dictionaries({}, optional=members)
    return st.one_of(st.just("*"), st.just("*"), named, named, others)
