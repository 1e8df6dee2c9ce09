"""A gateway's file that is refused, and where."""

from pathlib import Path

import pytest

from tests.unit.sources.gateway_files import HEAD, ROUTE, TOKENS, claims, read, refusals
from tests.unit.sources.gateway_texts import SERVICES, STORE


def test_unknown_members_are_told_of_at_once(tmp_path: Path) -> None:
    found = refusals(tmp_path, 'a = 1\nkind = "http"\nb = 2\n')
    assert found == [
        f"gateway.toml:{line}: IAM606 unknown member `{name}` in a gateway of kind http" for line, name in ((1, "a"), (3, "b"))
    ]


def test_what_is_no_toml_is_refused(tmp_path: Path) -> None:
    (found,) = refusals(tmp_path, 'kind = "http\n')
    assert found.startswith("gateway.toml:1: IAM701 this is not TOML: ")


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("", "1: IAM608 a gateway is missing the required member `kind`", id="members-missing"),
        pytest.param("kind = 1", "1: IAM607 `kind` must be a string, not a number", id="kind/no-text"),
        pytest.param('kind = "htp"', "1: IAM701 `kind` cannot be `htp`", id="kind/unknown"),
        pytest.param(
            'kind = "http"', "1: IAM608 a gateway of kind http is missing the required members `principal`, `routes`", id="kind/alone"
        ),
        pytest.param(HEAD + "routes = []", "3: IAM701 `routes` is empty", id="no-routes"),
        pytest.param("explain = 1\n" + HEAD + ROUTE, "1: IAM607 `explain` must be true or false, not a number", id="explain/no-boolean"),
        pytest.param(
            "forwarded_hops = 1\n" + HEAD + ROUTE,
            "1: IAM705 `forwarded_hops` needs `trusted_proxy = true`: anybody can send `x-forwarded-for`",
            id="forwarded-hops/nobody-trusted",
        ),
        pytest.param(
            "trusted_proxy = true\nforwarded_hops = 0\n" + HEAD + ROUTE,
            "2: IAM701 `forwarded_hops` must be a whole number of at least 1",
            id="forwarded-hops/none",
        ),
        pytest.param(
            HEAD.replace('"*"', '"{claim.sub}"') + ROUTE, "0: IAM705 claims are used that nobody has verified", id="claims/unverified"
        ),
        pytest.param(
            HEAD.replace('"*"', '"{header.user}"') + ROUTE,
            "2: IAM705 `arn` comes from a value that clients can choose",
            id="principal/header",
        ),
        pytest.param(
            HEAD.replace('"*"', '"{source_ip}"') + ROUTE,
            "2: IAM705 `arn` comes from a value that clients can choose",
            id="principal/address",
        ),
        pytest.param(
            claims('verified_by = "caller"').replace('"*"', '"user/{claim.sub}"'),
            "2: IAM702 `arn` must be an ARN that starts with `arn:`, or a single value",
            id="principal/no-arn",
        ),
        pytest.param(claims('verified_by = "envoy"'), "4: IAM701 `verified_by` cannot be `envoy`", id="claims/of-another-kind"),
        pytest.param(
            claims('verified_by = "caller"\nfilter = "f"'),
            "5: IAM606 unknown member `filter` in `claims` verified by caller",
            id="claims/member-of-another",
        ),
        pytest.param(TOKENS.replace("ES256", "HS256"), "6: IAM701 `algorithm` cannot be `HS256`", id="tokens/symmetric"),
        pytest.param(TOKENS.replace("ES256", "none"), "6: IAM701 `algorithm` cannot be `none`", id="tokens/unsigned"),
        pytest.param(TOKENS.replace('"a"\n', '""\n', 1), "7: IAM701 `audience` is empty", id="tokens/no-audience"),
        pytest.param(TOKENS.replace("Authorization", "a b"), "5: IAM701 `header` is not a valid header name", id="tokens/no-header"),
    ],
)
def test_settings_are_refused_with_their_place(text: str, want: str, tmp_path: Path) -> None:
    assert refusals(tmp_path, text) == [f"gateway.toml:{want}"]


@pytest.mark.parametrize(
    ("old", "new", "want"),
    [
        pytest.param('"GET"', '"get"', "IAM701 `method` must be a word in capitals, such as `GET`", id="method/lower-case"),
        pytest.param(
            '"a:B"', '"a:*"', "IAM701 `action` must be one action, such as `ecs:ListClusters`, without wildcards", id="action/wildcard"
        ),
        pytest.param('"/a"', '"a"', "IAM701 `path` must start with `/`", id="path/relative"),
        pytest.param('"/a"', '"/a/"', "IAM702 `path` cannot have the segment ``", id="path/empty-segment"),
        pytest.param('"/a"', '"/a/.."', "IAM702 `path` cannot have the segment `..`", id="path/parent"),
        pytest.param('"/a"', '"/a%20b"', "IAM702 `path` cannot have the segment `a%20b`", id="path/encoded"),
        pytest.param('"/a"', '"/a?b"', "IAM702 `path` cannot have the segment `a?b`", id="path/query"),
        pytest.param('"/a"', '"/x{a}"', "IAM702 `path` cannot have the segment `x{a}`", id="path/part-of-a-segment"),
        pytest.param('"/a"', '"/{a}/{a}"', "IAM702 `path` cannot call a segment `a` twice", id="path/name-twice"),
        pytest.param('"/a"', '"/{time}"', "IAM702 `path` cannot call a segment `time`", id="path/name-of-a-value"),
        pytest.param('"*"\n', '"{b}"\n', "IAM702 there is no value `{b}`", id="template/unknown-segment"),
        pytest.param('"*"\n', '"{query.}"\n', "IAM702 there is no value `{query.}`", id="template/no-name"),
        pytest.param('"*"\n', '"{body.a}"\n', "IAM702 there is no value `{body.a}`", id="template/unknown-source"),
        pytest.param('"*"\n', '"arn:{"\n', "IAM702 unbalanced brace", id="template/open-brace"),
        pytest.param('"*"\n', '"arn:}"\n', "IAM702 unbalanced brace", id="template/closed-brace"),
        pytest.param('"*"\n', '""\n', "IAM702 `resource` is empty", id="template/empty"),
        pytest.param('"*"\n', '"arn:aws:s3:::"\nx = 1\n', "IAM606 unknown member `x` in a route", id="unknown-member"),
        pytest.param(
            '"*"\n', '"arn:aws:s3"\n', "IAM702 `resource` must be `*` or an ARN of six fields that starts with `arn:`", id="resource/short"
        ),
        pytest.param(
            '"*"\n',
            '"{query.arn}"\n',
            "IAM702 `resource` must be `*` or an ARN of six fields that starts with `arn:`",
            id="resource/a-value",
        ),
        pytest.param(
            '"*"\n',
            '"*"\nresource_account = "1"\n',
            "IAM702 `resource_account` must be twelve digits, or a single value",
            id="account/short",
        ),
        pytest.param(
            '"*"\n', '"*"\ncontext = { "k:a" = "b", "K:A" = "b" }\n', "IAM701 duplicate context key `K:A`", id="context/key-twice"
        ),
        pytest.param('"*"\n', '"*"\ncontext = { "" = "b" }\n', "IAM701 a context key is empty", id="context/empty-key"),
        pytest.param('"*"\n', '"*"\ncontext = { "a:a" = 1 }\n', "IAM607 `a:a` must be a string, not a number", id="context/no-text"),
        pytest.param(
            '"*"\n',
            '"*"\n' + ROUTE,
            "IAM704 no request reaches this route, because the one at line 5 matches them all",
            id="routes/the-same",
        ),
    ],
)
def test_routes_are_refused_with_their_place(old: str, new: str, want: str, tmp_path: Path) -> None:
    (found,) = refusals(tmp_path, HEAD + ROUTE.replace(old, new, 1))
    assert found.partition(": ")[2] == want


def routes(*paths: str) -> str:
    return HEAD + "".join(ROUTE.replace("/a", path) for path in paths)


@pytest.mark.parametrize(
    ("paths", "want"),
    [
        pytest.param(["/{a}", "/{b}"], ["IAM704"], id="named-otherwise"),
        pytest.param(["/{a}/b", "/a/{b}"], ["IAM703"], id="neither-more-special"),
        pytest.param(["/{a}/b", "/{a}/{c}", "/a/{c}"], ["IAM703"], id="with-one-that-is-less-special-than-both"),
        pytest.param(["/{a}/b/c", "/a/{b}/c", "/a/b/{c}"], ["IAM703", "IAM703", "IAM703"], id="three"),
    ],
)
def test_routes_that_one_request_could_take_are_refused(paths: list[str], want: list[str], tmp_path: Path) -> None:
    assert [each.split()[1] for each in refusals(tmp_path, routes(*paths))] == want


@pytest.mark.parametrize(
    "paths",
    [
        pytest.param(["/{a}", "/b"], id="the-second-more-special"),
        pytest.param(["/{a}/b", "/a/{b}", "/a/b"], id="what-both-take-has-a-route"),
        pytest.param(["/b", "/{a}"], id="the-first-more-special"),
        pytest.param(["/{a}", "/{a}/{b}"], id="of-other-lengths"),
        pytest.param(["/a/{b}", "/c/{b}"], id="told-apart"),
    ],
)
def test_routes_that_can_be_told_apart(paths: list[str], tmp_path: Path) -> None:
    assert len(read(tmp_path, routes(*paths)).routes) == len(paths)


def test_all_routes_are_told_of_at_once(tmp_path: Path) -> None:
    wrong = ROUTE.replace("GET", "get")
    assert [each.partition(": ")[0] for each in refusals(tmp_path, HEAD + wrong + wrong)] == ["gateway.toml:4", "gateway.toml:9"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param(STORE.replace("{account}", "{header.x}"), "7: IAM702 there is no value `{header.x}`", id="store/value"),
        pytest.param(STORE.replace("{claim.team}", "{time}"), "4: IAM702 there is no value `{time}`", id="store/time"),
        pytest.param(
            STORE.replace(":root", ":user/*"),
            "8: IAM701 `owner` must be the ARN of one principal, such as `arn:aws:iam::123456789012:root`",
            id="store/owner",
        ),
        pytest.param(STORE.replace('"123456789012"', '"1"'), "3: IAM701 `resource_account` must be twelve digits", id="store/account"),
        pytest.param(
            STORE.replace('kind = "minio"', 'kind = "rustfs"\nroutes = []'),
            "3: IAM606 unknown member `routes` in a gateway of kind rustfs",
            id="store/routes",
        ),
        pytest.param(
            SERVICES.replace("user/{subject.id}", "user/{context.user}"),
            "3: IAM705 `arn` comes from something other than the subject",
            id="services/principal",
        ),
        pytest.param(
            SERVICES + SERVICES.partition("}\n")[2],
            "15: IAM704 no question reaches this route, because the one at line 7 matches them all",
            id="services/route-twice",
        ),
        pytest.param(
            SERVICES.replace('name = "read"\n', ""), "5: IAM608 a route is missing the required member `name`", id="services/no-action"
        ),
    ],
)
def test_files_of_others_are_refused_with_their_place(text: str, want: str, tmp_path: Path) -> None:
    assert refusals(tmp_path, text) == [f"gateway.toml:{want}"]
