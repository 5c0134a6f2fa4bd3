"""Settings: the shipped ones, a user's own, and what is wrong with a file told."""

import contextlib
import tomllib
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import UsageError
from kg.settings import described, load


def test_the_shipped_settings_pass_the_checks_of_a_users_file(tmp_path):
    shipped = files("kg").joinpath("settings.toml").read_text("utf8")
    own = tmp_path / "own.toml"
    own.write_text(shipped)
    assert load(own) == load()
    assert asdict(load()) == tomllib.loads(shipped)


def test_a_users_file_replaces_what_it_names_and_nothing_else(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('base = "https://example.org/"\nport = 8080\n')
    assert asdict(load(own)) == asdict(load()) | {"base": "https://example.org/", "port": 8080}


def test_settings_are_described_as_a_file_that_gives_them(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(described(load()))
    assert load(own) == load()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("prot = 8080", r"there is no setting 'prot'\. Settings: base, dataset, batch, ahead, threads, host, port"),
        ('port = "8080"', "port: port must be a whole number"),
        ("port = true", "port: port must be a whole number"),
        ("base = 3", "base: base must be a text"),
        ("port = 65536", "port must be from 0 to 65,535"),
        ("batch = 0", "batch must be from 1 to 10,000"),
        ("port = ", "no TOML"),
        ("\x00", "no TOML"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_name(tmp_path, content, message):
    own = tmp_path / "own.toml"
    own.write_text(content)
    with pytest.raises(UsageError, match=rf"own\.toml.*{message}"):
        load(own)


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path):
    with pytest.raises(UsageError, match=r"none\.toml: no such file"):
        load(tmp_path / "none.toml")
    with pytest.raises(UsageError, match="is a directory"):
        load(tmp_path)
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="no TOML"):
        load(tmp_path / "binary.toml")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_as_usage(tmp_path_factory, text):
    own = tmp_path_factory.getbasetemp() / "any.toml"
    own.write_text(text, "utf8", errors="replace", newline="")
    with contextlib.suppress(UsageError):
        assert load(own)


def test_the_version_of_the_code_is_that_of_the_package():
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf8"))["project"]
    assert project["version"] == kg.__version__
