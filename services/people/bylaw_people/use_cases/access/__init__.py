"""What is done with access: roles given, ended and made, outsiders let in, and questions answered (SEC-1..3)."""
