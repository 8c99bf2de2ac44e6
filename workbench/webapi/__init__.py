"""Slack's Web API: every method the workbench knows, one file for each family."""
