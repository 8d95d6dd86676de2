package io.tokenwarden.twin.limits;

import java.util.Arrays;

/// The instants of the latest while, oldest first, in nanoseconds of a clock that never goes back.
final class Times {

  private long[] ring = new long[64];
  private int first;
  private int size;

  void add(long instant) {
    if (size == ring.length) {
      grow();
    }
    ring[(first + size) % ring.length] = instant;
    size++;
  }

  /// Forgets all up to and including this instant.
  void forgetUpTo(long instant) {
    while (size > 0 && ring[first] - instant <= 0) {
      first = (first + 1) % ring.length;
      size--;
    }
  }

  int size() {
    return size;
  }

  /// The instant with this many older ones.
  long at(int index) {
    return ring[(first + index) % ring.length];
  }

  private void grow() {
    var inOrder = Arrays.copyOf(Arrays.copyOfRange(ring, first, ring.length), ring.length * 2);
    System.arraycopy(ring, 0, inOrder, ring.length - first, first);
    ring = inOrder;
    first = 0;
  }
}
