"""Yes or no instead of an exception: the `is_valid` of each identifier module."""

from collections.abc import Callable

from edi_hit.identifiers.errors import InvalidIdentifier


def validity(validate: Callable[[str], str]) -> Callable[[str], bool]:
    """Give the function that tells whether a module's `validate` takes a number."""

    def is_valid(number: str) -> bool:
        try:
            validate(number)
        except InvalidIdentifier:
            return False
        return True

    return is_valid
