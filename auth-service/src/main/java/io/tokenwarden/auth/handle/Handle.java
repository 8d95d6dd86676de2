package io.tokenwarden.auth.handle;

import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.tokenwarden.auth.connection.JsonColumn;
import io.tokenwarden.contracts.ConnectionId;
import io.tokenwarden.contracts.WorkspaceId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An opaque key that stands for a connection with less power: read-only or not, some assets or
/// all, until a moment. It belongs to the connection and not to its token, so a reconnect changes
/// nothing about it.
@Entity
@Table(name = "handle")
class Handle extends PanacheEntityBase {
  private static final TypeReference<List<String>> ASSETS = new TypeReference<>() {};

  @Id private UUID id;

  @Column(name = "connection_id")
  private UUID connectionId;

  @Column(name = "workspace_id")
  private String workspaceId;

  @Column(name = "secret_hash")
  private byte[] secretHash;

  @Enumerated(EnumType.STRING)
  private Access access;

  private String assets;

  @Column(name = "created_by")
  private String createdBy;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "expires_at")
  private Instant expiresAt;

  @Column(name = "revoked_at")
  private Instant revokedAt;

  protected Handle() {}

  /// A handle that nobody has yet. Its times are as fine as the database keeps them, so that they
  /// are the same in every answer.
  static Handle minted(UUID id, Minting order, HandleSecret secret, String by, Instant now) {
    var handle = new Handle();
    handle.id = id;
    handle.connectionId = order.connection().connectionId().value();
    handle.workspaceId = order.connection().workspace().value();
    handle.secretHash = secret.hash();
    handle.access = order.access();
    handle.assets = order.assets().map(JsonColumn::write).orElse(null);
    handle.createdBy = by;
    handle.createdAt = now.truncatedTo(ChronoUnit.MICROS);
    handle.expiresAt = order.expiresAt().truncatedTo(ChronoUnit.MICROS);
    return handle;
  }

  /// For good.
  void revoke(Instant now) {
    revokedAt = now;
  }

  boolean isRevoked() {
    return revokedAt != null;
  }

  /// Whether it opens anything, as far as the handle itself is concerned.
  boolean isGoodAt(Instant now) {
    return revokedAt == null && now.isBefore(expiresAt);
  }

  UUID id() {
    return id;
  }

  ConnectionId connectionId() {
    return new ConnectionId(connectionId);
  }

  WorkspaceId workspace() {
    return WorkspaceId.of(workspaceId);
  }

  Access access() {
    return access;
  }

  /// The only assets it reaches, by their ids; empty if it reaches what the connection reaches.
  Optional<List<String>> assets() {
    return Optional.ofNullable(JsonColumn.read(assets, ASSETS));
  }

  String createdBy() {
    return createdBy;
  }

  Instant createdAt() {
    return createdAt;
  }

  Instant expiresAt() {
    return expiresAt;
  }

  Optional<Instant> revokedAt() {
    return Optional.ofNullable(revokedAt);
  }
}
