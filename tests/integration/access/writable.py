"""Which fields of a thing its caller may write, decided by hand, for every call that takes a thing (SEC-1).

A field that stands here includes all that is in it. Whatever else the contract has in the request is the service's own
to say: sent by a caller it is refused, or the call does what it does without it.
"""

STEERING = "name etag"
"""What a change names: the thing, and the version that was seen."""

APPOINTMENT = ("unit", "position", "site", "employment_kind", "start_date", "end_date", "reason")
QUALIFICATION = ("skill", "experience_months", "evidence", "since_date")
PUNCH = "person employee_number local_time device direction status"
DUTY = "clause title instructions person position head_of schedule proof remind_minutes effective_date end_date"
DECISION = "facts quantity money text"
MOVEMENT = (
    "warehouse book_date papers reservation reason"
    " lines.item lines.from_place lines.to_place lines.quantity lines.lot lines.expiry_date"
)

CHANNEL = "title warehouse sales_channel shortage_policy ship_hours deliver_hours"
ORDER = (
    "channel number source_update_time kind source_state place_time pay_time shipping discount total paid refunded"
    " currency courier waybill promotion"
    " lines.code lines.title lines.quantity lines.unit_price lines.discount lines.amount lines.kind"
    " recipient.display_name recipient.phone recipient.address recipient.region recipient.postal_code recipient.email"
    " recipient.nick recipient.remark"
)

MENDED = (
    "shipping discount total promotion lines.code lines.title lines.quantity lines.unit_price lines.discount"
    " lines.amount lines.kind recipient.display_name recipient.phone recipient.address recipient.region"
    " recipient.postal_code recipient.email recipient.nick recipient.remark"
)

RESERVATION = "name warehouse purpose lines.item lines.quantity partial hold_minutes"


def within(field: str, names: tuple[str, ...]) -> str:
    """Fields of a part of the thing."""
    return " ".join(f"{field}.{name}" for name in names)


TABLE = {
    "attendance.CompanyCalendar.PublishCompanyDay": "subject start_date end_date worked wording",
    "attendance.Corrections.CreatePunchCorrection": "local_time direction reason evidence",
    "attendance.Objections.CreateObjection": "sheet days text",
    "attendance.Hours.PublishHoursNotice": "subject start_date end_date day_off hours cause wording",
    "attendance.Leave.CreateLeaveRequest": (
        "kind start_date end_date start_half end_half start_time end_time reason evidence"
    ),
    "attendance.Leave.CreateLeaveEntry": "balance date amount reason expire_date",
    "attendance.LeavePolicies.CreateLeaveAssignment": "subject leave_policy parameters start_date end_date",
    "attendance.Overtime.CreateOvertimeRequest": "work_date hours compensation reason",
    "attendance.Policies.CreatePatternAssignment": (
        "subject shift_pattern parameters start_date end_date replay hours_system hours_approval"
    ),
    "attendance.Punches.CreatePunch": PUNCH,
    "attendance.Punches.BatchCreatePunches": PUNCH,
    "attendance.Replays.CreateReplay": ("unit first_month last_month shift_pattern parameters replaced_shift_pattern"),
    "attendance.RotaSwaps.CreateRotaSwap": "other_person other_employee_number work_dates reason",
    "attendance.Rota.PublishRotaCells": "person work_date code shift_pattern parameters",
    "inventory.Books.CreateSpotCount": "item place lot counted count_time",
    "inventory.DeliveryNotes.CreateDeliveryNote": (
        "warehouse supplier number expected_date blind lines.item lines.quantity lines.lot lines.expiry_date"
    ),
    "inventory.Items.CreateItem": (
        "code display_name specification category unit fraction_digits tracking may_go_below_zero barcodes units"
    ),
    "inventory.Items.UpdateItem": f"{STEERING} display_name specification category may_go_below_zero barcodes units",
    "inventory.ItemSheets.UpdateItemSheet": f"{STEERING} description attributes variant_of options",
    "inventory.ItemSheets.SetCategoryRule": "category required_parts required_attributes",
    "inventory.PackChecks.CreatePackRule": "warehouse paper need effective_date reason",
    "inventory.Papers.CreatePaperRule": "warehouse kind effective_date needs reason",
    "inventory.Prices.CreatePriceChange": "lines.item lines.channel lines.price lines.effective_time reason",
    "inventory.Posting.BatchPostStockMovements": MOVEMENT,
    "inventory.Posting.PreviewStockMovement": MOVEMENT,
    "inventory.Reservations.BatchCreateStockReservations": RESERVATION,
    "inventory.Reservations.CreateStockReservation": RESERVATION,
    "inventory.Stocktakes.CreateStocktake": "warehouse places items tolerance freeze",
    "inventory.Stocktakes.RecordStocktakeCounts": "place item lot expiry_date quantity damaged count_time",
    "inventory.Listings.SetSalesChannel": "channel unit",
    "inventory.SpecialGoods.CreateSpecialMark": "item category warning keepers reason",
    "inventory.Stock.PostStockMovement": MOVEMENT,
    "inventory.Warehouses.CreatePlace": "code kind",
    "inventory.Warehouses.CreateWarehouse": "code title site unit",
    "orders.Channels.CreateChannel": f"code platform shop unit currency history {CHANNEL}",
    "orders.Channels.UpdateChannel": f"{STEERING} {CHANNEL}",
    "orders.OrderChecks.SetChannelChecks": (
        "off price_tolerance_percent discount_percent promotion_percent quantity_limit duplicate_hours"
        " address_characters reason"
    ),
    "orders.OrderParcels.AddOrderParcel": "carrier waybill hand_over_time",
    "orders.Orders.BatchCreateOrders": ORDER,
    "orders.Orders.CreateOrder": ORDER,
    "orders.Orders.UpdateOrder": f"{STEERING} {MENDED}",
    "orders.Reviews.BatchCreateReviews": "number code stars text place_time",
    "orders.ServicePolicies.UpdateServicePolicy": (
        f"{STEERING} inquiry_hours complaint_hours return_hours refund_hours exchange_hours review_hours refund_limit"
    ),
    "orders.TicketActions.CreateTicketAction": "kind amount lines reason",
    "orders.Tickets.CreateTicket": "channel order kind category",
    "orders.Tickets.CreateTicketMessage": "kind subject text",
    "people.Access.CreateRole": "title permissions",
    "people.Access.UpdateRole": f"{STEERING} title permissions",
    "people.Access.CreateGrant": "person role scope unit start_date end_date position reason",
    "people.Accounts.CreateServiceAccount": "code title owner end_date",
    "people.Decisions.CreateDecision": f"kind subjects {DECISION} unit plan",
    "people.Decisions.ResubmitDecision": DECISION,
    "people.Decisions.SetProcess": (
        "kind unit effective_date weight measure money steps opinion related_units retired steps_from_service"
    ),
    "people.Decisions.CreateDelegation": "delegate kinds start_date end_date away",
    "people.Duties.CreateDuty": DUTY,
    "people.Duties.UpdateDuty": (
        f"{STEERING} clause title instructions person position head_of schedule proof remind_minutes effective_date"
    ),
    "people.Duties.DeclareDuty": DUTY,
    "people.Notices.SendNotice": ("title body to about corrects standing end_date needs_acknowledgement read_by_date"),
    "people.Notices.UpdateNoticePreferences": "language outward",
    "people.Organisation.CreateUnit": "code title kind parent duties effective_date",
    "people.Organisation.UpdateUnit": f"{STEERING} title kind parent duties effective_date",
    "people.Organisation.CreatePosition": "code title unit duties work requirements effective_date",
    "people.Organisation.UpdatePosition": f"{STEERING} title unit duties work requirements effective_date",
    "people.Organisation.CreateSite": "code title time_zone calendar effective_date",
    "people.Organisation.UpdateSite": f"{STEERING} title time_zone calendar effective_date",
    "people.Outsiders.PermitOutsider": "person start_date end_date reason",
    "people.Rulebook.CreateClause": "kind wording effective_date",
    "people.Staff.CreatePerson": (
        f"number display_name login {within('appointment', APPOINTMENT)} {within('qualifications', QUALIFICATION)}"
    ),
    "people.Staff.UpdatePerson": f"{STEERING} display_name login",
    "people.Staff.AppointPerson": " ".join(APPOINTMENT),
    "people.Staff.RehirePerson": " ".join(APPOINTMENT),
    "people.Staff.SetQualifications": " ".join(QUALIFICATION),
}
"""Calls by their short name."""

VALUES = frozenset(
    {
        "orders.CourierLine.ReceivePush",
        "orders.Orders.SplitOrder",
        "attendance.ClosedSheets.CorrectClosedSheet",
        "attendance.UnitMonths.ReviewSheets",
        "inventory.Deliveries.RecordCount",
        "inventory.Deliveries.DecideDelivery",
        "inventory.GoodsReviews.RecordReviewOutcomes",
        "inventory.HouseRounds.HandInRound",
        "inventory.PackChecks.CheckPackScan",
        "inventory.PackChecks.CheckPackScans",
        "inventory.Parcels.HandOverParcels",
        "inventory.PutAways.PutGoodsAway",
        "inventory.Reservations.BatchMarkStockReservations",
        "inventory.Reservations.BatchReleaseStockReservations",
        "inventory.Returns.DecideReturn",
        "inventory.Stocktakes.ExplainStocktake",
        "orders.Tickets.IssueReturnSlip",
        "people.Decisions.PreviewDecision",
        "people.Duties.CompleteDutyOccurrence",
        "people.Duties.CloseDutyOccurrence",
    }
)
"""Calls whose message within is no thing but a value, such as a proof or a missing punch: all of it is the caller's."""
