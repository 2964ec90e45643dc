"""How we ask and what we keep: polite requests, pages, replayed replies, kept payloads."""
