/// Who did what, when: written in the transaction of what was done, and chained afterwards.
///
/// [AuditLog] adds entries; [Sealer] gives each, once it is committed, its place and a hash over
/// its content and the hash before ([Entry#canonical]); [Verifier] computes the chain anew. An
/// entry that was changed, removed, put in between or moved is found, and so is a log whose end was
/// cut off, unless whoever did it also rewrote `audit_head` and every place that was noted down
/// outside the database (the log line of [Sealer], the answers of verifications). Why so: ADR 6.
///
/// Whoever is refused without having said who they are can be refused for ever: [RefusalLog] keeps
/// the log from growing with it, and says how many there were. graph-gateway counts by itself what
/// it refuses, and tells it the same way.
package io.tokenwarden.auth.audit;
