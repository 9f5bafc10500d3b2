"""Tables, repositories and queries of inventory."""
