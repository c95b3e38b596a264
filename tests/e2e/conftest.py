"""What every test from end to end may ask for."""

from tests.official import official, schemas

__all__ = ["official", "schemas"]
