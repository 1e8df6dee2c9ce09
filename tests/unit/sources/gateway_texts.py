"""Whole files of gateways."""

from typing import Final

STORE: Final = """
kind = "minio"
resource_account = "123456789012"
context = { "aws:PrincipalTag/team" = "{claim.team}" }

[principal]
arn = "arn:aws:iam::123456789012:user/{account}"
owner = "arn:aws:iam::123456789012:root"
"""
SERVICES: Final = """
kind = "authzen"
principal = { arn = "arn:aws:iam::123456789012:user/{subject.id}" }

[[routes]]
subject_type = "user"
name = "read"
resource_type = "doc"
action = "docs:Get"
resource = "arn:aws:docs:::{resource.id}"
context = { "docs:Force" = "{action.force}", "aws:SourceIp" = "{context.ip}" }
"""
