package io.tokenwarden.auth.preflight;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.app.MetaApps;
import io.tokenwarden.auth.asset.AssetView;
import io.tokenwarden.auth.asset.Assets;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.meta.GraphAnswer;
import io.tokenwarden.auth.meta.MetaGraph;
import io.tokenwarden.auth.vault.Vault;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.graph.AccessToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/// Looks a connection over.
@ApplicationScoped
class Preflight {
  private static final int ASSETS = 500;

  private static final String BUSINESSES =
      "select count(*) from business where connection_id = :connection";

  private final Assets assets;
  private final MetaApps apps;
  private final Vault vault;
  private final MetaGraph meta;

  @Inject
  Preflight(Assets assets, MetaApps apps, Vault vault, MetaGraph meta) {
    this.assets = assets;
    this.apps = apps;
    this.vault = vault;
    this.meta = meta;
  }

  /// Within a session.
  Uni<Known> known(Connection connection) {
    var id = connection.connectionId();
    return assets
        .page(id, "", "", ASSETS)
        .chain(seen ->
            businesses(id)
                .chain(count ->
                    apps.find(connection.appId())
                        .chain(app ->
                            token(connection)
                                .map(token -> known(connection, seen, count, app, token)))));
  }

  private static Uni<Long> businesses(ConnectionId connection) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(BUSINESSES, Long.class)
                .setParameter("connection", connection.value())
                .getSingleResult());
  }

  private Uni<Optional<AccessToken>> token(Connection connection) {
    return connection.isUsable()
        ? vault.open(connection.tokenAddress())
        : Uni.createFrom().item(Optional.empty());
  }

  private static Known known(
      Connection connection,
      List<AssetView> seen,
      long businesses,
      Optional<MetaApp> app,
      Optional<AccessToken> token) {
    return new Known(
        connection.health(),
        connection.tokenType(),
        connection.isUsable(),
        connection.missingScopes().scopes(),
        seen,
        businesses,
        app,
        token);
  }

  /// Asks Meta the rest; within no transaction.
  Uni<List<Check>> look(Known known) {
    return known
        .app()
        .map(app -> ask(app, known))
        .orElseGet(() -> Uni.createFrom().item(new Asked(Optional.empty(), Optional.empty())))
        .map(asked -> new Checklist(known, asked).checks());
  }

  private Uni<Asked> ask(MetaApp app, Known known) {
    return meta.self(app)
        .chain(
            self -> insights(app, known).map(insights -> new Asked(Optional.of(self), insights)));
  }

  private Uni<Optional<GraphAnswer<Boolean>>> insights(MetaApp app, Known known) {
    return known.token().isPresent() && known.anAdAccount().isPresent()
        ? meta.recentSpend(app, known.token().get(), known.anAdAccount().get()).map(Optional::of)
        : Uni.createFrom().item(Optional.empty());
  }
}
