package io.tokenwarden.gateway.version;

import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What was said on a day, so that it is said once. Of more than so many things, nothing is said.
final class OncePerDay {

  private final int most;
  private final Map<String, LocalDate> said = new ConcurrentHashMap<>();

  OncePerDay(int most) {
    this.most = most;
  }

  /// @return whether it was not said yet on this day
  boolean isNew(String what, LocalDate today) {
    boolean room = said.size() < most || said.containsKey(what);
    return room && !today.equals(said.put(what, today));
  }
}
