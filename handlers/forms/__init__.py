"""What people fill in: view state, read into policy values."""
