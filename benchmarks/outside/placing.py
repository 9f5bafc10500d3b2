"""Orders placed and read a second of a Bylaw that runs somewhere, in containers or on many machines.

    python -m benchmarks.outside.placing 127.0.0.1:8080 <administrator.password

The installation has to be one in which nobody has done anything: it gets a company, a warehouse and a shop.
"""

import sys

from benchmarks.shop_world.shop import opened, rates

ITEMS, WARM_SECONDS, SECONDS, CLIENTS = 300, 5, 15, (1, 4)


def main() -> None:
    """Prints a line for each number of clients, which run on this machine."""
    shop = opened(sys.argv[1], sys.stdin.readline().strip(), ITEMS)
    rates(shop, 1, WARM_SECONDS)
    for clients in CLIENTS:
        placed, read = rates(shop, clients, SECONDS)
        print(f"{clients} at once: {placed:.0f} orders of three lines placed a second, {read:.0f} read a second")


if __name__ == "__main__":
    main()
