"""Where in a plugin's own code something happened: the file and line that its author can look at."""

import re
import sysconfig
from pathlib import PurePath
from traceback import walk_tb

LIBRARIES = frozenset({"bylaw_hooks", "bylaw_kit", "bylaw_plugin_host", "hypothesis", "pydantic", "pluggy", "_pytest"})
"""Through these a call comes to the plugin, and from it goes on into them."""
INSTALLED = frozenset({"site-packages", "dist-packages"})
DUMPED = re.compile(r'File "([^"\n]+)", line (\d+)')


def place_of(error: BaseException) -> str:
    """As in "day_shift.py:12": the innermost of the plugin's own lines; where it has none, of all."""
    frames = [
        (str(frame.f_globals.get("__name__", "")).partition(".")[0], frame.f_code.co_filename, line)
        for frame, line in walk_tb(error.__traceback__)
    ]
    own = next((package for package, file, _ in frames if _theirs(PurePath(file))), None)
    shown = [(file, line) for package, file, line in frames if own in {None, package}]
    return told(*shown[-1]) if shown else ""


def place_in(dump: str) -> str:
    """The same out of what `faulthandler` wrote last, innermost first; empty where there is nothing of a plugin's."""
    _, begun, last = dump.rpartition("(most recent call first)")
    if not begun:
        return ""
    return next((told(file, int(line)) for file, line in DUMPED.findall(last) if _theirs(PurePath(file))), "")


def _theirs(path: PurePath) -> bool:
    library = path.is_relative_to(sysconfig.get_path("stdlib")) and not INSTALLED & set(path.parts)
    return path.is_absolute() and not library and not LIBRARIES & set(path.parts)


def told(file: str, line: int) -> str:
    """File and line; of a package's own file with its folder, for there are many of that name."""
    path = PurePath(file)
    return f"{'/'.join(path.parts[-2:]) if path.name == '__init__.py' else path.name}:{line}"
