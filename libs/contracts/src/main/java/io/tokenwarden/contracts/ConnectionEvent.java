package io.tokenwarden.contracts;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
}
