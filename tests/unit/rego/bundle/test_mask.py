"""A bundle with a mask claims what the mask is, and no more."""

import json
import re
from typing import Final

import pytest

from iam2rego.ir.policy import PolicySet
from iam2rego.rego.bundle.assemble import DATA, MANIFEST, compile_policies
from iam2rego.rego.bundle.mask import masking

BUNDLE: Final = compile_policies(PolicySet(policies=()), revision="r", package="company.iam")


def test_a_mask_adds_a_module_a_root_and_names() -> None:
    masked = masking(BUNDLE, ["Aws:UserName"])
    manifest, before = (json.loads(each.files[MANIFEST]) for each in (masked, BUNDLE))
    assert manifest["roots"] == sorted([*before["roots"], "system/log"])
    assert manifest["revision"] == "r"
    assert set(masked.files) - set(BUNDLE.files) == {"system/log/mask.rego"}
    data = json.loads(masked.files[DATA])
    assert data["company"] == json.loads(BUNDLE.files[DATA])["company"]
    always = ["authorization", "cookie", "proxy-authorization", "set-cookie", "x-amz-security-token"]
    assert data["system"]["log"]["masked"]["names"] == sorted([*always, "aws:username"])


@pytest.mark.parametrize("name", ["a|b", "(", "a.b", "a b", "$", "\\", "[", "aws:RequestTag/é", "#"])
def test_a_name_stands_for_itself(name: str) -> None:
    pattern = json.loads(masking(BUNDLE, [name]).files[DATA])["system"]["log"]["masked"]["query"]
    assert re.sub(pattern, r"\g<1>=(masked)", f"/p?x=1&{name}=s&y=2") == f"/p?x=1&{name}=(masked)&y=2"
    assert re.sub(pattern, "", "/p?x=1&ab=2") == "/p?x=1&ab=2"


@pytest.mark.parametrize(
    ("name", "searched"), [("x-Token", True), ("aws:RequestTag/a_b.c", True), ("a b", False), ('a"', False), ("\u00e9", False)]
)
def test_texts_are_searched_for_names_that_stand_for_themselves_in_them(name: str, searched: bool) -> None:
    masked = json.loads(masking(BUNDLE, [name]).files[DATA])["system"]["log"]["masked"]
    assert masked["in_texts"] == (masked["names"] if searched else [""])
