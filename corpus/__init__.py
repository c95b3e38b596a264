"""Fictitious German post with known truth: wordings, people, pages, scans and stacks.

Owns everything that models are trained on, benchmarks measure and tests expect. Refuses real
people and chance: each value follows from a seed. Nothing here runs in the service itself.
"""
