"""The page for a person, in Chromium and by a plain form."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from http_service import CLEAN, FAULTY, ROOT, Answer, Service
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    arguments = [*QUIET, "--disable-component-update", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(request: pytest.FixtureRequest, browser: Browser, service: Service) -> Iterator[Page]:
    """The form, open; every request the page makes is noted in `page.asked`."""
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 1100, "height": 900})
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda one: asked.append(one.url))
    said: list[str] = []
    opened.on("console", lambda one: said.append(one.text) if "status of 422" not in one.text else None)
    opened.goto(service.address)
    yield opened
    foreign = [url for url in asked if not url.startswith((service.address, "data:"))]
    context.close()
    assert (foreign, said) == ([], [])


def send(page: Page, file: Path) -> None:
    page.set_input_files("#file", file)
    page.click("#send")
    page.wait_for_selector("h1 >> text=/found|Check/")


def test_claims_prices_and_the_835_are_shown(page: Page) -> None:
    send(page, EXAMPLES / "02-later-visits.837")
    assert page.inner_text("h1") == "No error found"
    claims = page.locator("section.card")
    assert claims.count() >= 1
    told = claims.first.inner_text()
    assert "the factor of the home's locality HIT-PAY-GAF" in told
    assert "CO 45 charge above fee schedule or contract: 71.89" in told
    columns = claims.first.locator("th").all_inner_texts()
    assert columns[:7] == ["Line", "Code", "Date", "Units", "Charge", "Allowed", "Paid"]
    assert claims.first.locator("td.n").first.evaluate("cell => getComputedStyle(cell).textAlign") == "right"
    assert "ST*835" in page.inner_text("pre >> nth=0")
    picture = os.environ.get("EDI_HIT_SCREENSHOTS")
    if picture:
        page.screenshot(path=Path(picture) / "answer.png", full_page=True)


def test_findings_stand_in_their_claim_with_the_fault_marked(page: Page) -> None:
    send(page, EXAMPLES / "faulty" / "three-claims-two-faulty.837")
    claim = page.locator("section.card", has_text="Claim FAULTY-A")
    assert claim.locator(".finding mark").inner_text() == "20250231"
    assert claim.locator(".state").inner_text() == "rejected"
    picture = os.environ.get("EDI_HIT_SCREENSHOTS")
    if picture:
        page.screenshot(path=Path(picture) / "faulty.png", full_page=True)


def test_an_835_is_shown(page: Page) -> None:
    send(page, EXAMPLES / "remittances" / "02-later-visits.835")
    payment, claim = (page.locator("section.card").nth(at).inner_text() for at in (0, 1))
    assert payment.startswith("Payment EFT8812345")
    assert "262.92" in payment
    assert claim.startswith("Claim payment EX02-A")


def test_what_is_no_x12_is_told_above_the_form(page: Page) -> None:
    send(page, EXAMPLES / "README.md")
    assert "not X12" in page.inner_text("[role=alert]")
    assert page.locator("#file").is_visible()


def test_the_day_of_receipt_counts_for_timely_filing(page: Page) -> None:
    page.get_by_label("Received by the payer on").fill("2027-01-04")
    send(page, EXAMPLES / "01-first-visit.837")
    assert "HIT-TIMELY" in page.locator("section.card").first.inner_text()
    assert page.locator(".state").first.inner_text() == "denied"


def test_the_835_can_be_saved(page: Page) -> None:
    send(page, EXAMPLES / "01-first-visit.837")
    with page.expect_download() as download:
        page.click("a[download='claims.835']")
    assert Path(download.value.path()).read_bytes().startswith(b"ISA*")


def test_a_dropped_file_is_sent_at_once(browser: Browser, service: Service) -> None:
    page = browser.new_page()
    page.goto(service.address)
    text = CLEAN.decode()
    page.evaluate(
        """text => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], "claims.837"));
            document.getElementById("drop").dispatchEvent(
                new DragEvent("drop", {dataTransfer: transfer, bubbles: true, cancelable: true}));
        }""",
        text,
    )
    page.wait_for_selector("h1 >> text=No error found")
    page.close()


def test_the_form_is_named_for_those_who_do_not_see_it(page: Page) -> None:
    assert page.get_by_label("X12 file").is_visible()
    assert page.get_by_role("button", name="Check and price").is_visible()
    picture = os.environ.get("EDI_HIT_SCREENSHOTS")
    if picture:
        page.screenshot(path=Path(picture) / "form.png", full_page=True)


def form(fields: dict[str, bytes], boundary: str = "b") -> tuple[bytes, dict[str, str]]:
    parts = [
        f'--{boundary}\r\ncontent-disposition: form-data; name="{name}"; filename="x"\r\n\r\n'.encode()
        + value
        for name, value in fields.items()
    ]
    body = b"\r\n".join(parts) + f"\r\n--{boundary}--\r\n".encode()
    return body, {"content-type": f"multipart/form-data; boundary={boundary}"}


def posted(service: Service, fields: dict[str, bytes], **headers: str) -> Answer:
    body, kind = form(fields)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return service.ask("POST", "/", body, kind | named)


def test_claims_and_payments_of_one_file_are_shown_each_in_its_place(service: Service) -> None:
    payments = (EXAMPLES / "remittances" / "02-later-visits.835").read_bytes()
    answer = posted(service, {"file": payments + CLEAN + payments})
    titles = re.findall(rb"<h2>(Claim[^<]*?) ?<", answer.body)
    assert [title.split()[1] for title in titles[:3]] == [b"payment", b"EX01-A", b"payment"]
    assert answer.body.count(b'<span class="state paid">') == 1


def test_a_form_of_another_site_is_refused(service: Service) -> None:
    for headers in ({"origin": "https://attacker.example"}, {"sec_fetch_site": "cross-site"}):
        answer = posted(service, {"file": CLEAN}, **headers)
        assert (answer.status, b"another site" in answer.body) == (403, True)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "text/plain", 415),
        (b"", "multipart/form-data", 415),
        (b"junk", "multipart/form-data; boundary=b", 400),
        (form({"file": CLEAN})[0][:-20], "multipart/form-data; boundary=b", 400),
        (form({"file": b""})[0], "multipart/form-data; boundary=b", 422),
        (form({"other": CLEAN})[0], "multipart/form-data; boundary=b", 422),
        (form({"history": b"x" * 5000})[0], "multipart/form-data; boundary=b", 413),
        (form({str(n): b"x" for n in range(99)})[0], "multipart/form-data; boundary=b", 413),
        (form({"file": CLEAN, "history": b"forever"})[0], "multipart/form-data; boundary=b", 422),
        (form({"file": FAULTY})[0], "multipart/form-data; boundary=b", 200),
    ],
)
def test_a_form_that_is_wrong_gives_the_form_again(
    service: Service, body: bytes, kind: str, status: int
) -> None:
    answer = service.ask("POST", "/", body, {"content-type": kind})
    assert (answer.status, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert (b'role="alert"' in answer.body) is (status != 200)
