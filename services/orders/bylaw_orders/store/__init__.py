"""Tables, repositories and queries of orders."""
