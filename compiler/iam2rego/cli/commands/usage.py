"""``usage``: what logged decisions have used of policies."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from iam2rego.cli.shared import progress
from iam2rego.cli.shared.command import argument, command, group, options
from iam2rego.cli.shared.inputs import load_sources
from iam2rego.cli.shared.options import Printing, Reading, package_option, sources_argument
from iam2rego.cli.shared.output import failures_reported, refuse, report, show
from iam2rego.cli.shared.page import html_option, write_page
from iam2rego.diagnostics import Code, Diagnostic, Level, PolicyError, printable
from iam2rego.source import Source
from iam2rego.sources.files import STDIN
from iam2rego.usage import Logs, Usage, read_event
from iam2rego.usage.report import usage_head, usage_json, usage_text


@options
class UsagePrinting(Printing):
    """What `usage` prints and writes."""

    html: Path | None = html_option()


@options
class Options:
    """The options of `usage`."""

    logs: str = argument("LOGS", "OPA's decision logs: a file or a folder of files, gzipped or not; - for stdin.")
    sources: tuple[str, ...] = sources_argument()
    package: str = package_option()
    reading: Reading = group(Reading)
    printing: UsagePrinting = group(UsagePrinting)


@command
def run(options: Options) -> None:
    """Show from OPA's decision logs which statements were used and which never, and narrower policies that would have been enough."""
    if options.logs == STDIN and STDIN in options.sources:
        refuse("stdin holds the logs or a policy, not both", "LOGS")
    as_json = options.printing.as_json
    with failures_reported(as_json=as_json):
        loaded = load_sources(options.sources, options.reading, options.printing)
        with progress.shown("reading the logs", wanted=not options.printing.quiet):
            counted, passed_over = _counted(Logs(options.logs), Usage(loaded.policies), options.package, as_json=as_json)
        bound = options.reading.bound()
        as_data = usage_json(counted, loaded.sources, passed_over, bound) if as_json or options.printing.html else {}
        if options.printing.html:
            _write_page(options.printing.html, options, as_data, usage_head(counted, passed_over))
        if as_json:
            show(json.dumps(as_data, indent=2))
        else:
            show("\n".join(map(printable, usage_text(counted, loaded.sources, passed_over, bound))))


def _write_page(file: Path, options: Options, report: Mapping[str, Any], head: Iterable[str]) -> None:
    from iam2rego.usage.page import usage_page  # here, since only the page needs templates

    write_page(file, usage_page(report, [*head], [options.logs, *options.sources]))


def _counted(logs: Logs, counted: Usage, package: str, *, as_json: bool) -> tuple[Usage, dict[str, int]]:
    """Count what is logged; return with it how many events say nothing of policies, in words."""
    others = 0
    for event in logs:
        if (logged := read_event(event, package)) is None:
            others += 1
        else:
            counted.add(logged)
    if logs.first_unread:
        file, line = logs.first_unread
        more = f", and neither are {logs.unread - 1:,} more: they are skipped" if logs.unread > 1 else ": it is skipped"
        message = f"line {line} is not JSON{more}"
        report([Diagnostic(Code.UNREADABLE, message, Source(file, ""), given=Level.WARNING)], as_json=as_json)
    if not counted.decisions:
        hint = "name logs of OPA's plugin `decision_logs`, and the package that was asked with --package"
        raise PolicyError(
            [Diagnostic(Code.BAD_REQUEST, f"there is no decision of `data.{package}` in the logs", Source(logs.path, ""), hint=hint)]
        )
    return counted, {"events other than decisions about requests": others, "lines that could not be read": logs.unread}
