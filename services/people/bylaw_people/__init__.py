"""The people service: the organisation, its people, who may do what, and sign-in."""
