"""The order of rows and their tokens."""

from iam2rego.rego.classes.order import ordered


def test_long_rows_come_first_and_what_they_share_is_together() -> None:
    rows = {"short": ["|b|d|", "", "|p|q|", "form"], "long": ["|a|b|c|d|", "|e|", "|q|p|", "form"]}
    found = ordered(rows)
    assert list(found) == ["long", "short"]
    assert found == {"long": ["|a|c|b|d|", "|e|", "|q|p|", "form"], "short": ["|b|d|", "", "|p|q|", "form"]}


def test_no_rows() -> None:
    assert ordered({}) == {}
