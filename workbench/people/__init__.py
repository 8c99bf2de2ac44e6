"""What people do in Slack: they talk, command, press, fill in, and look at it all."""
