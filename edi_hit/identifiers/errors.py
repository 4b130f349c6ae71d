"""The one exception of the identifier modules."""


class InvalidIdentifier(ValueError):  # noqa: N818 - the field says "invalid", as python-stdnum does
    """A number has not the form of its kind, or its check digit is wrong.

    The message says what is wrong and never contains the number.
    """
