"""Files of gateways."""

from typing import Final

GATEWAY: Final = """kind = "http"
explain = true

[principal]
arn = "arn:aws:iam::123456789012:user/{claim.sub}"

[claims]
verified_by = "caller"

[[routes]]
method = "GET"
path = "/{bucket}/{key}"
action = "s3:GetObject"
resource = "arn:aws:s3:::{bucket}/{key}"
context = { "x:very-long-key-of-a-context-that-does-not-fit-on-a-line" = "{query.very-long-name} and {header.X-Another-Long-Name}" }

[[routes]]
method = "GET"
path = "/{bucket}/index"
action = "s3:ListBucket"
resource = "arn:aws:s3:::{bucket}"
"""
STORE: Final = """kind = "minio"
[context]
"aws:PrincipalTag/team" = "{claim.team}"
"aws:PrincipalTag/long" = "{claim.very-long-name-of-a-claim} and {claim.another-long-name}"

[principal]
arn = "arn:aws:iam::123456789012:user/{account}"
owner = "arn:aws:iam::123456789012:root"
"""
SERVICES: Final = """kind = "authzen"
principal = { arn = "arn:aws:iam::123456789012:user/{subject.id}" }

[[routes]]
subject_type = "user"
name = "can_read"
resource_type = "document"
action = "docs:GetDocument"
resource = "arn:aws:docs:us-east-1:123456789012:document/{resource.id}"
"""
DOCUMENT: Final = {"method": "GET", "path": "/b/k", "headers": {}, "claims": {"sub": "u"}, "source_ip": "192.0.2.1"}
