"""What was said of an input in its acknowledgements."""

import msgspec


class FileAcknowledgment(msgspec.Struct, frozen=True):
    """What was written for one input, and what it says. `files` are paths.

    Claims are counted where their set is accepted. `left_out` counts the findings over the limit of what a
    999 lists of one set.
    """

    files: tuple[str, ...]
    sets_accepted: int
    sets_rejected: int
    claims_accepted: int
    claims_rejected: int
    left_out: int

    @property
    def rejects(self) -> bool:
        """Whether a set or a claim is rejected."""
        return bool(self.sets_rejected or self.claims_rejected)
