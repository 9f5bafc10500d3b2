"""A third party's distribution, as the plugins' benchmark installs it."""
