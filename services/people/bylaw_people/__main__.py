"""`python -m bylaw_people` serves; `python -m bylaw_people migrate` brings the schema to its newest revision."""

import sys

from bylaw_chassis.garbage import undisturbed

with undisturbed():
    from bylaw_chassis.own_process import OwnProcess
    from bylaw_plugin_host.discovery import PluginRefused

    from bylaw_people.app import MIGRATIONS, PeopleSettings, build

OWN = OwnProcess("people", MIGRATIONS, PeopleSettings, build, (PluginRefused,))

if __name__ == "__main__":
    sys.exit(OWN.run(sys.argv[1:]))
