"""What clocks bring and what they are told."""
