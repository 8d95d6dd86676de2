package io.tokenwarden.contracts;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// What auth-service, and nobody else, announces about a connection. Each carries the complete
/// state at its revision: a consumer keeps the newest ([Revised]).
public sealed interface ConnectionEvent extends Event {

  ConnectionState connection();

  @Override
  default String key() {
    return connection().connectionId().toString();
  }

  @Override
  default WorkspaceId workspaceId() {
    return connection().workspaceId();
  }

  @Override
  default OptionalLong generationHeader() {
    return OptionalLong.of(connection().generation());
  }

  @Override
  default OptionalLong revisionHeader() {
    return OptionalLong.of(connection().revision());
  }

  /// Every change of a connection is here; what a new subscriber reads first.
  record TokenHealth(@JsonUnwrapped ConnectionState connection) implements ConnectionEvent {
    @Override
    public Topic topic() {
      return Topic.TOKEN_HEALTH;
    }
  }

  /// A token was stored after a person's consent.
  ///
  /// @param reconnected whether the connection existed before
  record TokenConnected(@JsonUnwrapped ConnectionState connection, boolean reconnected)
      implements ConnectionEvent {
    @Override
    public Topic topic() {
      return Topic.TOKEN_CONNECTED;
    }
  }

  /// Meta confirmed, asked twice, that the token is dead.
  ///
  /// @param affectedAdAccounts cut at [Health#LIST_LIMIT]
  record TokenExpired(
      @JsonUnwrapped ConnectionState connection,
      Reason reason,
      Remedy remedy,
      GraphErrorInfo graphError,
      List<AdAccountId> affectedAdAccounts,
      int affectedAdAccountsTotal)
      implements ConnectionEvent {
    public TokenExpired {
      requireNonNull(reason, "reason");
      requireNonNull(remedy, "remedy");
      affectedAdAccounts = List.copyOf(affectedAdAccounts);
    }

    /// From the whole list of ad accounts, which it cuts and counts.
    public static TokenExpired of(
        ConnectionState connection,
        Reason reason,
        Remedy remedy,
        GraphErrorInfo graphError,
        List<AdAccountId> affectedAdAccounts) {
      return new TokenExpired(
          connection,
          reason,
          remedy,
          graphError,
          Health.cut(affectedAdAccounts),
          affectedAdAccounts.size());
    }

    @Override
    public Topic topic() {
      return Topic.TOKEN_EXPIRED;
    }
  }

  /// The token failed validation and was disabled: its access cannot be verified.
  record TokenInactive(@JsonUnwrapped ConnectionState connection, Reason reason, Remedy remedy)
      implements ConnectionEvent {
    public TokenInactive {
      requireNonNull(reason, "reason");
      requireNonNull(remedy, "remedy");
    }

    @Override
    public Topic topic() {
      return Topic.TOKEN_INACTIVE;
    }
  }

  /// The token was exchanged for one of the same person that lives longer.
  ///
  /// @param previousExpiresAt when the token before it ends; null means never
  record TokenRefreshed(@JsonUnwrapped ConnectionState connection, Instant previousExpiresAt)
      implements ConnectionEvent {
    @Override
    public Topic topic() {
      return Topic.TOKEN_REFRESHED;
    }
  }

  /// A refresh did not do what it is for. The token in use stays as it is.
  ///
  /// @param remedy what a person does about it; null while another attempt may still succeed
  /// @param attempt how many in a row have failed, this one included
  /// @param actBy when it is too late; null if the token never ends
  record TokenRefreshFailed(
      @JsonUnwrapped ConnectionState connection,
      RefreshFailure reason,
      Remedy remedy,
      int attempt,
      Instant actBy)
      implements ConnectionEvent {
    public TokenRefreshFailed {
      requireNonNull(reason, "reason");
      if (attempt < 1) {
        throw new IllegalArgumentException("attempts are counted from 1");
      }
    }

    @Override
    public Topic topic() {
      return Topic.TOKEN_REFRESH_FAILED;
    }
  }

  /// One of a connection's clocks runs out, and only a person can wind it.
  ///
  /// @param daysLeft 14, 7, 3 or 1
  record TokenExpiring(@JsonUnwrapped ConnectionState connection, ExpiryClock clock, int daysLeft)
      implements ConnectionEvent {
    public TokenExpiring {
      requireNonNull(clock, "clock");
    }

    @Override
    public Topic topic() {
      return Topic.TOKEN_EXPIRING;
    }
  }

  /// The connection was ended, by us or at Meta. Its token is gone.
  ///
  /// @param revokedAtMeta whether Meta does not know the token any more either
  /// @param archived whether the connection was put away, too
  record TokenDisconnected(
      @JsonUnwrapped ConnectionState connection, boolean revokedAtMeta, boolean archived)
      implements ConnectionEvent {
    @Override
    public Topic topic() {
      return Topic.TOKEN_DISCONNECTED;
    }
  }

  /// Permissions that the connection is to have are not granted, or not any more.
  ///
  /// @param scopes exactly those that are missing now
  /// @param blockedCapabilities what cannot be done without them
  record ScopeMissing(
      @JsonUnwrapped ConnectionState connection,
      List<String> scopes,
      List<Capability> blockedCapabilities,
      Remedy remedy)
      implements ConnectionEvent {
    public ScopeMissing {
      scopes = List.copyOf(scopes);
      blockedCapabilities = List.copyOf(blockedCapabilities);
      requireNonNull(remedy, "remedy");
    }

    @Override
    public Topic topic() {
      return Topic.SCOPE_MISSING;
    }
  }

  /// Permissions appeared that were not granted before, whether they had been missed or not.
  ///
  /// @param scopes exactly those that appeared
  /// @param blockedCapabilities what still cannot be done, since other scopes are missing
  /// @param remedy null if nothing is missing any more
  record ScopeRestored(
      @JsonUnwrapped ConnectionState connection,
      List<String> scopes,
      List<Capability> blockedCapabilities,
      Remedy remedy)
      implements ConnectionEvent {
    public ScopeRestored {
      scopes = List.copyOf(scopes);
      blockedCapabilities = List.copyOf(blockedCapabilities);
    }

    @Override
    public Topic topic() {
      return Topic.SCOPE_RESTORED;
    }
  }
}
