/// What is to be done for which connection, and when.
///
/// ```
///            plan                claim                  Done
///   (none) ───────▶ due at t ───────────▶ leased ───────────────▶ due at the next time
///                      ▲                   │  │ Obsolete
///                      └─── Postponed ─────┘  └────────▶ (none)
/// ```
///
/// A row belongs to one generation of the connection's token: a newer generation takes it over,
/// attempts and lease included, so that whoever still works for the older one settles nothing. A
/// lease that ran out (its worker was killed) makes the row claimable again.
package io.tokenwarden.refresher.due;
