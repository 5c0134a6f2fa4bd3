"""What can go wrong, told so that a person can mend it: which input, where in it, why, and what to do.

Every error of the project is a `KgError`. `EXIT_CODES` and `HTTP_STATUSES` are the only places that turn a
class into an exit code of `kg` or a status of the server; a class that is not listed takes its parent's.
"""

from __future__ import annotations


class KgError(Exception):
    """A failure with the input it concerns, the place in it, the reason and the remedy."""

    def __init__(self, reason: str, *, input: str = "", place: str = "", remedy: str = "") -> None:
        self.reason, self.input, self.place, self.remedy = reason, input, place, remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.input, self.place) if part)
        told = f"{where}: {self.reason}" if where else self.reason
        return f"{told}. {self.remedy}" if self.remedy else told

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with the keyword arguments, so that an error survives the way out of a worker process."""
        state = {"reason": self.reason, "input": self.input, "place": self.place, "remedy": self.remedy}
        return (_rebuilt, (type(self), state))


def _rebuilt(kind: type[KgError], state: dict[str, str]) -> KgError:
    return kind(state["reason"], input=state["input"], place=state["place"], remedy=state["remedy"])


class UsageError(KgError):
    """The command or request itself is wrong."""


class InputError(KgError):
    """One input cannot be read; the others go on."""


class UnreadableInput(InputError):
    """The file or address cannot be opened."""


class EmptyInput(InputError):
    """There is no text in the input."""


class BinaryInput(InputError):
    """The input is not text."""


class EncodingError(InputError):
    """The bytes fit no encoding."""


class InputTooLarge(InputError):
    """The input is larger than the set limit."""


class NoArticle(InputError):
    """A page without an article in it."""


class BrokenRow(InputError):
    """A line of a JSON Lines or CSV file that cannot be parsed."""


class BrokenFrontMatter(InputError):
    """The lines between `---` at the head of a text are no YAML."""


class RepeatedId(InputError):
    """Two documents of one run have the same id."""


class MissingField(InputError):
    """A row or front matter lacks a field that is needed."""


class BadDate(InputError):
    """A date that cannot be read or lies in the future."""


class ModelError(KgError):
    """The language model is not installed or cannot be used."""


class EvidenceError(KgError):
    """Something in an extraction or graph is not at the stated offsets of the text."""


class ValidationFailed(KgError):
    """A graph breaks the shapes of the ontology."""


class DatasetError(KgError):
    """The dataset folder cannot be used."""


class DatasetMissing(DatasetError):
    """There is no dataset at that place."""


class DatasetVersion(DatasetError):
    """The dataset was written by another, incompatible version."""


class DatasetInUse(DatasetError):
    """Another process is writing to the dataset."""


class DiskFull(DatasetError):
    """Writing failed for want of room."""


class NotInDataset(KgError):
    """A document, entity or query of that name is not there."""


class QueryError(KgError):
    """A query that cannot be parsed or evaluated."""


class ParameterError(KgError):
    """A parameter of a saved query is missing, unknown or not of its type."""


class QueryTimeout(KgError):
    """A query that reached its deadline."""


class Refused(KgError):
    """A request that is understood and not allowed: an update, a federated query."""


class NotAcceptable(UsageError):
    """The answer cannot be given in any of the formats asked for."""


class UnsupportedMediaType(UsageError):
    """The body of a request is of a type that is not read."""


EXIT_CODES: dict[type[KgError], int] = {KgError: 1, UsageError: 2, ParameterError: 2, QueryError: 2}
HTTP_STATUSES: dict[type[KgError], int] = {
    KgError: 500,
    UsageError: 400,
    QueryError: 400,
    InputError: 400,
    NotInDataset: 404,
    ParameterError: 422,
    DatasetError: 503,
    QueryTimeout: 504,
    Refused: 403,
    NotAcceptable: 406,
    UnsupportedMediaType: 415,
}


def looked_up(error: KgError, table: dict[type[KgError], int]) -> int:
    """The table's number for the error's class or its nearest listed ancestor."""
    return next(table[kind] for kind in type(error).__mro__ if kind in table)
