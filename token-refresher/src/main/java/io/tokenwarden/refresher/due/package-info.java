/// What is to be done for which connection, and when.
///
/// ```
///            plan                claim                  Done
///   (none) ───────▶ due at t ───────────▶ leased ───────────────▶ due at the next time
///                      ▲                   │  │ Over
///                      └─── Postponed ─────┘  └────────▶ (none)
/// ```
///
/// What is wanted, and from when on, is a function of the connection's merged state alone
/// ([io.tokenwarden.refresher.due.Demand]); so the same facts, in whatever order, make the same
/// table. When a row is due is that, or later after what was tried.
///
/// A row belongs to one generation of the connection's token: a newer generation takes it over,
/// attempts and lease included, so that whoever still works for the older one settles nothing. A
/// lease that ran out (its worker was killed) makes the row claimable again.
package io.tokenwarden.refresher.due;
