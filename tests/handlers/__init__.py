"""The conversation: what people do in Slack, and what Slack shows."""
