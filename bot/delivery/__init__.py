"""How what is owed reaches people: the only exit to Slack besides the answer to who acts."""
