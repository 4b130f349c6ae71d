"""Every answer of every story stands in an 835 that balances, and in which nobody finds anything."""

import io
from datetime import date
from pathlib import Path

from equations_835 import broken_equations
from pyx12_oracle import accepts
from remittance_files import paying
from story_files import stories
from story_runner import StoryRun

from edi_hit.adjudication import claim_payment, remittance_head, remittance_parties
from edi_hit.benefits.decision import ANSWERED
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.validate import FileCheck
from edi_hit.profiles import RunSettings
from edi_hit.remits import ClaimPayment, NetPayment, write_remittances
from edi_hit.x12 import ComposeWriter, EnvelopeHeader

ON = date(2026, 1, 15)
SETTINGS = RunSettings()


def payments() -> list[ClaimPayment]:
    """The claim payments of all stories, in order."""
    found = []
    for story in stories():
        claims = {step.claim.id: step.claim for step in story.steps if step.claim is not None}
        for _, decision in StoryRun(story).decide():
            if decision.state in ANSWERED:
                claim = claims[decision.claim].build()
                number = f"SIM{len(found) + 1:09d}"
                found.append(claim_payment(claim, decision, number, ON, on=ON, settings=SETTINGS))
    return found


def test_the_answers_of_all_stories(tmp_path: Path) -> None:
    answered = payments()
    assert len(answered) > 100
    claim = next(step.claim for story in stories() for step in story.steps if step.claim is not None)
    parties = remittance_parties(claim.build(), SETTINGS)
    head = remittance_head(parties, NetPayment(answered[0].paid), "SIM1", ON, SETTINGS.remittance)
    stream = io.BytesIO()
    writer = ComposeWriter(stream, EnvelopeHeader("SIM", "ME", ON, "0000", 1, "HP", "005010X221A1"))
    writer.start()
    write_remittances(writer, [(paying(head, answered), answered)])
    writer.end()
    path = tmp_path / "stories.835"
    path.write_bytes(stream.getvalue())
    assert list(broken_equations(path.read_text())) == []
    assert list(FileCheck(find_inputs([str(path)])[0]).findings()) == []
    assert accepts(path)
