"""The parts of the service, each put together for one concern."""
