"""What Slack shows: pure functions from policy values to `slack_sdk.models`."""
