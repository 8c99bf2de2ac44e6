"""Apps that are not ours: in other languages, and in the other Bolt for Python."""
