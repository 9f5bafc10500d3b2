"""Replays as tests start them, run them and read them."""

import io
from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import replays_pb2 as replays
from google.protobuf import json_format
from openpyxl import load_workbook

from tests.builders.attendance import FIXED_WEEK, AttendanceService

DONE, CANCELLED, RUNNING = (
    replays.REPLAY_STATE_DONE,
    replays.REPLAY_STATE_CANCELLED,
    replays.REPLAY_STATE_RUNNING,
)


@dataclass
class WhatIf:
    """The calls of an attendance service about replays."""

    attendance: AttendanceService

    def start(
        self,
        unit: str = "",
        first: str = "2026-01",
        last: str = "",
        *,
        pattern: str = FIXED_WEEK,
        replaced: str = "",
        caller: Any = None,
        **parameters: Any,
    ) -> replays.Replay:
        """Starts a replay; its job has not run yet."""
        wish = replays.Replay(
            unit=unit, first_month=first, last_month=last, shift_pattern=pattern, replaced_shift_pattern=replaced
        )
        json_format.ParseDict(parameters, wish.parameters)
        request = replays.CreateReplayRequest(replay=wish)
        return self.attendance.replays.CreateReplay(request, metadata=caller or self.attendance.everything)

    def run(self) -> None:
        """Runs what is due of replays."""
        while self.attendance.service.runner.run_one(["replay"]):
            pass

    def timer(self, kind: str) -> None:
        """Runs a timer as if it were due."""
        service = self.attendance.service
        service.runner.write_timers()
        with service.database.engine.begin() as connection:
            connection.exec_driver_sql("update jobs set run_at = now() where key = 'timer'")
        assert service.runner.run_one([kind])

    def done(self, *args: Any, **wish: Any) -> replays.Replay:
        """Starts one and runs it to its end."""
        made = self.start(*args, **wish)
        self.run()
        return self.get(made.name)

    def get(self, name: str, caller: Any = None) -> replays.Replay:
        """A replay as it stands."""
        return self.attendance.replays.GetReplay(
            replays.GetReplayRequest(name=name), metadata=caller or self.attendance.everything
        )

    def listed(self, caller: Any = None, *, state: Any = 0, page_size: int = 2) -> list[replays.Replay]:
        """Every replay that somebody may see, over pages."""
        found, token = [], ""
        while True:
            request = replays.ListReplaysRequest(state=state, page_size=page_size, page_token=token)
            page = self.attendance.replays.ListReplays(request, metadata=caller or self.attendance.everything)
            found += page.replays
            token = page.next_page_token
            if not token:
                return found

    def cancel(self, name: str, caller: Any = None) -> replays.Replay:
        """Stops one."""
        request = replays.CancelReplayRequest(name=name)
        return self.attendance.replays.CancelReplay(request, metadata=caller or self.attendance.everything)

    def changes(self, name: str, caller: Any = None, page_size: int = 3) -> list[replays.ReplayChange]:
        """Everything that changes, over pages."""
        found, token = [], ""
        while True:
            request = replays.ListReplayChangesRequest(parent=name, page_size=page_size, page_token=token)
            page = self.attendance.replays.ListReplayChanges(request, metadata=caller or self.attendance.everything)
            found += page.changes
            token = page.next_page_token
            if not token:
                return found

    def workbook(self, name: str, caller: Any = None) -> dict[str, list[tuple[Any, ...]]]:
        """The rows of each sheet of the workbook, read back."""
        request = replays.GetReplayWorkbookRequest(name=name)
        body = self.attendance.replays.GetReplayWorkbook(request, metadata=caller or self.attendance.everything)
        book = load_workbook(io.BytesIO(body.data))
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
