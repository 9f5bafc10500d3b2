"""Items of goods, and the warehouses and places they are at (GDS-1, WHS-8)."""
