"""`python -m bylaw_attendance` serves attendance on the network; `... migrate` brings its schema up to date."""

import sys

from bylaw_chassis.garbage import undisturbed

with undisturbed():
    from bylaw_chassis.member import PEOPLE
    from bylaw_chassis.neighbours import open_channel
    from bylaw_chassis.own_process import OwnProcess
    from bylaw_chassis.serving import Service
    from bylaw_plugin_host.discovery import PluginRefused

    from bylaw_attendance.app import MIGRATIONS, AttendanceSettings, build


def built(settings: AttendanceSettings) -> Service:
    """The service, which reaches people over the network."""
    return build(settings, channels={PEOPLE: open_channel(settings.people_address)})


OWN = OwnProcess("attendance", MIGRATIONS, AttendanceSettings, built, (PluginRefused,))

if __name__ == "__main__":
    sys.exit(OWN.run(sys.argv[1:]))
