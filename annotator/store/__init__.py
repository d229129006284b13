"""Memory: SQLite on one desk, PostgreSQL for a team. Only this room knows SQL."""
