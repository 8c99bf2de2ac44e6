"""Caseflag held to its word."""
