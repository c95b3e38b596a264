"""The XML exchange between a carrier's e-file and its Fachverfahren (xdomea 3.1.0).

Owns the messages 0101 (here is a new document) and 0102 (received), the profile that admits
exactly these, and the ZIP that carries a message with its files. Everything here is a pure
function over values: no database, no keys, no network. The contract for vendors is
``docs/reference/exchange.md``.
"""
