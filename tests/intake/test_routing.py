import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue import FALLBACK, DocumentType
from domain.ids import CarrierId, TypeCode
from domain.reading import Fields, ReadDocument
from domain.reasons import Reason
from intake.routing import POLICY, Decision, RoutingPolicy, decide
from tests.domain.tables import FORMS, carriers, catalogue
from tests.intake.mail_room import THRESHOLD, KnownCases, document

BG, OTHER_BG = "12345//0001234", "12345//0009999"
KUNDE, OTHER_KUNDE = "123A456789", "999B000001"
NOBODY: tuple[str, ...] = ()
BOTH = ("agentur", "kommune")

# Written by hand from the law (§ 6(1) SGB II) and the words of the three configurations,
# not computed from them: type -> (separate, joint, municipal).
EXPECTED: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "hauptantrag": (BOTH, ("jobcenter",), ("leistung",)),
    "anlage_kdu": (("kommune",), ("jobcenter",), ("leistung",)),
    "anlage_meb": (("agentur",), ("jobcenter",), ("leistung",)),
    "antrag_but": (("kommune",), ("jobcenter",), ("leistung",)),
    "antrag_vermittlungsbudget": (("agentur",), ("jobcenter",), ("eingliederung",)),
    "mietvertrag": (("kommune",), ("jobcenter",), ("leistung",)),
    "stromabrechnung": (("agentur",), ("jobcenter",), ("leistung",)),
    "lohnabrechnung": (BOTH, ("jobcenter",), ("leistung",)),
    "personalausweis": (BOTH, ("jobcenter",), ("leistung",)),
    "au_bescheinigung": (("agentur",), ("jobcenter",), ("leistung",)),
    "aerztliches_attest": (("agentur",), ("jobcenter",), ("leistung",)),
    "schwangerschaft": (BOTH, ("jobcenter",), ("leistung",)),
    "schuldnerberatung": (("kommune",), ("kommune",), ("beratung",)),
    "suchtberatung": (("kommune",), ("kommune",), ("beratung",)),
    "kinderbetreuung": (("kommune",), ("jobcenter",), ("leistung",)),
    "kooperationsplan": (("agentur",), ("jobcenter",), ("eingliederung",)),
    "lebenslauf": (("agentur",), ("jobcenter",), ("eingliederung",)),
    "kuendigung_arbeit": (("agentur",), ("jobcenter",), ("leistung",)),
    "widerspruch": (NOBODY, NOBODY, NOBODY),
    "nachricht": (NOBODY, NOBODY, NOBODY),
    "sonstiges": (NOBODY, NOBODY, NOBODY),
}


def _decide(
    found: ReadDocument, *, hint: str = "", form: str = "separate", cases: KnownCases | None = None
) -> Decision:
    policy = RoutingPolicy(catalogue(), carriers(form), THRESHOLD)
    return decide(found, hint=hint, policy=policy, directory=cases or KnownCases())


def _cases(*known: tuple[str, str, str]) -> KnownCases:
    return KnownCases({(carrier, name): token for carrier, name, token in known})


@pytest.mark.parametrize(("kind", "form"), list(product(EXPECTED, FORMS)))
def test_the_law_decides_who_gets_a_type(kind: str, form: str) -> None:
    decision = _decide(document(kind), form=form)
    assert decision.carriers == EXPECTED[kind][FORMS.index(form)]
    assert decision.files == bool(decision.carriers)
    assert decision.decided_by == POLICY


@pytest.mark.parametrize(
    ("kind", "form"), list(product(catalogue(), FORMS)), ids=lambda one: getattr(one, "code", one)
)
def test_every_type_is_filed_with_the_law_or_waits_for_a_person(
    kind: DocumentType, form: str
) -> None:
    decision = _decide(document(kind.code), form=form)
    assert decision.type == kind.code
    if kind.code == FALLBACK:
        assert decision.reasons == (Reason.UNKNOWN_TYPE,)
    elif not kind.authorities:
        assert decision.reasons == (Reason.CLARIFY_BY_LAW,)
    else:
        assert decision.reasons == ()
        assert decision.carriers == carriers(form).entitled(kind)


def test_two_separate_carriers_are_the_two_authorities() -> None:
    for kind in catalogue():
        assert set(map(str, _decide(document(kind.code)).carriers)) == set(kind.authorities)


@pytest.mark.parametrize(
    ("confidence", "files"),
    [
        (THRESHOLD, True),
        (math.nextafter(THRESHOLD, 0), False),
        (math.nextafter(THRESHOLD, 1), True),
        (0.0, False),
        (1.0, True),
        (math.nan, False),
    ],
)
def test_the_threshold_is_the_least_confidence_that_files(
    confidence: float, *, files: bool
) -> None:
    decision = _decide(document(confidence=confidence))
    assert decision.files == files
    assert decision.reasons == (() if files else (Reason.LOW_CONFIDENCE,))
    assert decision.carriers == ("kommune",)


def test_no_confidence_files_what_is_not_recognised() -> None:
    assert not _decide(document("sonstiges", confidence=1.0)).files


def test_no_confidence_files_what_the_law_leaves_open() -> None:
    assert not _decide(document("widerspruch", confidence=1.0)).files


def test_a_type_that_the_catalogue_does_not_know_goes_to_the_clearing_desk() -> None:
    decision = _decide(document("steuererklaerung"))
    assert decision.type == FALLBACK
    assert decision.reasons == (Reason.UNKNOWN_TYPE,)
    assert decision.carriers == ()


@pytest.mark.parametrize("doubt", Reason)
def test_every_doubt_of_the_reader_needs_a_person(doubt: Reason) -> None:
    decision = _decide(document(doubts=(doubt,)))
    assert decision.reasons == (doubt,)
    assert not decision.files


def test_the_same_reason_is_told_once() -> None:
    found = document(doubts=(Reason.LOW_CONFIDENCE, Reason.MIXED_CONTENT), confidence=0.1)
    assert _decide(found).reasons == (Reason.LOW_CONFIDENCE, Reason.MIXED_CONTENT)


@pytest.mark.parametrize(
    ("fields", "hint", "reference"),
    [
        (Fields(), "", None),
        (Fields(bg_nummer=BG), "", BG),
        (Fields(kundennummer=KUNDE), "", KUNDE),
        (Fields(bg_nummer=BG, kundennummer=KUNDE), "", BG),
        (Fields(), "12345 / 0001234", BG),
        (Fields(), "123 a 456789", KUNDE),
        (Fields(kundennummer=KUNDE), BG, KUNDE),
        (Fields(), "Miete August", None),
    ],
)
def test_the_document_names_its_case_before_the_sender_does(
    fields: Fields, hint: str, reference: str | None
) -> None:
    decision = _decide(document(fields=fields), hint=hint)
    assert decision.reference == reference
    assert decision.files


@pytest.mark.parametrize(
    ("fields", "numbers", "hint"),
    [
        (Fields(bg_nummer=BG), (BG, OTHER_BG), ""),
        (Fields(), (BG, OTHER_BG), ""),
        (Fields(bg_nummer=BG), (OTHER_BG,), ""),
        (Fields(bg_nummer=BG), (BG,), OTHER_BG),
        (Fields(), (BG,), OTHER_BG),
        (Fields(bg_nummer=BG), (), "12345bg0009999"),
    ],
)
def test_two_bg_numbers_contradict_each_other(
    fields: Fields, numbers: tuple[str, ...], hint: str
) -> None:
    decision = _decide(document(fields=fields, bg_nummern=numbers), hint=hint)
    assert decision.reasons == (Reason.CONFLICTING_REFERENCES,)


def test_the_same_number_twice_is_no_contradiction() -> None:
    found = document(fields=Fields(bg_nummer=BG), bg_nummern=(BG, BG))
    assert _decide(found, hint="12345/0001234").files


BOTH_NUMBERS = Fields(bg_nummer=BG, kundennummer=KUNDE)


@pytest.mark.parametrize(
    ("cases", "files"),
    [
        (_cases(), True),
        (_cases(("kommune", BG, "case-1")), True),
        (_cases(("kommune", BG, "case-1"), ("kommune", KUNDE, "case-1")), True),
        (_cases(("kommune", BG, "case-1"), ("kommune", KUNDE, "case-2")), False),
        # What the other authority knows is not asked, because it is not entitled.
        (_cases(("agentur", BG, "case-1"), ("agentur", KUNDE, "case-2")), True),
        # The tokens of two carriers are never compared with each other.
        (_cases(("kommune", BG, "case-1"), ("agentur", KUNDE, "case-2")), True),
    ],
)
def test_a_carrier_that_knows_two_cases_stops_the_filing(cases: KnownCases, *, files: bool) -> None:
    decision = _decide(document("mietvertrag", fields=BOTH_NUMBERS), cases=cases)
    assert decision.files == files


def test_one_of_two_carriers_that_knows_two_cases_is_enough() -> None:
    cases = _cases(("agentur", BG, "case-1"), ("agentur", KUNDE, "case-2"))
    decision = _decide(document("hauptantrag", fields=BOTH_NUMBERS), cases=cases)
    assert decision.reasons == (Reason.CONFLICTING_REFERENCES,)


@pytest.mark.parametrize(
    ("fields", "hint"), [(Fields(bg_nummer=BG), KUNDE), (Fields(kundennummer=KUNDE), BG)]
)
def test_a_hint_at_another_case_than_the_documents_stops_the_filing(
    fields: Fields, hint: str
) -> None:
    different = _cases(("kommune", BG, "case-1"), ("kommune", KUNDE, "case-2"))
    same = _cases(("kommune", BG, "case-1"), ("kommune", KUNDE, "case-1"))
    assert not _decide(document(fields=fields), hint=hint, cases=different).files
    assert _decide(document(fields=fields), hint=hint, cases=same).files


FOUND = st.builds(
    document,
    st.sampled_from([str(kind.code) for kind in catalogue()]),
    confidence=st.floats(0, 1),
    fields=st.just(Fields(bg_nummer=BG)),
)


@given(st.sampled_from(FORMS), FOUND, st.sampled_from(["", BG, OTHER_BG, KUNDE, OTHER_KUNDE, "x"]))
def test_whatever_is_filed_goes_only_to_whom_the_law_names(
    form: str, found: ReadDocument, hint: str
) -> None:
    decision = _decide(found, form=form, hint=hint)
    lawful = carriers(form).entitled(catalogue()[found.type])
    assert set(decision.carriers) <= set(lawful)
    if decision.files:
        assert decision.carriers == lawful != ()
        assert found.confidence >= THRESHOLD
        assert hint != OTHER_BG


def test_a_decision_knows_whether_it_files() -> None:
    carrier = (CarrierId("kommune"),)
    assert Decision(TypeCode("mietvertrag"), carrier, None).files
    assert not Decision(TypeCode("mietvertrag"), carrier, None, reasons=(Reason.NO_TEXT,)).files
