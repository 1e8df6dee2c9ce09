"""``prove``: claims about policies, for all requests."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import ClassVar

import click

from iam2rego.cli.shared.claims import Claim, Claimed, Outcome, decided
from iam2rego.cli.shared.command import Choice, argument, choice, command, group, option, options
from iam2rego.cli.shared.inputs import load_sides
from iam2rego.cli.shared.options import Reading, quiet_option, sources_argument
from iam2rego.cli.shared.output import FINDINGS, SURROUNDINGS, failures_reported, refuse, show, show_json
from iam2rego.cli.shared.proving import Confirmation
from iam2rego.cli.shared.unconfirmed import keep_unconfirmed
from iam2rego.diagnostics import printable

_OF_A_FILE = "claims"


class ProveFormat(StrEnum):
    """How verdicts are printed."""

    TEXT = "text"
    JSON = "json"
    ACCESS_ANALYZER = "access-analyzer"


@options
class About:
    """What a claim is about."""

    heading: ClassVar = "Claim"

    reference: str | None = option("--reference", metavar="SOURCE", help="With no-new-access, policies that may allow all this.")
    action: tuple[str, ...] = option("--action", metavar="ACTION", multiple=True, help="With not-granted, an action; wildcards work.")
    resource: tuple[str, ...] = option(
        "--resource", metavar="ARN", multiple=True, help="With not-granted, a resource; wildcards work. Without it, any."
    )
    principal: tuple[str, ...] = option(
        *("--principal",),
        metavar="PRINCIPAL",
        multiple=True,
        help="With not-granted, the ARN of a user or role, an account id, a service, or * for anonymous callers. Without it, any.",
    )


@options
class ProvePrinting:
    """What `prove` prints."""

    heading: ClassVar = "Output"

    format: ProveFormat = choice(
        "--format",
        default=ProveFormat.TEXT,
        explanation="How verdicts are printed; access-analyzer is the form of AWS's answers, for no-new-access and not-granted.",
    )
    quiet: bool = quiet_option()

    @property
    def as_json(self) -> bool:
        """Whether diagnostics are printed as JSON."""
        return self.format is not ProveFormat.TEXT


@options
class Options:
    """The options of `prove`."""

    claim: str = argument(
        "CLAIM",
        "no-new-access, equivalent, not-granted, no-public-access, reachable; or claims, with TOML files of claims as sources.",
        type=Choice(StrEnum("Claims", [*((each.name, each.value) for each in Claim), ("CLAIMS", _OF_A_FILE)])),
    )
    sources: tuple[str, ...] = sources_argument()
    about: About = group(About)
    confirmation: Confirmation = group(Confirmation)
    reading: Reading = group(Reading)
    printing: ProvePrinting = group(ProvePrinting)


@command
def run(options: Options) -> None:
    """Prove a claim about policies for all requests, or show a request that refutes it.

    no-new-access says that the sources allow nothing that --reference does not allow; equivalent, that two sources allow the same;
    not-granted, that the sources allow no --action, on a --resource, to a --principal; no-public-access, that policies of resources are not
    open to everybody; and reachable, that every statement can decide something. The exit status is 0 if the claim is proved, 1 if it is
    refuted or cannot be decided, and 3 if an engine does not confirm a request.
    """
    claimed = {} if options.claim == _OF_A_FILE else {"": _claimed(options)}
    printing = options.printing
    with failures_reported(as_json=printing.as_json):
        found = {name: _decided(each, options) for name, each in (claimed or _of_files(options)).items()}
        _show(found, printing.format)
        for each in found.values():
            keep_unconfirmed(each.examples, each.claimed.sides, options.reading)
        if not all(each.is_confirmed for each in found.values()):
            raise click.exceptions.Exit(SURROUNDINGS)
        raise click.exceptions.Exit(0 if all(each.verdict == "proved" for each in found.values()) else FINDINGS)


def _claimed(options: Options) -> Claimed:
    """Return the claim of the command line."""
    about = options.about
    claimed = Claimed(Claim(options.claim), options.sources, about.reference, about.action, about.resource, about.principal)
    if mistake := claimed.mistake():
        refuse(*mistake)
    if options.printing.format is ProveFormat.ACCESS_ANALYZER and claimed.claim not in (Claim.NO_NEW_ACCESS, Claim.NOT_GRANTED):
        refuse("AWS has no form for this claim", "--format")
    return claimed


def _of_files(options: Options) -> Mapping[str, Claimed]:
    """Return the claims of the files, by their names."""
    about = options.about
    if about.reference or about.action or about.resource or about.principal:
        refuse("the files say what their claims are about")
    if options.printing.format is ProveFormat.ACCESS_ANALYZER:
        refuse("AWS has no form for several claims", "--format")
    from iam2rego.cli.shared.claim_files import read_claims  # here, since a claim of the command line needs no file

    return read_claims(options.sources)


def _decided(claimed: Claimed, options: Options) -> Outcome:
    load = partial(load_sides, reading=options.reading, printing=options.printing)
    return decided(claimed, load, options.confirmation, quiet=options.printing.quiet)


def _show(found: Mapping[str, Outcome], form: ProveFormat) -> None:
    outcomes: Sequence[Outcome] = list(found.values())
    match form:
        case ProveFormat.TEXT:
            show("\n".join(printable(line) for name, each in found.items() for line in each.text(name)))
        case ProveFormat.JSON if [*found] == [""]:
            show_json(outcomes[0].as_json())
        case ProveFormat.JSON:
            show_json({"claims": [{"name": name, **each.as_json()} for name, each in found.items()]})
        case ProveFormat.ACCESS_ANALYZER:
            from iam2rego.cli.shared.access_analyzer_checks import check_response  # here, since no other format needs it

            show_json(check_response(outcomes[0]))
