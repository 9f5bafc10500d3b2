"""How attendance is kept in PostgreSQL: tables, repositories, queries, migrations."""
