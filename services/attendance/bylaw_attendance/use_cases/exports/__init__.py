"""Months that leave for payroll."""
