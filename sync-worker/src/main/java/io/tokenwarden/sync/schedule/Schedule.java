package io.tokenwarden.sync.schedule;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.outbox.LeaseHolder;
import io.tokenwarden.sync.health.Readability;
import io.tokenwarden.sync.health.Readability.ReadableVia;
import io.tokenwarden.sync.health.Readability.Unknown;
import io.tokenwarden.sync.health.Readability.Unreadable;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What syncs one ad account of one workspace. Whoever changes it holds the lock of its row.
@Entity
@Table(name = "schedule")
public class Schedule {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  String workspaceId;
  String adAccountId;
  String timezone;
  long revision;

  @Enumerated(EnumType.STRING)
  ScheduleState state;

  boolean paused;

  @Convert(converter = CausesColumn.class)
  List<Condition> causes;

  UUID viaConnectionId;
  LocalDate wantedFrom;
  LocalDate syncedThrough;
  Instant nextRunAt;
  Instant fullRequestedAt;
  LocalDate restatedOn;
  Instant lastRunAt;
  int attempts;
  String lastFailure;
  UUID runLease;
  Instant runLeasedUntil;
  Integer runLeasedBy;

  Schedule() {}

  /// One that has not been anything yet: [#follow] says what it is.
  static Schedule of(
      WorkspaceId workspace, AdAccountId account, ZoneId zone, LocalDate wantedFrom, Instant now) {
    var schedule = new Schedule();
    schedule.workspaceId = workspace.value();
    schedule.adAccountId = account.digits();
    schedule.timezone = zone.getId();
    schedule.state = ScheduleState.RUNNING;
    schedule.causes = List.of();
    schedule.wantedFrom = wantedFrom;
    schedule.nextRunAt = now;
    schedule.fullRequestedAt = now;
    return schedule;
  }

  /// Becomes what the health of its connections makes it.
  ///
  /// @return what there is to announce
  Change follow(Readability readability, Instant now) {
    var before = visibleState();
    var causesBefore = causes;
    switch (readability) {
      case ReadableVia(var via) -> unblock(via);
      case Unreadable(var newCauses) -> block(newCauses);
      case Unknown() -> {
        return Change.NONE;
      }
    }
    return changed(before, causesBefore, now);
  }

  private void unblock(ConnectionId via) {
    state = ScheduleState.RUNNING;
    causes = List.of();
    viaConnectionId = via.value();
  }

  private void block(List<Condition> newCauses) {
    state = ScheduleState.BLOCKED;
    causes = newCauses;
    viaConnectionId = null;
  }

  Change pause(Instant now) {
    var before = visibleState();
    paused = true;
    return changed(before, causes, now);
  }

  Change resume(Instant now) {
    var before = visibleState();
    paused = false;
    return changed(before, causes, now);
  }

  private Change changed(ScheduleState before, List<Condition> causesBefore, Instant now) {
    var isNew = revision == 0;
    var after = visibleState();
    if (!isNew && before == after && causes.equals(causesBefore)) {
      return Change.NONE;
    }
    revision++;
    return switch (after) {
      case BLOCKED -> Change.BLOCKED;
      case PAUSED -> Change.NONE;
      case RUNNING -> {
        requestFullRun(now);
        attempts = 0;
        yield isNew ? Change.NONE : Change.RESUMED;
      }
    };
  }

  /// Now, and of all days that are not final.
  void requestFullRun(Instant now) {
    nextRunAt = now;
    fullRequestedAt = now;
  }

  /// Gives a run the right to read, until then or until its replica is gone.
  public void leaseTo(UUID run, LeaseHolder holder, Instant until) {
    runLease = run;
    runLeasedBy = holder.id();
    runLeasedUntil = until;
  }

  public void extendLease(Instant until) {
    runLeasedUntil = until;
  }

  public boolean isLeasedTo(UUID run) {
    return run.equals(runLease);
  }

  /// A run has read all it set out to read.
  ///
  /// @param startedAt what was requested later than that is still to be done
  /// @param restated the account's day, if all that was not final was read
  public void completed(
      Instant startedAt, Instant now, Instant next, Optional<LocalDate> restated) {
    endRun(now);
    attempts = 0;
    lastFailure = null;
    restated.ifPresent(day -> restatedOn = day);
    nextRunAt = next;
    if (restated.isPresent() && fullRequestedAt != null && !fullRequestedAt.isAfter(startedAt)) {
      fullRequestedAt = null;
    }
    heedRequestsSince(startedAt);
  }

  /// A run ended before it had read all.
  ///
  /// @param failure a code, never a message from outside
  public void failed(Instant startedAt, Instant now, Instant next, String failure) {
    endRun(now);
    attempts++;
    lastFailure = failure;
    nextRunAt = next;
    heedRequestsSince(startedAt);
  }

  private void endRun(Instant now) {
    runLease = null;
    runLeasedBy = null;
    runLeasedUntil = null;
    lastRunAt = now;
  }

  private void heedRequestsSince(Instant startedAt) {
    if (fullRequestedAt != null && fullRequestedAt.isAfter(startedAt)) {
      nextRunAt = fullRequestedAt;
    }
  }

  public void syncedThrough(LocalDate day) {
    syncedThrough = day;
  }

  /// What a person sees.
  public ScheduleState visibleState() {
    return paused ? ScheduleState.PAUSED : state;
  }

  public long id() {
    return id;
  }

  public WorkspaceId workspace() {
    return WorkspaceId.of(workspaceId);
  }

  public AdAccountId adAccount() {
    return new AdAccountId(adAccountId);
  }

  /// Where the account's days begin and end.
  public ZoneId zone() {
    return ZoneId.of(timezone);
  }

  public LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, zone());
  }

  public long revision() {
    return revision;
  }

  /// Empty unless it is blocked.
  public List<Condition> causes() {
    return causes;
  }

  /// The connection it reads through; empty while blocked.
  public Optional<ConnectionId> via() {
    return Optional.ofNullable(viaConnectionId).map(ConnectionId::new);
  }

  public LocalDate wantedFrom() {
    return wantedFrom;
  }

  /// The last day of the account that was read at all levels.
  public Optional<LocalDate> syncedThrough() {
    return Optional.ofNullable(syncedThrough);
  }

  public Instant nextRunAt() {
    return nextRunAt;
  }

  public Optional<Instant> lastRunAt() {
    return Optional.ofNullable(lastRunAt);
  }

  public Optional<String> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  public int attempts() {
    return attempts;
  }

  /// Whether the next run reads all that is not final: on request, and once a day.
  public boolean wantsFullRun(LocalDate today) {
    return fullRequestedAt != null || restatedOn == null || restatedOn.isBefore(today);
  }

  /// What there is to announce.
  enum Change {
    NONE,
    BLOCKED,
    RESUMED
  }
}
