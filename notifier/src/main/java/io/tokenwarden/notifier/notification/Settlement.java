package io.tokenwarden.notifier.notification;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What is to be done so that people know what is: no more and no less.
final class Settlement {
  private Settlement() {}

  /// One thing to do.
  sealed interface Step {}

  /// A cause nobody was told of.
  record Raise(Cause cause, Details details) implements Step {}

  /// A cause that people know of still stands, perhaps with other details.
  record Keep(Notification notification, Details details) implements Step {}

  /// What people were told of is gone.
  record Resolve(Notification notification) implements Step {}

  /// @param standing what is wrong now
  /// @param open what people were told and not yet told to be over; one per cause
  static List<Step> of(Map<Cause, Details> standing, List<Notification> open) {
    var told = open.stream().collect(toMap(Notification::cause, identity()));
    var steps = new ArrayList<Step>();
    told.forEach((cause, notification) -> {
      if (!standing.containsKey(cause)) {
        steps.add(new Resolve(notification));
      }
    });
    standing.forEach((cause, details) -> {
      var notification = told.get(cause);
      steps.add(notification == null ? new Raise(cause, details) : new Keep(notification, details));
    });
    return steps;
  }
}
