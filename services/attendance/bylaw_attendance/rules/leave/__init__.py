"""Leave: asked, measured, deducted, returned."""
