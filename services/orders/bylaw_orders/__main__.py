"""`python -m bylaw_orders` serves orders on the network; `... migrate` brings its schema up to date."""

import sys

from bylaw_chassis.garbage import undisturbed

with undisturbed():
    from bylaw_chassis.member import PEOPLE
    from bylaw_chassis.neighbours import open_channel
    from bylaw_chassis.own_process import OwnProcess
    from bylaw_chassis.serving import Service

    from bylaw_orders.app import INVENTORY, MIGRATIONS, OrdersSettings, build


def built(settings: OrdersSettings) -> Service:
    """The service, which reaches people and inventory over the network."""
    people, inventory = open_channel(settings.people_address), open_channel(settings.inventory_address)
    return build(settings, channels={PEOPLE: people, INVENTORY: inventory})


OWN = OwnProcess("orders", MIGRATIONS, OrdersSettings, built)

if __name__ == "__main__":
    sys.exit(OWN.run(sys.argv[1:]))
