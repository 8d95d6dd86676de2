package io.tokenwarden.notifier.console;

import static java.util.Comparator.comparing;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import io.tokenwarden.contracts.AdAccountId;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.ConditionKind;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.ConnectionState;
import io.tokenwarden.contracts.Health;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.notifier.console.Card.End;
import io.tokenwarden.notifier.console.Card.Sync;
import io.tokenwarden.notifier.notification.NotificationItem;
import io.tokenwarden.notifier.projection.AdAccountSync;
import io.tokenwarden.notifier.projection.ScheduleState;
import io.tokenwarden.notifier.projection.Visible;
import io.tokenwarden.notifier.text.Texts;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What was gathered for one look at the page, and the cards it makes.
final class Gathered {
  /// So many ad accounts name a connection; of others there is a count.
  private static final int NAMES = 2;

  private final Texts texts;
  private final Clock clock;
  private List<ConnectionState> connections = List.of();
  private Set<String> blockedApps = Set.of();
  private Map<ConnectionId, List<AssetState>> adAccounts = Map.of();
  private Map<ConnectionId, List<AssetState>> unavailable = Map.of();
  private Map<Account, ScheduleState> schedules = Map.of();
  private Map<Account, Instant> syncs = Map.of();
  private Map<ConnectionId, List<NotificationItem>> notifications = Map.of();

  private record Account(WorkspaceId workspaceId, AdAccountId id) {}

  Gathered(Texts texts, Clock clock) {
    this.texts = texts;
    this.clock = clock;
  }

  void connections(List<ConnectionState> found) {
    connections = found;
  }

  void blockedApps(Set<String> found) {
    blockedApps = found;
  }

  void adAccounts(List<AssetState> found) {
    adAccounts = found.stream().collect(groupingBy(AssetState::connectionId));
  }

  void unavailable(List<AssetState> found) {
    unavailable = found.stream().collect(groupingBy(AssetState::connectionId));
  }

  void schedules(List<ScheduleState> found) {
    schedules =
        found.stream()
            .collect(toMap(s -> new Account(s.workspaceId(), s.adAccountId()), identity()));
  }

  void syncs(List<AdAccountSync> found) {
    syncs =
        found.stream()
            .collect(
                toMap(s -> new Account(s.workspaceId(), s.adAccountId()), AdAccountSync::readAt));
  }

  void notifications(List<NotificationItem> found) {
    notifications =
        found.stream()
            .filter(item -> item.connectionId() != null)
            .collect(groupingBy(NotificationItem::connectionId));
  }

  /// One section per workspace that may be seen, be it empty; who may see all gets those that have
  /// connections.
  List<Section> sections(Visible visible) {
    var byWorkspace =
        connections.stream()
            .collect(groupingBy(ConnectionState::workspaceId, mapping(this::card, toList())));
    var names = new TreeSet<>(visible.all() ? Set.of() : visible.names());
    byWorkspace.keySet().forEach(workspace -> names.add(workspace.value()));
    return names.stream()
        .map(name ->
            new Section(name, inOrder(byWorkspace.getOrDefault(WorkspaceId.of(name), List.of()))))
        .toList();
  }

  private static List<Card> inOrder(List<Card> cards) {
    Comparator<Card> worstFirst = comparing((Card card) -> card.status().look()).reversed();
    return cards.stream().sorted(worstFirst.thenComparing(Card::name)).toList();
  }

  private Card card(ConnectionState connection) {
    var id = connection.connectionId();
    var accounts = adAccounts.getOrDefault(id, List.of());
    var reached = accounts.stream().filter(AssetState::available).map(Gathered::account).toList();
    var health = connection.health();
    return new Card(
        id.toString(),
        connection.workspaceId().value(),
        name(connection, accounts),
        connection.metaUserId(),
        status(connection),
        end(health),
        Optional.ofNullable(health.verifiedAt()),
        reached.stream().map(syncs::get).filter(Objects::nonNull).max(Comparator.naturalOrder()),
        accounts.size(),
        sync(reached),
        notifications.getOrDefault(id, List.of()));
  }

  private Status status(ConnectionState connection) {
    return blockedApps.contains(connection.appId())
        ? Status.ofBlockedApp(connection.health(), texts)
        : Status.of(connection.health(), assetConditions(connection.connectionId()), texts, clock);
  }

  /// A token that Meta ended early died when its condition began.
  private static End end(Health health) {
    return health
        .condition(ConditionKind.AUTH_EXPIRED)
        .map(dead -> new End(Optional.of(dead.since()), true))
        .orElse(new End(Optional.ofNullable(health.expiresAt()), false));
  }

  private static Account account(AssetState adAccount) {
    return new Account(adAccount.workspaceId(), AdAccountId.of(adAccount.assetId()));
  }

  private List<Condition> assetConditions(ConnectionId id) {
    return unavailable.getOrDefault(id, List.of()).stream()
        .map(AssetState::cause)
        .filter(Objects::nonNull)
        .toList();
  }

  private String name(ConnectionState connection, List<AssetState> accounts) {
    var names =
        accounts.stream().map(AssetState::name).filter(Objects::nonNull).limit(NAMES).toList();
    if (names.isEmpty()) {
      return texts.get("card.unnamed", Map.of("user", connection.metaUserId()));
    }
    var all = String.join(", ", names);
    var others = accounts.size() - names.size();
    return others == 0 ? all : all + " +" + others;
  }

  /// A schedule is known to run if its ad account was read, or if it was announced to run again.
  private Sync sync(List<Account> reached) {
    var known = reached.stream().map(schedules::get).filter(Objects::nonNull).toList();
    var blocked = known.stream().filter(ScheduleState::blocked).toList();
    var running =
        reached.stream()
            .filter(account -> syncs.containsKey(account) || schedules.containsKey(account))
            .count();
    return new Sync((int) running - blocked.size(), blocked.size(), causes(blocked));
  }

  private List<String> causes(List<ScheduleState> blocked) {
    return blocked.stream()
        .flatMap(schedule -> schedule.causes().stream())
        .map(this::inWords)
        .distinct()
        .toList();
  }

  private String inWords(Condition cause) {
    var what = texts.get("banner." + cause.condition().name());
    return cause.reason() == null
        ? what
        : what + ": " + texts.get("reason." + cause.reason().name());
  }
}
