"""`python -m bylaw_inventory` serves inventory on the network; `... migrate` brings its schema up to date."""

import sys

from bylaw_chassis.garbage import undisturbed

with undisturbed():
    from bylaw_chassis.member import PEOPLE
    from bylaw_chassis.neighbours import open_channel
    from bylaw_chassis.own_process import OwnProcess
    from bylaw_chassis.serving import Service

    from bylaw_inventory.app import MIGRATIONS, InventorySettings, build


def built(settings: InventorySettings) -> Service:
    """The service, which reaches people over the network."""
    return build(settings, channels={PEOPLE: open_channel(settings.people_address)})


OWN = OwnProcess("inventory", MIGRATIONS, InventorySettings, built)

if __name__ == "__main__":
    sys.exit(OWN.run(sys.argv[1:]))
