package io.tokenwarden.auth.judge;

import io.tokenwarden.auth.verdict.Grounds;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.GraphErrorInfo;
import io.tokenwarden.contracts.Health;
import java.time.Instant;
import java.util.List;

/// Why a connection is as it is, or as it was at some time.
///
/// @param at the time it is told for
/// @param health as it was then
/// @param conditions each condition of then with what led to it
/// @param questions what Meta was asked lately, the latest first
/// @param history the revisions before, the latest first
public record Explanation(
    ConnectionId connectionId,
    String metaUserId,
    String appId,
    Instant at,
    long generation,
    long revision,
    Health health,
    List<Cause> conditions,
    List<Asked> questions,
    List<Step> history) {

  /// @param step the revision with which it came
  /// @param question the question whose answer it was; null if nobody asked
  public record Cause(Condition condition, Step step, Asked question) {}

  /// One revision.
  public record Step(long revision, long generation, Instant at, String what) {}

  /// One question, why it was asked and what was found.
  ///
  /// @param grounds with the `fbtraceId` of the call that failed
  /// @param findings with the `fbtraceId` of each answer of Meta that complained
  /// @param answer null while it is open
  public record Asked(
      String subject,
      String target,
      Grounds grounds,
      Instant openedAt,
      List<Found> findings,
      Instant answeredAt,
      String answer) {}

  public record Found(Instant at, String outcome, GraphErrorInfo error) {}
}
