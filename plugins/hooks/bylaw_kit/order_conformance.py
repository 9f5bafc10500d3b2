"""The conformance kit for order importers: every rule of their list, over every version of a distribution."""

from collections.abc import Callable, Iterator

from bylaw_hooks.orders import Header, OrderImporter, ReadFault, ReadOrder

from bylaw_kit.finding import module_of
from bylaw_kit.keeping import keep_rule
from bylaw_kit.listening import listening
from bylaw_kit.order_rules import Accounts
from bylaw_kit.order_tables import SECRET, SHOP, Trial, bent, moved, sample_of, spoilt
from bylaw_kit.rules import ORDERS
from bylaw_kit.subject import RuleBroken

OrderRule = Callable[[OrderImporter], None]
Read = ReadOrder | ReadFault


def _read(importer: OrderImporter, trial: Trial) -> list[Read]:
    return list(importer.read(trial.handed_over(), SHOP))


def _by_name(importer: OrderImporter) -> None:
    sample, other = sample_of(importer), moved(importer)
    for trial in (sample, other):
        headers = _headers(trial)
        if not all(map(importer.recognises, headers)) or importer.missing(headers):
            raise RuleBroken("O1", f"{trial.what}: it does not know its own heading")
    if not any(isinstance(one, ReadOrder) for one in _read(importer, sample)):
        raise RuleBroken("O1", "the sample holds no order")
    if _read(importer, sample) != _read(importer, other):
        raise RuleBroken("O1", "with the columns in another order it reads something else")
    if importer.recognises(("a", "b", "c")) or importer.recognises(()):
        raise RuleBroken("O1", "it takes any heading for one of its own")


def _accounted(importer: OrderImporter) -> None:
    _sound(importer, "O2", bent(importer))


def _once(importer: OrderImporter) -> None:
    _sound(importer, "O3", bent(importer))


def _facts(importer: OrderImporter) -> None:
    _sound(importer, "O4", bent(importer))


def _sound(importer: OrderImporter, rule: str, trials: Iterator[Trial]) -> None:
    for trial in trials:
        if (broken := _broken(importer, trial)) and broken[0] == rule:
            raise RuleBroken(rule, f"{trial.what}: {broken[2]}")


def _broken(importer: OrderImporter, trial: Trial) -> tuple[str, None, str] | None:
    accounts = Accounts(strict=True)
    for read in _read(importer, trial):
        if broken := accounts.take(read):
            return broken
    return accounts.end(len(trial.rows()))


def _missing(importer: OrderImporter) -> None:
    sample = sample_of(importer)
    for number, table in enumerate(sample.tables):
        for place, name in enumerate(table[0]):
            cut = tuple((*row[:place], *row[place + 1 :]) for row in table)
            trial = Trial(f"without {name}", (*sample.tables[:number], cut, *sample.tables[number + 1 :]))
            headers = _headers(trial)
            if importer.missing(headers):
                continue
            if not all(map(importer.recognises, headers)):
                raise RuleBroken("O5", f"{trial.what}: it does not know it, and names nothing that is missing")
            if broken := _broken(importer, trial):
                raise RuleBroken("O5", f"{trial.what}: {broken[2]}")


def _manners(importer: OrderImporter) -> None:
    for trial in bent(importer):
        with listening() as heard:
            one, two = (_read(importer, trial) for _ in range(2))
        if heard:
            raise RuleBroken("O6", f"in the call it did: {', '.join(sorted(set(heard)))}")
        if one != two:
            raise RuleBroken("O6", f"{trial.what}: asked twice, it reads differently")


def _hostile(importer: OrderImporter) -> None:
    for trial in spoilt(importer):
        if broken := _broken(importer, trial):
            raise RuleBroken("O7", f"{trial.what}: {broken[0]}, {broken[2]}")
        for read in _read(importer, trial):
            shown = (read.column, read.reason, read.zh, read.en) if isinstance(read, ReadFault) else _printed(read)
            if any(SECRET in said for said in shown):
                raise RuleBroken("O7", f"{trial.what}: it shows what stands in the cell")


def _printed(order: ReadOrder) -> tuple[str, ...]:
    """What may be printed of an order: not its number, its goods' titles and codes, which are no secret."""
    return repr(order.recipient), *order.oddities


def _headers(trial: Trial) -> tuple[Header, ...]:
    return tuple(table.header for table in trial.handed_over())


_CHECKS: dict[str, OrderRule] = {
    "O1": _by_name,
    "O2": _accounted,
    "O3": _once,
    "O4": _facts,
    "O5": _missing,
    "O6": _manners,
    "O7": _hostile,
}
ORDER_CHECKS: dict[str, OrderRule] = {rule: _CHECKS[rule] for rule in ORDERS}
"""By id, in the list's order."""


def importers_of(name: str) -> list[OrderImporter]:
    """Every version of every order importer that a distribution, or a module, registers."""
    return list(getattr(module_of(name), "register_order_importers", list)())


def keep_importer(importer: OrderImporter, rule: str) -> None:
    """Check one rule; RuleBroken names it, whatever the importer did."""
    keep_rule(rule, lambda: ORDER_CHECKS[rule](importer))


def importer_broken(importer: OrderImporter) -> Iterator[RuleBroken]:
    """Every rule that a version breaks."""
    for rule in ORDER_CHECKS:
        try:
            keep_importer(importer, rule)
        except RuleBroken as found:
            yield found
