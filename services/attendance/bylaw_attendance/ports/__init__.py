"""What use cases need from outside."""
