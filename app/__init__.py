"""Wiring: the one package that knows every other, and does none of their work."""
