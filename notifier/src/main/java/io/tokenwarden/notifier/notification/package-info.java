/// One notification per cause. [Causes] reads off the merged state what is wrong now, [Settlement]
/// compares that with what people were told, and [Notifying] tells them the difference: a new cause
/// once, and once more when it is gone.
///
/// ```
///            cause stands            cause is gone
///   (none) ───────────────▶ OPEN ───────────────────▶ RESOLVED
///                            │ ▲
///                            └─┘ cause stands with other details
/// ```
package io.tokenwarden.notifier.notification;
