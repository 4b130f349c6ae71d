"""Claims written as an 837 are read back equal, whatever their fields hold."""

import io
from collections import Counter
from datetime import date

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from mapping_strategies import Strategy, built
from structure_diff import differences

from edi_hit.claims import AnyClaim, ClaimRecord, read_claims, write_claims
from edi_hit.claims.claim_declaration import INSTITUTIONAL, PROFESSIONAL, ClaimDeclaration
from edi_hit.guides import guide
from edi_hit.rules import Finding
from edi_hit.x12 import EnvelopeHeader, read_segments

HEADER = EnvelopeHeader(
    sender="HIP01",
    receiver="15202",
    created_on=date(2025, 1, 3),
    created_at="1200",
    control_number=1,
    functional_id="HC",
    version="005010X222A1",
)
ROOT = guide("837P").root
PROVIDER_NODE = ROOT.loop("2000A")
SUBSCRIBER_NODE = PROVIDER_NODE.loop("2000B")

SUBMISSIONS = built(PROFESSIONAL.submission, ROOT)
PROVIDERS = built(PROFESSIONAL.billing_provider, PROVIDER_NODE)
SUBSCRIBERS = built(PROFESSIONAL.subscriber, SUBSCRIBER_NODE)

READING_RULES = ("X12-STR-03", "X12-SNIP2", "X12-SEG-07", "X12-ENV-10", "X12-ENV-14", "X12-ENV-16")
"""What only a fault of writer or reader can bring: the values themselves break the guide freely."""


def claims_under(
    submission: Strategy, provider: Strategy, subscriber: Strategy, kind: ClaimDeclaration = PROFESSIONAL
) -> Strategy:
    node = guide(kind.guide).root.loop("2000A").loop("2000B")
    return built(
        kind.claim,
        node.loop("2300"),
        submission=submission,
        billing_provider=provider,
        subscriber=subscriber,
        patient=st.none() | built(kind.patient, node.loop("2000C")),
    )


def claims_of(kind: ClaimDeclaration) -> Strategy:
    root = guide(kind.guide).root
    provider = root.loop("2000A")
    return claims_under(
        built(kind.submission, root),
        built(kind.billing_provider, provider),
        built(kind.subscriber, provider.loop("2000B")),
        kind,
    )


ALONE = claims_of(PROFESSIONAL)


def written(claims: list[AnyClaim]) -> bytes:
    stream = io.BytesIO()
    assert write_claims(claims, stream, HEADER, strict=False) == len(claims)
    return stream.getvalue()


def read(data: bytes) -> list[AnyClaim | None]:
    found = list(read_claims(data))
    faults = [f for f in found if isinstance(f, Finding) and f.rule in READING_RULES]
    assert faults == []
    return [event.claim for event in found if isinstance(event, ClaimRecord)]


SLOW = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
"""Not shrunk: that takes minutes for structures of this size."""


@settings(SLOW, max_examples=60)
@given(ALONE)
def test_a_claim_comes_back(claim: AnyClaim) -> None:
    assert differences(read(written([claim])), [claim]) == []


@settings(SLOW, max_examples=40)
@given(claims_of(INSTITUTIONAL))
def test_an_institutional_claim_comes_back(claim: AnyClaim) -> None:
    assert differences(read(written([claim])), [claim]) == []


@settings(SLOW, max_examples=12)
@given(st.data())
def test_claims_that_share_their_context_come_back(data: st.DataObject) -> None:
    """Same and different providers, subscribers and patients, in any succession."""
    submissions, providers, subscribers = (
        st.sampled_from(data.draw(st.lists(kind, min_size=1, max_size=2)))
        for kind in (SUBMISSIONS, PROVIDERS, SUBSCRIBERS)
    )
    several = st.lists(claims_under(submissions, providers, subscribers), min_size=2, max_size=4)
    claims = data.draw(several)
    out = written(claims)
    assert differences(read(out), claims) == []
    again = written([claim for claim in read(out) if claim is not None])
    assert differences(again.splitlines(), out.splitlines()) == []


@settings(SLOW, max_examples=40)
@given(ALONE)
def test_every_value_of_a_claim_is_in_the_file(claim: AnyClaim) -> None:
    """What is kept without a field of its own is there too, once for each time it was kept."""
    out = Counter(tuple(segment.elements) for segment in read_segments(written([claim])))
    for part in (claim, claim.subscriber, claim.subscriber.person, claim.billing_provider, *claim.lines):
        for kept in part.unmapped:
            if not kept.label:
                assert out[kept.elements] >= 1
