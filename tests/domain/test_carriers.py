import pytest

from domain.carriers import parse_carriers
from domain.catalogue import Protection
from domain.errors import ConfigurationError
from tests.domain.tables import FORMS, carriers, carriers_text, catalogue

SMALL = """
title = "Ein Träger"
[carriers.amt]
title = "Amt"
[[assign]]
authority = "kommune"
carrier = "amt"
[[assign]]
authority = "agentur"
carrier = "amt"
"""
BROKEN = {
    "nothing": "",
    "not TOML": "[[assign",
    "no title": SMALL.replace('title = "Ein Träger"', ""),
    "carriers is a number": 'title = "x"\ncarriers = 3\nassign = []',
    "carriers is a list": 'title = "x"\ncarriers = [1]\nassign = []',
    "a carrier without a title": SMALL.replace('title = "Amt"', ""),
    "a carrier that is a text": 'title = "x"\nassign = []\n[carriers]\namt = "Amt"',
    "no lines": 'title = "x"\n[carriers.amt]\ntitle = "Amt"',
    "empty lines": 'title = "x"\nassign = []\n[carriers.amt]\ntitle = "Amt"',
    "a line that is a text": 'title = "x"\nassign = ["amt"]\n[carriers.amt]\ntitle = "Amt"',
    "an unknown carrier": SMALL.replace('carrier = "amt"', 'carrier = "bmt"', 1),
    "an unknown authority": SMALL.replace('"agentur"', '"finanzamt"'),
    "an authority without a line": SMALL.replace('"agentur"', '"kommune"'),
    "an unknown protection": SMALL + 'protections = ["geheim"]\n',
    "the realm of the mail room": SMALL.replace("amt", "intake"),
    "a name with a slash": SMALL.replace("carriers.amt", 'carriers."a/b"').replace(
        '"amt"', '"a/b"'
    ),
    "a name with capitals": SMALL.replace("carriers.amt", "carriers.Amt").replace('"amt"', '"Amt"'),
    "only counselling": SMALL + 'protections = ["counselling"]\n',
    "a misspelt condition": SMALL + 'protection = ["counselling"]\n',
    "an empty condition": SMALL + "protections = []\n",
    "an empty list of types": SMALL + "types = []\n",
    "a misspelt type": SMALL
    + '[[assign]]\nauthority = "agentur"\ncarrier = "amt"\ntypes = ["lebenslaff"]\n',
}


@pytest.mark.parametrize("form", FORMS)
def test_every_type_that_the_law_decides_has_a_carrier(form: str) -> None:
    for kind in catalogue():
        found = carriers(form).entitled(kind)
        assert bool(found) == bool(kind.authorities)
        assert set(found) <= carriers(form).carriers.keys()
        assert list(found) == sorted(set(found))


@pytest.mark.parametrize("form", FORMS)
def test_counselling_shares_its_file_with_nothing_of_the_agency(form: str) -> None:
    agency = {
        carrier
        for kind in catalogue()
        if kind.authorities == {"agentur"}
        for carrier in carriers(form).entitled(kind)
    }
    counselling = {
        carrier
        for kind in catalogue()
        if kind.protection is Protection.COUNSELLING
        for carrier in carriers(form).entitled(kind)
    }
    assert len(counselling) == 1
    assert not counselling & agency


def test_a_small_configuration_parses() -> None:
    parsed = parse_carriers(SMALL, catalogue())
    assert list(parsed.carriers) == ["amt"]


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_configuration_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError):
        parse_carriers(text, catalogue())


@pytest.mark.parametrize("form", FORMS)
def test_a_shipped_configuration_without_one_of_its_lines_is_not_the_same(form: str) -> None:
    text = carriers_text(form)
    head, *lines = text.split("[[assign]]")
    whole = {kind.code: carriers(form).entitled(kind) for kind in catalogue()}
    for missing in range(len(lines)):
        rest = [line for number, line in enumerate(lines) if number != missing]
        try:
            parsed = parse_carriers("[[assign]]".join([head, *rest]), catalogue())
        except ConfigurationError:
            continue
        assert {kind.code: parsed.entitled(kind) for kind in catalogue()} != whole
