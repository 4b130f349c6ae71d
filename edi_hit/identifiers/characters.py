"""How numbers are written: the separators people put into them."""


def without(value: str, separators: str) -> str:
    """Give `value` in capitals, without surrounding space and without any of `separators`."""
    return value.strip().translate({ord(separator): None for separator in separators}).upper()
