"""CloudFormation templates: where policies are in them, what their functions give, and who has the policies (docs/templates.md)."""
