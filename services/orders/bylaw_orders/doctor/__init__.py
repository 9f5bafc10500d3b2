"""What the doctor of the product proves of orders."""
