"""The user's own files: each CMS format, our own layouts, and what is refused."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from edi_hit.reference import AddressError, Locality, Tables
from edi_hit.rules import ConfigError, ReferenceDataMissing

ON = date(2026, 3, 5)
ALABAMA = Locality.parse("10112-00")
GPCI = """\
"ADDENDUM E. FINAL CY 2026 GEOGRAPHIC PRACTICE COST INDICES (GPCIs) BY STATE AND MEDICARE LOCALITY",,,,,,
,,,,,,
Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"2026 PW GPCI
(with 1.0 Floor)",2026 PE GPCI,2026 MP GPCI
10112,AL,0,ALABAMA*,1.000,0.869,0.575
1112,CA,5,"SAN FRANCISCO-OAKLAND-BERKELEY (SAN FRANCISCO CNTY)**",1.091,1.356,0.427
2102,AK,1,ALASKA***,1.500,1.081,0.592

"* The work GPCI reflects the 1.0 floor, in force to 2026.",,,,,,
** Counties as of 2025, see the note 1.0
"""
GAF = """\
Addendum D: CY 2026 Geographic Adjustment Factors
,,,,,,
Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2025 GAF (with 1.0 Floor),\
2026 GAF (without 1.0 Floor),2026 GAF (with 1.0 Floor),Percent Change 2025 GAF to 2026 GAF
10112,AL,0,ALABAMA,0.925,0.901,0.931,0.65%
2102,AK,1,ALASKA**,1.274,1.102,1.280,0.47%
"* notes follow",,,,,,
"""
RATES = "calendar_year,hcpcs,national_amount\n2026,G0068,$197.11\n2027,G0068,201.05\n"


def zip_line(
    state: str, zip_code: str, carrier: str, locality: str, plus_four: str = "0", quarter: str = "20261"
) -> str:
    head = f"{state}{zip_code}{carrier}{locality}B  ".ljust(20) + plus_four
    return head.ljust(75) + quarter


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def refused(*paths: Path) -> str:
    with pytest.raises(ConfigError) as refusal:
        Tables.with_files(paths)
    assert refusal.value.exit_code == 2
    return str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_gpci_file_gives_computed_factors(tmp_path: Path, encoding: str) -> None:
    tables = Tables.with_files([write(tmp_path, "GPCI2026.csv", GPCI, encoding)])
    gaf = tables.gaf(ALABAMA, ON)
    assert (gaf.factor, gaf.status, gaf.year) == (Decimal("0.923"), "computed", 2026)
    assert (gaf.locality_name, gaf.state) == ("ALABAMA", "AL")
    assert gaf.arithmetic == "0.50866 x 1.000 + 0.44839 x 0.869 + 0.04295 x 0.575"
    assert "GPCI2026.csv" in gaf.source
    assert tables.gaf(Locality.parse("02102-01"), ON).factor == Decimal("1.273")
    san_francisco = tables.gaf(Locality.parse("01112-05"), ON)
    assert san_francisco.locality_name == "SAN FRANCISCO-OAKLAND-BERKELEY (SAN FRANCISCO CNTY)"
    assert tables.checked_through("hit_gaf") == date(2026, 12, 31)


def test_our_factors_stay_beside_the_users(tmp_path: Path) -> None:
    tables = Tables.with_files([write(tmp_path, "a.csv", GPCI)])
    assert tables.gaf(ALABAMA, date(2025, 3, 5)).factor == Decimal("0.923")
    with pytest.raises(ReferenceDataMissing, match="there is no locality 10312-35 in 2026"):
        tables.gaf(Locality.parse("10312-35"), ON)
    with pytest.raises(ReferenceDataMissing, match="no geographic adjustment factors for 2026"):
        Tables.packaged().gaf(ALABAMA, ON)


def test_of_two_work_columns_the_one_with_the_floor_counts(tmp_path: Path) -> None:
    text = (
        "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
        "2026 PW GPCI (without 1.0 Floor),2026 PW GPCI (with 1.0 Floor),2026 PE GPCI,2026 MP GPCI\n"
        "10112,AL,00,ALABAMA,0.969,1.000,0.869,0.575\n"
    )
    tables = Tables.with_files([write(tmp_path, "gpci.csv", text)])
    assert tables.gaf(ALABAMA, ON).gpcis == (Decimal("1.000"), Decimal("0.869"), Decimal("0.575"))
    only_without = text.replace("2026 PW GPCI (with 1.0 Floor)", "other")
    assert "lacks work_gpci" in refused(write(tmp_path, "gpci.csv", only_without))


def test_a_blank_state_is_taken_from_the_same_locality(tmp_path: Path) -> None:
    tables = Tables.with_files([write(tmp_path, "g.csv", GPCI.replace("10112,AL", "10112,"))])
    assert tables.localities_of_state("AL", ON) == (ALABAMA,)
    assert "line 5: state is blank" in refused(write(tmp_path, "g.csv", GPCI.replace("10112,AL", "10199,")))


def test_gaf_file_gives_loaded_factors_of_both_years(tmp_path: Path) -> None:
    tables = Tables.with_files([write(tmp_path, "addendum-d.csv", GAF)])
    assert tables.gaf(ALABAMA, ON).factor == Decimal("0.931")
    assert tables.gaf(ALABAMA, ON).status == "loaded"
    assert tables.gaf(ALABAMA, date(2025, 3, 5)).factor == Decimal("0.925")
    assert tables.gaf(Locality.parse("02102-01"), ON).locality_name == "ALASKA"
    assert tables.gaf(Locality.parse("10312-35"), date(2025, 3, 5)).status == "computed"


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_a_published_factor_goes_before_a_computed_one(tmp_path: Path, names: tuple[str, str]) -> None:
    files = [write(tmp_path, names[0], GAF), write(tmp_path, names[1], GPCI)]
    for tables in (Tables.with_files(files), Tables.with_files([tmp_path])):
        assert tables.gaf(ALABAMA, ON).factor == Decimal("0.931")
        assert tables.gaf(Locality.parse("01112-05"), ON).status == "computed"


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("10112,AL,0,ALABAMA*,1.000", "10112,AL,0,ALABAMA*,", "line 5: work_gpci is blank"),
        ("0.869,0.575", "86.9,0.575", "line 5: pe_gpci is not a factor near 1"),
        ("0.869,0.575", "0.869,n/a", "line 5: mp_gpci is not a plain decimal amount"),
        ("10112,AL", "MAC10112,AL", "line 5: mac is not a number of up to 5 digits"),
        ("1112,CA,5", "10112,AL,0", "line 6: says otherwise than"),
        ("2026 PE GPCI", "2025 PE GPCI", "no single calendar year"),
        ("2026 MP GPCI", "2026 other", "lacks mp_gpci"),
    ],
)
def test_a_faulty_gpci_file_is_refused(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    assert was in GPCI
    message = refused(write(tmp_path, "gpci.csv", GPCI.replace(was, becomes, 1)))
    assert message.startswith("gpci.csv")
    assert said in message


def test_an_empty_gpci_file_is_refused(tmp_path: Path) -> None:
    assert "no row" in refused(write(tmp_path, "gpci.csv", "\n".join(GPCI.splitlines()[:4]) + "\n"))


def test_gpcis_of_a_year_whose_weights_are_unknown_need_weights(tmp_path: Path) -> None:
    later = write(tmp_path, "gpci.csv", GPCI.replace("2026 P", "2027 P").replace("2026 MP", "2027 MP"))
    with pytest.raises(ReferenceDataMissing) as missing:
        Tables.with_files([later])
    assert missing.value.table == "gaf_weights"
    weights = "effective_from,effective_through,work_weight,pe_weight,mp_weight\n2027-01-01,,0.5,0.45,0.05\n"
    tables = Tables.with_files([later, write(tmp_path, "gaf_weights.csv", weights)])
    assert tables.gaf(ALABAMA, date(2027, 5, 1)).factor == Decimal("0.920")
    wrong = write(tmp_path, "gaf_weights.csv", weights.replace("0.05", "0.06"))
    assert "do not sum to 1" in refused(wrong)


def test_fixed_width_zip_file(tmp_path: Path) -> None:
    lines = [
        zip_line("AL", "36201", "10112", "00"),
        zip_line("CA", "94103", "01112", "05"),
        zip_line("VA", "22301", "12202", "01", plus_four="1"),
        "",
    ]
    tables = Tables.with_files([write(tmp_path, "ZIP5_JAN2026.txt", "\r\n".join(lines))])
    assert tables.locality_of_zip("94103", ON) == Locality.parse("01112-05")
    assert tables.locality_of_zip("94103-1234", ON) == Locality.parse("01112-05")
    assert tables.locality_of_zip("99999", ON) is None
    with pytest.raises(ReferenceDataMissing, match="several localities"):
        tables.locality_of_zip("22301", ON)
    with pytest.raises(ReferenceDataMissing, match="no ZIP code table for 2025"):
        tables.locality_of_zip("94103", date(2025, 12, 31))
    assert tables.checked_through("zip_locality") == date(2026, 12, 31)


def test_csv_form_of_the_zip_file_with_lost_zeros(tmp_path: Path) -> None:
    text = (
        "STATE,ZIP CODE,CARRIER,LOCALITY,RURAL IND,LAB CB LOCALITY,RURAL IND2,PLUS 4 FLAG,"
        "PART B DRUG INDICATOR,YEAR/QTR\n"
        "MA,2108,14212,1,,,,0,,20254\nCA,94103,1112,5,,,,0,,20254\n"
    )
    tables = Tables.with_files([write(tmp_path, "zip.csv", text)])
    assert tables.locality_of_home("MA", "02108", date(2025, 6, 1)) == Locality.parse("14212-01")
    assert tables.locality_of_home("CA", "941031234", date(2025, 6, 1)) == Locality.parse("01112-05")
    with pytest.raises(ReferenceDataMissing, match="CA has 29 localities in 2025"):
        tables.locality_of_home("CA", "90210", date(2025, 6, 1))
    assert tables.locality_of_home("AL", "36201", date(2025, 6, 1)) == ALABAMA


def test_nine_digits_decide_a_zip_code_in_several_localities(tmp_path: Path) -> None:
    own = "zip_code,mac,locality_number,year_quarter\n22301-0001,12202,01,20251\n223010002,11302,00,20251\n"
    five = write(tmp_path, "zip5.txt", zip_line("VA", "22301", "12202", "01", "1", "20251") + "\n")
    tables = Tables.with_files([five, write(tmp_path, "zip_locality.csv", own)])
    on = date(2025, 2, 1)
    assert tables.locality_of_home("VA", "22301-0001", on) == Locality.parse("12202-01")
    assert tables.locality_of_home("VA", "223010002", on) == Locality.parse("11302-00")
    for zip_code in ("22301", "22301-0003"):
        with pytest.raises(ReferenceDataMissing):
            tables.locality_of_home("VA", zip_code, on)


@pytest.mark.parametrize(
    ("state", "zip_code", "locality"),
    [
        ("AL", "36201", "10112-00"),
        ("al", "36201", "10112-00"),
        ("CA", "90001", "01182-18"),
        ("AL", "90001", None),
        ("CA", "36201", None),
        ("VA", "20850", "12202-01"),
        ("MD", "20850", "12202-01"),
        ("DC", "20850", "12202-01"),
        ("AL", "20850", None),
        ("AL", "42223", "missing"),
        ("KY", "42223", "15102-00"),
        ("TN", "42223", "missing"),
        ("TN", "42223-0001", "10312-35"),
        ("KY", "42223-0001", None),
        ("AL", "99999", "10112-00"),
    ],
)
@pytest.mark.parametrize("states_told", [True, False])
def test_state_and_zip_code_have_to_agree(
    tmp_path: Path, state: str, zip_code: str, locality: str | None, states_told: bool
) -> None:
    """20850 is in a locality of three states; 42223 is a ZIP code of two, of one locality each."""
    lines = [
        zip_line("AL", "36201", "10112", "00", quarter="20251"),
        zip_line("CA", "90001", "01182", "18", quarter="20251"),
        zip_line("MD", "20850", "12202", "01", quarter="20251"),
        zip_line("KY", "42223", "15102", "00", "1", "20251"),
    ]
    own = "zip_code,state,mac,locality_number,year_quarter\n"
    told = "TN" if states_told else ""
    files = [
        write(tmp_path, "zip5.txt", "\n".join(lines)),
        write(tmp_path, "zip_locality.csv", f"{own}42223-0001,{told},10312,35,20251\n"),
    ]
    tables, on = Tables.with_files(files), date(2025, 2, 1)
    if locality is None:
        with pytest.raises(AddressError, match="another state than the one given"):
            tables.locality_of_home(state, zip_code, on)
    elif locality == "missing":
        with pytest.raises(ReferenceDataMissing, match="several localities"):
            tables.locality_of_home(state, zip_code, on)
    else:
        assert str(tables.locality_of_home(state, zip_code, on)) == locality


def test_the_quarter_begun_last_answers_for_a_zip_code(tmp_path: Path) -> None:
    quarters = {"20251": "05", "20253": "51"}
    lines = [zip_line("CA", "94103", "01112", place, quarter=quarter) for quarter, place in quarters.items()]
    tables = Tables.with_files([write(tmp_path, "zip.txt", "\n".join(lines))])
    for on, number in [(date(2025, 1, 1), "05"), (date(2025, 6, 30), "05"), (date(2025, 7, 1), "51")]:
        assert tables.locality_of_zip("94103", on) == Locality("01112", number)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (zip_line("CA", "9410X", "01112", "05"), "line 2: zip_code has neither"),
        (zip_line("CA", "94103", "01112", "0Z"), "line 2: locality_number is not"),
        (zip_line("CA", "94103", "01112", "05")[:60], "line 2: year_quarter is blank"),
        (zip_line("CA", "94103", "01112", "05", quarter="20265"), "line 2: year_quarter is not"),
    ],
)
def test_a_faulty_zip_file_is_refused(tmp_path: Path, line: str, said: str) -> None:
    path = write(tmp_path, "zip.txt", zip_line("AL", "36201", "10112", "00") + "\n" + line + "\n")
    assert said in refused(path)


def test_national_rates_by_default_columns(tmp_path: Path) -> None:
    tables = Tables.with_files([write(tmp_path, "cms-hit-2026.csv", RATES)])
    rate = tables.hit_rate("G0068", ON)
    assert (rate.amount, rate.status, rate.source) == (Decimal("197.11"), "loaded", "cms-hit-2026.csv")
    assert tables.hit_rate("G0068", date(2027, 1, 1)).amount == Decimal("201.05")
    assert tables.hit_rate("G0088", ON).status == "computed"
    assert tables.checked_through("hit_rates") == date(2027, 12, 31)
    with pytest.raises(ReferenceDataMissing):
        tables.hit_rate("G0088", date(2027, 1, 1))


def test_national_rates_by_mapped_columns(tmp_path: Path) -> None:
    path = write(tmp_path, "rates.csv", 'HCPCS Code,National Payment\nG0090,"$1,402.39"\n')
    settings = """
        table = "hit_rates"
        source = "CMS CY 2026 HIT rate file"
        [columns]
        hcpcs = "HCPCS Code"
        national_amount = "National Payment"
        [values]
        calendar_year = "2026"
    """
    write(tmp_path, "rates.toml", settings)
    rate = Tables.with_files([path]).hit_rate("G0090", ON)
    assert (rate.amount, rate.status) == (Decimal("1402.39"), "loaded")
    assert rate.source == "CMS CY 2026 HIT rate file"
    assert Tables.with_files([tmp_path]).hit_rate("G0090", ON) == rate
    write(tmp_path, "rates.toml", settings.replace("source", "sauce"))
    assert "rates.toml" in refused(path)


@pytest.mark.parametrize("code", ["g0068", " G0068 ", "G 0068"])
def test_codes_are_read_whatever_their_case(tmp_path: Path, code: str) -> None:
    text = f"calendar_year,hcpcs,national_amount\n2026,{code},197.11\n"
    tables = Tables.with_files([write(tmp_path, "hit_rates.csv", text)])
    assert (tables.hit_rate("G0068", ON).amount, tables.hit_rate("G0068", ON).status) == (
        Decimal("197.11"),
        "loaded",
    )


def test_a_drug_with_its_modifier_is_read_whatever_their_case(tmp_path: Path) -> None:
    text = "hcpcs,modifier_required,category,benefit,effective_from,effective_through\n"
    path = write(tmp_path, "hit_drugs.csv", f"{text}j7356,jb,2,permanent,2026-01-25,\n")
    drug = Tables.with_files([path]).hit_drug("J7356", ["JB"], ON)
    assert drug is not None
    assert (drug.hcpcs, drug.modifier_required) == ("J7356", "JB")
    assert "modifier_required is not a modifier" in refused(
        write(tmp_path, "hit_drugs.csv", f"{text}J7356,JBX,2,permanent,2026-01-25,\n")
    )


HUGE = "9" * 29


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "hit_rates.csv",
            f"calendar_year,hcpcs,national_amount\n2026,G0068,{HUGE}\n",
            "line 2: national_amount",
        ),
        ("part_b_deductible.csv", f"calendar_year,amount\n2026,{HUGE}\n", "line 2: amount"),
        ("sequestration.csv", f"effective_from,effective_through,percent\n,,{HUGE}\n", "line 2: percent"),
        (
            "hit_gaf.csv",
            f"calendar_year,mac,locality_number,state,gaf\n2026,10112,00,AL,{HUGE}\n",
            "line 2: gaf",
        ),
        (
            "gaf_weights.csv",
            f"effective_from,effective_through,work_weight,pe_weight,mp_weight\n2027-01-01,,{HUGE},0,0\n",
            "line 2: work_weight",
        ),
        ("gpci.csv", GPCI.replace("0.869,0.575", f"{HUGE},0.575"), "line 5: pe_gpci"),
        ("gaf.csv", GAF.replace("0.925,", f"{HUGE},"), "line 4: 2025"),
    ],
)
def test_figures_too_long_to_compute_with_are_refused(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    assert f"{name}: {said} is too long: at most 12 digits" in refused(write(tmp_path, name, text))


def test_a_copy_of_our_computed_rows_is_still_called_computed(tmp_path: Path) -> None:
    text = "calendar_year,hcpcs,national_amount,status\n"
    text += "2025,G0068,192.97,computed\n2026,G0068,197.11,published\n"
    tables = Tables.with_files([write(tmp_path, "hit_rates.csv", text)])
    assert tables.hit_rate("G0068", date(2025, 1, 1)).status == "computed"
    assert tables.hit_rate("G0068", ON).status == "loaded"


def test_a_users_row_replaces_ours(tmp_path: Path) -> None:
    write(tmp_path, "part_b_deductible.csv", "calendar_year,amount\n2025,258.00\n2027,290.00\n")
    write(tmp_path, "contractors.csv", "payer_id,contractor_type\n16013,AB_MAC_B\nMYMAC,DME_MAC\n")
    write(
        tmp_path, "sequestration.csv", "effective_from,effective_through,percent\n2025-07-01,2025-12-31,1.5\n"
    )
    write(tmp_path, "hit_gaf.csv", "calendar_year,mac,locality_number,state,gaf\n2026,10112,0,AL,0.930\n")
    tables = Tables.with_files([tmp_path])
    assert tables.part_b_deductible(date(2025, 1, 1)).amount == Decimal("258.00")
    assert tables.part_b_deductible(date(2025, 1, 1)).confidence == "loaded"
    assert tables.part_b_deductible(date(2024, 1, 1)).amount == Decimal("240.00")
    assert tables.part_b_deductible(date(2027, 1, 1)).amount == Decimal("290.00")
    assert tables.contractor("16013").contractor_type == "AB_MAC_B"
    assert tables.contractor("MYMAC").contractor_type == "DME_MAC"
    assert tables.sequestration(date(2025, 6, 30)).percent == Decimal("2")
    assert tables.sequestration(date(2025, 7, 1)).percent == Decimal("1.5")
    assert tables.sequestration(date(2026, 1, 1)).percent == Decimal("2")
    assert tables.gaf(ALABAMA, ON).factor == Decimal("0.930")
    assert Tables.packaged().part_b_deductible(date(2025, 1, 1)).amount == Decimal("257.00")


def test_a_users_drug_list(tmp_path: Path) -> None:
    text = """\
hcpcs,modifier_required,category,benefit,effective_from,effective_through,description
J7356,JB,2,permanent,2026-01-25,,foscarbidopa/foslevodopa
J9200,,3,permanent,2021-01-01,2023-12-31,floxuridine
J2260,,1,permanent,2026-04-01,,milrinone
"""
    write(tmp_path, "hit_drugs.toml", "checked_through = 2026-09-30\n")
    tables = Tables.with_files([write(tmp_path, "hit_drugs.csv", text)])
    assert tables.hit_drug("J7356", ["JB"], ON).category == 2
    assert tables.hit_drug("J7356", ["JB"], ON).certain
    assert tables.hit_drug("J9200", [], date(2024, 1, 1)) is None
    assert tables.hit_drug("J9200", [], date(2023, 12, 31)).certain
    assert tables.hit_drug("J2260", [], date(2026, 4, 1)).confidence == "loaded"
    assert tables.hit_drug("J2260", [], date(2026, 3, 31)).confidence == "inferred"
    assert tables.checked_through("hit_drugs") == date(2026, 9, 30)
    assert tables.hit_drug("J9000", [], date(2026, 9, 30)).certain


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "hit_rates.csv",
            "calendar_year,hcpcs,national_amount\n2026,G0068,1e3\n",
            "line 2: national_amount is not",
        ),
        (
            "hit_rates.csv",
            "calendar_year,hcpcs,national_amount\n2026,G0068,0\n",
            "line 2: national_amount is not above",
        ),
        (
            "hit_rates.csv",
            "calendar_year,hcpcs,national_amount\n26,G0068,5\n",
            "line 2: calendar_year is not a year",
        ),
        ("hit_rates.csv", "calendar_year,hcpcs\n2026,G0068\n", "the column national_amount is absent"),
        ("hit_rates.csv", "calendar_year,hcpcs,national_amount\n", "no row of the table hit_rates"),
        (
            "hit_rates.csv",
            "calendar_year,hcpcs,national_amount\n2026,G0068,5,6\n",
            "line 2: more cells than columns",
        ),
        (
            "hit_rates.csv",
            "calendar_year,hcpcs,national_amount\n2026,G068,5\n",
            "line 2: hcpcs: a HCPCS code is",
        ),
        ("hit_rates.csv", "calendar_year,hcpcs,national_amount\n2026,,5\n", "line 2: hcpcs is blank"),
        (
            "hit_rates.csv",
            "calendar_year,hcpcs,national_amount,hcpcs\n2026,G0068,5,G0069\n",
            "hit_rates.csv: the column hcpcs is there more than once",
        ),
        (
            "zip.csv",
            "STATE,ZIP CODE,CARRIER,LOCALITY,Locality,YEAR/QTR\nMA,02108,14212,01,02,20254\n",
            "zip.csv: the column LOCALITY is there more than once",
        ),
        (
            "gpci.csv",
            GPCI.replace("2026 MP GPCI", "2026 MP GPCI,2026 MP GPCI").replace("0.575", "0.575,0.9"),
            "gpci.csv: the column 2026 MP GPCI is there more than once",
        ),
        (
            "gaf.csv",
            GAF.replace("Locality Name", "Locality Number"),
            "gaf.csv: the column Locality Number is there more than once",
        ),
        (
            "gaf_weights.csv",
            "effective_from,effective_through,work_weight,pe_weight,mp_weight\n2027-01-01,,1.5,-0.6,0.1\n",
            "line 2: a weight is below zero",
        ),
        ("hit_rates.csv", RATES + "2026,G0068,198.00\n", "line 4: says otherwise than hit_rates.csv: line 2"),
        (
            "sequestration.csv",
            "effective_from,effective_through,percent\n2025-13-01,,2\n",
            "line 2: effective_from is",
        ),
        (
            "sequestration.csv",
            "effective_from,effective_through,percent\n2025-02-01,2025-01-01,2\n",
            "is before",
        ),
        ("sequestration.csv", "effective_from,effective_through,percent\n,,200\n", "percent is not between"),
        (
            "contractors.csv",
            "payer_id,contractor_type\nX,MAC\n",
            "line 2: contractor_type is not one of AB_MAC_B",
        ),
        (
            "hit_gaf.csv",
            "calendar_year,mac,locality_number,state,gaf\n2026,10112,00,AL,92.3\n",
            "not a factor near 1",
        ),
        ("notes.csv", "a,b\n1,2\n", "notes.csv: not recognised"),
        ("empty.csv", "", "empty.csv: not recognised"),
        ("readme.txt", "Read me first", "readme.txt: not recognised"),
    ],
)
def test_faulty_files_are_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    assert said in refused(write(tmp_path, name, text))
    assert said in refused(tmp_path)


@pytest.mark.parametrize(
    "settings",
    [
        'table = "hit_rates"\n[columns]\nhcpcs = "Code"\n',
        'table = "hit_rates"\n[values]\nhcpcs = "G0068"\n',
    ],
)
def test_settings_that_give_a_column_twice_are_refused(tmp_path: Path, settings: str) -> None:
    path = write(tmp_path, "r.csv", "calendar_year,hcpcs,national_amount,Code\n2026,G0068,5,G0069\n")
    write(tmp_path, "r.toml", settings)
    assert "r.csv: the column hcpcs is there more than once" in refused(path)


def test_blank_columns_may_repeat(tmp_path: Path) -> None:
    path = write(tmp_path, "hit_rates.csv", "calendar_year,hcpcs,national_amount,,\n2026,G0068,5,,\n")
    assert Tables.with_files([path]).hit_rate("G0068", ON).amount == 5


def test_one_faulty_file_refuses_all(tmp_path: Path) -> None:
    good = write(tmp_path, "part_b_deductible.csv", "calendar_year,amount\n2027,290.00\n")
    bad = write(tmp_path, "hit_rates.csv", "calendar_year,hcpcs,national_amount\n2026,G0068,x\nx,G0069,5\n")
    message = refused(good, bad)
    assert message.splitlines() == [
        "hit_rates.csv: line 2: national_amount is not a plain decimal amount",
        "hit_rates.csv: line 3: calendar_year is not a year",
    ]


def test_many_problems_are_counted_not_listed(tmp_path: Path) -> None:
    rows = "".join(f"2026,G{n},x\n" for n in range(30))
    message = refused(write(tmp_path, "hit_rates.csv", "calendar_year,hcpcs,national_amount\n" + rows))
    assert len(message.splitlines()) == 21
    assert message.endswith("and 10 more")


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "absent.csv").startswith("absent.csv")
    assert "no CSV or text file" in refused(tmp_path)
    workbook = tmp_path / "GPCI2026.csv"
    workbook.write_bytes(b"PK\x03\x04\0\0")
    assert "not a text file" in refused(workbook)
    workbook.write_text('a,"' + "x" * 200_000)
    assert "not a readable CSV" in refused(workbook)


def test_hidden_and_other_files_of_a_folder_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "cy2026.csv", RATES)
    write(tmp_path, ".DS_Store.csv", "x")
    write(tmp_path, "RVU26A.pdf", "x")
    assert Tables.with_files([tmp_path]).hit_rate("G0068", ON).status == "loaded"
