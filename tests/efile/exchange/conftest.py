"""What every test of the exchange may ask for."""

from tests.official import official, schemas

__all__ = ["official", "schemas"]
