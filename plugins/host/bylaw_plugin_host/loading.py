"""A distribution imported here and now: by a worker, or, of those we ship, by the service."""

from bylaw_plugin_host.discovery import Found, PluginRefused
from bylaw_plugin_host.loaded import Loaded
from bylaw_plugin_host.outcomes import CallFailed
from bylaw_plugin_host.registering import register


def loaded(found: Found) -> Loaded:
    """Its policies; PluginRefused where it cannot be imported, or cannot say what it offers."""
    registration = register(found.entry)
    try:
        return Loaded(found.distribution, found.version, registration)
    except CallFailed as failed:
        raise PluginRefused(
            found.distribution,
            "MANIFEST_RAISED",
            zh=f"列出其内容时出错({failed.failure.detail})；请修复或卸载",
            en=f"it failed while saying what it offers ({failed.failure.detail}); repair or uninstall it",
        ) from failed
