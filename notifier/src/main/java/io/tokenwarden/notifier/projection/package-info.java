/// The notifier's own picture of connections, assets and schedules: of each the state with the
/// largest revision, whatever the order in which states came in.
package io.tokenwarden.notifier.projection;
