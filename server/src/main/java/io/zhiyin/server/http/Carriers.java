package io.zhiyin.server.http;

/// How the JVM runs the virtual threads that serve connections. What the operator sets on the
/// command line stays.
public final class Carriers {
  private static final String COUNT = "jdk.virtualThreadScheduler.parallelism";

  /// Not part of the JDK's interface; a JDK that does not know it goes on without.
  private static final String POLLERS = "jdk.pollerMode";

  private static final String THREADS_OF_THE_SYSTEM = "1";

  private Carriers() {}

  /// Twice as many carriers as processors, and threads of their own that wait for sockets. A
  /// virtual thread in a call of the system, such as the write of an answer, keeps its carrier; and
  /// a poller that is a virtual thread itself waits for one in turn. What each brought stands in
  /// `docs/measurements.md`. Of effect before the first virtual thread only.
  public static void arrange() {
    int processors = Runtime.getRuntime().availableProcessors();
    setIfAbsent(COUNT, Integer.toString(2 * processors));
    setIfAbsent(POLLERS, THREADS_OF_THE_SYSTEM);
  }

  private static void setIfAbsent(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
