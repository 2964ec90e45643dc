"""Which of the six tracks a posting belongs to, how surely, and why."""
