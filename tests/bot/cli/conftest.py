"""The command line, as a person types it, in an empty folder."""

import pytest
from click.testing import CliRunner

from bot import cli
from bot.settings import Settings, names


@pytest.fixture
def types(monkeypatch, tmp_path):
    """Type a command in an empty folder, with an environment of its own."""
    monkeypatch.chdir(tmp_path)
    for name in names(Settings):
        monkeypatch.delenv(name, raising=False)

    def typed(*words, **environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return CliRunner().invoke(cli.caseflag, words, prog_name="caseflag")

    return typed
