"""Services that assume roles for many customers, and say for which with `aws:SourceAccount` or `aws:SourceArn`.

From the sections *Cross-service confused deputy prevention* of the services' guides, which show a trust policy with one of these keys.
AWS publishes no list of them. The policies were read again in November 2026 for Amplify, AppStream, Auto Scaling, CodeDeploy, Comprehend,
Config, Control Tower, DataSync, EventBridge Scheduler, FIS, IoT, Kinesis Data Analytics, Lake Formation, MSK Connect, Personalize,
Pinpoint, RDS, Storage Gateway, Transcribe, Transfer and flow logs. The guides of AWS Backup, CloudTrail, IoT Events and Polly show none.
"""

from typing import Final

_NAMES: Final = """
amplify apigateway appflow application-autoscaling apprunner appstream appsync athena autoscaling batch bedrock bedrock-agentcore
cloudformation codebuild codedeploy codepipeline comprehend config connect controltower databrew datasync delivery.logs dms ecs ecs-tasks
elasticmapreduce events firehose fis forecast glue iot kafkaconnect kendra kinesisanalytics lakeformation lex logs lookoutmetrics
mediaconvert osis-pipelines personalize pinpoint pipes quicksight rds redshift rekognition rolesanywhere sagemaker scheduler securitylake
ses sms-voice sns ssm states storagegateway transcribe transfer vpc-flow-logs
"""

DEPUTIES: Final = frozenset(f"{name}.amazonaws.com" for name in _NAMES.split())
"""The principals of these services."""
