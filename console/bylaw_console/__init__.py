"""The web console: pages in Chinese and English over the same calls as everybody."""
