"""How well and how fast Poststelle reads, beside what else there is for it.

Owns measuring. Refuses to be part of the service or of the test suite: results depend on the
machine, so they are printed and never asserted. ``docs/benchmarks.md`` tells how to repeat them.
"""
