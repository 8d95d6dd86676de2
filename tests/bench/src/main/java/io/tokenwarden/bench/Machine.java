package io.tokenwarden.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// What it was measured on.
record Machine(int processors, long memoryGiB, String system, String java) {

  static Machine here() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize() >> 30,
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"));
  }

  @Override
  public String toString() {
    return "%d processors, %d GiB, %s, Java %s".formatted(processors, memoryGiB, system, java);
  }
}
