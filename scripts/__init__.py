"""Small programs of the set-up."""
