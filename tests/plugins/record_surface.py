"""Writes the surface down: run it when something was added, and raise the minor version of bylaw-hooks with it."""

import json

from tests.plugins.surface import surface
from tests.plugins.test_frozen_surface import RECORDED

if __name__ == "__main__":
    RECORDED.write_text(json.dumps(surface(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
