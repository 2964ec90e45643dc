"""Asks the published warehouse and shows what it answers."""
