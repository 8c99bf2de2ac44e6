"""A Slack on your own machine: what Caseflag is developed and tested against."""
