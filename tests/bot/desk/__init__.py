"""The desk: what each use case does, refuses and does only once."""
