package io.tokenwarden.auth.app;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.meta.MetaConfig;
import io.tokenwarden.auth.vault.SealedSecrets;
import io.tokenwarden.auth.vault.SecretAddress;
import io.tokenwarden.auth.vault.SecretAddress.Purpose;
import io.tokenwarden.contracts.WorkspaceId;
import io.tokenwarden.graph.AppSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// The Meta apps of workspaces' own, and their secrets. Within the current session.
@ApplicationScoped
class OwnedApps implements PanacheRepositoryBase<OwnedApp, String> {
  private static final String INSERT =
      """
      insert into meta_app (app_id, workspace_id, registered_by, registered_at, secret_set_at)
      values (:app, :workspace, :by, :now, :now)
      on conflict do nothing
      """;

  private final SealedSecrets secrets;
  private final MetaConfig config;
  private final Clock clock;

  @Inject
  OwnedApps(SealedSecrets secrets, MetaConfig config, Clock clock) {
    this.secrets = secrets;
    this.config = config;
    this.clock = clock;
  }

  Uni<List<OwnedApp>> of(WorkspaceId workspace) {
    return list("workspaceId", Sort.by("registeredAt", "appId"), workspace.value());
  }

  /// The app with its secrets; empty if nobody registered it, or its workspace's key is shredded.
  Uni<Optional<MetaApp>> open(String appId) {
    return findById(appId)
        .chain(row ->
            row == null
                ? Uni.createFrom().item(Optional.empty())
                : secrets
                    .open(address(row, Purpose.META_APP_SECRET))
                    .chain(secret ->
                        secret
                            .map(known -> withVerifyToken(row, known))
                            .orElseGet(() -> Uni.createFrom().item(Optional.empty()))));
  }

  private Uni<Optional<MetaApp>> withVerifyToken(OwnedApp row, AppSecret secret) {
    return secrets
        .open(address(row, Purpose.WEBHOOK_VERIFY_TOKEN))
        .map(verifyToken ->
            Optional.of(
                new MetaApp(
                    row.appId(),
                    row.workspace(),
                    secret,
                    row.graphVersion().orElse(config.graphVersion()),
                    row.loginConfig(),
                    verifyToken.orElse(null))));
  }

  /// An app's row, locked.
  ///
  /// @param isNew whether it was made just now
  record Claim(OwnedApp row, boolean isNew) {}

  /// Makes the row if there is none. Another transaction may be first: then it is perhaps another
  /// workspace's.
  Uni<Claim> claim(Registration registration, String by) {
    return insert(registration, by)
        .chain(inserted ->
            findById(registration.appId(), LockModeType.PESSIMISTIC_WRITE)
                .map(row -> new Claim(row, inserted == 1)));
  }

  private Uni<Integer> insert(Registration registration, String by) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(INSERT)
                .setParameter("app", registration.appId())
                .setParameter("workspace", registration.workspace().value())
                .setParameter("by", by)
                .setParameter("now", clock.instant())
                .executeUpdate());
  }

  Uni<Void> keep(OwnedApp row, Registration registration) {
    row.take(registration, clock.instant());
    return secrets
        .keep(address(row, Purpose.META_APP_SECRET), registration.secret())
        .chain(() -> keepVerifyToken(row, registration));
  }

  private Uni<Void> keepVerifyToken(OwnedApp row, Registration registration) {
    var address = address(row, Purpose.WEBHOOK_VERIFY_TOKEN);
    return registration
        .verifyToken()
        .map(text ->
            text.isEmpty() ? secrets.forget(address) : secrets.keep(address, AppSecret.of(text)))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private static SecretAddress address(OwnedApp row, Purpose purpose) {
    return new SecretAddress(row.workspace(), purpose, row.appId());
  }
}
