/// Tells people. What was announced about connections, assets and schedules is merged into a
/// [io.tokenwarden.notifier.projection] of its own, where the largest revision wins; from that
/// merged state, never from the kind or order of events, follow the notifications
/// ([io.tokenwarden.notifier.notification]): one per cause, resolved once when the cause is gone.
/// The [io.tokenwarden.notifier.console] shows both to whoever may see the workspace. It calls no
/// other service: the page itself does, with the bearer of the person who looks at it.
///
/// Start at [Merging]. Everything touches the database through Hibernate Reactive and runs on the
/// event loop.
package io.tokenwarden.notifier;
