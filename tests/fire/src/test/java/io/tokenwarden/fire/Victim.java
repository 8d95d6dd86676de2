package io.tokenwarden.fire;

import io.tokenwarden.testsupport.fleet.Fleet;
import io.tokenwarden.testsupport.fleet.Replica;

/// Who is killed with SIGKILL at a moment.
enum Victim {
  /// The service that is half-way through.
  WHO_ACTS {
    @Override
    void kill(Fleet fleet, Replica acting) {
      acting.kill();
    }
  },
  THE_BROKER {
    @Override
    void kill(Fleet fleet, Replica acting) {
      fleet.kafka().kill();
    }
  },
  THE_DATABASE {
    @Override
    void kill(Fleet fleet, Replica acting) {
      fleet.postgres().kill();
    }
  };

  /// Returns when it is dead.
  abstract void kill(Fleet fleet, Replica acting);
}
