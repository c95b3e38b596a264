"""The machine interfaces: the citizens' app on one side, the Fachverfahren on the other."""
