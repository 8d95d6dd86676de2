package io.tokenwarden.auth.asset;

import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.tokenwarden.auth.connection.Connection;
import io.tokenwarden.auth.connection.JsonColumn;
import io.tokenwarden.contracts.AssetState;
import io.tokenwarden.contracts.AssetType;
import io.tokenwarden.contracts.Condition;
import io.tokenwarden.contracts.Reason;
import io.tokenwarden.contracts.Remedy;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// One asset as one connection last saw it. Changed under the lock of the connection's row, which
/// also orders its revisions.
@Entity
@Table(name = "asset")
class Asset extends PanacheEntityBase {
  private static final TypeReference<Condition> CONDITION = new TypeReference<>() {};
  private static final TypeReference<List<String>> IDS = new TypeReference<>() {};

  /// What a person does about one that cannot be reached.
  static final Remedy REMEDY = Remedy.ASSIGN_ASSET;

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

  @Column(name = "disable_reason")
  private Integer disableReason;

  @Column(name = "business_id")
  private String businessId;

  @Column(name = "ad_accounts")
  private String adAccounts;

  @Column(name = "beyond_grant")
  private boolean beyondGrant;

  @Column(name = "changed_at")
  private Instant changedAt;

  protected Asset() {}

  static Asset unseen(Key key) {
    var asset = new Asset();
    asset.key = key;
    asset.adAccounts = "[]";
    return asset;
  }

  static Key key(Connection connection, AssetType type, String assetId) {
    return new Key(connection.connectionId().value(), type, assetId);
  }

  /// What a look changes.
  enum Change {
    NOTHING,
    /// What is known of it, but not whether it can be reached.
    DETAILS,
    /// It can be reached, and could not before; or it was never seen.
    FOUND,
    /// It cannot be reached any more.
    LOST
  }

  /// It can be reached.
  Change seen(Sight sight, boolean beyond, Instant now) {
    var before = details();
    take(sight, beyond);
    if (revision > 0 && available) {
      return before.equals(details()) ? Change.NOTHING : changed(Change.DETAILS, now);
    }
    available = true;
    cause = null;
    return changed(Change.FOUND, now);
  }

  /// It cannot be reached, or not be used.
  ///
  /// @param why null for a kind whose loss is no condition
  /// @param sight null if Meta did not even show it
  Change lost(Condition why, Sight sight, boolean beyond, Instant now) {
    var before = details();
    if (sight != null) {
      take(sight, beyond);
    }
    if (revision > 0 && !available && Objects.equals(reason(cause()), reason(why))) {
      return before.equals(details()) ? Change.NOTHING : changed(Change.DETAILS, now);
    }
    available = false;
    cause = JsonColumn.write(why);
    return changed(Change.LOST, now);
  }

  private static Reason reason(Condition why) {
    return why == null ? null : why.reason();
  }

  /// What it is called is nobody's to know any more.
  Change forgetName(Instant now) {
    if (name == null) {
      return Change.NOTHING;
    }
    name = null;
    return changed(Change.DETAILS, now);
  }

  private Change changed(Change change, Instant now) {
    revision++;
    changedAt = now;
    return change;
  }

  /// What is known of it beside whether it can be reached.
  private record Details(
      String name,
      String timezone,
      String currency,
      Integer accountStatus,
      Integer disableReason,
      String businessId,
      String adAccounts,
      boolean beyondGrant) {}

  private Details details() {
    return new Details(
        name,
        timezone,
        currency,
        accountStatus,
        disableReason,
        businessId,
        adAccounts,
        beyondGrant);
  }

  private void take(Sight sight, boolean beyond) {
    name = told(sight.name(), name);
    timezone = told(sight.timezone(), timezone);
    currency = told(sight.currency(), currency);
    accountStatus = told(sight.accountStatus(), accountStatus);
    disableReason = told(sight.disableReason(), disableReason);
    businessId = told(sight.businessId(), businessId);
    adAccounts = sight.adAccounts() == null ? adAccounts : JsonColumn.write(sight.adAccounts());
    beyondGrant = beyond;
  }

  private static <T> T told(T told, T known) {
    return told == null ? known : told;
  }

  AssetState state(Connection connection) {
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
        cause(),
        available ? null : REMEDY,
        timezone,
        currency,
        accountStatus,
        beyondGrant);
  }

  /// Null while it can be reached, and for a kind whose loss is no condition.
  Condition cause() {
    return JsonColumn.read(cause, CONDITION);
  }

  AssetType type() {
    return key.assetType();
  }

  /// As [Connection#restored]: what others know of it may be newer than what we know.
  void restored() {
    revision += Connection.RESTORE_LEAP;
  }

  String assetId() {
    return key.assetId();
  }

  boolean isAvailable() {
    return available;
  }

  AssetView view() {
    return new AssetView(
        key.assetType(),
        key.assetId(),
        name,
        available,
        cause(),
        timezone,
        currency,
        accountStatus,
        disableReason,
        businessId,
        JsonColumn.read(adAccounts, IDS),
        beyondGrant,
        revision,
        changedAt);
  }
}
