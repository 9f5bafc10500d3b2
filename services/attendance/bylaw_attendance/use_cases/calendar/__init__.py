"""Company days and notices that change hours."""
