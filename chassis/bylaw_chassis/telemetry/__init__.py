"""Traces and metrics by OpenTelemetry: off, and not even imported, unless the settings say where they go.

`settings` says whether; `exporting` holds what sends; `watched_server` measures a service's calls, `gauges` its
database; the gateway measures its requests by the same `exporting`. Nothing that is measured names a person or quotes a
request.
"""
