"""``prove``: claims about policies, for all requests."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import ClassVar

import click

from iam2rego.cli.shared.access import Access, access, access_json, access_text
from iam2rego.cli.shared.command import Choice, argument, command, group, option, options
from iam2rego.cli.shared.inputs import load_sides
from iam2rego.cli.shared.options import Printing, Reading, sources_argument
from iam2rego.cli.shared.output import FINDINGS, SURROUNDINGS, failures_reported, refuse, show, show_json
from iam2rego.cli.shared.proving import Confirmation
from iam2rego.diagnostics import PolicyError, printable
from iam2rego.ir.policy import Document
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.proofs.inclusion import Restriction
from iam2rego.source import Source
from iam2rego.sources import Loaded
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json


class Claim(StrEnum):
    """What can be proved."""

    NO_NEW_ACCESS = "no-new-access"
    EQUIVALENT = "equivalent"
    NOT_GRANTED = "not-granted"


@options
class About:
    """What a claim is about."""

    heading: ClassVar = "Claim"

    reference: str | None = option("--reference", metavar="SOURCE", help="With no-new-access, policies that may allow all this.")
    action: tuple[str, ...] = option("--action", metavar="ACTION", multiple=True, help="With not-granted, an action; wildcards work.")
    resource: tuple[str, ...] = option(
        "--resource", metavar="ARN", multiple=True, help="With not-granted, a resource; wildcards work. Without it, any."
    )


@options
class Options:
    """The options of `prove`."""

    claim: Claim = argument("CLAIM", "no-new-access, equivalent or not-granted.", type=Choice(Claim))
    sources: tuple[str, ...] = sources_argument()
    about: About = group(About)
    confirmation: Confirmation = group(Confirmation)
    reading: Reading = group(Reading)
    printing: Printing = group(Printing)


@command
def run(options: Options) -> None:
    """Prove a claim about policies for all requests, or show a request that refutes it.

    no-new-access says that the sources allow nothing that --reference does not allow; equivalent, that two sources allow the same; and
    not-granted, that the sources allow no --action, on a --resource. The exit status is 0 if the claim is proved, 1 if it is refuted or
    cannot be decided, and 3 if an engine does not confirm a request.
    """
    _refuse_wrong(options)
    as_json = options.printing.as_json
    with failures_reported(as_json=as_json):
        found = [(access_, loaded) for access_, loaded in _accesses(options)]
        verdict = _verdict([each for each, _ in found])
        if as_json:
            show_json(_json(options.claim, verdict, [each for each, _ in found]))
        else:
            lines = [_words(options.claim, verdict), *(line for each, loaded in found for line in access_text(each, loaded.sources))]
            show("\n".join(map(printable, lines)))
        if not all(each.is_confirmed for each, _ in found):
            raise click.exceptions.Exit(SURROUNDINGS)
        raise click.exceptions.Exit(0 if verdict == "proved" else FINDINGS)


def _refuse_wrong(options: Options) -> None:
    """Refuse options that do not fit the claim."""
    about, claim = options.about, options.claim
    if (about.reference is not None) is not (claim is Claim.NO_NEW_ACCESS):
        refuse("no-new-access needs a reference, and no other claim has one", "--reference")
    if bool(about.action) is not (claim is Claim.NOT_GRANTED):
        refuse("not-granted needs an action, and no other claim has one", "--action")
    if about.resource and claim is not Claim.NOT_GRANTED:
        refuse("only not-granted is about some resources", "--resource")
    if claim is Claim.EQUIVALENT and len(options.sources) != 2:
        refuse("equivalent compares two sources", "SOURCE...")


def _accesses(options: Options) -> Iterator[tuple[Access, Loaded]]:
    """Yield the access that the claim denies, with the policies that give it."""
    confirmation, quiet = options.confirmation, options.printing.quiet
    match options.claim:
        case Claim.NO_NEW_ACCESS:
            loaded, reference = _loaded(options, options.sources, [options.about.reference or ""])
            yield access(loaded.policies, reference.policies, confirmation, quiet=quiet), loaded
        case Claim.EQUIVALENT:
            one, other = _loaded(options, *([each] for each in options.sources))
            yield access(one.policies, other.policies, confirmation, quiet=quiet), one
            yield access(other.policies, one.policies, confirmation, quiet=quiet), other
        case Claim.NOT_GRANTED:
            (loaded,) = _loaded(options, options.sources)
            yield access(loaded.policies, None, confirmation, restriction=_restriction(options.about), quiet=quiet), loaded


def _loaded(options: Options, *sides: Sequence[str]) -> list[Loaded]:
    return load_sides(sides, options.reading, options.printing)


def _restriction(about: About) -> Restriction:
    """Read actions and resources as a statement has them, without variables (V1).

    Raises:
        PolicyError: one of them is not an entry that a policy may have.
    """
    actions: list[JsonValue] = [*about.action]
    resources: list[JsonValue] = [*(about.resource or ("*",))]
    statement: JsonValue = {"Effect": "Allow", "Action": actions, "Resource": resources}
    source = Source("--action and --resource", dumps({"Version": "2008-10-17", "Statement": statement}))
    reading = read_policy(parse_json(source), source)
    if not isinstance(reading.document, Document):
        raise PolicyError(reading.diagnostics)
    (read,) = reading.document.statements
    return Restriction(read.actions, read.resources)


def _verdict(found: Sequence[Access]) -> str:
    verdicts = {each.verdict for each in found}
    return next(each for each in ("refuted", "undecided", "proved") if each in verdicts)


def _words(claim: Claim, verdict: str) -> str:
    return f"{claim.value}: {verdict}{' for every request' if verdict == 'proved' else ''}"


def _json(claim: Claim, verdict: str, found: Sequence[Access]) -> dict[str, object]:
    parts = [access_json(each) for each in found]
    names = ("first_only", "second_only") if claim is Claim.EQUIVALENT else ("access",)
    return {"claim": claim.value, "verdict": verdict, **dict(zip(names, parts, strict=True))}
