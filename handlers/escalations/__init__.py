"""Escalations: submit one, answer it, work on it, end it, and see how they all stand."""
