"""The outbox: what is owed, and what became of it."""
