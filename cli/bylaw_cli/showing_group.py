"""A group of commands whose first word may be left out: `bylaw leave 1004` is `bylaw leave show 1004`."""

import click

SHOW = "show"


class ShowingGroup(click.Group):
    """Takes what names none of its commands as what `show` is asked for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command, or put `show` in front."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = [SHOW, *args]
        return super().parse_args(ctx, args)
