"""What people fill in, read."""
