"""What the pretended Slack knows: people, channels, messages, views, tokens and its clock."""
