"""The conversation: what a person does in Slack, and what Slack shows. No SQL, no clock."""
