"""Decisions: processes, requests, answers, delegations."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "0006"
down_revision = "0005"

RECORDED = "recorded_at timestamptz not null, recorded_by uuid"
CONTENT = "facts jsonb not null, amount numeric, measure text not null, money boolean not null, text text not null"


def upgrade() -> None:
    """Makes the tables."""
    op.execute(f"""
        create table decision_processes (
            id uuid primary key, kind text not null, unit uuid references units, valid_from date not null,
            retired boolean not null, body jsonb not null, {RECORDED}
        );
        create index decision_processes_kind on decision_processes (kind, unit, valid_from);
        create table decisions (
            id uuid primary key, kind text not null, weight text not null check (weight in ('ordinary', 'major')),
            requester uuid not null references people, unit uuid not null references units,
            asking_service text not null, subjects text[] not null, process jsonb not null, {CONTENT},
            state text not null check (state in ('waiting', 'sent-back', 'agreed', 'refused', 'withdrawn')),
            step integer not null check (step >= 0), place integer not null, round integer not null check (round >= 1),
            revision bigint not null, asked_at timestamptz not null, decided_at timestamptz, decided_by uuid,
            clause text not null,
            check ((state in ('agreed', 'refused', 'withdrawn')) = (decided_at is not null)),
            check (decided_by is null or decided_by <> requester or state = 'withdrawn')
        );
        create unique index decisions_asked_once on decisions (asking_service, kind, requester, subjects)
            where asking_service <> '' and state <> 'withdrawn';
        create index decisions_requester on decisions (requester, id);
        create index decisions_unit on decisions (unit, id);
        create index decisions_waiting on decisions (id) where state = 'waiting';
    """)
    op.execute(f"""
        create table decision_rounds (
            decision uuid not null references decisions, round integer not null, {CONTENT},
            asked_at timestamptz not null, primary key (decision, round)
        );
        create table decision_related (
            decision uuid not null references decisions, unit uuid not null references units,
            primary key (decision, unit)
        );
        create index decision_related_unit on decision_related (unit);
        create table decision_slots (
            decision uuid not null references decisions, step integer not null, slot integer not null,
            kind text not null check (kind in ('head', 'opinion', 'position', 'person')), unit uuid not null,
            position uuid, person uuid, levels_up integer not null, open boolean not null,
            due_at timestamptz not null, escalate_at timestamptz not null, reminded_at timestamptz,
            escalated_at timestamptz, answer uuid, primary key (decision, step, slot),
            check (not open or answer is null)
        );
        create index decision_slots_due on decision_slots (due_at) where open and reminded_at is null;
        create index decision_slots_overdue on decision_slots (escalate_at) where open and escalated_at is null;
        create table decision_seats (
            decision uuid not null, step integer not null, slot integer not null, person uuid not null,
            ground text not null, cause text not null, in_place_of uuid,
            state text not null check (state in ('open', 'closed', 'removed')), asked_at timestamptz not null,
            primary key (decision, step, slot, person),
            foreign key (decision, step, slot) references decision_slots
        );
        create index decision_seats_open on decision_seats (person, decision) where state = 'open';
        create index decision_seats_person on decision_seats (person, decision) where state <> 'removed';
        create table decision_answers (
            id uuid primary key, decision uuid not null references decisions, round integer not null,
            step integer not null, slot integer, unit uuid, person uuid not null,
            kind text not null check (kind in (
                'agree', 'refuse', 'send-back', 'opinion', 'dissent', 'comment', 'withdraw', 'resubmit')),
            ground text not null, in_place_of uuid, text text not null, answered_at timestamptz not null
        );
        create index decision_answers_decision on decision_answers (decision, id);
        create index decision_answers_person on decision_answers (person, decision);
        create table delegations (
            id uuid primary key, delegator uuid not null references people, delegate uuid not null references people,
            kinds text[] not null, start_date date not null, end_date date not null, away boolean not null,
            recorded_at timestamptz not null, recorded_by uuid, ended_at timestamptz,
            check (end_date >= start_date), check (delegate <> delegator)
        );
        create index delegations_delegator on delegations (delegator) where ended_at is null;
        create index delegations_delegate on delegations (delegate);
    """)


def downgrade() -> None:
    """Drops them."""
    for table in (
        "delegations",
        "decision_answers",
        "decision_seats",
        "decision_slots",
        "decision_related",
        "decision_rounds",
        "decisions",
        "decision_processes",
    ):
        op.drop_table(table)
