"""Access as Markdown, for a comment on a pull request."""

from collections.abc import Iterator, Mapping

from iam2rego.cli.shared.access import Access, block, element, knows_more, place_of, some, who
from iam2rego.ir.policy import Actions, Resources
from iam2rego.jsontext import dumps
from iam2rego.proofs.regions import Region
from iam2rego.source import Source


def access_markdown(heading: str, given: Access, sources: Mapping[str, Source]) -> Iterator[str]:
    """Yield the lines of a section; nothing in it can break out of its place."""
    if given.verdict == "proved":
        yield from (f"**{heading}:** nothing, proved for every request", "")
        return
    yield from (f"**{heading}:**", "")
    for region, example in given.regions:
        on = "" if region.resources is None else f" on {_listed('Resource', region.resources)}"
        yield f"- {_actions(region)}{on}"
        if given.names is not None:
            yield f"  - for {some([_code(each) for each in who(given.names, region)])}"
        if region.conditions:
            yield f"  - if {_code(dumps(block(region.conditions)))}"
        if region.statement is not None:
            yield f"  - by {_code(place_of(region.statement, sources))}"
        yield f"  - for example {_code(example.words())}"
    yield from (f"- undecided: {_code(reason)}" for reason in given.undecided)
    yield ""


def _actions(region: Region) -> str:
    known = some([_code(each) for each in region.known])
    if not region.actions.entries:
        return known
    written = _listed("Action", region.actions)
    return f"{written} (here {known})" if knows_more(region) else written


def _listed(name: str, given: Actions | Resources) -> str:
    listed = ", ".join(_code(each.text) for each in given.entries)
    return f"{element(name, given)} {listed}" if given.negated else listed


def _code(text: str) -> str:
    """Return a code span on one line, with more backticks around it than there are in it."""
    inner = " ".join(text.splitlines())
    fence = "`" * (inner.count("`") + 1)
    return f"{fence} {inner} {fence}" if "`" in inner else f"`{inner}`"
