"""People who have had more than one member id: their claims are seen together."""

from collections import defaultdict

from sqlalchemy import Connection, select

from edi_hit.ledger.care_tables import BENEFICIARY_ID


class People:
    """Who is who. A person is called by the first, in order of text, of the member ids they have had."""

    def __init__(self, connection: Connection | None = None) -> None:
        """Read the ids that changed from a ledger; without one, every id is a person of its own."""
        ids: dict[str, list[str]] = defaultdict(list)
        if connection is not None:
            for person, beneficiary in connection.execute(
                select(BENEFICIARY_ID.c.person, BENEFICIARY_ID.c.beneficiary)
            ):
                ids[beneficiary].append(person)
        self._ids = {min(found): sorted(found) for found in ids.values()}
        self._called = {person: called for called, found in self._ids.items() for person in found}

    def called(self, person: str) -> str:
        """Give what the person with a member id is called."""
        return self._called.get(person, person)

    def ids(self, called: str) -> list[str]:
        """Give every member id of a person."""
        return self._ids.get(called, [called])
