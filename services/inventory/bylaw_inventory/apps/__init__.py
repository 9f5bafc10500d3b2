"""Parts of `app.py`, one for each topic."""
