"""Loads the demonstration company into the services of this process, and names who may sign in to it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import grpc
from bylaw.people.v1 import sign_in_pb2, sign_in_pb2_grpc
from bylaw_chassis.clock import system_clock
from bylaw_chassis.local_channel import LocalChannel

from bylaw_cli import hosting
from bylaw_cli.administrator import LOGIN, password_of
from bylaw_cli.demonstration import loading
from bylaw_cli.demonstration.asking import Asking
from bylaw_cli.hosting import Hosted
from bylaw_cli.service_databases import service_urls
from bylaw_cli.up import Access
from bylaw_cli.welcome import Login
from bylaw_cli.wording import Wording

PASSWORD = "shizhan-2026"  # noqa: S105 - public on purpose: the company is shown to this machine only
LOGINS = (
    Login("lin.yue", PASSWORD, Wording("operations director, sees the company", "运营总监，可见全公司")),
    Login("zhou.min", PASSWORD, Wording("human resources", "人事")),
    Login("sun.ning", PASSWORD, Wording("head of customer service", "客服负责人")),
    Login("qian.feng", PASSWORD, Wording("warehouse keeper and head of logistics", "仓库管理员、物流负责人")),
    Login("jiang.li", PASSWORD, Wording("finance, counts the stock with the keeper", "财务，会同仓库管理员盘点")),
    Login("zheng.ke", PASSWORD, Wording("shop manager, lists goods and asks for prices", "店长，商品上架、提请定价")),
    Login("feng.xue", PASSWORD, Wording("order clerk, sees to what orders wait for", "订单员，处理待办订单")),
    Login("zhao.yifan", PASSWORD, Wording("customer service, answers customers", "客服，答复客户")),
    Login("wu.nian", PASSWORD, Wording("designer, sees their own month", "网页设计，仅见本人")),
    Login("chen.lang", PASSWORD, Wording("head of technology, audits for half a year", "技术负责人，半年内兼审计")),
    Login("shen.qing", PASSWORD, Wording("from outside, let in for 60 days", "外聘人员，准入 60 天")),
)
SECONDS = 30.0


@contextmanager
def hosted(access: Access) -> Iterator[Hosted]:
    """Every service in this process, closed afterwards; its jobs run only once it is started."""
    with closing(hosting.build(_urls(access), access.master_key, **_photos(access))) as everything:
        yield everything


def load(access: Access) -> None:
    """Load it; again after a kill, it goes on."""
    with hosted(access) as everything, _earlier(access, everything) as before:
        everything.start()
        channels = {name: everything.channel(name) for name in everything.services}
        request = sign_in_pb2.CreateSessionRequest(login=LOGIN, password=password_of(access.folder))
        session = sign_in_pb2_grpc.SignInStub(channels["people"]).CreateSession(request, timeout=SECONDS)
        loading.load(Asking(channels, session.access_token, PASSWORD, system_clock, before, _hear(everything)))


def _hear(everything: Hosted) -> Callable[[str, str], None]:
    """What has a service do now what one of its timers does."""

    def hear(service: str, kind: str) -> None:
        (timer,) = (one for one in everything.services[service].runner.timers if one.kind == kind)
        timer.function(None)  # type: ignore[arg-type]  # beside its rhythm it holds no lease

    return hear


@contextmanager
def _earlier(access: Access, everything: Hosted) -> Iterator[Callable[[str, datetime], grpc.Channel]]:
    """A second attendance and a second inventory over the same databases, at an earlier hour.

    So that a month was handed over in time, and goods moved on the days on which they did.
    """
    urls, people, photos = _urls(access), everything.channel("people"), _photos(access)
    makers = {"attendance": hosting.build_attendance, "inventory": hosting.build_inventory}
    with ExitStack() as built:
        second = {
            name: built.enter_context(closing(make(urls, access.master_key, people, **photos)))
            for name, make in makers.items()
        }

        def at(service: str, hour: datetime) -> grpc.Channel:
            # Not the clock of the whole service: tokens are of now, and would be of the future.
            second[service].database.clock = lambda: hour.astimezone(UTC)
            return LocalChannel(second[service].server)

        yield at


def _urls(access: Access) -> Mapping[str, str]:
    return service_urls(access.admin_url, access.master_key, hosting.MIGRATIONS)


def _photos(access: Access) -> Mapping[str, Path]:
    return {
        "photo_folder": hosting.photo_folder(access.folder),
        "goods_photo_folder": hosting.goods_photo_folder(access.folder),
    }
