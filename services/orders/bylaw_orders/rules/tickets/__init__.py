"""What customers come with, until it is answered, settled and closed (CUS-2)."""
