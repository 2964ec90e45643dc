"""Loads public job postings, judges each once, and keeps them in the warehouse."""
