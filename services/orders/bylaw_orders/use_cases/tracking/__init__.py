"""Where parcels are, what customers are told of it, and whether promises are kept."""
