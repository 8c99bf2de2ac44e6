"""What every test may ask for."""

from hypothesis import settings

# Forty examples of each law, new ones in each run; a busy machine proves no law wrong.
settings.register_profile("unhurried", max_examples=40, deadline=None)
settings.load_profile("unhurried")

pytest_plugins = [
    "tests.support.browser",
    "tests.support.databases",
    "tests.support.node",
    "tests.support.tracing",
    "tests.support.needs",  # last, as it imports the others
]


def pytest_addoption(parser):
    """Let `make pictures` have the README's pictures taken anew."""
    parser.addoption("--pictures", action="store_true", help="replace the README's pictures")


def pytest_collection_modifyitems(items):
    """Tell the stories first: they are long, and whoever is done early takes what is short."""
    items.sort(key=lambda item: item.get_closest_marker("journey") is None)
