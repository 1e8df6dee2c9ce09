"""The options of `conform-gateway`."""

from iam2rego.cli.shared.command import argument, group, options
from iam2rego.cli.shared.compared import Compared, Requests
from iam2rego.cli.shared.options import Reading, ReportPrinting, sources_argument


@options
class Options:
    """The options of `conform-gateway`."""

    gateway: str = argument("GATEWAY", "A TOML file that says how a question of HTTP becomes a request of IAM (docs/gateway.md).")
    sources: tuple[str, ...] = sources_argument()
    requests: Requests = group(Requests)
    compared: Compared = group(Compared)
    reading: Reading = group(Reading)
    printing: ReportPrinting = group(ReportPrinting)
