"""The configuration and the baseline of `check`."""

from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.lint.finding import reported

FINDINGS: Final = (
    reported(
        Code.BAD_CONFIGURATION,
        "The configuration of `check`, or a file of claims, has another form than it must, or the file of `--baseline` is not one.",
        "Unknown members, unknown codes and errors that would be ignored are refused, so a misspelled setting is never without effect.",
        "See [the members of `iam2rego.toml`](configuration.md#members). A baseline is written by `--write-baseline`.",
    ),
    reported(
        Code.UNUSED_ACCEPT,
        "No finding needs an `accept` of the configuration any more.",
        (
            "It is reported if a checked file matches its path, or if there is no such file. A file with errors may hide the finding, "
            "and so does `--select` without the code: then nothing is reported."
        ),
        "Remove the entry. If the policy has changed and the finding is there in another place, correct it.",
    ),
    reported(
        Code.EXPIRED_ACCEPT,
        "The day until which a finding is accepted has passed.",
        "The entry has no effect, so the finding is reported again.",
        "Remedy the finding and remove the entry, or decide again and set another day in `until`.",
    ),
)
