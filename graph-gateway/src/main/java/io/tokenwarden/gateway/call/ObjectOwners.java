package io.tokenwarden.gateway.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenwarden.gateway.answer.Refusal;
import io.tokenwarden.gateway.call.MetaAnswer.Answered;
import io.tokenwarden.gateway.call.MetaAnswer.Crowded;
import io.tokenwarden.gateway.call.MetaAnswer.Silent;
import io.tokenwarden.gateway.call.MetaAnswer.Withheld;
import io.tokenwarden.gateway.call.MeteredMeta.Ask;
import io.tokenwarden.gateway.credential.CredentialLease;
import io.tokenwarden.gateway.quota.Lane;
import io.tokenwarden.gateway.request.GraphRequest;
import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import io.tokenwarden.gateway.request.Verb;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which ad account an object of Graph belongs to, as Meta says when asked for the object's
/// `account_id`. It never changes, so it is remembered; that nothing could be found out is not.
@ApplicationScoped
class ObjectOwners {

  private static final int REMEMBERED = 100_000;
  private static final Pattern ACCOUNT = Pattern.compile("\\d{1,20}");

  private final MeteredMeta meta;
  private final Cache<String, String> owners =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  @Inject
  ObjectOwners(MeteredMeta meta) {
    this.meta = meta;
  }

  /// What came of asking.
  sealed interface Ownership {

    /// @param account the digits of the ad account
    record BelongsTo(String account) implements Ownership {}

    /// Meta does not say that it belongs to an ad account: it may not exist.
    record Unproven() implements Ownership {}

    /// Meta says something else is wrong.
    record Failed(Answered answer) implements Ownership {}

    /// @param why Meta said nothing
    record Unanswered(String why) implements Ownership {}

    /// Meta was not asked.
    record Unasked(Refusal refusal) implements Ownership {}
  }

  /// @param version of Graph to ask
  Future<Ownership> of(
      String objectId, String version, CredentialLease lease, Lane lane, Deadline deadline) {
    String known = owners.getIfPresent(objectId);
    return known != null
        ? Future.succeededFuture(new Ownership.BelongsTo(known))
        : meta.send(
                new Ask(
                    question(objectId, version),
                    MultiMap.caseInsensitiveMultiMap(),
                    lease,
                    lane,
                    deadline,
                    false,
                    Optional::empty))
            .map(ObjectOwners::understood)
            .onSuccess(found -> remember(objectId, found));
  }

  private static GraphRequest question(String objectId, String version) {
    return new GraphRequest(
        Verb.GET, version, List.of(objectId), List.of(new Parameter("fields", "account_id")));
  }

  private static Ownership understood(MetaAnswer answer) {
    return switch (answer) {
      case Crowded _ -> new Ownership.Unanswered("Too many calls wait for Meta");
      case Withheld(var refusal) -> new Ownership.Unasked(refusal);
      case Silent(var why) -> new Ownership.Unanswered(why);
      case Answered answered -> understood(answered);
    };
  }

  private static Ownership understood(Answered answer) {
    if (answer.failure().isPresent()) {
      return new Ownership.Failed(answer);
    }
    Optional<String> account = answer.rest() == null ? account(answer) : Optional.empty();
    answer.discard();
    return account.<Ownership>map(Ownership.BelongsTo::new).orElseGet(Ownership.Unproven::new);
  }

  private static Optional<String> account(Answered answer) {
    try {
      return answer.status() == 200
              && new JsonObject(answer.held()).getValue("account_id") instanceof String account
              && ACCOUNT.matcher(account).matches()
          ? Optional.of(account)
          : Optional.empty();
    } catch (DecodeException _) {
      return Optional.empty();
    }
  }

  private void remember(String objectId, Ownership found) {
    if (found instanceof Ownership.BelongsTo(var account)) {
      owners.put(objectId, account);
    }
  }
}
