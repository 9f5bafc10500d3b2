"""Puts together what takes files of orders in (ORD-1); a part of `app.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bylaw.orders.v1 import order_imports_pb2
from bylaw_chassis.jobs import JobFunction, Timer
from bylaw_chassis.member import Member
from bylaw_chassis.server import Server

from bylaw_orders.file_seal import MasterKeySeal
from bylaw_orders.importers import OrderImporters
from bylaw_orders.rpc.order_imports import OrderImportCalls
from bylaw_orders.store import order_files
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.intake.take_orders import TakeOrders
from bylaw_orders.use_cases.order_files.end_imports import EndImports
from bylaw_orders.use_cases.order_files.hand_in_file import JOB, HandInFile
from bylaw_orders.use_cases.order_files.read_files import ReadFiles
from bylaw_orders.use_cases.order_files.run_import import RunImport
from bylaw_orders.use_cases.order_files.show_imports import ShowImports

ENDED, ENDED_SECONDS = "ended-imports", 60.0


@dataclass(frozen=True, slots=True)
class OrderFiles:
    """What runs beside the calls: the job of an import, and the timer that ends what nobody runs any more."""

    run: RunImport
    end: EndImports

    @property
    def jobs(self) -> Mapping[str, JobFunction]:
        """By kind."""
        return {JOB: self.run}

    @property
    def timers(self) -> Sequence[Timer]:
        """Once a minute."""
        return (Timer(ENDED, ENDED_SECONDS, self.end),)


def add_order_files(
    server: Server, own: Member, finding: Finding, taking: TakeOrders, importers: OrderImporters
) -> OrderFiles:
    """Adds the calls."""
    database, settings = own.database, own.settings
    seal, reading = MasterKeySeal(settings.master_key.get_secret_value()), ReadFiles(importers)
    handing_in = HandInFile(database, finding, order_files, seal, reading, database.clock)
    showing = ShowImports(database, finding, order_files)
    calls = OrderImportCalls(handing_in, showing, importers, settings.time_zone, own.page_tokens)
    server.add(order_imports_pb2.DESCRIPTOR.services_by_name["OrderImports"], calls)
    run = RunImport(database, finding, order_files, seal, reading, taking)
    return OrderFiles(run, EndImports(database, order_files))
