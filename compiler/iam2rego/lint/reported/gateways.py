"""Gateways."""

from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.lint.finding import Example, reported

FINDINGS: Final = (
    reported(
        Code.BAD_GATEWAY,
        "The file of `--gateway` is not TOML, or a setting has a value that it cannot have.",
        "For example an unknown `kind`, an action with a wildcard, or a context key that is given twice.",
        "[gateway.md](gateway.md) lists every member and what it may be.",
        Example(
            """kind = "nginx"
principal = { arn = "arn:aws:iam::123456789012:user/{claim.sub}" }
claims = { verified_by = "caller" }

[[routes]]
method = "GET"
path = "/reports"
action = "s3:GetObject"
resource = "*"
""",
            """kind = "http"
principal = { arn = "arn:aws:iam::123456789012:user/{claim.sub}" }
claims = { verified_by = "caller" }

[[routes]]
method = "GET"
path = "/reports"
action = "s3:GetObject"
resource = "*"
""",
        ),
    ),
    reported(
        Code.BAD_TEMPLATE,
        "A path, a resource or another template cannot be read.",
        "A brace is missing, a value does not exist, no request can have a segment, or a resource is neither `*` nor an ARN.",
        "Name a segment of the route's path, `source_ip`, `time`, or `query.NAME`, `header.NAME` or `claim.NAME`.",
        Example(
            """kind = "http"
principal = { arn = "arn:aws:iam::123456789012:user/{claim.sub}" }
claims = { verified_by = "caller" }

[[routes]]
method = "GET"
path = "/{bucket}"
action = "s3:GetObject"
resource = "arn:aws:s3:::{name}"
""",
            """kind = "http"
principal = { arn = "arn:aws:iam::123456789012:user/{claim.sub}" }
claims = { verified_by = "caller" }

[[routes]]
method = "GET"
path = "/{bucket}"
action = "s3:GetObject"
resource = "arn:aws:s3:::{bucket}"
""",
        ),
    ),
    reported(
        Code.OVERLAPPING_ROUTES,
        "Some requests would take two routes, and neither is more special than the other.",
        "",
        "Add a route for exactly what both take, here `/clusters/web`: the most special route wins.",
        Example(
            """kind = "http"
principal = { arn = "arn:aws:iam::123456789012:user/{claim.sub}" }
claims = { verified_by = "caller" }

[[routes]]
method = "GET"
path = "/{kind}/web"
action = "s3:GetObject"
resource = "*"

[[routes]]
method = "GET"
path = "/clusters/{cluster}"
action = "s3:GetObject"
resource = "*"
""",
            """kind = "http"
principal = { arn = "arn:aws:iam::123456789012:user/{claim.sub}" }
claims = { verified_by = "caller" }

[[routes]]
method = "GET"
path = "/{kind}/web"
action = "s3:GetObject"
resource = "*"

[[routes]]
method = "GET"
path = "/clusters/{cluster}"
action = "s3:GetObject"
resource = "*"

[[routes]]
method = "GET"
path = "/clusters/web"
action = "s3:GetObject"
resource = "*"
""",
        ),
    ),
    reported(
        Code.UNREACHABLE_ROUTE,
        "Another route takes every request that this one would take.",
        "",
        "Remove one of the two.",
        Example(
            """kind = "http"
principal = { arn = "arn:aws:iam::123456789012:user/{claim.sub}" }
claims = { verified_by = "caller" }

[[routes]]
method = "GET"
path = "/clusters/{cluster}"
action = "s3:GetObject"
resource = "*"

[[routes]]
method = "GET"
path = "/clusters/{name}"
action = "s3:GetObject"
resource = "*"
""",
            """kind = "http"
principal = { arn = "arn:aws:iam::123456789012:user/{claim.sub}" }
claims = { verified_by = "caller" }

[[routes]]
method = "GET"
path = "/clusters/{cluster}"
action = "s3:GetObject"
resource = "*"

[[routes]]
method = "GET"
path = "/tasks/{name}"
action = "s3:GetObject"
resource = "*"
""",
        ),
    ),
    reported(
        Code.UNVERIFIED_VALUE,
        "The caller would be identified by something that a client can choose: a header, the query, the address.",
        (
            "It is the same where claims are used that nobody has verified, or where forwarded addresses are counted "
            "although no proxy is trusted."
        ),
        (
            "Take the principal from `{claim.NAME}` and say in `[claims]` who verifies them; or say `trusted_proxy = "
            "true` where nobody can reach the gateway but through a proxy that sets the header."
        ),
        Example(
            """kind = "http"
principal = { arn = "arn:aws:iam::123456789012:user/{header.x-user}" }
claims = { verified_by = "caller" }

[[routes]]
method = "GET"
path = "/reports"
action = "s3:GetObject"
resource = "*"
""",
            """kind = "http"
principal = { arn = "arn:aws:iam::123456789012:user/{claim.sub}" }
claims = { verified_by = "caller" }

[[routes]]
method = "GET"
path = "/reports"
action = "s3:GetObject"
resource = "*"
""",
        ),
    ),
    reported(
        Code.UNUSABLE_KEYS,
        "The key set that `jwks` names holds no key, or one that cannot verify tokens of the pinned algorithm.",
        (
            "A key is private or symmetric, has another type, curve, `use` or `alg`, shares its `kid` with another, or "
            "its numbers are no key's. A secret in the bundle could be read by everybody who has the bundle, and one key "
            "that OPA cannot read makes it refuse every token."
        ),
        "Keep only the public keys that sign tokens by the algorithm of `[claims]`.",
    ),
)
