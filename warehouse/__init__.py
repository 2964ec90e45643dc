"""The warehouse: DuckDB tables that a run loads and builds, and everybody else asks."""
