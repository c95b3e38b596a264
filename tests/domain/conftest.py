from hypothesis import settings

# How long one example takes tells something about the machine and nothing about the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
