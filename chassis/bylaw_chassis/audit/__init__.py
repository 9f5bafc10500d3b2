"""The audit trail of a service: who did what to which thing, under which grant; sealed in hash-chained batches (SEC-3).

`entries` writes a row with each committed write, `trail` those of refusals and reveals; `sealing` chains them, `chain`
proves the chain, `heads` takes its ends out of the database, `listing` and `rpc` show the rows to whoever may.
"""
