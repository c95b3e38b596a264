"""The sample post: fictitious letters of fictitious people, made by code on demand.

Owns everything that the demonstration feeds into the mail room. Refuses real data: every
name, number and institution is invented, and nothing is read from outside the program.
"""

from app.samples.post import Expectation, SampleItem, sample_post

__all__ = ["Expectation", "SampleItem", "sample_post"]
