"""How Slack reaches us: requests or a socket, verified, read once, and handed to Bolt."""
