package io.tokenwarden.auth.app;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/// A Meta app of a workspace's own, without what of it is secret.
@Entity
@Table(name = "meta_app")
class OwnedApp extends PanacheEntityBase {
  @Id
  @Column(name = "app_id")
  private String appId;

  @Column(name = "workspace_id")
  private String workspaceId;

  @Column(name = "graph_version")
  private String graphVersion;

  @Column(name = "login_config")
  private String loginConfig;

  @Column(name = "registered_by")
  private String registeredBy;

  @Column(name = "registered_at")
  private Instant registeredAt;

  @Column(name = "secret_set_at")
  private Instant secretSetAt;

  protected OwnedApp() {}

  /// Takes over what was registered now; what was left out stays as it is.
  void take(Registration registration, Instant now) {
    registration.graphVersion().ifPresent(version -> graphVersion = emptyAsNull(version));
    registration.loginConfig().ifPresent(config -> loginConfig = emptyAsNull(config));
    secretSetAt = now;
  }

  private static String emptyAsNull(String text) {
    return text.isEmpty() ? null : text;
  }

  String appId() {
    return appId;
  }

  WorkspaceId workspace() {
    return WorkspaceId.of(workspaceId);
  }

  /// Empty: the version the managed app uses.
  Optional<String> graphVersion() {
    return Optional.ofNullable(graphVersion);
  }

  /// Null for classic login.
  String loginConfig() {
    return loginConfig;
  }

  String registeredBy() {
    return registeredBy;
  }

  Instant registeredAt() {
    return registeredAt;
  }

  Instant secretSetAt() {
    return secretSetAt;
  }
}
