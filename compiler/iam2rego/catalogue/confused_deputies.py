"""Services that assume roles for many customers, and say for which with `aws:SourceAccount` or `aws:SourceArn`.

From the sections *Cross-service confused deputy prevention* of the services' guides, which show a trust policy with one of these keys.
AWS publishes no list of them. Read again in November 2026 are the pages of Amazon EC2 Auto Scaling, AWS IoT and Amazon Personalize.
"""

from typing import Final

_NAMES: Final = """
amplify apigateway appflow application-autoscaling apprunner appsync athena autoscaling backup batch bedrock bedrock-agentcore
cloudformation cloudtrail codebuild codedeploy codepipeline comprehend config connect databrew datasync delivery.logs dms ecs ecs-tasks
elasticmapreduce events firehose fis forecast glue iot iotevents kendra kinesisanalytics lakeformation lex logs lookoutmetrics
mediaconvert osis-pipelines personalize pipes polly quicksight redshift rekognition rolesanywhere sagemaker scheduler securitylake ses
sms-voice sns ssm states storagegateway transcribe transfer vpc-flow-logs
"""

DEPUTIES: Final = frozenset(f"{name}.amazonaws.com" for name in _NAMES.split())
"""The principals of these services."""
