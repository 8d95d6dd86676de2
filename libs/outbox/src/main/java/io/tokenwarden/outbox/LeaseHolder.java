package io.tokenwarden.outbox;

/// Who leases work: one session of a replica with the database. A row under lease names it
/// (`leased_by`), and the schema's function `lease_holder_lives` says whether the session is still
/// there; when it is not, the lease is over, however long it was to last. So what a killed replica
/// had in hand is free at once.
///
/// The other way round nothing is promised: a replica may lose its session and go on working. What
/// it brings must be refused if its lease was taken over meanwhile.
public record LeaseHolder(int id) {}
