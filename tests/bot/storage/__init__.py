"""The storage room on both databases."""
