"""Who is read: the registry of boards, how a company's board is found, and whether it lives."""
