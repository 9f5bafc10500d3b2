"""`bylaw orders`: what came in, what waits for a person, what each has come to (ORD-1 to ORD-3)."""

import click

from bylaw_cli.orders.command_cancel import cancel_command
from bylaw_cli.orders.command_figures import figures_command
from bylaw_cli.orders.command_held import held_command
from bylaw_cli.orders.command_import import import_command
from bylaw_cli.orders.command_list import channels_command, list_command, warehouses_command
from bylaw_cli.orders.command_mergeable import mergeable_command
from bylaw_cli.orders.command_place import place_command
from bylaw_cli.orders.command_release import release_command
from bylaw_cli.orders.command_show import show_command
from bylaw_cli.orders.commands_claims import disagreements_command, reconcile_command
from bylaw_cli.orders.commands_merges import merge_command, unmerge_command
from bylaw_cli.orders.commands_parcels import late_command, parcel_command
from bylaw_cli.orders.commands_reviews import reviews_group
from bylaw_cli.orders.commands_tickets import ticket_group, tickets_command
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Orders: what came in, what waits for a person and why, what each has come to, and whether the stock is held that"
    " they count on.\n\n\b\nbylaw orders list --held\nbylaw orders held\nbylaw orders show T-20603\n"
    "bylaw orders release T-20603 --reason 'the customer confirmed by telephone'",
    "订单：已受理的、待人工处理的及原因、每单进展，以及库存是否如数预留。\n\n\b\nbylaw orders list --held\n"
    "bylaw orders held\nbylaw orders show T-20603\nbylaw orders release T-20603 --reason 电话已确认",
)
MAKERS = (
    channels_command,
    warehouses_command,
    list_command,
    show_command,
    held_command,
    release_command,
    cancel_command,
    mergeable_command,
    merge_command,
    unmerge_command,
    place_command,
    import_command,
    reconcile_command,
    disagreements_command,
    late_command,
    parcel_command,
    figures_command,
    tickets_command,
    ticket_group,
    reviews_group,
)
"""Who makes each command of the group."""


def orders_group(language: Language) -> click.Group:
    """Return `bylaw orders`."""
    group = click.Group("orders", help=ABOUT.show(language))
    for make in MAKERS:
        group.add_command(make(language))
    return group
