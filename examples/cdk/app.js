// A bucket with reports, and who may read and write them. cdk.out is what the CDK writes for it, without its report of feature flags:
//   npm install aws-cdk-lib constructs && CDK_OUTDIR=cdk.out node app.js
const { App, Stack } = require("aws-cdk-lib");
const { AccountPrincipal, Effect, PolicyStatement, Role } = require("aws-cdk-lib/aws-iam");
const { Bucket } = require("aws-cdk-lib/aws-s3");

const app = new App({ treeMetadata: false, analyticsReporting: false });
const stack = new Stack(app, "reports", { env: { account: "111122223333", region: "eu-west-1" } });
const assumedBy = new AccountPrincipal(stack.account);

const reports = new Bucket(stack, "Reports", { bucketName: "reports-111122223333", enforceSSL: true });

const reader = new Role(stack, "Reader", { roleName: "reader", assumedBy });
reports.grantRead(reader);
reader.addToPolicy(
  new PolicyStatement({ effect: Effect.DENY, actions: ["s3:GetObject"], resources: [reports.arnForObjects("draft-*")] }),
);

const writer = new Role(stack, "Writer", { assumedBy });
reports.grantPut(writer);

app.synth();
