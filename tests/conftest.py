"""What every test may ask for."""

pytest_plugins = [
    "tests.support.browser",
    "tests.support.databases",
    "tests.support.node",
    "tests.support.needs",  # last, as it imports the others
]


def pytest_addoption(parser):
    """Let `make pictures` have the README's pictures taken anew."""
    parser.addoption("--pictures", action="store_true", help="replace the README's pictures")
