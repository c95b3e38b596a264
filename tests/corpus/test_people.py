import pytest

from corpus.chance import dice
from corpus.names import CHECK, TRAIN
from corpus.people import household


@pytest.mark.parametrize("field", list(TRAIN.__slots__))
def test_splits_have_no_name_in_common(field: str) -> None:
    assert not set(getattr(TRAIN, field)) & set(getattr(CHECK, field))


def test_everybody_in_a_household_is_somebody_else() -> None:
    for seed in range(200):
        people = household(dice(str(seed)), split="train")
        everybody = (people.person, people.partner, people.child, people.other)

        assert len({person.name for person in everybody}) == 4
        assert people.other.last not in people.person.last
        assert people.child.born > people.person.born
