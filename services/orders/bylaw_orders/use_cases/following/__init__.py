"""What inventory tells, kept and made to have its effect."""
