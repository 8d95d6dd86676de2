package io.tokenwarden.contracts;

import java.util.OptionalLong;

/// A fact that happened, in the past tense. What a consumer does follows from the state it carries,
/// never from the order in which facts arrive.
public sealed interface Event
    permits AppEvent,
        AssetEvent,
        ConnectionEvent,
        EvidenceEvent,
        HandleEvent,
        InsightsEvent,
        NotificationEvent,
        QuotaEvent,
        ScheduleEvent {

  /// Where the fact is announced; its CloudEvents type follows from it.
  Topic topic();

  /// The record key: facts with the same key stay in order.
  String key();

  /// The tenant the fact concerns.
  WorkspaceId workspaceId();

  /// The generation of the token the fact speaks of, where it speaks of one.
  OptionalLong generationHeader();

  /// The revision of the state the fact carries, where it carries one.
  OptionalLong revisionHeader();
}
