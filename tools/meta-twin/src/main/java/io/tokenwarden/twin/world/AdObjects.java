package io.tokenwarden.twin.world;

import io.tokenwarden.twin.world.Store.Changed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What is in the ad accounts: what they came with, as it was changed, and what was made since.
/// Only what they came with ever delivers, so that numbers once told stay true.
@Singleton
public final class AdObjects {

  private final Store store;

  @Inject
  AdObjects(Store store) {
    this.store = store;
  }

  /// Everything that was ever in the account, the deleted included.
  public List<AdObject> in(AdAccount account) {
    var all = new LinkedHashMap<String, AdObject>();
    account.campaigns().stream()
        .flatMap(campaign -> AdObject.of(account.id(), campaign))
        .forEach(object -> all.put(object.id(), object));
    store.state().adObjects().stream()
        .filter(object -> object.accountId().equals(account.id()))
        .sorted(Comparator.comparing(AdObject::id))
        .forEach(object -> all.put(object.id(), object));
    return List.copyOf(all.values());
  }

  public Optional<AdObject> in(AdAccount account, String id) {
    return in(account).stream().filter(object -> object.id().equals(id)).findFirst();
  }

  /// The digits of the ad account that something is in.
  public Optional<String> accountOf(String id) {
    var changed =
        store.state().adObjects().stream()
            .filter(object -> object.id().equals(id))
            .map(AdObject::accountId)
            .findFirst();
    return changed.or(() -> bornIn(id));
  }

  private Optional<String> bornIn(String id) {
    return store.state().people().stream()
        .flatMap(person -> person.adAccounts().stream())
        .filter(account -> account.campaigns().stream().anyMatch(it -> it.holds(id)))
        .map(AdAccount::id)
        .findFirst();
  }

  /// Makes a new object, with an id that nothing had before.
  public AdObject make(AdAccount account, AdObject.Kind kind, Map<String, String> values) {
    return store.make(state -> {
      var made = state.made().anotherAdObject();
      var object = new AdObject(World.campaignId(made.campaigns()), kind, account.id(), values);
      return new Changed<>(state.with(made).with(object), object);
    });
  }

  /// Writes an object as it is from now on.
  public void put(AdObject object) {
    store.change(state -> state.with(object));
  }

  /// Everything that was made or changed.
  public Stream<AdObject> written() {
    return store.state().adObjects().stream();
  }
}
