"""What a courier adapter is written with: waybills and pushes in, reports of the parcel's way out."""

from bylaw_hooks.couriers.adapters import CourierAdapter, CourierFailed, PushRefused
from bylaw_hooks.couriers.facts import ParcelState, Push, PushAnswer, SignedBy, TrackEvent, TrackReport, Waybill
from bylaw_hooks.couriers.posting import post_form
from bylaw_hooks.couriers.pushing import check_signature, read_form, read_object
from bylaw_hooks.couriers.reading import Codes, UnreadableError, instant_in, text_in

__all__ = ["CourierAdapter", "CourierFailed", "ParcelState", "Push", "PushAnswer", "PushRefused", "SignedBy"]
__all__ += ["TrackEvent", "TrackReport", "Waybill", "check_signature", "post_form", "read_form"]
__all__ += ["Codes", "UnreadableError", "instant_in", "read_object", "text_in"]
