"""What tests share: builders, fakes, databases and people."""
