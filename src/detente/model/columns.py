"""The columns of an event table, the same wherever the events come from: coded documents or an imported data set."""

from __future__ import annotations

import pyarrow as pa

__all__ = ["EVENT_COLUMNS"]

EVENT_COLUMNS = pa.schema(
    [
        # identity
        ("event_id", pa.string()),  # hash of content; never changes
        ("canonical_id", pa.string()),  # the happening this telling belongs to; changes on a join or split
        ("origin", pa.string()),  # "coded" or "imported"
        ("dataset", pa.string()),  # "" for coded events; "GDELT", "ICEWS" … for imported ones
        # what
        ("event_type", pa.string()),  # PLOVER type, or null where the original code has none
        ("mode", pa.string()),
        ("quad_class", pa.int8()),  # 1, 2 verbal, material cooperation; 3, 4 verbal, material conflict
        ("status", pa.string()),
        ("score", pa.float64()),  # Goldstein-like score of type and mode, -10 to 10
        ("original_code", pa.string()),  # the code as imported (CAMEO, WEIS …)
        # who
        ("actors", pa.list_(pa.string())),  # COW abbreviations, organisation codes, X:name
        ("recipients", pa.list_(pa.string())),  # empty for two-sided acts
        ("actor_text", pa.list_(pa.string())),
        ("recipient_text", pa.list_(pa.string())),
        # when; both days inclusive, null = open
        ("earliest", pa.date32()),
        ("latest", pa.date32()),
        ("edtf", pa.string()),
        ("date_text", pa.string()),
        # where
        ("place", pa.string()),
        ("content", pa.string()),
        # on whose word
        ("document_id", pa.string()),
        ("document_title", pa.string()),
        ("source", pa.string()),
        ("sentence", pa.int32()),
        ("trigger", pa.string()),
        ("trigger_start", pa.int64()),
        ("trigger_end", pa.int64()),
        ("quote", pa.string()),
        ("quote_start", pa.int64()),
        ("quote_end", pa.int64()),
        ("confidence", pa.float64()),
        ("coder", pa.string()),
        ("coder_version", pa.string()),
        ("recorded_at", pa.timestamp("us", tz="UTC")),  # record time: when the record learned it
    ]
)
"""The schema `Record.events()` returns, `exchange` writes and `measure` reads; one row an event mention."""
