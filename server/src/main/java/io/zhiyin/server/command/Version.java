package io.zhiyin.server.command;

import picocli.CommandLine.IVersionProvider;

/// Says which version runs, and on which Java.
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "Zhiyin " + (version == null ? "(built here)" : version), "Java " + Runtime.version()
    };
  }
}
