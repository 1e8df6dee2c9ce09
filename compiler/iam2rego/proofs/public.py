"""Whether policies of resources are public: open to callers whom they do not know.

Such a caller is anonymous, or of an account that no policy names and whose own policies allow it everything. The keys by which a policy
can know a caller are missing, or hold what any outsider has.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from ipaddress import ip_address, ip_network
from itertools import islice, product
from typing import Final

from iam2rego.ir.condition import Condition
from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.native import authorize
from iam2rego.native.principal import CallerKind
from iam2rego.native.wildcards import Wildcard
from iam2rego.proofs.askers import everybody
from iam2rego.proofs.atoms import Holds
from iam2rego.proofs.callers import Representative
from iam2rego.proofs.counterexamples import spelling
from iam2rego.proofs.formula import Formula, atoms_of
from iam2rego.proofs.globs import find, language
from iam2rego.proofs.inclusion import NO_REQUEST, Answer, Inclusion, Restriction
from iam2rego.proofs.leave import with_leave
from iam2rego.proofs.mentions import unused
from iam2rego.proofs.realism import known_actions, realistic_resources
from iam2rego.proofs.shares import shares
from iam2rego.proofs.slices import ANY_RESOURCE
from iam2rego.proofs.substitution import Values, with_values
from iam2rego.proofs.symbols import is_static, text_of
from iam2rego.proofs.textual import sequences_of
from iam2rego.proofs.variables import solve_with_values
from iam2rego.proofs.verdict import Proved, Refuted, Undecided, UndecidedError, Verdict

KEYS_OF_TRUST: Final = (
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "kms:calleraccount",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
)
"""The folded keys by which a policy can know a caller (S3's "The meaning of public", and their like)."""

_ADDRESSES: Final = ("198.51.100.7", "1.2.3.4", "81.2.69.142", "203.0.113.9", "2001:db8::7")
_NARROW: Final = {4: 8, 6: 32}
"""From which length of a prefix on a network is one that somebody knows, as S3 has it."""
_OUTSIDER: Final = "outsider"
_MOST_CHOICES: Final = 64


def public_access(policies: PolicySet) -> Iterator[tuple[Inclusion, list[Answer]]]:
    """Yield answers on the claim that no such caller is allowed anything.

    Raises:
        UndecidedError: the policies have something that is not encoded.
    """
    policies = with_leave(policies)
    unknown = [each for each in everybody([policies]) if _is_unknown(each)]
    for share in shares([policies], among=unknown):
        if share.sets[0].attachments.resource is not None:
            callers = tuple(each for each in share.callers if each.caller.account is None or not each.is_owner)
            inclusion = Inclusion(share.sets[0], None, Restriction(callers=callers, route=share.route))
            yield inclusion, list(_answers(inclusion))


def _is_unknown(by: Representative) -> bool:
    is_stranger = by.accounts is not None and by.caller.kind in (CallerKind.USER, CallerKind.SESSION)
    return (is_stranger and isinstance(by.principal, str)) or by.caller.kind is CallerKind.ANONYMOUS


def _answers(inclusion: Inclusion) -> Iterator[Answer]:
    for named, action in inclusion.classes:
        answer = Answer(inclusion.spelled.get(action, action), named, Proved())
        for by in inclusion.callers:
            formula = inclusion.fails(by, named, answer.action)
            verdict = _verdict(inclusion, by, formula, known_actions(inclusion.classes, inclusion.elements, named), answer.action)
            if not isinstance(verdict, Proved):
                known = known_actions(inclusion.classes, inclusion.elements, named)
                answer = replace(answer, verdict=verdict, known=tuple(known), formula=formula, callers=(by,))
            if isinstance(verdict, Refuted):
                break
        yield answer


def _verdict(inclusion: Inclusion, by: Representative, formula: Formula, known: Sequence[str], action: str) -> Verdict:
    found: Verdict = Proved()
    spelled = spelling(inclusion.new)
    for values in _choices(formula):
        try:
            guess = inclusion.model(with_values(formula, values))
        except UndecidedError as error:
            found = Undecided(str(error))
            continue
        if guess is None:
            continue
        chosen = next(iter(known), action)
        for resources in (*realistic_resources(chosen), ANY_RESOURCE):
            for model in solve_with_values(formula, guess, resources, values):
                context = {spelled.get(key, key): value for key, value in model.context.items()}
                request = by.request(chosen, model.resource, context)
                if authorize(inclusion.new, request).decision is Outcome.ALLOWED:
                    return Refuted(request)
        found = Undecided(NO_REQUEST)
    return found


def _choices(formula: Formula) -> Iterator[Values]:
    """Yield what keys of trust that a formula reads hold in an outsider's request.

    Raises:
        UndecidedError: there are too many combinations.
    """
    conditions = [atom.condition for atom in atoms_of(formula) if isinstance(atom, Holds) and atom.condition.key in KEYS_OF_TRUST]
    keys = list(dict.fromkeys(each.key for each in conditions))
    pools = [_pool([each for each in conditions if each.key == key]) for key in keys]
    chosen = list(islice(product(*pools), _MOST_CHOICES + 1))
    if len(chosen) > _MOST_CHOICES:
        raise UndecidedError(f"its keys of trust have more than {_MOST_CHOICES} combinations")
    yield from (dict(zip(keys, values, strict=True)) for values in chosen)


def _pool(conditions: Sequence[Condition]) -> list[str | None]:
    """Return what a key of trust holds for outsiders: nothing, a text that no policy names, one for each pattern, or an address."""
    if any("IpAddress" in each.operator for each in conditions):
        return [None, _address(conditions)]
    patterns = [each for condition in conditions for each in sequences_of(condition)]
    texts = [text for each in patterns if (text := text_of(each)) is not None]
    named = language(map(tuple, texts))
    wild = [language([each]) for each in patterns if is_static(each) and any(isinstance(symbol, Wildcard) for symbol in each)]
    return [*dict.fromkeys((None, unused(_OUTSIDER, texts), *(find([each], [named]) for each in wild)))]


def _address(conditions: Sequence[Condition]) -> str:
    """Return an address outside of all networks that are narrow enough to be somebody's."""
    networks = [ip_network(value.text, strict=False) for each in conditions for value in each.values]
    narrow = [each for each in networks if each.prefixlen >= _NARROW[each.version]]
    return next((each for each in _ADDRESSES if not any(ip_address(each) in network for network in narrow)), _ADDRESSES[0])
