"""How the native evaluator reads paths, query parameters, headers and forwarded addresses."""

import pytest

from iam2rego.jsontext import JsonValue
from iam2rego.native.gateway.headers import forwarded, header
from iam2rego.native.gateway.target import parameter, segments
from iam2rego.native.gateway.templates import UNCLEAR


@pytest.mark.parametrize(
    ("target", "want"),
    [
        pytest.param("/", [], id="root"),
        pytest.param("/?/..", [], id="root-with-query"),
        pytest.param("/a/b?c", ["a", "b"], id="plain"),
        pytest.param("/a%20b/%C3%A9/%f0%9f%98%80", ["a b", "\u00e9", "\U0001f600"], id="decoded"),
        pytest.param("/!$&'()*+,:=@~-._", ["!$&'()*+,:=@~-._"], id="marks"),
        pytest.param("/...", ["..."], id="three-dots"),
        pytest.param("/%7E/%C2%A0", ["~", "\u00a0"], id="beside-controls"),
        *(
            pytest.param(target, None, id=f"refused/{target}")
            for target in (
                *(
                    "",
                    "a",
                    "*",
                    "//",
                    "/a/",
                    "/a//b",
                    "/.",
                    "/a/..",
                    "/%2e",
                    "/%2E.",
                    "/a%2Fb",
                    "/a\\b",
                    "/a%5cb",
                    "/a;b",
                    "/a%3bb",
                    "/a#b",
                ),
                *(
                    "/%25",
                    "/a%",
                    "/a%2",
                    "/a%zz",
                    "/a b",
                    "/\u00e9",
                    "/%00",
                    "/%1f",
                    "/%7f",
                    "/%C2%80",
                    "/%C2%9F",
                    "/%C0%AF",
                    "/%ED%A0%80",
                    "/%F4%90%80%80",
                ),
                *("/%E2%82", "/%+1", "/% 1"),
            )
        ),
    ],
)
def test_segments(target: str, want: list[str] | None) -> None:
    assert segments(target) == want


@pytest.mark.parametrize(
    ("target", "want"),
    [
        pytest.param("/", None, id="no-query"),
        pytest.param("/?", None, id="empty-query"),
        pytest.param("/?b=1", None, id="another"),
        pytest.param("/?a", "", id="no-value"),
        pytest.param("/?b&a=x=y?/&", "x=y?/", id="one"),
        pytest.param("/?%61=%26%2b%25", "&+%", id="decoded-once"),
        *(
            pytest.param(f"/?{query}", UNCLEAR, id=f"unclear/{query}")
            for query in ("a=1&a=1", "a=b+c", "a=1;b", "a=%zz", "%=1&a=1", "a=\u00e9", "a=#", "a=%00", "a=%C0%AF")
        ),
    ],
)
def test_parameters(target: str, want: JsonValue) -> None:
    assert parameter(target, "a") == want


@pytest.mark.parametrize(
    ("sent", "hops", "want"),
    [
        pytest.param({"X-Forwarded-For": "x, a ,b"}, 2, "a", id="from-the-end"),
        pytest.param({"x-forwarded-for": ["a", "b"]}, 1, "b", id="listed"),
        pytest.param({"x-forwarded-for": "a"}, 1, "a", id="as-many"),
        pytest.param({"x-forwarded": "x", "x-forwarded-for": "a", "x-forwarded-host": "x"}, 1, "a", id="beside-others"),
        pytest.param({"x-forwarded-for": "a"}, 2, UNCLEAR, id="too-few"),
        pytest.param({}, 1, UNCLEAR, id="none"),
        pytest.param({"x-forwarded-for": []}, 1, UNCLEAR, id="none-listed"),
        pytest.param({"x-forwarded-for": ["a", None]}, 1, UNCLEAR, id="no-text"),
        pytest.param({"x-forwarded-for": "a", "X-Forwarded-For": "b"}, 1, UNCLEAR, id="two"),
    ],
)
def test_forwarded_addresses(sent: dict[str, JsonValue], hops: int, want: JsonValue) -> None:
    assert forwarded(sent, hops) == want


@pytest.mark.parametrize(
    ("sent", "want"),
    [
        pytest.param({"X-H": "a"}, "a", id="in-any-case"),
        pytest.param({"x-h": ["a"]}, "a", id="listed"),
        pytest.param({"x-g": "x", "x-h": "a", "x-h-2": "x"}, "a", id="beside-others"),
        pytest.param({"x-g": "x", "x-h-2": "x"}, None, id="others-alone"),
        pytest.param({"x-h": []}, None, id="none-listed"),
        pytest.param({"x-h": ["a", "a"]}, UNCLEAR, id="two-listed"),
        pytest.param({"x-h": "a", "X-H": "a"}, UNCLEAR, id="two"),
        pytest.param({"x-h": "a,a"}, UNCLEAR, id="two-in-one"),
        pytest.param({"x-h": None}, UNCLEAR, id="no-text"),
    ],
)
def test_headers(sent: dict[str, JsonValue], want: JsonValue) -> None:
    assert header(sent, "x-h") == want
