package io.zhiyin.cluster.state;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Threads for work that nobody waits for. While a request wants the processor they have a tenth of
/// what one of its threads has, and whatever is left over.
///
/// On Linux by [setpriority](https://man7.org/linux/man-pages/man2/setpriority.2.html), which there
/// is of one thread; a thread's own priority in Java does nothing with the JVM's defaults.
/// Elsewhere they are threads like any other.
///
/// Threads that such a thread starts are of its kind: those that train with it should be, and it
/// must start none that requests share.
public final class BackgroundThread {
  /// 0 is the rest of the program, 19 the least there is: at 10 the weight is 110 of 1024. Less
  /// would let work come to a stop on a machine that is always busy.
  static final int NICE = 10;

  private static final System.Logger LOG = System.getLogger(BackgroundThread.class.getName());

  private BackgroundThread() {}

  /// A daemon, not started.
  public static Thread of(String name, Runnable work) {
    return Thread.ofPlatform()
        .name(name)
        .daemon()
        .unstarted(
            () -> {
              giveWay();
              work.run();
            });
  }

  private static void giveWay() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return;
    }
    try {
      int refused = (int) Native.SET_PRIORITY.invokeExact(Native.PRIO_PROCESS, Native.SELF, NICE);
      if (refused != 0) {
        LOG.log(System.Logger.Level.DEBUG, "setpriority was refused: {0}", refused);
      }
    } catch (Throwable e) {
      // all that a method handle may throw, and where foreign functions are not allowed an error:
      // the work is worth more than its priority
      LOG.log(System.Logger.Level.DEBUG, "Work behind requests has the priority of requests", e);
    }
  }

  /// Looked up by the first thread that gives way.
  private static final class Native {
    static final int PRIO_PROCESS = 0;
    static final int SELF = 0;

    /// `int setpriority(int which, id_t who, int priority)`
    static final MethodHandle SET_PRIORITY = find();

    @SuppressWarnings("restricted") // the launcher and the tests allow it
    private static MethodHandle find() {
      Linker linker = Linker.nativeLinker();
      SymbolLookup libc = linker.defaultLookup();
      return linker.downcallHandle(
          libc.findOrThrow("setpriority"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT));
    }
  }
}
