"""The settings: `settings.toml` with what the user's own file says instead."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_TYPES: dict[str, type] = {"str": str, "int": int}
_LIMITS = {"batch": (1, 10_000), "ahead": (1, 1_000_000), "threads": (1, 256), "port": (0, 65_535)}


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be set; what each key means is said in `settings.toml`."""

    base: str
    dataset: str
    batch: int
    ahead: int
    threads: int
    host: str
    port: int


def load(path: Path | None = None) -> Settings:
    """The settings, those of the file at `path` before the shipped ones.

    Raises UsageError for a file that cannot be read, an unknown key and a value that does not fit.
    """
    shipped = tomllib.loads(files(__package__).joinpath("settings.toml").read_text("utf8"))
    own = {} if path is None else _read(path)
    _check(own, str(path))
    return Settings(**(shipped | own))


def described(settings: Settings) -> str:
    """The settings as the lines of a settings file."""
    return "".join(f"{key} = {value!r}\n".replace("'", '"') for key, value in asdict(settings).items())


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf8"))
    except OSError as error:
        raise UsageError(
            f"{error.strerror}".lower(), input=str(path), remedy="Check the path of the settings"
        ) from error
    except ValueError as error:
        raise UsageError(f"no TOML: {error}", input=str(path), remedy="Mend the line, or leave the file out") from error


def _check(own: dict[str, Any], name: str) -> None:
    known: dict[str, type] = {field.name: _TYPES[str(field.type)] for field in fields(Settings)}
    for key, value in own.items():
        if key not in known:
            raise UsageError(f"there is no setting {key!r}", input=name, remedy=f"Settings: {', '.join(known)}")
        if type(value) is not known[key]:
            raise _unfit(name, key, "a text" if known[key] is str else "a whole number")
        if isinstance(value, int) and key in _LIMITS:
            _check_limits(name, key, value)


def _check_limits(name: str, key: str, value: int) -> None:
    least, most = _LIMITS[key]
    if not least <= value <= most:
        raise _unfit(name, key, f"from {least:,} to {most:,}")


def _unfit(name: str, key: str, wanted: str) -> UsageError:
    return UsageError(f"{key} must be {wanted}", input=name, place=key, remedy="Change it, or leave it out")
