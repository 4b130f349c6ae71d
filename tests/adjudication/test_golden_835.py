"""One 835, whole: every element a payment poster reads, from a claim that has everything."""

from datetime import date
from pathlib import Path

from edi_hit.jobs.adjudicate import adjudicate
from edi_hit.jobs.inputs import find_inputs
from edi_hit.profiles import PayerIdentity, RemittanceSettings, RunSettings

EXAMPLES = Path(__file__).parents[2] / "examples"

EXPECTED = """\
ISA*00*          *00*          *ZZ*EDIHITSIM      *30*RIVERBEND1     *250801*0000*^*00501*000000007*0*T*:~
GS*HP*EDIHITSIM*RIVERBEND1*20250801*0000*7*X*005010X221A1~
ST*835*0001~
BPR*I*412.56*C*NON************20250801~
TRN*1*SIM20250801000000007001*1521234567~
DTM*405*20250801~
N1*PR*OWN NAME OF PAYER~
N3*9 OWN ST~
N4*OWNTOWN*MD*212010000~
REF*2U*10112~
PER*BL*HELP DESK*UR*PAYER.EXAMPLE~
N1*PE*RIVERBEND HOME INFUSION*XX*1234567893~
N3*100 RIVER RD*SUITE 2~
N4*BIRMINGHAM*AL*352030001~
REF*TJ*630000001~
LX*1~
CLP*EX02-A*1*670*412.56*105.24*MB*SIM000000001*12*1~
NM1*QC*1*BIRCH*OWEN****MI*2FH5UF6NM81~
NM1*82*1*LARK*IDA****XX*1679576722~
REF*EA*MRN55~
REF*G1*AUTH9~
REF*1L*GROUP7~
DTM*050*20250730~
AMT*AU*526.22~
SVC*HC:G0068*250*139.64**4~
DTM*472*20250305~
CAS*CO*45*71.89**253*2.85~
CAS*PR*2*35.62~
REF*6R*EX02A1~
REF*HPI*1679576722~
AMT*B6*178.11~
SVC*HC:G0068*250*139.64**6~
DTM*472*20250312~
CAS*CO*45*71.89**253*2.85~
CAS*PR*2*35.62~
REF*6R*EX02A2~
AMT*B6*178.11~
SVC*HC:G0068*170*133.28**3~
DTM*472*20250319~
CAS*PR*2*34~
CAS*CO*253*2.72~
REF*6R*EX02A3~
AMT*B6*170~
SE*42*0001~
GE*1*7~
IEA*1*000000007~
"""


def claim_with_everything() -> str:
    text = (EXAMPLES / "02-later-visits.837").read_text()
    text = text.replace("*ZZ*RIVERBEND1     *ZZ*10112", "*30*RIVERBEND1     *ZZ*10112")
    text = text.replace("N3*100 RIVER RD~", "N3*100 RIVER RD*SUITE 2~")
    text = text.replace("SBR*P*18*******MB~", "SBR*P*18*GROUP7******MB~")
    text = text.replace("HI*ABK:I5022~\n", "REF*G1*AUTH9~\nREF*EA*MRN55~\nHI*ABK:I5022~\n")
    provider = "NM1*82*1*LARK*IDA****XX*1679576722~\n"
    text = text.replace("LX*1~\n", provider + "LX*1~\n").replace(
        "REF*6R*EX02A1~\n", "REF*6R*EX02A1~\n" + provider
    )
    return text.replace("SE*34*", "SE*38*")


def test_the_835_of_a_claim_that_has_everything(tmp_path: Path) -> None:
    (tmp_path / "a.837").write_text(claim_with_everything())
    identity = PayerIdentity(
        name="OWN NAME OF PAYER",
        line1="9 OWN ST",
        city="OWNTOWN",
        state="MD",
        postal_code="212010000",
        tax_id="521234567",
        contact_name="HELP DESK",
        contact_url="PAYER.EXAMPLE",
    )
    remittance = RemittanceSettings(first_control_number=7)
    settings = RunSettings(payers={"10112": identity}, remittance=remittance)
    inputs = find_inputs([str(tmp_path / "a.837")])
    adjudicate(
        inputs,
        tmp_path / "out",
        as_of=date(2025, 8, 1),
        received_on=date(2025, 7, 30),
        settings=settings,
    )
    assert (tmp_path / "out" / "a.835").read_text() == EXPECTED
