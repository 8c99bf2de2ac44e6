"""Speed, measured: each comparison in a file of its own, found by its name; none of it ships."""
