"""The pieces of the real Bylaw that `up` starts: people, attendance, inventory, orders and the gateway over them."""

from bylaw_cli import demonstrating, first_account, hosting
from bylaw_cli.keeping_heads import heads_kept
from bylaw_cli.plain_words import told_plainly
from bylaw_cli.service_databases import bring_up_to_date, service_urls
from bylaw_cli.up import Access, Pieces


def pieces() -> Pieces:
    """Return them."""
    return Pieces(
        prepare=prepare,
        load=load,
        environment=environment,
        target="bylaw_cli.hosting:create_app",
        logins=demonstrating.LOGINS,
        beside=heads_kept,
    )


def environment(access: Access) -> dict[str, str]:
    """Return what tells a worker where each schema and the files are; the administrator's own address stays here."""
    urls = service_urls(access.admin_url, access.master_key, hosting.MIGRATIONS)
    named = {hosting.variable(service): url for service, url in urls.items()}
    files = {
        hosting.PHOTO_FOLDER: str(hosting.photo_folder(access.folder)),
        hosting.GOODS_PHOTO_FOLDER: str(hosting.goods_photo_folder(access.folder)),
        hosting.ERASURES_FILE: str(hosting.erasures_file(access.folder)),
    }
    return {**named, hosting.MASTER_KEY: access.master_key, **files}


def prepare(access: Access) -> None:
    """Bring every schema up to date and make the first account; again, nothing changes."""
    with told_plainly(access.folder):
        bring_up_to_date(access.admin_url, access.master_key, hosting.MIGRATIONS)
    with told_plainly(access.folder), demonstrating.hosted(access) as everything:
        first_account.ensure(access.folder, everything.services["people"].database)


def load(access: Access) -> None:
    """Bring in the demonstration company."""
    with told_plainly(access.folder):
        demonstrating.load(access)
