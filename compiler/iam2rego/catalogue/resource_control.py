"""The services whose resources resource control policies govern (E12)."""

from typing import Final

_PREFIXES: Final = """
aoss appconfig appstream autoscaling autoscaling-plans budgets clouddirectory cloudfront cloudsearch cloudtrail-data
codeartifact codebuild codecommit codepipeline cognito-identity cognito-idp comprehend comprehendmedical compute-optimizer
cost-optimization-hub dax dsql dynamodb ecr ecr-public events firehose fis fms gamelift health inspector-scan kendra
kinesisvideo kms logs memorydb networkmonitor notifications opensearch pca-connector-ad personalize polly pricing
resource-groups rolesanywhere s3 secretsmanager servicediscovery signin sqs sts support swf textract timestream-influxdb
transcribe transfer translate wafv2 workspaces xray
"""

GOVERNED: Final = frozenset(_PREFIXES.split())
"""The prefixes in the AWS Organizations User Guide, page "Resource control policies (RCPs)", "List of AWS services that support RCPs"."""

AS_OF: Final = "2026-09-26"
"""The day of that list."""
