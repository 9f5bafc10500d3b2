"""Cards of the demonstration company that no clock has: a photo, and punches that were missed (ATT-1)."""

from datetime import date, timedelta
from importlib.resources import files

from bylaw.attendance.v1 import (
    corrections_pb2,
    corrections_pb2_grpc,
    photos_pb2,
    photos_pb2_grpc,
    punches_pb2,
)
from google.api.httpbody_pb2 import HttpBody

from bylaw_cli.demonstration.asking import Asking
from bylaw_cli.demonstration.deciding import AGENT, SERVICE

THURSDAY, WEEK = 3, timedelta(days=7)
"""On Thursdays the head of customer service forgets to sign out for lunch; see their habits."""

NO = "当日不在岗，监控未见本人。/ Was not here: nobody on the camera."


def sign_in(asking: Asking) -> None:
    """The agent's photo and the head's correction wait; what the agent asked for was refused."""
    _photograph(asking)
    _correct(asking, SERVICE, f"{_last_thursday(asking.today)} 12:03", "午休前接待顾客，忘记打卡。")
    refused = _correct(asking, AGENT, f"{asking.today - WEEK} 22:40", "晚间值班，忘记打卡。")
    if refused.state == corrections_pb2.PUNCH_CORRECTION_STATE_WAITING:
        stub = asking.stub(corrections_pb2_grpc.CorrectionsStub)
        request = corrections_pb2.RefusePunchCorrectionRequest(name=refused.name, text=NO)
        asking.ask(stub.RefusePunchCorrection, request, by=SERVICE)


def _photograph(asking: Asking) -> None:
    """The agent signs in by a photo, now; the same image again is the same photo."""
    stub = asking.stub(photos_pb2_grpc.SignInPhotosStub)
    image = HttpBody(content_type="image/jpeg", data=files(__package__).joinpath("photo.jpg").read_bytes())
    request = photos_pb2.CreateSignInPhotoRequest(image=image, direction=punches_pb2.DIRECTION_IN)
    asking.ask(stub.CreateSignInPhoto, request, by=AGENT)


def _correct(asking: Asking, number: str, local_time: str, reason: str) -> corrections_pb2.PunchCorrection:
    stub = asking.stub(corrections_pb2_grpc.CorrectionsStub)
    listed = corrections_pb2.ListPunchCorrectionsRequest(parent=asking.name(number))
    known = asking.ask(stub.ListPunchCorrections, listed).punch_corrections
    wish = corrections_pb2.PunchCorrection(
        local_time=local_time, direction=punches_pb2.DIRECTION_OUT, reason=reason, evidence="同组同事可证明。"
    )
    request = corrections_pb2.CreatePunchCorrectionRequest(punch_correction=wish)
    made: corrections_pb2.PunchCorrection = (
        known[0] if known else asking.ask(stub.CreatePunchCorrection, request, by=number)
    )
    return made


def _last_thursday(today: date) -> date:
    """The last one that the clocks have reported all of."""
    yesterday = today - timedelta(days=1)
    return yesterday - timedelta(days=(yesterday.weekday() - THURSDAY) % WEEK.days)
