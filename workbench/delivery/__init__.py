"""What Slack sends to apps: signed over HTTP or through a socket, events with retries."""
