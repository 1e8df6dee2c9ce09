"""``usage``: what logged decisions have used of policies."""

import json
from typing import Annotated, TypeAlias

import typer

from iam2rego.cli.shared.inputs import load_sources
from iam2rego.cli.shared.options import Format, FormatOption, Lenient, NoProgress, Package, Param, Params, PolicyType, Sources
from iam2rego.cli.shared.output import failures_reported, report, show
from iam2rego.diagnostics import Code, Diagnostic, Level, PolicyError, printable
from iam2rego.ir.policy import Kind
from iam2rego.source import Source
from iam2rego.sources.files import STDIN
from iam2rego.sources.parameters import parameters
from iam2rego.usage import Logs, Usage, read_event
from iam2rego.usage.report import usage_json, usage_text

_LOGS: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="LOGS", help="OPA's decision logs: a file or a folder of files, gzipped or not; - for stdin.", show_default=False
    ),
]


def usage(
    logs: _LOGS,
    sources: Sources,
    package: Package = "iam",
    param: Param = None,
    params: Params = None,
    policy_type: PolicyType = Kind.IDENTITY,
    lenient: Lenient = False,
    format_: FormatOption = Format.TEXT,
    no_progress: NoProgress = False,
) -> None:
    """Tell by OPA's decision logs what was used of policies, what never was, and which narrower policies would have served."""
    if logs == STDIN and STDIN in sources:
        raise typer.BadParameter("stdin holds the logs or a policy, not both", param_hint="LOGS")
    as_json = format_ is Format.JSON
    with failures_reported(as_json=as_json):
        bound = parameters(param or (), params)
        loaded = load_sources(sources, bound, kind=policy_type, lenient=lenient, as_json=as_json, no_progress=no_progress)
        counted, passed_over = _counted(Logs(logs), Usage(loaded.policies), package, as_json=as_json)
        if as_json:
            show(json.dumps(usage_json(counted, loaded.sources, passed_over), indent=2))
        else:
            show("\n".join(map(printable, usage_text(counted, loaded.sources, passed_over))))


def _counted(logs: Logs, counted: Usage, package: str, *, as_json: bool) -> tuple[Usage, dict[str, int]]:
    """Count what the logs tell; return with it how many events tell nothing, in words."""
    others = 0
    for event in logs:
        if (logged := read_event(event, package)) is None:
            others += 1
        else:
            counted.add(logged)
    if logs.first_unread:
        file, line = logs.first_unread
        message = f"line {line} is no JSON, the first of {logs.unread:,} that are passed over"
        report([Diagnostic(Code.UNREADABLE, message, Source(file, ""), given=Level.WARNING)], as_json=as_json)
    if not counted.decisions:
        hint = "name logs of OPA's plugin `decision_logs`, and with --package the package that was asked"
        raise PolicyError(
            [Diagnostic(Code.BAD_REQUEST, f"there is no decision of `data.{package}` in it", Source(logs.path, ""), hint=hint)]
        )
    return counted, {"events other than decisions about requests": others, "lines that could not be read": logs.unread}
