"""Sealing, keys, object stores, databases and the outbox: how things are kept.

Knows the vocabulary and nothing of the work that is done with it.
"""
