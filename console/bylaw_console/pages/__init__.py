"""Every page of the console, a file per thing that people look at or do."""

from bylaw_console.pages import (
    clauses,
    month,
    months_board,
    objection_answers,
    requests,
    requests_leave,
    requests_more,
    sign_in,
    team,
    today,
    waiting,
)
from bylaw_console.routes import Route

ROUTES: tuple[Route, ...] = (
    *sign_in.ROUTES,
    *today.ROUTES,
    *month.ROUTES,
    *clauses.ROUTES,
    *requests.ROUTES,
    *requests_leave.ROUTES,
    *requests_more.ROUTES,
    *team.ROUTES,
    *months_board.ROUTES,
    *objection_answers.ROUTES,
    *waiting.ROUTES,
)
