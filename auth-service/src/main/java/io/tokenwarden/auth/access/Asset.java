package io.tokenwarden.auth.access;

import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.JsonColumn;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Condition;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/// One asset as one connection last saw it. Changed under the lock of the connection's row, which
/// also orders its revisions.
@Entity
@Table(name = "asset")
class Asset extends PanacheEntityBase {
  private static final TypeReference<Condition> CONDITION = new TypeReference<>() {};

  /// Which asset of which connection.
  @Embeddable
  record Key(
      @Column(name = "connection_id") UUID connectionId,
      @Enumerated(EnumType.STRING) @Column(name = "asset_type") AssetType assetType,
      @Column(name = "asset_id") String assetId)
      implements Serializable {}

  @EmbeddedId private Key key;
  private long revision;
  private String name;
  private boolean available;
  private String cause;
  private String timezone;
  private String currency;

  @Column(name = "account_status")
  private Integer accountStatus;

  @Column(name = "changed_at")
  private Instant changedAt;

  protected Asset() {}

  static Asset unseen(Key key) {
    var asset = new Asset();
    asset.key = key;
    return asset;
  }

  static Key key(Connection connection, AccessSnapshot.AdAccount account) {
    return new Key(connection.connectionId().value(), AssetType.AD_ACCOUNT, account.id().digits());
  }

  /// Takes what a listing says of it.
  ///
  /// @return whether anything changed, the first sight included
  boolean seen(AccessSnapshot.AdAccount account, Instant now) {
    if (revision > 0 && available && says(account)) {
      return false;
    }
    revision++;
    available = true;
    cause = null;
    name = account.name();
    timezone = account.timezone();
    currency = account.currency();
    accountStatus = account.accountStatus();
    changedAt = now;
    return true;
  }

  /// As [Connection#restored]: what others know of it may be newer than what we know.
  void restored() {
    revision += Connection.RESTORE_LEAP;
  }

  private boolean says(AccessSnapshot.AdAccount account) {
    return Objects.equals(name, account.name())
        && Objects.equals(timezone, account.timezone())
        && Objects.equals(currency, account.currency())
        && Objects.equals(accountStatus, account.accountStatus());
  }

  AssetState state(Connection connection) {
    var why = JsonColumn.read(cause, CONDITION);
    return new AssetState(
        connection.workspace(),
        connection.connectionId(),
        connection.generation(),
        revision,
        connection.appId(),
        changedAt,
        key.assetType(),
        key.assetId(),
        name,
        available,
        why,
        why == null ? null : why.remedy(),
        timezone,
        currency,
        accountStatus,
        false);
  }

  String assetId() {
    return key.assetId();
  }
}
