package io.zhiyin.lab.demo;

import java.io.IOException;
import java.util.List;

/// The product's command line, as the demo uses it.
interface Doors {

  /// Runs one command to its end.
  ///
  /// @throws DemoFailedException when it does not end well
  void run(List<String> command) throws IOException, InterruptedException;

  /// Starts one that goes on until it is stopped.
  Running start(List<String> command) throws IOException;

  /// A command at work.
  interface Running {
    boolean alive();

    /// Asks it to end and waits until it has.
    void stop() throws InterruptedException;
  }
}
