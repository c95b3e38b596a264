"""The pages: what citizens, the scan desk, the clearing desk and caseworkers see in a browser.

Server-rendered HTML that works without scripts. Refuses to put anything of a person into an
address, to show anything without its guard, and to be framed, cached or scripted from elsewhere.
"""
