package io.tokenwarden.twin.world;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Everything the twin remembers, as one immutable value: this is the content of `state.json`.
///
/// @param adObjects what was made or changed in ad accounts; null in states written before any
///   could be
record WorldState(
    int format,
    Made made,
    List<MetaApp> apps,
    List<Person> people,
    List<IssuedToken> tokens,
    List<AuthorizationCode> codes,
    List<AdObject> adObjects) {

  static final int FORMAT = 2;

  WorldState {
    if (format != FORMAT) {
      throw new IllegalArgumentException("state of format %d cannot be read".formatted(format));
    }
    apps = List.copyOf(apps);
    people = List.copyOf(people);
    tokens = List.copyOf(tokens);
    codes = List.copyOf(codes);
    adObjects = adObjects == null ? List.of() : List.copyOf(adObjects);
  }

  static WorldState empty() {
    return new WorldState(
        FORMAT, Made.NOTHING, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  WorldState with(Made newMade) {
    return new WorldState(format, newMade, apps, people, tokens, codes, adObjects);
  }

  WorldState withApps(List<MetaApp> newApps) {
    return new WorldState(format, made, newApps, people, tokens, codes, adObjects);
  }

  WorldState withPeople(List<Person> newPeople) {
    return new WorldState(format, made, apps, newPeople, tokens, codes, adObjects);
  }

  WorldState withTokens(List<IssuedToken> newTokens) {
    return new WorldState(format, made, apps, people, newTokens, codes, adObjects);
  }

  WorldState withCodes(List<AuthorizationCode> newCodes) {
    return new WorldState(format, made, apps, people, tokens, newCodes, adObjects);
  }

  WorldState with(AdObject object) {
    var others = adObjects.stream().filter(it -> !it.id().equals(object.id())).toList();
    return new WorldState(format, made, apps, people, tokens, codes, plus(others, object));
  }

  WorldState changeApp(String id, UnaryOperator<MetaApp> change) {
    return withApps(replaced(apps, app -> app.id().equals(id), change));
  }

  WorldState changePerson(String id, UnaryOperator<Person> change) {
    return withPeople(replaced(people, person -> person.id().equals(id), change));
  }

  WorldState changeTokens(Predicate<IssuedToken> which, UnaryOperator<IssuedToken> change) {
    return withTokens(replaced(tokens, which, change));
  }

  /// Those already dead stay dead of what they died of.
  WorldState kill(Predicate<IssuedToken> which, DeathCause cause, Instant now) {
    return changeTokens(which, token -> token.killed(cause, now));
  }

  WorldState changeAdAccount(String id, UnaryOperator<AdAccount> change) {
    return withPeople(
        replaced(
            people,
            person -> person.adAccount(id).isPresent(),
            person ->
                person.withAdAccounts(
                    replaced(person.adAccounts(), account -> account.id().equals(id), change))));
  }

  WorldState changeCode(AuthorizationCode code, UnaryOperator<AuthorizationCode> change) {
    return withCodes(replaced(codes, code::equals, change));
  }

  static <T> List<T> plus(List<T> all, T one) {
    return Stream.concat(all.stream(), Stream.of(one)).toList();
  }

  private static <T> List<T> replaced(List<T> all, Predicate<T> which, UnaryOperator<T> change) {
    return all.stream().map(one -> which.test(one) ? change.apply(one) : one).toList();
  }
}
