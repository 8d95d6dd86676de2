package io.tokenwarden.twin.world;

import io.tokenwarden.twin.TwinConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Holds the state.
///
/// Every change is on disk before the method that makes it returns, and before any reader sees it:
/// what the twin has once answered it never forgets. Changes are made one at a time; reads take no
/// lock.
@Singleton
final class Store {

  private final StateFile file;
  private final String managedApp;
  private volatile View view;

  @Inject
  Store(TwinConfig config) {
    this(config.data(), MetaApp.managed(config));
  }

  /// @param managed the app the twin is configured with
  Store(Path folder, MetaApp managed) {
    this.file = new StateFile(folder, managed.id());
    this.managedApp = managed.id();
    this.view = new View(knowing(file.read(), managed));
  }

  private static WorldState knowing(WorldState state, MetaApp managed) {
    var known = state.apps().stream().anyMatch(app -> app.id().equals(managed.id()));
    return known
        ? state.changeApp(managed.id(), app -> app.configuredAs(managed))
        : state.withApps(WorldState.plus(state.apps(), managed));
  }

  WorldState state() {
    return view.state;
  }

  MetaApp managedApp() {
    return view.apps.get(managedApp);
  }

  Optional<MetaApp> app(String id) {
    return Optional.ofNullable(view.apps.get(id));
  }

  Optional<Person> person(String id) {
    return Optional.ofNullable(view.people.get(id));
  }

  Optional<IssuedToken> token(Secret value) {
    return Optional.ofNullable(view.tokens.get(value));
  }

  void change(UnaryOperator<WorldState> change) {
    make(state -> new Changed<>(change.apply(state), null));
  }

  /// Makes a change that has a result.
  synchronized <T> T make(Function<WorldState, Changed<T>> change) {
    var changed = change.apply(view.state);
    if (changed.state != view.state) {
      file.write(changed.state);
      view = new View(changed.state);
    }
    return changed.result;
  }

  /// The next state, and what came of it.
  record Changed<T>(WorldState state, T result) {}

  /// A state with the ways in that every request takes.
  private static final class View {

    private final WorldState state;
    private final Map<String, MetaApp> apps;
    private final Map<String, Person> people;
    private final Map<Secret, IssuedToken> tokens;

    View(WorldState state) {
      this.state = state;
      this.apps = state.apps().stream().collect(Collectors.toMap(MetaApp::id, Function.identity()));
      this.people =
          state.people().stream().collect(Collectors.toMap(Person::id, Function.identity()));
      this.tokens =
          state.tokens().stream()
              .collect(Collectors.toMap(IssuedToken::value, Function.identity()));
    }
  }
}
