package io.tokenwarden.testsupport.fleet;

import io.tokenwarden.contracts.Service;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// What a fleet is to consist of.
///
/// @param replicas how many processes of each service
/// @param variables of every service
/// @param variablesOf of the replicas of one service; they win
public record FleetPlan(
    Map<Service, Integer> replicas,
    Map<String, String> variables,
    Map<Service, Map<String, String>> variablesOf) {

  /// Small enough that a story is over in seconds: an account has a week of past at two levels. A
  /// consumer that was killed is missed after three seconds.
  private static final Map<String, String> BRISK =
      Map.of(
          "SYNC_BACKFILL", "6d",
          "SYNC_LEVELS", "account,campaign",
          "KAFKA_SESSION_TIMEOUT_MS", "3000",
          "KAFKA_HEARTBEAT_INTERVAL_MS", "1000");

  public FleetPlan {
    replicas = Map.copyOf(replicas);
    variables = Map.copyOf(variables);
    variablesOf = Map.copyOf(variablesOf);
  }

  /// One replica of each service.
  public static FleetPlan single() {
    return replicated(1);
  }

  /// As many replicas of each service.
  public static FleetPlan replicated(int count) {
    Map<Service, Integer> replicas = new EnumMap<>(Service.class);
    for (var service : Service.values()) {
      replicas.put(service, count);
    }
    return new FleetPlan(replicas, BRISK, Map.of());
  }

  public FleetPlan replicas(Service service, int count) {
    Map<Service, Integer> changed = new EnumMap<>(replicas);
    changed.put(service, count);
    return new FleetPlan(changed, variables, variablesOf);
  }

  /// Starts every service with this variable.
  public FleetPlan with(String variable, String value) {
    Map<String, String> changed = new HashMap<>(variables);
    changed.put(variable, value);
    return new FleetPlan(replicas, changed, variablesOf);
  }

  /// Starts the replicas of one service with this variable.
  public FleetPlan with(Service service, String variable, String value) {
    Map<Service, Map<String, String>> changed = new HashMap<>(variablesOf);
    Map<String, String> its = new HashMap<>(changed.getOrDefault(service, Map.of()));
    its.put(variable, value);
    changed.put(service, Map.copyOf(its));
    return new FleetPlan(replicas, variables, changed);
  }

  Map<String, String> environment(Service service) {
    Map<String, String> all = new HashMap<>(variables);
    all.putAll(variablesOf.getOrDefault(service, Map.of()));
    return all;
  }
}
