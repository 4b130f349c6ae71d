"""`edi-hit report`: claims and payments as cards of a page, findings in their place, exit codes."""

import io
from pathlib import Path

from edi_hit_command import edi_hit
from lxml import html
from remittance_files import written

from edi_hit.jobs import file_report
from edi_hit.jobs.file_report import FileReport
from edi_hit.jobs.inputs import find_inputs
from edi_hit.report.cards import Card
from edi_hit.report.file_page import file_page
from edi_hit.sample import sample_remittances, write_sample_837p

EXAMPLES = Path(__file__).parents[2] / "examples"
FAULTY = EXAMPLES / "faulty" / "three-claims-two-faulty.837"


def cards_of(page: str) -> dict[str, html.HtmlElement]:
    return {card.findtext("h3"): card for card in html.fromstring(page).findall(".//section")}


def facts_of(card: html.HtmlElement) -> dict[str, str]:
    return {item.findtext("dt"): item.findtext("dd") for item in card.findall(".//dl/div")}


def test_a_claim_is_a_card_with_its_lines_and_what_is_wrong_with_it() -> None:
    done = edi_hit("report", FAULTY)
    assert done.returncode == 1
    cards = cards_of(done.stdout)
    assert list(cards) == ["Claim FAULTY-A", "Claim GOOD-B", "Claim FAULTY-C"]
    rules = {title: [item.text for item in card.iter("strong")] for title, card in cards.items()}
    assert rules == {"Claim FAULTY-A": ["X12-ENV-19"], "Claim GOOD-B": [], "Claim FAULTY-C": []}
    facts = facts_of(cards["Claim GOOD-B"])
    assert (facts["Patient"], facts["Charge"]) == ("OWEN BIRCH", "250.00")
    row = [cell.text for cell in cards["Claim GOOD-B"].findall(".//tr")[1]]
    assert row == ["1", "G0068", "2025-03-12", "4", "250.00"]
    assert html.fromstring(done.stdout).xpath("//body/div/strong/text()") == ["X12-ENV-10"]


def test_a_payment_follows_its_claim_payments_and_sums_them(tmp_path: Path) -> None:
    head, claims = next(iter(sample_remittances(5, 1)))
    done = edi_hit("report", written(tmp_path / "era.835", (head, claims)))
    assert done.returncode == 0
    cards = cards_of(done.stdout)
    titles = [f"Claim payment {claim.claim_id}" for claim in claims]
    assert list(cards) == [*titles, f"Payment {head.payment.trace_number}"]
    facts = facts_of(cards[f"Payment {head.payment.trace_number}"])
    assert facts["Claims"] == str(len(claims))
    assert facts["Paid on claims"] == str(sum(claim.paid for claim in claims))
    adjusted = next(claim for claim in claims if any(line.adjustments for line in claim.lines))
    first = next(item for line in adjusted.lines for item in line.adjustments)
    text = cards[f"Claim payment {adjusted.claim_id}"].text_content()
    assert f"{first.group} {first.carc} " in text


def test_text_of_a_file_runs_nothing_in_the_page(tmp_path: Path) -> None:
    hostile = (EXAMPLES / "08-another-locality.837").read_bytes().replace(b"SPRUCE", b"<script>x</script>")
    (tmp_path / "hostile.837").write_bytes(hostile)
    page = edi_hit("report", tmp_path / "hostile.837").stdout
    assert not html.fromstring(page).findall(".//script")
    assert "&lt;script&gt;" in page
    assert "http" not in page


def test_claims_over_the_limit_are_counted(tmp_path: Path) -> None:
    stream = io.BytesIO()
    write_sample_837p(stream, file_report.LISTED + 7, 1)
    (tmp_path / "many.837").write_bytes(stream.getvalue())
    report = FileReport(find_inputs([str(tmp_path / "many.837")])[0])
    entries = list(report.page.entries)
    assert sum(isinstance(entry, Card) for entry in entries) == file_report.LISTED
    assert report.page.verdict[0].startswith("7 more claims are not listed")


def test_what_is_no_x12_is_said_on_the_page(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(b"Dear sir")
    page_file = tmp_path / "p.html"
    done = edi_hit("report", tmp_path / "letter.txt", EXAMPLES / "01-first-visit.837", "-o", page_file)
    assert (done.returncode, done.stdout) == (3, "")
    page = page_file.read_text()
    assert "X12-ENV-15" in page
    assert len(cards_of(page)) == 1
    assert page_file.stat().st_mode & 0o777 == 0o600
    assert edi_hit("report", FAULTY, "-o", page_file).returncode == 2


def test_a_page_of_no_files_is_a_page() -> None:
    assert "".join(file_page([])).endswith("</html>")
