"""Others who do the same, each built fairly, as its own documentation says."""
