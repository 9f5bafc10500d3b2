"""What the pages of orders share: amounts, channels, what was typed, how an order stands, and files of rows."""
