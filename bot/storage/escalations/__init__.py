"""Escalations: their rows, keeping them, and every way in which they are looked for."""
