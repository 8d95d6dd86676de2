package io.tokenwarden.auth.audit;

import io.tokenwarden.contracts.WorkspaceId;

/// Refusals that are alike, and are counted together.
///
/// There must be few kinds: nothing that a caller makes up may stand in one.
///
/// @param actor whatever can be said of who was refused, such as `browser`
/// @param action a dotted name, such as `handoff.rejected`
/// @param workspace whose door it was; [WorkspaceId#ALL] where that is not known
/// @param what such as `STATE_USED`
public record RefusalKind(String actor, String action, WorkspaceId workspace, String what) {}
