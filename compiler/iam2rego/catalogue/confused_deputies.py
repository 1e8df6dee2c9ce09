"""Services that assume roles for many customers, and say for which with `aws:SourceAccount` or `aws:SourceArn`.

AWS publishes no list of them, but the guides of the services show a trust policy with one of these keys, most in a section *Cross-service
confused deputy prevention*. Left out are services whose guides show these keys in other policies only (AWS Backup, Amazon AppFlow,
CloudTrail, Amazon Connect, the delivery of logs, Polly), say that a role of another account cannot be used (IoT Events), or name a
principal that only AWS has (Lex V2), and AWS Clean Rooms, whose guide trusts it by `sts:ExternalId` too.
"""

from typing import Final

_WITH_PAGE: Final = """
Amazon Athena User Guide: athena
Amazon Bedrock User Guide: bedrock
Amazon Bedrock AgentCore Developer Guide: bedrock-agentcore
Amazon CloudWatch Logs User Guide: logs
Amazon Comprehend Developer Guide: comprehend
Amazon Connect Administrator Guide: voiceid
Amazon EC2 Auto Scaling User Guide: autoscaling
Amazon EC2 User Guide: spotfleet
Amazon ECS Developer Guide: ecs-tasks
Amazon EMR Management Guide: application-autoscaling elasticmapreduce
Amazon EventBridge User Guide: pipes
Amazon Forecast Developer Guide: forecast
Amazon Kendra Developer Guide: kendra
Amazon Kinesis Data Analytics Developer Guide: kinesisanalytics
Amazon Lookout for Metrics Developer Guide: lookoutmetrics
Amazon Managed Streaming for Apache Kafka Developer Guide: kafkaconnect
Amazon MWAA User Guide: airflow airflow-env
Amazon OpenSearch Service Developer Guide: es osis-pipelines
Amazon Personalize Developer Guide: personalize
Amazon Pinpoint Developer Guide: pinpoint
Amazon RDS User Guide: rds
Amazon Redshift Management Guide: redshift redshift-serverless
Amazon Rekognition Developer Guide: rekognition
Amazon SageMaker Developer Guide: sagemaker
Amazon Textract Developer Guide: textract
Amazon Transcribe Developer Guide: transcribe
Amazon VPC User Guide: vpc-flow-logs
Amazon WorkSpaces Applications Administration Guide: appstream
AWS Amplify Hosting User Guide: amplify
AWS AppSync Developer Guide: appsync
AWS Batch User Guide: batch
AWS CloudFormation User Guide: cloudformation hooks.cloudformation resources.cloudformation
AWS CodeDeploy User Guide: codedeploy
AWS Config Developer Guide: config
AWS Control Tower User Guide: controltower
AWS DataSync User Guide: datasync
AWS Database Migration Service User Guide: dms
AWS Elemental MediaConvert User Guide: mediaconvert
AWS Elemental MediaTailor User Guide: mediatailor
AWS End User Messaging SMS User Guide: sms-voice
AWS Fault Injection Service User Guide: fis
AWS HealthImaging Developer Guide: medical-imaging
AWS HealthOmics User Guide: omics
AWS IoT Core Developer Guide: iot
AWS IoT Greengrass Developer Guide: greengrass
AWS IoT SiteWise User Guide: iotsitewise
AWS Lake Formation Developer Guide: lakeformation
AWS OpsWorks User Guide: opsworks-cm
AWS Proton User Guide: proton
AWS Step Functions Developer Guide: states
AWS Storage Gateway User Guide: storagegateway
AWS Systems Manager User Guide: ssm
AWS Systems Manager Incident Manager User Guide: ssm-incidents
AWS Transfer Family User Guide: transfer
EventBridge Scheduler User Guide: scheduler
IAM Roles Anywhere User Guide: rolesanywhere
"""
"""The guides whose trust policies were read in November 2026, and the services that these let assume a role."""

_WITHOUT_PAGE: Final = """
apigateway apprunner codebuild codepipeline databrew ecs events firehose glue quicksight securitylake ses sns
"""
"""Services that assume roles, too, and whose guides were not found with such a policy in November 2026."""

_NAMES: Final = (*_WITHOUT_PAGE.split(), *(name for line in _WITH_PAGE.strip().splitlines() for name in line.partition(":")[2].split()))

DEPUTIES: Final = frozenset(f"{name}.amazonaws.com" for name in _NAMES)
"""The principals of these services."""
