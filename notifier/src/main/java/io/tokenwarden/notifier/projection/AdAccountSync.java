package io.tokenwarden.notifier.projection;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.WorkspaceId;
import java.time.Instant;

/// When insights of an ad account were last read.
public record AdAccountSync(WorkspaceId workspaceId, AdAccountId adAccountId, Instant readAt) {}
