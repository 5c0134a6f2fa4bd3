import io
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parents[1]))

from reading_fakes import STAGES

from kg.cli import command

TEXTS = {
    "one": "---\ntitle: Gunners shell Duskar\npublisher: The Velm Courier\npublished: 2024-05-01\n---\n"
    "Gunners shelled Duskar at dawn. 3 people died.\n",
    "two": "Velm was calm.\n",
    "three": "Gunners shelled Duskar and Velm, officials said.\n",
}


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


@pytest.fixture
def kg(tmp_path, monkeypatch):
    """The command, in an empty folder, with the stand-in for the language stage."""
    monkeypatch.chdir(tmp_path)
    for name in ("KG_DATASET", "KG_SETTINGS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for module in ("kg.cli.options", "kg.cli.demo"):
        monkeypatch.setattr(f"{module}.shipped_stages", lambda *_: STAGES)

    def run(*arguments, input=None, code=0) -> Result:
        # A standard input that can be peeked into, as that of a process can.
        stdin = io.BufferedReader(io.BytesIO((input or "").encode()))
        result = CliRunner().invoke(command, [str(one) for one in arguments], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def built(kg, articles):
    """The command, with the articles in ./kg-data."""
    kg("build", articles)
    return kg
