"""The resources that a question tells apart because policies of single resources are given: for each, or for all others."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from iam2rego.ir.attachments import Attachments
from iam2rego.native.wildcards import Wildcard
from iam2rego.proofs.atoms import InLanguage
from iam2rego.proofs.formula import TRUE, Formula, Literal, conjunction, negation
from iam2rego.proofs.globs import language
from iam2rego.proofs.symbols import Sequence as Symbols

_ROLE: Final = re.compile(r"arn:[^:]*:iam::[^:]*:role/.*", re.DOTALL)
_BUCKET: Final = re.compile(r"arn:[^:]*:s3:::[^/]*")


@dataclass(frozen=True, slots=True)
class Route:
    """Resources that have the same policies in every set of a question.

    Attributes:
        arns: the resources that have a policy; none for all resources that have none.
        others: all other resources with a policy, which this one is not about.
    """

    arns: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def is_of_roles(self) -> bool:
        """Whether the policies are trust policies, which only decide who may assume the roles (E14)."""
        return any(map(_ROLE.fullmatch, self.arns))

    def asked(self, *, for_trust: bool) -> Formula:
        """Return when a request is for one of the resources, by an action that assumes roles or by another one.

        Only the former are asked about resources with trust policies.
        """
        if self.arns:
            return _in(self.arns, self.others)
        given = [arn for arn in self.others if for_trust or not _ROLE.fullmatch(arn)]
        return negation(_in(given, ())) if given else TRUE


ANYWHERE: Final = Route()
"""All resources, where none has a policy of its own."""


def routes(given: Sequence[Attachments], number: Mapping[tuple[int, str], int]) -> Iterator[Route]:
    """Yield the routes of several sets; ``number`` has the number of each policy's text, by the index of its set and its name."""
    policies: dict[str, list[int]] = {}
    for side, attachments in enumerate(given):
        for each in attachments.resources:
            policies.setdefault(each.resource, [-1] * len(given))[side] = number[side, each.policy]
    alike: dict[object, list[str]] = {}
    for arn, numbers in policies.items():
        alike.setdefault((*numbers, _ROLE.fullmatch(arn) is not None), []).append(arn)
    yield Route(others=tuple(policies))
    for arns in alike.values():
        yield Route(tuple(arns), tuple(arn for arn in policies if arn not in set(arns)))


def _in(arns: Iterable[str], others: Iterable[str]) -> Formula:
    """Return when the resource is one of some ARNs, or an object of a bucket among them that has no policy of its own."""
    arns = list(arns)
    buckets: list[Symbols] = [(*arn, "/", Wildcard.RUN) for arn in arns if _BUCKET.fullmatch(arn)]
    within = [other for other in others if any(other.startswith(f"{arn}/") for arn in arns if _BUCKET.fullmatch(arn))]
    named = Literal(InLanguage(language([*map(tuple, arns), *buckets])))
    return conjunction([named, *(Literal(InLanguage(language([tuple(each)])), holds=False) for each in within)])
