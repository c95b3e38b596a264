"""Reading: the bytes of one item become documents with a type and fields.

Everything that parses untrusted bytes runs in a sandbox; ``ocr.sandbox.SandboxedReader`` is
the way in. Knows no database, no network, no keys and no storage.
"""
