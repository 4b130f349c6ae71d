"""A service that the tests of this folder share."""

from collections.abc import Iterator

import pytest
from http_service import Service, served


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service on loopback, without tokens."""
    limits = "[limits]\nrequests_per_minute = 100_000\nat_once_kb = 64\nbody_mb = 4\n"
    with served(tmp_path_factory.mktemp("http"), settings=limits) as found:
        yield found
