package io.tokenwarden.twin.dialog;

import io.tokenwarden.twin.world.MetaApp;
import io.tokenwarden.twin.world.Person;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a person's click in the dialog comes to: which permissions are granted and which declined.
///
/// @param adAccounts those that are shared, by id; null for all
record Answer(Set<String> granted, Set<String> declined, Set<String> adAccounts) {

  /// Empty where the person refuses the whole request.
  ///
  /// @param accepted the permissions left as they were in the form
  /// @param ticked the ad accounts ticked in the form, whoever's they are
  static Optional<Answer> of(
      MetaApp app,
      DialogRequest request,
      Person person,
      List<String> accepted,
      List<String> ticked) {
    var asked = new LinkedHashSet<>(request.scopes(app));
    if (!request.rerequest() && !request.allOrNothing()) {
      asked.removeAll(person.declined(app.id()));
    }
    var granted = new LinkedHashSet<>(asked);
    granted.removeIf(scope -> !accepted.contains(scope) || !person.agreesTo(scope));
    var declined = new LinkedHashSet<>(asked);
    declined.removeAll(granted);
    if (request.allOrNothing() && !declined.isEmpty()) {
      return Optional.empty();
    }
    granted.add(DialogRequest.PUBLIC_PROFILE);
    return Optional.of(new Answer(granted, declined, chosen(person, ticked)));
  }

  /// Who ticks none of their ad accounts shares them all.
  private static Set<String> chosen(Person person, List<String> ticked) {
    var theirs =
        ticked.stream().filter(id -> person.adAccount(id).isPresent()).collect(Collectors.toSet());
    return theirs.isEmpty() ? null : theirs;
  }
}
